import { expect, test } from '@jest/globals'
import { makeService, succeeded } from '../support/service.ts'
import { telling, Traffic } from '../support/traffic.ts'

/** How long AWS takes to spread what was written, in virtual milliseconds; longer than it is seen to be. */
const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, permissionVisible: 5_000, stageVisible: 2_000, aliasVisible: 3_000 }

const file = (route: string): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions: { f0: {}, f1: {} }
api:
  access-log: off
  routes: { GET /f0: f0, GET /f1: f1, GET /${route}: f0 }
stages:
  prod: { functions: { f1: { memory-size: 256 } } }
`

test('what a stage serves is promoted under traffic, again and again, and taken back: no request of either stage fails or meets half of a release', async () => {
  const service = makeService({ service: 'shop' })
  const { control } = service.account
  await control.configure({ windows, rates: false })
  // Callers are there all the time, so time goes on also while nobody waits.
  await control.runClock(10)
  const texts = { test: new Map<number, string>(), prod: new Map<number, string>() }
  const traffic = new Map<string, Traffic>()

  async function done(stage: 'test' | 'prod', text: string, inputs: Readonly<Record<string, string>>): Promise<void> {
    const { outputs } = succeeded(await service.run({ stage, ...inputs }))
    texts[stage].set(Number(outputs['release']), text)
    const callers = traffic.get(stage) ?? new Traffic(outputs['invoke-url'] ?? '', ['f0', 'f1'])
    if (!traffic.has(stage)) {
      traffic.set(stage, callers)
      await callers.until(({ status }) => status === 200)
      callers.answers.length = 0
    }
    await callers.more(2)
  }
  const deploy = async (text: string): Promise<void> => {
    service.write('app.py', telling(text))
    service.write('lambda-api.yml', file(text))
    await done('test', text, {})
  }
  const promotion = { command: 'promote', 'from-stage': 'test' }

  await deploy('one')
  await done('prod', 'one', promotion)
  await deploy('two')
  await done('prod', 'two', promotion)
  await deploy('three')
  // Somebody has deployed yet another commit elsewhere, so that the package must be downloaded.
  service.write('app.py', telling('four'))
  succeeded(await service.run({ stage: 'trial' }))
  await done('prod', 'three', promotion)
  await done('prod', 'two', { command: 'rollback' })
  await done('prod', 'three', { ...promotion, force: 'true' })
  for (const each of traffic.values()) await each.more(20)
  for (const each of traffic.values()) await each.stop()
  const wrong = [...traffic].map(([stage, each]) => [stage, each.wrong(texts[stage as 'test' | 'prod'])])
  const asked = [...traffic.values()].reduce((sum, { answers }) => sum + answers.length, 0)
  process.stdout.write(`requests: promotions from another stage: ${asked} asked, ${JSON.stringify(wrong)} wrong\n`)
  service.remove()
  expect(wrong).toEqual([['test', []], ['prod', []]])
}, 600_000)
