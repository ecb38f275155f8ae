import { afterEach, expect, test } from '@jest/globals'
import {
  APIGatewayClient, CreateResourceCommand, GetGatewayResponseCommand, GetMethodCommand, GetResourcesCommand, PutGatewayResponseCommand, PutIntegrationCommand, PutMethodCommand,
} from '@aws-sdk/client-api-gateway'
import { withoutIds } from '../support/account-state.ts'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const many = ['ANY /', 'ANY /{proxy+}', ...Array.from({ length: 20 }, (_each, index) => `${['GET', 'POST'][index % 2]} /part${index % 3}/item${index}/{id}/{rest+}`)]
const lines = (routes: readonly string[]): { readonly routes: string } => ({ routes: routes.join('\n') })

let service: Deployable
afterEach(() => service.remove())

function shop(): Deployable {
  service = makeService({ ...everything, stage: 'prod' })
  service.write('lambda_function.py', handler('one'))
  return service
}

const ofRoutes = async (): Promise<string[]> => (await service.writes()).filter((operation) => /RestApi$|(Create|Delete)Resource|Method|Integration/.test(operation) && operation !== 'CreateRestApi')
const stateOf = async (): Promise<unknown> => withoutIds(await service.account.control.state(), service.account.id)

test('many routes are one call, a few more are single ones, and all of them answer', async () => {
  const first = succeeded(await shop().run(lines(many)))
  expect(await ofRoutes()).toEqual(['PutRestApi'])
  expect(await call(first, '/part1/item7/x/y/z', { method: 'POST' })).toMatchObject({ body: { route: 'POST /part1/item7/{id}/{rest+}', path: { id: 'x', rest: 'y/z' } } })
  expect(await call(first, '/', { method: 'DELETE' })).toMatchObject({ body: { route: 'DELETE /' } })
  expect(await call(first, '/anything/else')).toMatchObject({ body: { path: { proxy: 'anything/else' } } })

  succeeded(await service.run(lines(many)))
  expect(await service.writes()).toEqual([])
  const renamed = many.map((route) => route.replace('/item7/{id}', '/item7/{key}'))
  const second = succeeded(await service.run(lines(renamed)))
  expect(await ofRoutes()).toEqual(['DeleteResource', 'CreateResource', 'CreateResource', 'PutMethod', 'PutIntegration'])
  expect(await call(second, '/part1/item7/x/y', { method: 'POST' })).toMatchObject({ body: { path: { key: 'x', rest: 'y' } } })
})

test('a change of many routes takes away what is gone, and leaves what is not ours', async () => {
  const { outputs } = succeeded(await shop().run(lines(many)))
  const restApiId = outputs['api-id']
  const api = new APIGatewayClient(service.account.client)
  const parent = (await api.send(new GetResourcesCommand({ restApiId, limit: 500 }))).items?.find(({ path }) => path === '/part0')
  const theirs = await api.send(new CreateResourceCommand({ restApiId, parentId: parent?.id, pathPart: 'theirs' }))
  await api.send(new PutMethodCommand({ restApiId, resourceId: theirs.id, httpMethod: 'GET', authorizationType: 'AWS_IAM' }))
  await api.send(new PutIntegrationCommand({ restApiId, resourceId: theirs.id, httpMethod: 'GET', type: 'MOCK' }))
  await api.send(new PutGatewayResponseCommand({ restApiId, responseType: 'DEFAULT_4XX', statusCode: '418' }))
  const other = many.map((route) => route.replace('/part0/', '/part9/'))
  succeeded(await service.run(lines(other)))
  expect((await ofRoutes()).filter((operation) => !/^Delete/.test(operation))).toEqual(['PutRestApi'])
  const paths = (await api.send(new GetResourcesCommand({ restApiId, limit: 500 }))).items?.map(({ path }) => path)
  expect(paths?.filter((path) => path?.startsWith('/part0')).sort()).toEqual(['/part0', '/part0/theirs'])
  expect(await api.send(new GetMethodCommand({ restApiId, resourceId: theirs.id, httpMethod: 'GET' }))).toMatchObject({ authorizationType: 'AWS_IAM', methodIntegration: { type: 'MOCK' } })
  expect((await api.send(new GetGatewayResponseCommand({ restApiId, responseType: 'DEFAULT_4XX' }))).statusCode).toBe('418')
  succeeded(await service.run(lines(other)))
  expect(await service.writes()).toEqual([])
})

test.each([
  ['is killed behind the document', { kind: 'hold', when: 'after' }],
  ['is killed before the document', { kind: 'hold', when: 'before' }],
] as const)('a first deploy that %s comes to the same end', async (_how, action) => {
  succeeded(await shop().run(lines(many)))
  const expected = await stateOf()
  service.remove()
  const { control } = shop().account
  const step = await service.start(lines(many))
  await control.fault({ operation: 'PutRestApi' }, action)
  await control.held()
  step.kill()
  await step.result
  await control.clearFaults()
  await control.release()
  await control.idle()
  succeeded(await service.run(lines(many)))
  expect(await stateOf()).toEqual(expected)
})

test.each([
  ['half of it is written and the answer is an error', { kind: 'quirk', name: 'partial-put' }],
  ['the connection breaks behind it', { kind: 'reset', when: 'after' }],
  ['AWS is busy', { kind: 'error', code: 'TooManyRequestsException', retryAfter: 1 }],
] as const)('the document is sent again where %s', async (_how, action) => {
  await shop().account.control.fault({ operation: 'PutRestApi' }, action)
  succeeded(await service.run(lines(many)))
  // Once more than twice where the repetition meets the rate of one a second.
  expect((await ofRoutes()).length).toBeGreaterThanOrEqual(2)
  expect(new Set(await ofRoutes())).toEqual(new Set(['PutRestApi']))
  succeeded(await service.run(lines(many)))
  expect(await service.writes()).toEqual([])
})

test('where AWS refuses the document, single calls make the routes, and the log says so', async () => {
  await shop().account.control.fault({ operation: 'PutRestApi' }, { kind: 'error', code: 'BadRequestException', status: 400, message: 'Errors found during import' })
  const result = succeeded(await service.run(lines(many)))
  expect(result.output).toMatch(/does not take the routes as one document \(Errors found during import\); they are made one by one/)
  expect((await ofRoutes()).filter((operation) => operation === 'PutIntegration')).toHaveLength(many.length)
  expect((await call(result, '/part1/item7/x/y', { method: 'POST' })).status).toBe(200)
  succeeded(await service.run(lines(many)))
  expect(await service.writes()).toEqual([])
})
