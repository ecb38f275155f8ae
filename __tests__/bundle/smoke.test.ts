import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway'
import { killAll, stateOf } from '../support/kills.ts'
import { handler, call, makeService, succeeded, type Deployable } from '../support/service.ts'
import type { StepResult } from '../support/runner.ts'
import { noWindows } from '../support/windows.ts'

const token = 'a-token-that-nobody-may-see'
/** Answers by its path: what it was made with, what a header said, or an error. */
const app = (text: string): string => `import json
def lambda_handler(event, context):
    path = event["path"]
    if path == "/throws":
        raise RuntimeError("broken as ${text}, with " + event["headers"].get("x-token", ""))
    if path == "/malformed":
        return {"status": 200, "text": "${text}"}
    if path == "/failing":
        return {"statusCode": 500, "body": "no table for ${text}; " + event["headers"].get("x-token", "")}
    if path == "/public":
        # What only a caller over HTTP can make fail: the event of the check names no address of a caller.
        return {"statusCode": 503 if "${text}" == "public" and event["requestContext"]["identity"]["sourceIp"] != "192.0.2.1" else 200, "body": "fine"}
    told = {"text": "${text}", "body": event["body"], "id": (event["pathParameters"] or {}).get("id"), "query": event["queryStringParameters"]}
    return {"statusCode": 200, "body": json.dumps(told)}
`
const routes = ['GET /', 'GET /items', 'POST /items', 'GET /items/{id}', 'GET /throws', 'GET /malformed', 'GET /failing', 'GET /public']
const file = (tests: string): string => `
service: shop
functions: { main: { runtime: python3.11, handler: app.lambda_handler } }
api:
  access-log: off
  routes:
${routes.map((route) => `    ${route}: main`).join('\n')}
release:
  smoke-test:
${tests}
`
const good = `    GET /items: 200
    GET /items/{id}: { path: { id: 4 2 }, json: { id: 4%202 } }
    POST /items: { body: { seats: 2 }, status: 200-299, text: /seats/, within: 20s }
    GET /public: 200`

interface Shop extends Deployable {
  readonly deploy: (text: string, tests: string, inputs?: Readonly<Record<string, string>>) => Promise<StepResult>
}

async function makeShop(): Promise<Shop> {
  const service = makeService({})
  await service.account.control.configure({ windows: { ...noWindows, aliasVisible: 0 }, rates: false })
  return {
    ...service,
    deploy: async (text, tests, inputs) => {
      service.write('app.py', app(text))
      service.write('lambda-api.yml', file(tests))
      return service.run(inputs)
    },
  }
}

const errorsOf = ({ annotations }: StepResult): StepResult['annotations'] => annotations.filter(({ level }) => level === 'error')
const textAt = async (result: StepResult): Promise<unknown> => ((await call(result, '/items')).body as { readonly text?: string }).text
const invocations = async ({ account }: Deployable): Promise<number> =>
  (await account.control.journal()).filter(({ operation }) => operation === 'Invoke').length

