import { expect, test } from '@jest/globals'
import { makeService, succeeded } from '../support/service.ts'
import { telling, Traffic } from '../support/traffic.ts'

/** How long AWS takes to spread what was written, in virtual milliseconds; longer than it is seen to be. */
const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, permissionVisible: 5_000, stageVisible: 2_000, aliasVisible: 3_000 }

const file = (extra: readonly string[]): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions: { f0: {}, f1: {}${extra.map((name) => `, ${name}: {}`).join('')} }
api:
  access-log: off
  routes: { GET /f0: f0, GET /f1: f1${extra.map((name) => `, GET /${name}: ${name}`).join('')} }
`

test('releases go back and forth, with deploys between them: no request fails, and no route meets code of another release', async () => {
  const service = makeService({ service: 'shop', stage: 'prod' })
  const { control } = service.account
  await control.configure({ windows, rates: false })
  // Callers are there all the time, so time goes on also while nobody waits.
  await control.runClock(10)
  const textOf = new Map<number, string>()
  let traffic: Traffic | undefined

  async function deploy(text: string, extra: readonly string[] = []): Promise<void> {
    service.write('app.py', telling(text))
    service.write('lambda-api.yml', file(extra))
    const { outputs } = succeeded(await service.run())
    textOf.set(Number(outputs['release']), text)
    if (traffic === undefined) {
      traffic = new Traffic(outputs['invoke-url'] ?? '', ['f0', 'f1'])
      await traffic.until(({ status }) => status === 200)
      traffic.answers.length = 0
    }
    await traffic.more(2)
  }

  async function back(to = ''): Promise<void> {
    const { outputs, log } = succeeded(await service.run({ command: 'rollback', to }))
    const [, from = ''] = /back to release (\d+)/.exec(log.join('\n')) ?? []
    textOf.set(Number(outputs['release']), textOf.get(Number(from)) ?? `of release ${from}`)
    await traffic?.more(2)
  }

  await deploy('one')
  await deploy('two')
  await deploy('three', ['extra'])
  // Without a pause between them: callers still see the slot that is to be moved.
  await back('1')
  await back('3')
  await back('2')
  await deploy('four')
  await back()
  await back('1')
  await traffic?.more(50)
  await traffic?.stop()
  const wrong = traffic?.wrong(textOf) ?? []
  process.stdout.write(`requests: rollbacks: ${traffic?.answers.length} asked, ${wrong.length === 0 ? 'none wrong' : wrong.join('; ')}\n`)
  service.remove()
  expect([...textOf.values()]).toEqual(['one', 'two', 'three', 'one', 'three', 'two', 'four', 'two', 'one'])
  expect(wrong).toEqual([])
}, 600_000)
