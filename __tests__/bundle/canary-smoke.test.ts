import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { killAt } from '../support/kills.ts'
import { call, makeService, succeeded, type Deployable } from '../support/service.ts'
import type { StepResult } from '../support/runner.ts'
import { noWindows } from '../support/windows.ts'

/** One text fails everywhere, another for callers over HTTP alone: the event of the check has no address of a caller. */
const app = (text: string): string => `
def lambda_handler(event, context):
    seen = event["requestContext"]["identity"]["sourceIp"] != "192.0.2.1"
    return {"statusCode": 503 if "${text}" == "broken" or ("${text}" == "public" and seen) else 200, "body": "${text}"}
`
const canary = { 'canary-percent': '10', 'bake-time': '1m' }
let shop: Deployable
let first: StepResult
beforeEach(async () => {
  shop = makeService({ 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /a', 'smoke-test': 'GET /a -> 200', 'cloudwatch-role': 'create' })
  await shop.account.control.configure({ windows: { ...noWindows, aliasVisible: 0 }, rates: false })
  first = succeeded(await deploy('one'))
})
afterEach(() => shop.remove())

async function deploy(text: string, inputs: Readonly<Record<string, string>> = {}): ReturnType<Deployable['run']> {
  shop.write('lambda_function.py', app(text))
  return shop.run(inputs)
}
/** What a run did that matters here, in order. */
async function course(): Promise<string[]> {
  const calls = await shop.account.control.journal()
  return calls.flatMap(({ operation }) => (['Invoke', 'UpdateStage'].includes(operation) ? [operation] : []))
}

test('the tests are asked before a canary begins, and over HTTP once it is live', async () => {
  const result = succeeded(await deploy('two', canary))
  // Checked, made a canary, promoted, and the mark taken away.
  expect(await course()).toEqual(['Invoke', 'UpdateStage', 'UpdateStage', 'UpdateStage'])
  expect(result.log.join('\n')).toMatch(/Smoke tests before[^]*Canary, 1 min of 1 min[^]*Smoke tests on the live stage/)
  expect((await call(result, '/a')).body).toBe('two')
  succeeded(await deploy('two', canary))
  expect(await shop.writes()).toEqual([])
})

test('what fails in the check never becomes a canary; what fails over HTTP is taken back after it', async () => {
  const broken = await deploy('broken', canary)
  expect([broken.exitCode, await course()]).toEqual([1, ['Invoke']])
  const result = await deploy('public', canary)
  expect([result.exitCode, await course()]).toEqual([1, ['Invoke', 'UpdateStage', 'UpdateStage', 'UpdateStage']])
  expect(result.annotations.map(({ message }) => message).join()).toContain('serves release 1 again, as release 3')
  expect((await call(first, '/a')).body).toBe('one')
  expect((await deploy('public', canary)).annotations.map(({ message }) => message).join()).toContain('is held')
})

test('a canary that is held is checked, and is verified by nobody once it is promoted: promote knows no config', async () => {
  succeeded(await deploy('two', { ...canary, 'bake-time': 'hold' }))
  expect(await course()).toEqual(['Invoke', 'UpdateStage'])
  const result = succeeded(await shop.run({ command: 'promote' }))
  expect(await course()).toEqual(['UpdateStage'])
  expect((await call(result, '/a')).body).toBe('two')
  succeeded(await deploy('two', { ...canary, 'bake-time': 'hold' }))
  expect([await shop.writes(), await course()]).toEqual([[], []])
})

test('killed once the canary is live, the next run asks the tests of it', async () => {
  shop.write('lambda_function.py', app('public'))
  // The canary stands already, so that the next UpdateStage is the one that gives it all requests.
  await killAt(shop, 'UpdateStage', () => shop.start(canary))
  await killAt(shop, 'UpdateStage', () => shop.start(canary))
  const result = await deploy('public', canary)
  expect([result.exitCode, await course()]).toEqual([1, ['UpdateStage']])
  expect(result.annotations.map(({ message }) => message).join()).toContain('serves release 1 again, as release 3')
})
