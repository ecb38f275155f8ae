import { afterAll, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PQueue from 'p-queue'
import { parseRecord } from '../../src/service/release-record.ts'
import { withoutIds } from '../support/account-state.ts'
import { freshAccount, type FreshAccount } from '../../local-aws/testing.ts'
import { startAction, type Step, type StepResult } from '../support/runner.ts'
import { everything, handler, succeeded } from '../support/service.ts'
import { standingFor } from '../support/standing-accounts.ts'
import { noWindows } from '../support/windows.ts'

/** What a commit deploys: a handler that says `text`, and routes of one level. */
interface Commit {
  readonly text: string
  readonly routes: readonly string[]
}

interface Scenario {
  readonly name: string
  readonly before?: Commit
  readonly a: Commit
  readonly b: Commit
}

const one: Commit = { text: 'one', routes: ['items'] }
const mixed = 'what is live mixes both runs'
const unnamed = 'a run that lost does not say so'
const falseRecord = 'the record names a version that is gone'
/** Changes the routes once more, so that what a run that lost has left in the working copy must go. */
const next: Commit = { text: 'B', routes: ['items', 'c'] }

const scenarios: readonly Scenario[] = [
  { name: 'two first deploys', a: { text: 'A', routes: ['items', 'a'] }, b: { text: 'B', routes: ['items', 'b'] } },
  { name: 'two code changes', before: one, a: { ...one, text: 'A' }, b: { ...one, text: 'B' } },
  { name: 'a route change and a code change', before: one, a: { ...one, routes: ['items', 'a'] }, b: { ...one, text: 'B' } },
  { name: 'a code change and a route change', before: one, a: { ...one, text: 'A' }, b: { ...one, routes: ['items', 'b'] } },
  { name: 'two changes of code and routes', before: one, a: { text: 'A', routes: ['items', 'a'] }, b: { text: 'B', routes: ['items', 'b'] } },
  { name: 'the same change twice', before: one, a: { text: 'A', routes: ['items', 'a'] }, b: { text: 'A', routes: ['items', 'a'] } },
]

/** Every how manieth call of the first run it is stopped at; 1 tries them all. */
const stride = Number(process.env['TWO_RUNS_STRIDE'] ?? 7)
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

async function newAccount(before?: Commit): Promise<{ readonly account: FreshAccount }> {
  const account = freshAccount()
  await account.control.configure({ windows: noWindows, rates: false })
  if (before !== undefined) succeeded(await run(account, before))
  return { account }
}

async function start(account: FreshAccount, { text, routes }: Commit): Promise<Step> {
  const workspace = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-'))
  folders.push(workspace)
  writeFileSync(join(workspace, 'lambda_function.py'), handler(text))
  return startAction({
    workspace, inputs: { ...everything, stage: 'prod', routes: routes.map((route) => `GET /${route}`).join('\n') },
    aws: { endpoint: account.url, account: account.id, region: account.region },
    env: { LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'] },
  })
}

const run = async (account: FreshAccount, commit: Commit): Promise<StepResult> => (await start(account, commit)).result
const print = ({ text, routes }: Commit): string => `${text} on ${[...routes].sort().join(' ')}`

/** What callers get: the texts and the routes that answer. */
async function live(account: FreshAccount): Promise<string> {
  const api = (await stateOf(account)).apigateway['eu-west-1']?.apis.find(({ stages }) => stages.length > 0)
  const answers = await Promise.all(['a', 'b', 'items'].map(async (route) => {
    const answer = await fetch(`${account.url}/restapis/${api?.id}/prod/_user_request_/${route}`)
    const { text } = (await answer.json()) as { readonly text?: string }
    return { route, status: answer.status, text }
  }))
  const there = answers.filter(({ status }) => status !== 403)
  return `${[...new Set(there.map(({ status, text }) => (status === 200 ? text : String(status))))].join('+')} on ${there.map(({ route }) => route).join(' ')}`
}

interface State {
  readonly apigateway: Readonly<Record<string, { readonly apis: readonly Api[] }>>
  readonly lambda: Readonly<Record<string, { readonly functions: { readonly shop: LambdaFunction } }>>
  readonly iam: unknown
  readonly logs: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
interface Api {
  readonly id: string
  readonly definition: unknown
  readonly deployments: readonly { readonly id: string }[]
  readonly stages: readonly { readonly variables: Readonly<Record<string, string>> }[]
}
interface LambdaFunction {
  readonly aliases: Readonly<Record<string, { readonly version: string }>>
  readonly versions: Readonly<Record<string, unknown>>
}

const stateOf = async (account: FreshAccount): Promise<State> => (await account.control.state()) as unknown as State

/** The parts of an account that do not depend on how often it was deployed to: versions, numbers and slots are left out. */
async function essence(account: FreshAccount): Promise<{ tree: unknown; rest: unknown }> {
  const { apigateway, lambda, iam, logs } = withoutIds(await stateOf(account), account.id) as State
  const { shop } = lambda['eu-west-1']?.functions ?? {}
  const apis = apigateway['eu-west-1']?.apis ?? []
  const { aliases = {}, versions = {}, ...fixed } = (shop ?? {}) as Partial<LambdaFunction> & { latest?: unknown; versionsPublished?: unknown }
  delete fixed.latest
  const stages = apis.flatMap((api) => api.stages.map(({ variables, ...stage }) => {
    const served = versions[aliases[variables['shop_alias'] ?? '']?.version ?? '']
    // Each kept release has a variable of its own, and how many there are depends on how many went live.
    const names = Object.keys(variables).filter((name) => !/^shop_release_\d+$/.test(name))
    return { ...stage, deploymentId: '', variables: names, served }
  }))
  // Lambda makes a function's own group at its first call, at a moment of its choice.
  const groups = Object.entries(logs['eu-west-1'] ?? {}).filter(([name]) => !name.startsWith('/aws/lambda/'))
  return { tree: apis.map(({ definition }) => definition), rest: { fixed, slots: Object.keys(aliases), stages, iam, groups } }
}

/** Deployments and versions that nothing needs, and those that the record needs and that are gone. */
async function strays(account: FreshAccount): Promise<string[]> {
  const state = await stateOf(account)
  const api = state.apigateway['eu-west-1']?.apis[0]
  const shop = state.lambda['eu-west-1']?.functions.shop
  const record = parseRecord('shop', api?.stages[0]?.variables)
  const kept = new Set(record.map(({ deploymentId }) => deploymentId))
  const recorded = record.flatMap(({ versions }) => versions)
  const needed = new Set([...recorded, ...Object.values(shop?.aliases ?? {}).map(({ version }) => version)])
  // One that is newer than a needed one may be somebody else's: it goes with the next release, not before.
  const isOld = (version: string): boolean => [...needed].every((each) => Number(version) < Number(each))
  return [
    ...(record.length === 0 ? ['there is no record'] : []),
    ...(api?.deployments ?? []).filter(({ id }) => !kept.has(id)).map(({ id }) => `deployment ${id} is an orphan`),
    ...Object.keys(shop?.versions ?? {}).filter((version) => !needed.has(version) && isOld(version)).map((version) => `version ${version} is an orphan`),
    ...(recorded.some((version) => !(version in (shop?.versions ?? {}))) ? [falseRecord] : []),
  ]
}

/** Stops run A when call k has had its effect, lets run B run to its end, and lets A go on; nothing where A had ended before. */
async function interleave(account: FreshAccount, { a, b }: Scenario, k: number): Promise<readonly [StepResult, StepResult] | undefined> {
  const { control } = account
  await control.clearJournal()
  await control.fault({ call: k }, { kind: 'hold', when: 'after' })
  const first = await start(account, a)
  const held = await Promise.race([control.held(), first.result.then(() => [])])
  if (held.length === 0) return undefined
  // A held call would be in flight all the time, and API Gateway refuses writes beside one; a process that stands still is not.
  process.kill(first.pid ?? 0, 'SIGSTOP')
  await control.release()
  await control.idle()
  const second = await run(account, b)
  // A run takes its time: of two APIs that both have made, theirs is the older one by what AWS shows, whole seconds.
  await control.advance(60_000)
  process.kill(first.pid ?? 0, 'SIGCONT')
  return [await first.result, second]
}

const saysSo = /^Another run has won: shop was changed by somebody else while this run was deploying it\.\nWhy: .+\nCure: Run this job again/

/** What stands in an account where only the second of the two commits, and then the next one, were deployed. */
interface Alone {
  readonly tree: unknown
  readonly rest: unknown
  readonly nextTree: unknown
}

async function deployedAlone(commit: Commit): Promise<Alone> {
  const { account } = await newAccount(commit)
  await live(account)
  const { tree, rest } = await essence(account)
  succeeded(await run(account, next))
  return { tree, rest, nextTree: (await essence(account)).tree }
}

/** The points after which the working copy, which no caller sees, held more than the third run's routes. */
const leftInPlace: number[] = []

/** Everything that is wrong with how two runs at once, and a third and fourth one after them, end. */
async function problemsOf(account: FreshAccount, { scenario, k, alone }: { scenario: Scenario; k: number; alone: Alone }): Promise<string[] | undefined> {
  const results = await interleave(account, scenario, k)
  if (results === undefined) return undefined
  const problems: string[] = []
  const now = await live(account)
  const isMixed = now !== print(one) && /^(one|A|B) on [ab ]*items$/.test(now)
  if (![scenario.a, scenario.b].map(print).includes(now)) problems.push(isMixed ? mixed : `live is ${now}`)
  const failed = results.filter(({ exitCode }) => exitCode !== 0)
  if (failed.length > 1) problems.push('both runs failed')
  if (!failed.every(({ annotations }) => annotations.some(({ level, message }) => level === 'error' && saysSo.test(message)))) problems.push(unnamed)
  const third = await run(account, scenario.b)
  if (third.exitCode !== 0) problems.push(`the third run failed: ${third.annotations[0]?.message}`)
  if ((await live(account)) !== print(scenario.b)) problems.push(`after the third run ${await live(account)} is live`)
  const { tree, rest } = await essence(account)
  const isLeft = JSON.stringify(tree) !== JSON.stringify(alone.tree)
  if (JSON.stringify(rest) !== JSON.stringify(alone.rest)) problems.push(`the account differs: ${JSON.stringify(rest)}`)
  problems.push(...(await strays(account)))
  await account.control.clearJournal()
  await run(account, scenario.b)
  if ((await account.control.journal()).some(({ writes }) => writes)) problems.push('the fourth run writes')
  if (isLeft) {
    leftInPlace.push(k)
    succeeded(await run(account, next))
    if (JSON.stringify((await essence(account)).tree) !== JSON.stringify(alone.nextTree)) problems.push('a change of routes leaves in the working copy what never went live')
  }
  return problems
}

test.each(scenarios)('$name: what is live is one of them, whole, and later runs leave nothing behind', async (scenario) => {
  const alone = await deployedAlone(scenario.b)
  const found: string[] = []
  leftInPlace.length = 0
  const on = standingFor(() => newAccount(scenario.before))
  const lanes = new PQueue({ concurrency: 2 })
  let points = 0
  for (let k = 1; k <= 40; k += stride) {
    void lanes.add(async () => {
      const problems = await on(({ account }) => problemsOf(account, { scenario, k, alone }))
      if (problems === undefined) return
      points += 1
      found.push(...problems.map((problem) => `stopped after call ${k}: ${problem}`))
    })
  }
  await lanes.onIdle()
  process.stdout.write(`two runs: ${scenario.name}: ${points} points, ${found.length} problems, ${leftInPlace.length} where the next change of routes cleared the working copy\n`)
  expect(points).toBeGreaterThan(16 / stride)
  expect(found).toEqual([])
}, 7_200_000)