describe('smoke tests', () => {
  let shop: Shop
  let live: StepResult
  beforeAll(async () => {
    shop = await makeShop()
    live = succeeded(await shop.deploy('one', good))
  })
  afterAll(() => shop.remove())

  test('are asked before a first release goes live and afterwards; plan, log and summary tell them', async () => {
    expect(await invocations(shop)).toBe(4)
    const log = live.log.join('\n')
    expect(log).toMatch(/Smoke tests before the release goes live[^]*Smoke tests on the live stage/)
    expect(log).toMatch(/Plan[^]*\? POST \/items -> 200-299/)
    expect(log).toMatch(/Smoke test GET \/items\/\{id\} -> 200 on version 1 of shop-main: 200 in \d+ ms: \{"text": "one"/)
    expect(log).toMatch(/Smoke test GET \/public -> 200 on the live stage: 200 in \d+ ms/)
    expect(live.summary).toMatch(/<th>Before going live<\/th><th>Live<\/th><\/tr>\n<tr><td><code>GET \/items -&gt; 200<\/code><\/td><td>200 in \d+ ms<\/td><td>200 in \d+ ms/)
  })

  test('are not asked where nothing changes, and a plan asks none', async () => {
    succeeded(await shop.deploy('one', good))
    expect([await shop.writes(), await invocations(shop)]).toEqual([[], 0])
    const planned = succeeded(await shop.deploy('two', good, { command: 'plan' }))
    expect([await shop.writes(), await invocations(shop)]).toEqual([[], 0])
    expect(planned.log.join('\n')).toContain('? GET /public -> 200')
    expect(planned.summary).toContain('GET /public -&gt; 200')
  })

  const failing = [
    ['an error status', 'GET /failing: 200', /failed before the release went live: status 200 was expected, and it is 500[^]*Why: Version \d+ of shop-main answered 500 in \d+ ms: no table for/],
    ['a function that throws', 'GET /throws: 200', /it is 502[^]*because the function ended with an error: \{"errorMessage": ?"broken as/],
    ['a malformed result', 'GET /malformed: 200', /it is 502[^]*the result is malformed: it has the key "status"/],
    ['another text', 'GET /items: { text: nine }', /the text "nine" is not in it/],
    ['another member', 'GET /items: { json: { text: nine } }', /text should be "nine", and is "bad/],
  ] as const
  test.each(failing)('%s is caught before callers see it, and told with its place', async (name, line, words) => {
    const result = await shop.deploy(`bad ${name}`, `${good}\n    # the line that fails\n    ${line.replace('GET /items:', 'GET /:')}`)
    expect(result.exitCode).toBe(1)
    const [error, ...others] = errorsOf(result)
    expect(others).toEqual([])
    expect(error?.message).toMatch(words)
    expect(error?.message).toContain('Callers never saw this: the stage serves what it served before.')
    expect([error?.file, error?.line]).toEqual(['lambda-api.yml', 22])
    expect(result.summary).toContain('Callers get what they got before.')
    expect(await textAt(live)).toBe('one')
    expect(await shop.writes()).not.toContain('UpdateStage')
  })

  test('all that fail are told at once, and the next good deploy goes live', async () => {
    const result = await shop.deploy('bad', '    GET /failing: 200\n    GET /throws: [200, 404]')
    expect(errorsOf(result).map(({ message }) => message.split(':')[0])).toEqual([
      'The smoke test GET /failing -> 200 failed before the release went live', 'The smoke test GET /throws -> 200, 404 failed before the release went live',
    ])
    live = succeeded(await shop.deploy('two', good))
    expect(await textAt(live)).toBe('two')
    expect(live.outputs['release']).toBe('2')
  })

  test('what fails over HTTP takes the release back by one UpdateStage, and it is held', async () => {
    const result = await shop.deploy('public', good, { 'throttling-rate': '7' })
    expect(result.exitCode).toBe(1)
    const [error, ...others] = errorsOf(result)
    expect(others).toEqual([])
    expect(error?.message).toMatch(/GET \/public -> 200 failed on the live stage: status 200 was expected, and it is 503[^]*_user_request_\/public answered 503[^]*fine/)
    expect(error?.message).toMatch(/It has been taken back: the stage serves release 2 again, as release 4\.[^]*Release 3 is held/)
    expect((await shop.writes()).filter((name) => name === 'UpdateStage')).toHaveLength(2)
    expect(result.summary).toContain('Callers get what they got before.')
    expect(await textAt(live)).toBe('two')
    const stage = await new APIGatewayClient(shop.account.client).send(new GetStageCommand({ restApiId: live.outputs['api-id'], stageName: 'prod' }))
    expect(stage.methodSettings?.['*/*']?.throttlingRateLimit ?? 10_000).toBe(10_000)
    const again = await shop.deploy('public', good)
    expect(errorsOf(again)[0]?.message).toMatch(/Release 3 of shop on prod is held[^]*force: true/)
    expect(await shop.writes()).toEqual([])
    const former = succeeded(await shop.deploy('two', good))
    expect([former.outputs['changed'], former.outputs['release']]).toEqual(['false', '4'])
    expect(former.summary).toContain('<td>held</td>')
    expect(succeeded(await shop.deploy('three', good)).outputs['release']).toBe('5')
  })
})

test('a first release that fails over HTTP has nothing to go back to, says so and stays', async () => {
  const shop = await makeShop()
  const result = await shop.deploy('public', good)
  expect(result.exitCode).toBe(1)
  expect(errorsOf(result)[0]?.message).toContain('This is the first release of the stage: there is nothing to go back to, so it stays live.')
  expect(result.summary).toContain('What was to go live is live')
  expect(succeeded(await shop.deploy('public', good)).outputs['changed']).toBe('false')
  shop.remove()
})

test("a header's secret is sent, and shown nowhere", async () => {
  const service = makeService({ service: 'shop' })
  await service.account.control.configure({ windows: noWindows, rates: false })
  service.write('app.py', app('one'))
  service.write('lambda-api.yml', file('    GET /failing: { headers: { x-token: { from-env: TOKEN } }, text: nowhere }\n    GET /throws: { headers: { x-token: { from-env: TOKEN } } }'))
  const result = await (await service.start({}, { TOKEN: token })).result
  expect(result.exitCode).toBe(1)
  const shown = [...result.annotations.map(({ message }) => message), result.summary, ...result.log].join('\n')
  expect(shown).toMatch(/no table for one; \*\*\*/)
  expect(shown).toMatch(/broken as one, with \*\*\*/)
  expect(shown).not.toContain(token)
  service.remove()
})

test('auto asks every GET route without a variable, and takes what is below 500', async () => {
  const service = makeService({ 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /items\nGET /items/{id}\nPOST /items\nANY /all', 'smoke-test': 'auto', 'access-log': 'off' })
  await service.account.control.configure({ windows: noWindows, rates: false })
  service.write('lambda_function.py', handler('one'))
  succeeded(await service.run())
  expect(await invocations(service)).toBe(2)
  service.write('lambda_function.py', 'def lambda_handler(event, context): return {"statusCode": 500 if event["path"] == "/all" else 404}')
  const result = await service.run()
  expect(errorsOf(result).map(({ message }) => message.split('\n')[0])).toEqual([
    'The smoke test GET /all -> below 500 failed before the release went live: status 100-499 was expected, and it is 500.',
  ])
  service.remove()
})

test('killed while it takes a release back, the next good deploy goes live and leaves nothing to do', async () => {
  const prepared = async (): Promise<Shop> => {
    const shop = await makeShop()
    succeeded(await shop.deploy('one', good))
    return shop
  }
  const undisturbed = await prepared()
  await undisturbed.deploy('public', good)
  const calls = await undisturbed.account.control.journal()
  const backAt = calls.findLastIndex(({ operation }) => operation === 'UpdateStage') + 1
  undisturbed.remove()
  expect(calls.filter(({ operation }) => operation === 'UpdateStage')).toHaveLength(2)
  for (const k of [backAt - 1, backAt]) {
    const shop = await prepared()
    const { control } = shop.account
    shop.write('app.py', app('public'))
    const step = await shop.start()
    await control.fault({ call: k }, { kind: 'hold', when: 'after' })
    await Promise.race([control.held(), step.result.then(({ output }) => Promise.reject(new Error(`call ${k} never came: ${output}`)))])
    step.kill()
    await step.result
    await control.clearFaults()
    await control.release()
    await control.idle()
    const fixed = succeeded(await shop.deploy('fixed', good))
    expect([await textAt(fixed), (await call(fixed, '/public')).status]).toEqual(['fixed', 200])
    succeeded(await shop.deploy('fixed', good))
    expect(await shop.writes()).toEqual([])
    shop.remove()
  }
})

test.each(['two', 'public'])('killed after any call of a deploy of "%s", the next run comes to the end of an undisturbed one', async (text) => {
  const prepared = async (): Promise<Shop> => {
    const shop = await makeShop()
    succeeded(await shop.deploy('one', good))
    return shop
  }
  const undisturbed = await prepared()
  const { exitCode } = await undisturbed.deploy(text, good)
  expect(exitCode).toBe(text === 'two' ? 0 : 1)
  const calls = await undisturbed.account.control.journal()
  expect(calls.filter(({ operation }) => operation === 'UpdateStage')).toHaveLength(2)
  const liveAt = calls.findIndex(({ operation }) => operation === 'UpdateStage') + 1
  const expected = await stateOf(undisturbed)
  undisturbed.remove()
  const asked: number[] = []
  const points = Array.from({ length: calls.length }, (_each, index) => index + 1)
  const { states, mismatches } = await killAll(points, {
    prepare: prepared,
    start: (shop) => {
      shop.write('app.py', app(text))
      return shop.start()
    },
    follow: async (shop, k) => {
      const next = await shop.run()
      if (next.log.join('\n').includes('on the live stage')) asked.push(k)
      expect([next.exitCode, await stateOf(shop)]).toEqual([exitCode, expected])
      if (text !== 'two') shop.write('app.py', app('one'))
      succeeded(await shop.run())
      expect(await shop.writes()).toEqual([])
    },
  })
  process.stdout.write(`smoke: a deploy of ${text}: ${points.length} kill points, ${states} states, ${mismatches.length} mismatches\n`)
  expect(mismatches).toEqual([])
  expect(asked).toContain(liveAt)
}, 600_000)
