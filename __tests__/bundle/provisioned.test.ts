import { PutProvisionedConcurrencyConfigCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, expect, test } from '@jest/globals'
import type { StepResult } from '../support/runner.ts'
import { succeeded } from '../support/service.ts'
import { Traffic } from '../support/traffic.ts'
import { warmShop } from '../support/warm-shop.ts'

/** How long AWS takes to spread what was written, in virtual milliseconds; longer than it is seen to be. */
const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, permissionVisible: 5_000, stageVisible: 2_000, aliasVisible: 3_000, provisionedReady: 20_000 }
const errorOf = ({ annotations }: StepResult): string => annotations.filter(({ level }) => level === 'error').map(({ message }) => message).join('\n')

const shop = warmShop('provisioned-concurrency: 4')
let traffic: Traffic | undefined
afterAll(async () => {
  await traffic?.stop()
  shop.remove()
})

test('callers meet initialized environments alone, from deploy to rollback and canary, and nothing is paid twice afterwards', async () => {
  const { control } = shop.account
  await control.configure({ windows, rates: false })
  await control.runClock(10)
  const textOf = new Map<number, string>()
  async function run(text: string, inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> {
    const result = succeeded(await shop.run(inputs))
    textOf.set(Number(result.outputs['next-release'] ?? result.outputs['release']), text)
    if (traffic === undefined) {
      traffic = new Traffic(result.outputs['invoke-url'] ?? '', ['f0', 'f0', 'f1'])
      await traffic.until(({ status }) => status === 200)
      traffic.answers.length = 0
    }
    await traffic.more(3)
    return result
  }
  const deploy = (text: string, inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> => {
    shop.edit(text)
    return run(text, inputs)
  }

  const first = await deploy('one')
  expect(first.log.join('\n')).toMatch(/\+ provisioned concurrency +shop-f0:prod-a/)
  expect(await shop.provisioned()).toEqual(['f0:prod-a 4 READY'])
  succeeded(await shop.run())
  expect(await shop.writes()).toEqual([])
  const second = await deploy('two')
  expect(second.log.join('\n')).toMatch(/Provisioned concurrency of shop-f0:prod-b: 0 of 4 environments are initialized\./)
  expect(await shop.writes()).toEqual(expect.arrayContaining(['PutProvisionedConcurrencyConfig', 'UpdateStage', 'DeleteProvisionedConcurrencyConfig']))
  expect(await shop.provisioned()).toEqual(['f0:prod-b 4 READY'])
  await run('one', { command: 'rollback' })
  expect(await shop.provisioned()).toEqual(['f0:prod-a 4 READY'])
  await deploy('three', { 'canary-percent': '30', 'bake-time': 'hold' })
  expect(await shop.provisioned()).toEqual(['f0:prod-a 4 READY', 'f0:prod-b 4 READY'])
  succeeded(await shop.run({ 'canary-percent': '30', 'bake-time': 'hold' }))
  expect(await shop.writes()).toEqual([])
  await run('three', { command: 'promote' })
  expect(await shop.provisioned()).toEqual(['f0:prod-b 4 READY'])
  await deploy('four', { 'canary-percent': '30', 'bake-time': 'hold' })
  succeeded(await shop.run({ command: 'rollback' }))
  expect(await shop.provisioned()).toEqual(['f0:prod-b 4 READY'])
  await deploy('five', { 'canary-percent': '30', 'bake-time': '1m' })
  expect(await shop.provisioned()).toEqual(['f0:prod-a 4 READY'])
  await traffic?.more(20)
  await traffic?.stop()
  await control.runClock(0)
  const answers = traffic?.answers ?? []
  const failed = answers.filter(({ status }) => status !== 200)
  const cold = answers.filter(({ route, text }) => route === 'f0' && text?.endsWith(' provisioned-concurrency') !== true)
  const others = answers.filter(({ route, text }) => route === 'f1' && text?.endsWith(' on-demand') !== true)
  const wrong = answers.filter(({ text, release }) => text?.startsWith(`${textOf.get(release ?? 0)} `) !== true)
  process.stdout.write(`requests: provisioned concurrency: ${answers.length} asked, ${failed.length} failed, ${cold.length} found a slot that was not READY\n`)
  expect([failed, cold, others, wrong]).toEqual([[], [], [], []])
}, 600_000)

test('another number alone takes no new version: what is live is changed as it stands, and is taken away with the setting', async () => {
  shop.edit('five', 'provisioned-concurrency: 6')
  succeeded(await shop.run())
  expect(await shop.writes()).toEqual(['PutProvisionedConcurrencyConfig', 'TagResource'])
  expect(await shop.provisioned()).toEqual(['f0:prod-a 6 READY'])
  succeeded(await shop.run())
  expect(await shop.writes()).toEqual([])
  shop.edit('five', '')
  const plan = succeeded(await shop.run({ command: 'plan' }))
  expect(plan.log.join('\n')).toMatch(/- provisioned concurrency +shop-f0:prod-a +the config no longer asks for it/)
  succeeded(await shop.run())
  expect([await shop.provisioned(), await shop.writes()]).toEqual([[], ['DeleteProvisionedConcurrencyConfig', 'UntagResource']])
  succeeded(await shop.run())
  expect(await shop.writes()).toEqual([])
}, 600_000)

test('a number that somebody else scales is left, and goes along to the next slot', async () => {
  shop.edit('five', 'provisioned-concurrency: 2')
  succeeded(await shop.run())
  const lambda = new LambdaClient(shop.account.client)
  await lambda.send(new PutProvisionedConcurrencyConfigCommand({ FunctionName: 'shop-f0', Qualifier: 'prod-a', ProvisionedConcurrentExecutions: 7 }))
  await shop.later(120_000)
  const result = succeeded(await shop.run())
  expect(await shop.writes()).toEqual([])
  expect(result.log.join('\n')).toMatch(/shop-f0:prod-a +7 environments, which somebody else has set; the config asks for 2, as before/)
  shop.edit('six', 'provisioned-concurrency: 2')
  succeeded(await shop.run())
  expect(await shop.provisioned()).toEqual(['f0:prod-b 7 READY'])
  shop.edit('six', 'provisioned-concurrency: 3')
  succeeded(await shop.run())
  expect(await shop.provisioned()).toEqual(['f0:prod-b 3 READY'])
}, 600_000)

test('code that cannot be loaded is refused before it is live, with the reason, and costs nothing afterwards', async () => {
  shop.edit('seven', 'provisioned-concurrency: 3')
  shop.write('f0.py', 'raise Exception("no")\ndef lambda_handler(event, context):\n    pass\n')
  const result = await shop.run()
  expect(errorOf(result)).toMatch(/provisioned concurrency of shop-f0:prod-a: FUNCTION_ERROR_INIT_FAILURE[^]*log, \/aws\/lambda\/shop-f0[^]*still serves/)
  expect(await shop.provisioned()).toEqual(['f0:prod-b 3 READY'])
}, 600_000)

test("more than the account has is told with AWS's words and a cure", async () => {
  shop.edit('six', 'provisioned-concurrency: 950')
  const result = await shop.run()
  expect(errorOf(result)).toMatch(/below its minimum value of \[100\][^]*Lower `provisioned-concurrency`/)
  expect(await shop.provisioned()).toEqual(['f0:prod-b 3 READY'])
}, 600_000)

test('a destroy takes it away', async () => {
  shop.edit('six', 'provisioned-concurrency: 3')
  succeeded(await shop.run({ stage: 'test' }))
  expect(await shop.provisioned()).toEqual(['f0:prod-b 3 READY', 'f0:test-a 3 READY'])
  succeeded(await shop.run({ stage: 'test', command: 'destroy', confirm: 'shop' }))
  expect(await shop.provisioned()).toEqual(['f0:prod-b 3 READY'])
  const { lambda } = (await shop.account.control.state()) as { lambda: Record<string, { functions: Record<string, { tags: object }> }> }
  expect(Object.values(lambda)[0]?.functions['shop-f0']?.tags).not.toHaveProperty('lambda-api-deploy:provisioned:test')
}, 600_000)
