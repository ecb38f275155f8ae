import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { APIGatewayClient, GetStageCommand, type Stage } from '@aws-sdk/client-api-gateway'
import { killAt } from '../support/kills.ts'
import { call, makeService, succeeded, type Deployable } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

/** Fails for callers over HTTP alone where its text says so: the event of the check has no address of a caller. */
const app = (text: string): string => `
def lambda_handler(event, context):
    seen = event["requestContext"]["identity"]["sourceIp"] != "192.0.2.1"
    return {"statusCode": 503 if "bad" in "${text}" and seen else 200, "body": "${text}"}
`
const log = (format: string) => ({ 'access-log': format, 'cloudwatch-role': 'create' })

let shop: Deployable
beforeEach(async () => {
  shop = makeService({ 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /a', 'smoke-test': 'GET /a -> 200', ...log('clf') })
  await shop.account.control.configure({ windows: { ...noWindows, aliasVisible: 0 }, rates: false })
})
afterEach(() => shop.remove())

async function deploy(text: string, inputs: Readonly<Record<string, string>> = {}): ReturnType<Deployable['run']> {
  shop.write('lambda_function.py', app(text))
  return shop.run(inputs)
}

async function killedAfterGoingLive(text: string, inputs: Readonly<Record<string, string>> = {}): Promise<void> {
  shop.write('lambda_function.py', app(text))
  await killAt(shop, 'UpdateStage', () => shop.start(inputs))
}

async function stageOf({ outputs }: { readonly outputs: Readonly<Record<string, string>> }): Promise<Stage> {
  return new APIGatewayClient(shop.account.client).send(new GetStageCommand({ restApiId: outputs['api-id'], stageName: 'prod' }))
}

const settingsOf = ({ methodSettings, accessLogSettings }: Stage) => [methodSettings?.['*/*']?.throttlingRateLimit ?? 10_000, accessLogSettings?.format]
const memoryOf = ({ variables = {} }: Stage): string[] => Object.keys(variables).filter((name) => /_before(_\d)?$/.test(name))
const more = { 'throttling-rate': '7', ...log('json') }

test('a run that takes a release back which a killed one has put live restores the settings of the stage', async () => {
  const first = succeeded(await deploy('one'))
  const before = settingsOf(await stageOf(first))
  await killedAfterGoingLive('bad', more)
  const between = await stageOf(first)
  expect([settingsOf(between)[0], memoryOf(between).length]).toEqual([7, 1])
  const { exitCode, annotations } = await deploy('bad', more)
  expect([exitCode, annotations.map(({ message }) => message).join()]).toEqual([1, expect.stringContaining('serves release 1 again, as release 3')])
  const after = await stageOf(first)
  expect([settingsOf(after), memoryOf(after)]).toEqual([before, []])
  expect((await call(first, '/a')).body).toBe('one')
})

test('where the tests pass in the second run the settings stay, and nothing is left of those before', async () => {
  const first = succeeded(await deploy('one'))
  await killedAfterGoingLive('two', more)
  succeeded(await deploy('two', more))
  const after = await stageOf(first)
  expect([settingsOf(after)[0], memoryOf(after)]).toEqual([7, []])
  succeeded(await deploy('two', more))
  expect(await shop.writes()).toEqual([])
})

test('what fails after a release that is not verified gives way to that one, with a word about it; a rollback leads to the last verified one', async () => {
  const first = succeeded(await deploy('one'))
  await killedAfterGoingLive('bad one', more)
  const { annotations } = await deploy('bad two', more)
  const told = annotations.map(({ message }) => message).join()
  expect(told).toContain('serves release 2 again, as release 4')
  expect(told).toContain('has not passed its own smoke tests yet: `command: rollback` leads to release 1')
  // A run of its own commit asks the tests of the release that is live again; no slot has the code of release 1 any more.
  const third = await deploy('bad one', more)
  expect(third.annotations.map(({ message }) => message).join()).toContain('`command: rollback` leads to what is kept')
  const back = succeeded(await shop.run({ command: 'rollback' }))
  expect(back.log.join('\n')).toContain('back to release 1')
  expect((await call(first, '/a')).body).toBe('one')
  succeeded(await shop.run({ command: 'rollback' }))
  expect(await shop.writes()).toEqual([])
})
