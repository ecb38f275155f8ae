import { afterAll, expect, test } from '@jest/globals'
import { foreignIn, gatewayOf } from '../support/foreign-dump.ts'
import { makeForeignApi } from '../support/foreign-api.ts'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const made: Deployable[] = []
afterAll(() => made.forEach((each) => each.remove()))

const few = 'GET /items\nGET /group0/{id}/seats'
/** 150 routes, some of them on resources of somebody else's. */
const many = Array.from({ length: 75 }, (_each, index) => [
  `GET /many/m${index}`, index < 8 ? `PUT /group${index}` : `POST /many/m${index}/{id}`,
]).flat().join('\n')

async function found(version: string | undefined): Promise<{ readonly service: Deployable; readonly restApiId: string }> {
  const service = makeService({ 'function-name': 'shop', runtime: 'python3.11', 'access-log': 'off', routes: few })
  made.push(service)
  await service.account.control.configure({ rates: false })
  const { restApiId } = await makeForeignApi(service.account, { version })
  service.write('lambda_function.py', handler('one'))
  return { service, restApiId }
}

/** How often the last run made each call. */
async function counts({ account }: Deployable): Promise<Readonly<Record<string, number>>> {
  const journal = await account.control.journal()
  return Object.fromEntries([...Map.groupBy(journal, ({ operation }) => operation)].map(([operation, calls]) => [operation, calls.length]))
}

test.each([
  { kind: 'with a version', version: '7', putRestApi: 1 },
  // The one call would give it one.
  { kind: 'without a version', version: undefined, putRestApi: undefined },
])('a large API $kind: nothing foreign differs after each of deploy, 150 routes at once, single calls, rollback and destroy', async ({ version, putRestApi }) => {
  const { service, restApiId } = await found(version)
  const { account } = service
  const before = await gatewayOf(account)
  const live = async (): Promise<unknown> => (await fetch(`${account.url}/restapis/${restApiId}/live/_user_request_/group0`)).json()
  const unchanged = async (): Promise<void> => {
    expect(await foreignIn(account, before)).toEqual(before)
    expect(await live()).toEqual({ by: 'hand', colour: 'blue' })
  }
  expect((JSON.stringify(before).match(/"path":"\/group/g) ?? []).length).toBeGreaterThanOrEqual(40)
  await unchanged()
  const run = async (more: Readonly<Record<string, string>> = {}) => succeeded(await service.run({ 'api-id': restApiId, ...more }))
  const first = await run()
  expect((await call(first, '/items')).body).toMatchObject({ text: 'one' })
  await unchanged()
  await run({ routes: many })
  expect((await counts(service))['PutRestApi']).toBe(putRestApi)
  expect((await call(first, '/many/m74/7', { method: 'POST' })).body).toMatchObject({ text: 'one' })
  await unchanged()
  service.write('lambda_function.py', handler('two'))
  await run({ routes: `${many.replace('GET /many/m0\n', '')}\nDELETE /group3/{id}\nGET /another` })
  expect(await counts(service)).toMatchObject({ PutMethod: 2, DeleteResource: 1 })
  expect((await counts(service))['PutRestApi']).toBeUndefined()
  await unchanged()
  await run({ command: 'rollback' })
  expect((await call(first, '/many/m0')).body).toMatchObject({ text: 'one' })
  await unchanged()
  await run({ command: 'destroy', confirm: 'shop' })
  expect(await gatewayOf(account)).toEqual(before)
  await unchanged()
})
