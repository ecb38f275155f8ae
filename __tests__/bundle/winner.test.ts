import { afterAll, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import PQueue from 'p-queue'
import { freshAccount, type FreshAccount } from '../../local-aws/testing.ts'
import { startAction, type StepResult } from '../support/runner.ts'
import { succeeded } from '../support/service.ts'
import { standingFor } from '../support/standing-accounts.ts'

const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, roleAssumable: 0, permissionVisible: 0, stageVisible: 0 }
const functions = ['one', 'two', 'six']
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** A commit of its own: its text in some functions, and maybe a route of its own; all else is as before. */
interface Commit {
  readonly text: string
  readonly changes: readonly string[]
  readonly hasRoute: boolean
}

const handler = `import json, os
def lambda_handler(event, context):
    return {"statusCode": 200, "body": json.dumps({"text": os.environ["TEXT"]})}
`

const textOf = ({ text, changes }: Commit, name: string): string => (changes.includes(name) ? text : 'old')

const file = (commit: Commit): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions:
${(commit.text < 'B' ? functions : [...functions].reverse()).map((name) => `  ${name}: { environment-variables: { TEXT: ${textOf(commit, name)} } }`).join('\n')}
api:
  access-log: off
  routes:
${functions.map((name) => `    GET /${name}: ${name}`).join('\n')}
${commit.hasRoute ? `    GET /only-${commit.text}: one` : ''}
`

/** @param onPlanned called once what stands is read, and something is to be written */
function start(account: FreshAccount, commit: Commit, onPlanned: () => void = () => undefined): Promise<StepResult> {
  const workspace = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-'))
  folders.push(workspace)
  writeFileSync(join(workspace, 'app.py'), handler)
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

interface Order {
  readonly seed: number
  /** How many writes the others have made when the last run begins; undefined where all begin at once. */
  readonly late: number | undefined
}

/** Runs at once, whose writes go one by one in an order that the seed draws: whichever hangs is let go next. */
async function atOnce(account: FreshAccount, commits: readonly Commit[], { seed, late }: Order): Promise<StepResult[]> {
  const { control } = account
  const random = randomFrom(seed * 7_919 + 1)
  await control.fault({ writes: true }, { kind: 'hold', when: 'before' }, 0)
  let ended = 0
  let lastRelease = performance.now()
  const results: Promise<StepResult>[] = []
  /** Begins a run; resolves once it has read what stands, however fast the machine is. */
  const begin = (commit: Commit): Promise<void> => new Promise((planned) => {
    results.push(start(account, commit, planned).finally(() => {
      ended += 1
      planned()
    }))
  })
  const waiting = [...commits]
  await Promise.all(waiting.splice(0, commits.length - (late === undefined ? 0 : 1)).map(begin))
  for (let writes = 0; ended < commits.length; ) {
    const [last] = waiting
    if (last !== undefined && (writes >= (late ?? 0) || ended === commits.length - 1)) {
      waiting.pop()
      await begin(last)
    }
    const held = await control.held(200)
    const next = held[Math.floor(random() * held.length)]
    if (next !== undefined) {
      // A pause of another run may end meanwhile, in real time: as long as that has AWS waited, too, before it makes what hangs here.
      const now = performance.now()
      await control.advance(Math.round(now - lastRelease))
      lastRelease = now
      await control.release(next.seq)
      writes += 1
    }
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

interface Case {
  readonly runs: number
  readonly isFirst: boolean
  readonly hasRoutes: boolean
  /** The functions that the first, the second, the third run changes. */
  readonly changes: readonly (readonly string[])[]
}

/** What callers get of each function. */
const answersOf = (commit: Commit): string => functions.map((name) => textOf(commit, name)).join(' ')

async function prepared(isFirst: boolean): Promise<{ readonly account: FreshAccount }> {
  const account = freshAccount()
  await account.control.configure({ windows, rates: false, overlappingWritesRefused: false, overlappingPermissionsLost: false })
  if (!isFirst) succeeded(await start(account, { text: 'old', changes: [], hasRoute: false }))
  return { account }
}

/** Accounts before a first deploy, and accounts of a service that is served. */
const [onEmpty, onServed] = [standingFor(() => prepared(true)), standingFor(() => prepared(false))]

/** Everything that is wrong with how runs at once end. */
async function problemsOf(account: FreshAccount, { runs, hasRoutes, changes }: Case, order: Order): Promise<string[]> {
  const commits = ['A', 'B', 'C'].slice(0, runs).map((text, index) => ({ text, hasRoute: hasRoutes, changes: changes[index] ?? functions }))
  const results = await atOnce(account, commits, order)
  const problems: string[] = []
  const won = commits.filter((_commit, index) => results[index]?.exitCode === 0)
  if (won.length === 0) problems.push('nobody has won')
  for (const { exitCode, annotations } of results) {
    const [error] = annotations.filter(({ level }) => level === 'error')
    if (exitCode !== 0 && !saysSo.test(error?.message ?? '')) problems.push(`a run that lost says: ${error?.message.split('\n').slice(0, 2).join(' ')}`)
  }
  const apis = ((await account.control.state()) as { apigateway: Record<string, { apis: readonly Api[] }> }).apigateway['eu-west-1']?.apis ?? []
  if (apis.length !== 1) problems.push(`${apis.length} APIs are left`)
  const ask = async (path: string): Promise<string> => {
    const answer = await fetch(`${account.url}/restapis/${apis[0]?.id}/prod/_user_request_/${path}`)
    return ((await answer.json()) as { readonly text?: string }).text ?? String(answer.status)
  }
  const live = (await Promise.all(functions.map(ask))).join(' ')
  const routes = (await Promise.all(commits.map(async ({ text }) => ((await ask(`only-${text}`)) === '403' ? '' : text)))).join('')
  const isLive = (commit: Commit): boolean => answersOf(commit) === live && routes === (hasRoutes ? commit.text : '')
  if (!won.some(isLive)) problems.push(`live is ${live} with routes of ${routes || 'none'}, and ${won.map(({ text }) => text).join(' and ') || 'nobody'} succeeded`)
  return problems
}

/** A last run begins after every so manieth write of the others; 1 tries them all. */
const stride = Number(process.env['WINNER_STRIDE'] ?? 2)
const all = [functions, functions, functions]
const apart = [['one'], ['two'], ['six']]
const none = [[], [], []]
const cases = [
  { name: 'break 6: two deploys of three functions', runs: 2, isFirst: false, hasRoutes: true, changes: all, late: false, count: 3 },
  { name: 'break 6: two deploys, each of another function', runs: 2, isFirst: false, hasRoutes: false, changes: apart, late: false, count: 4 },
  { name: 'break 6: a deploy that begins while another writes', runs: 2, isFirst: false, hasRoutes: true, changes: all, late: true, count: 14 },
  { name: 'break 6: three deploys', runs: 3, isFirst: false, hasRoutes: true, changes: all, late: false, count: 3 },
  { name: 'break 6: a third deploy that begins while two write', runs: 3, isFirst: false, hasRoutes: true, changes: all, late: true, count: 14 },
  { name: 'break 6: routes of three deploys', runs: 3, isFirst: false, hasRoutes: true, changes: none, late: false, count: 3 },
  { name: 'break 6: a third deploy of one function while two write others', runs: 3, isFirst: false, hasRoutes: false, changes: apart, late: true, count: 8 },
  { name: 'break 7: two first deploys', runs: 2, isFirst: true, hasRoutes: true, changes: all, late: false, count: 3 },
  { name: 'break 7: a first deploy that begins while another writes', runs: 2, isFirst: true, hasRoutes: true, changes: all, late: true, count: 20 },
  { name: 'break 7: a third first deploy that begins while two write', runs: 3, isFirst: true, hasRoutes: true, changes: all, late: true, count: 10 },
]

test.each(cases)('$name at once: one of them wins, whole, and whoever loses says so', async ({ name, count, late, ...runs }) => {
  const found: string[] = []
  const on = runs.isFirst ? onEmpty : onServed
  const lanes = new PQueue({ concurrency: 2 })
  let orders = 0
  for (let seed = 1; seed <= count; seed += late ? stride : 1) {
    const order = { seed, late: late ? seed : undefined }
    orders += 1
    void lanes.add(async () => void found.push(...(await on(({ account }) => problemsOf(account, runs, order))).map((problem) => `order ${seed}: ${problem}`)))
  }
  await lanes.onIdle()
  process.stdout.write(`runs at once: ${name}: ${orders} orders, ${found.length} problems\n`)
  expect(found).toEqual([])
}, 1_800_000)
