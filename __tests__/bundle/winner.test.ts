import { afterAll, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import PQueue from 'p-queue'
import { freshAccount, type FreshAccount } from '../../local-aws/testing.ts'
import { startAction, type StepResult } from '../support/runner.ts'
import { handler, succeeded } from '../support/service.ts'

const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, roleAssumable: 0, permissionVisible: 0, stageVisible: 0 }
const functions = ['one', 'two', 'six']
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** A commit of its own: other code of all functions, in an order of its own, and maybe a route of its own. */
interface Commit {
  readonly text: string
  readonly hasRoute: boolean
}

const file = ({ text, hasRoute }: Commit): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions:
${(text < 'B' ? functions : [...functions].reverse()).map((name) => `  ${name}: {}`).join('\n')}
api:
  access-log: off
  routes:
${functions.map((name) => `    GET /${name}: ${name}`).join('\n')}
${hasRoute ? `    GET /only-${text}: one` : ''}
`

/** @param onPlanned called once what stands is read, and something is to be written */
function start(account: FreshAccount, commit: Commit, onPlanned: () => void = () => undefined): Promise<StepResult> {
  const workspace = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-'))
  folders.push(workspace)
  writeFileSync(join(workspace, 'app.py'), handler(commit.text))
  writeFileSync(join(workspace, 'lambda-api.yml'), file(commit))
  const aws = { endpoint: account.url, account: account.id, region: account.region }
  let said = ''
  const onOutput = (text: string): void => {
    const before = said.includes('::group::Apply')
    said += text
    if (!before && said.includes('::group::Apply')) onPlanned()
  }
  return startAction({ workspace, inputs: { stage: 'prod' }, aws, env: { LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'] }, onOutput }).result
}

/** The same seed gives the same sequence of numbers from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}

/** Runs at once, whose writes go one by one in an order that the seed draws: whichever hangs is let go next. */
async function atOnce(account: FreshAccount, commits: readonly Commit[], seed: number): Promise<StepResult[]> {
  const { control } = account
  const random = randomFrom(seed * 7_919 + 1)
  await control.fault({ writes: true }, { kind: 'hold', when: 'before' }, 0)
  let ended = 0
  let results: readonly Promise<StepResult>[] = []
  // Every run has read what stands before any of them writes, however fast the machine is.
  await Promise.all(commits.map((commit) => new Promise<void>((planned) => {
    const result = start(account, commit, planned).finally(() => {
      ended += 1
      planned()
    })
    results = [...results, result]
  })))
  while (ended < commits.length) {
    const held = await control.held(200)
    const next = held[Math.floor(random() * held.length)]
    if (next !== undefined) await control.release(next.seq)
    await sleep(5)
  }
  await control.clearFaults()
  return Promise.all(results)
}

const saysSo = /^Another run has won: shop was changed by somebody else while this run was deploying it\./

interface Api {
  readonly id: string
  readonly stages: readonly unknown[]
}

/** Everything that is wrong with how runs at once end. */
async function problemsOf({ runs, isFirst, seed }: { runs: number; isFirst: boolean; seed: number }): Promise<string[]> {
  const account = freshAccount()
  await account.control.configure({ windows, rates: false, overlappingWritesRefused: false, overlappingPermissionsLost: false })
  if (!isFirst) succeeded(await start(account, { text: 'old', hasRoute: false }))
  const commits = ['A', 'B', 'C'].slice(0, runs).map((text) => ({ text, hasRoute: seed % 2 === 1 }))
  const results = await atOnce(account, commits, seed)
  const problems: string[] = []
  const won = commits.filter((_commit, index) => results[index]?.exitCode === 0)
  if (won.length === 0) problems.push('nobody has won')
  for (const { exitCode, annotations } of results) {
    const [error] = annotations.filter(({ level }) => level === 'error')
    if (exitCode !== 0 && !saysSo.test(error?.message ?? '')) problems.push(`a run that lost says: ${error?.message.split('\n').slice(0, 2).join(' ')}`)
  }
  const apis = ((await account.control.state()) as { apigateway: Record<string, { apis: readonly Api[] }> }).apigateway['eu-west-1']?.apis ?? []
  if (apis.length !== 1) problems.push(`${apis.length} APIs are left`)
  const answers = await Promise.all(functions.map(async (name) => {
    const answer = await fetch(`${account.url}/restapis/${apis[0]?.id}/prod/_user_request_/${name}`)
    return ((await answer.json()) as { readonly text?: string }).text ?? String(answer.status)
  }))
  const live = [...new Set(answers)].join('+')
  if (!won.some(({ text }) => text === live)) problems.push(`live is ${live}, and ${won.map(({ text }) => text).join(' and ') || 'nobody'} succeeded`)
  await account.control.reset()
  return problems
}

const cases = [
  { name: 'break 6: two deploys of three functions', runs: 2, isFirst: false, count: 16 },
  { name: 'break 7: two first deploys', runs: 2, isFirst: true, count: 12 },
  { name: 'break 6: three deploys', runs: 3, isFirst: false, count: 12 },
]

test.each(cases)('$name at once: one of them wins, whole, and whoever loses says so', async ({ name, runs, isFirst, count }) => {
  const found: string[] = []
  const lanes = new PQueue({ concurrency: 2 })
  for (let seed = 1; seed <= count; seed++) {
    void lanes.add(async () => void found.push(...(await problemsOf({ runs, isFirst, seed })).map((problem) => `order ${seed}: ${problem}`)))
  }
  await lanes.onIdle()
  process.stdout.write(`runs at once: ${name}: ${count} orders, ${found.length} problems\n`)
  expect(found).toEqual([])
}, 1_800_000)
