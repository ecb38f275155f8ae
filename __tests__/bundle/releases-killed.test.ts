import { expect, test } from '@jest/globals'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { StepResult } from '../support/runner.ts'
import { killAll, stateOf } from '../support/kills.ts'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

type Inputs = Readonly<Record<string, string>>

interface Scene {
  readonly before: (shop: Deployable) => Promise<unknown>
  readonly inputs: Inputs
  /** What the run says where it is to fail, and what a run after it says. */
  readonly fails?: readonly [string, string]
}

const stage = { stage: 'test', 'memory-size': '256' }
const canary = { 'canary-percent': '30', 'bake-time': '1m', 'access-log': 'clf' }

async function deploy(shop: Deployable, text: string, inputs: Inputs = {}): Promise<StepResult> {
  shop.write('lambda_function.py', handler(text))
  return succeeded(await shop.run(inputs))
}

const scenes: readonly (readonly [string, Scene])[] = [
  ['a rollback', { before: (shop) => deploy(shop, 'two'), inputs: { command: 'rollback' } }],
  ['a rollback to what no slot names', {
    before: async (shop) => {
      await deploy(shop, 'two', { routes: 'GET /a\nGET /b' })
      await deploy(shop, 'three', { routes: 'GET /a\nGET /c' })
    },
    inputs: { command: 'rollback', to: '1' },
  }],
  ['a promotion of what another stage serves', {
    before: (shop) => deploy(shop, 'two', { ...stage, routes: 'GET /a\nGET /b' }), inputs: { command: 'promote', 'from-stage': 'test' },
  }],
  ['a promotion of what must be downloaded', {
    before: async (shop) => {
      await deploy(shop, 'two', stage)
      await deploy(shop, 'three', { stage: 'trial' })
    },
    inputs: { command: 'promote', 'from-stage': 'test', 'smoke-test': 'GET /a -> 200' },
  }],
  ['a first promotion', {
    before: (shop) => deploy(shop, 'two', stage), inputs: { command: 'promote', 'from-stage': 'test', stage: 'fresh' },
  }],
  ['a canary that answers 500', {
    before: async (shop) => {
      const { outputs } = await deploy(shop, 'one', { 'access-log': 'clf', 'cloudwatch-role': 'create' })
      await answers(shop, outputs['access-log-group'] ?? '')
      shop.write('lambda_function.py', handler('two'))
    },
    inputs: canary, fails: ['was taken back', 'is held'],
  }],
]

/** For an hour a canary, should there be one, answers 500, and all others get 200. */
async function answers({ account }: Deployable, group: string): Promise<void> {
  const logs = new CloudWatchLogsClient(account.client)
  const { now } = await account.control.clock()
  await logs.send(new CreateLogGroupCommand({ logGroupName: `${group}/Canary` }))
  for (const [logGroupName, status, each] of [[`${group}/Canary`, 500, 2], [group, 200, 4]] as const) {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'callers' }))
    const logEvents = Array.from({ length: 360 * each }, (_each, index) => ({
      timestamp: Math.round(now) + Math.floor(index / each) * 10_000,
      message: `192.0.2.7 - - [01/Jan/2030:00:00:00 +0000] "GET /a HTTP/1.1" ${status} 12 ${logGroupName.length}-${index} x=`,
    }))
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'callers', logEvents }))
  }
}

async function prepared({ before }: Scene): Promise<Deployable> {
  const shop = makeService({ 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /a', 'access-log': 'off' })
  await shop.account.control.configure({ windows: { ...noWindows, aliasVisible: 0 }, rates: false })
  await deploy(shop, 'one')
  await before(shop)
  return shop
}

const errorsOf = ({ annotations }: StepResult): string => annotations.filter(({ level }) => level === 'error').map(({ message }) => message).join()

test.each(scenes)('%s that is killed after any write comes to the same end when it is run again', async (what, scene) => {
  const { inputs, fails } = scene
  const undisturbed = await prepared(scene)
  const first = await undisturbed.run(inputs)
  if (fails === undefined) succeeded(first)
  else expect(errorsOf(first)).toContain(fails[0])
  const calls = await undisturbed.account.control.journal()
  // Where only reads come between two writes, the account is the same after each of them.
  const points = calls.flatMap(({ operation }, at) => (/^(Get|List|Describe|Filter|Head)/.test(operation) ? [] : [at + 1]))
  const expected = await stateOf(undisturbed)
  undisturbed.remove()
  const { states, mismatches } = await killAll(points, {
    prepare: () => prepared(scene),
    start: (shop) => shop.start(inputs),
    follow: async (shop) => {
      const next = await shop.run(inputs)
      if (fails === undefined) succeeded(next)
      else expect(fails.some((words) => errorsOf(next).includes(words))).toBe(true)
      expect(await stateOf(shop)).toEqual(expected)
      const last = await shop.run(inputs)
      expect([last.exitCode, await shop.writes()]).toEqual([fails === undefined ? 0 : 1, []])
    },
  })
  process.stdout.write(`releases: ${what}: killed after ${points.length} writes, ${states} states, ${mismatches.length} mismatches\n`)
  expect(mismatches).toEqual([])
}, 600_000)
