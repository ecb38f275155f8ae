import { afterAll, expect, test } from '@jest/globals'
import { dumpWithoutCode, foundName } from '../support/found.ts'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { callers, tutorial } from '../support/tutorial.ts'

const made: Deployable[] = []
afterAll(() => made.forEach((each) => each.remove()))

test("a tutorial's account: joined, deployed, changed, rolled back and given back, and no caller of the old stage fails", async () => {
  const service = makeService({ service: 'greet', 'function-name': foundName, runtime: 'python3.11', 'access-log': 'off', join: 'true', stage: 'v2', routes: 'GET /items' })
  made.push(service)
  const { account } = service
  await account.control.configure({ rates: false })
  const restApiId = await tutorial(account)
  const gateway = async (): Promise<unknown> => Object.entries(await account.control.state()).filter(([name]) => /gateway/i.test(name))
  const before = { gateway: await gateway(), fn: await dumpWithoutCode(account) }
  const old = `${account.url}/restapis/${restApiId}/prod/_user_request_/hello`
  const loops = [callers(old, {}), callers(old, { method: 'OPTIONS' })]
  const run = async (more: Readonly<Record<string, string>> = {}) => succeeded(await service.run({ 'api-id': restApiId, ...more }))
  service.write('lambda_function.py', handler('new'))
  const first = await run()
  expect((await call(first, '/items')).body).toMatchObject({ text: 'new' })
  service.write('lambda_function.py', handler('newer'))
  await run()
  await run({ routes: 'GET /items\nPOST /items\nGET /items/{id}' })
  expect((await call(first, '/items/4')).body).toMatchObject({ text: 'newer' })
  await run({ command: 'rollback', to: '1' })
  expect((await call(first, '/items')).body).toMatchObject({ text: 'found' })
  await run({ command: 'destroy', confirm: 'greet' })
  const statuses = (await Promise.all(loops.map(({ stop }) => stop()))).flat()
  const failed = statuses.filter((status) => status !== 200)
  process.stdout.write(`joined: ${statuses.length} requests, ${failed.length} failed\n`)
  expect([statuses.length > 50, failed]).toEqual([true, []])
  expect({ gateway: await gateway(), fn: await dumpWithoutCode(account) }).toEqual(before)
})
