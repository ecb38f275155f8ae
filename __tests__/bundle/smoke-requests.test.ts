import { expect, test } from '@jest/globals'
import { makeService, succeeded } from '../support/service.ts'
import { telling, Traffic } from '../support/traffic.ts'

/** How long AWS takes to spread what was written, in virtual milliseconds; longer than it is seen to be. */
const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, permissionVisible: 5_000, stageVisible: 12_000, aliasVisible: 8_000 }

type Routes = Readonly<Record<string, string>>
const file = (routes: Routes): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions: { ${[...new Set(Object.values(routes))].sort().map((name) => `${name}: {}`).join(', ')} }
api:
  access-log: off
  routes: { ${Object.entries(routes).map(([path, name]) => `GET ${path}: ${name}`).join(', ')} }
release:
  smoke-test: { ${Object.keys(routes).map((path) => `GET ${path}: 200`).join(', ')} }
`
/** Code that is right everywhere but on one route. */
const brokenOn = (text: string, path: string, how: string): string => telling(text).replace('    variables', `    if event["path"].startswith("${path}"): ${how}\n    variables`)

test('good releases go live, those that a smoke test finds out do not: no request fails, and no route meets code of another release', async () => {
  const service = makeService({})
  const { control } = service.account
  await control.configure({ windows, rates: false })
  await control.runClock(10)
  const textOf = new Map<number, string>()
  let traffic: Traffic | undefined

  async function deploy(text: string, routes: Routes, code = telling(text)): Promise<number | null> {
    service.write('app.py', code)
    service.write('lambda-api.yml', file(routes))
    const before = textOf.size
    const result = await service.run()
    if (result.exitCode === 0) textOf.set(Number(result.outputs['release']), text)
    if (traffic === undefined) {
      traffic = new Traffic(succeeded(result).outputs['invoke-url'] ?? '', ['f0', 'f1'])
      await traffic.until(({ status }) => status === 200)
      traffic.answers.length = 0
    }
    await traffic.more(5)
    if (result.exitCode !== 0) expect([textOf.size, result.output]).toEqual([before, expect.stringContaining('Callers never saw this')])
    return result.exitCode
  }

  const two = { '/f0': 'f0', '/f1': 'f1' }
  expect(await deploy('one', two)).toBe(0)
  expect(await deploy('two', two)).toBe(0)
  expect(await deploy('answers 500', two, brokenOn('answers 500', '/', 'return {"statusCode": 500}'))).toBe(1)
  expect(await deploy('throws on one route', two, brokenOn('throws on one route', '/f1', 'raise RuntimeError()'))).toBe(1)
  expect(await deploy('malformed on one route', two, brokenOn('malformed on one route', '/f0', 'return {"status": 200}'))).toBe(1)
  expect(await deploy('three', { '/f0': 'f1', '/f1': 'f1' })).toBe(0)
  expect(await deploy('four', { '/f0': 'f2', '/f1': 'f1', '/more': 'f2' })).toBe(0)
  expect(await deploy('the added one throws', { '/f0': 'f2', '/f1': 'f3' }, brokenOn('the added one throws', '/f1', 'raise RuntimeError()'))).toBe(1)
  expect(await deploy('five', two)).toBe(0)
  await traffic?.more(50)
  await traffic?.stop()
  const wrong = traffic?.wrong(textOf) ?? []
  process.stdout.write(`requests: smoke tests: ${traffic?.answers.length} asked, ${wrong.length === 0 ? 'none wrong' : wrong.join('; ')}\n`)
  service.remove()
  expect([...textOf.values()]).toEqual(['one', 'two', 'three', 'four', 'five'])
  expect(wrong).toEqual([])
}, 600_000)
