import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { methodProblem, methodsOf } from '../../../../src/resources/api/definition/method.ts'
import {
  definitionDigest,
  isAtGoal,
  mendDefinition,
  planDefinition,
} from '../../../../src/resources/api/definition/parts.ts'
import type { ApiSpec, Service } from '../../../../src/service/service.ts'
import { openLocalApi, type LocalApi } from './local-api.ts'
import { route, shop } from './shop.ts'

let api: LocalApi
beforeAll(async () => {
  api = await openLocalApi()
})
afterAll(() => api.close())

const few = shop([route('ANY /'), route('GET /items/{id}', 'shop-read'), route('DELETE /files/{path+}')])
const many = shop(
  ['ANY /', 'ANY /{proxy+}', 'GET /items', 'POST /items', 'GET /items/{id}', 'HEAD /a.b/c_d', 'OPTIONS /x:y'].map((text) => route(text)),
  { binaryMediaTypes: ['image/png', '*/*'], minimumCompressionSize: 1024 },
)

const withApi = (service: Service, api: Partial<ApiSpec>): Service => ({ ...service, api: { ...service.api, ...api } })

/** Changes of a service that need another definition. */
const changes: readonly (readonly [string, (service: Service) => Service])[] = [
  ['another function', (service) => withApi(service, { routes: service.api.routes.map((each) => ({ ...each, functionName: 'other' })) })],
  ['a route less', (service) => withApi(service, { routes: service.api.routes.slice(1) })],
  ['a route more', (service) => withApi(service, { routes: [...service.api.routes, route('GET /more/{x}')] })],
  ['other settings', (service) => withApi(service, { minimumCompressionSize: 7, binaryMediaTypes: ['text/css'] })],
]

test.each([
  ['by single calls', few, 'PutMethod'],
  ['by a document', many, 'PutRestApi'],
])('a definition that is made %s is read back without a difference, and so is each change of it', async (_how, service, operation) => {
  const { copyOf, newAws, apply } = api
  const context = await api.make(service)
  const { account } = context
  const goal = { service, account }
  expect((await api.local.control.journal()).map((call) => call.operation)).toContain(operation)
  const { methods } = await copyOf(context)
  const problems = methodsOf(service).map((spec) => methodProblem(spec, methods.get(spec.path)?.methods[spec.method], account))
  expect(problems).toEqual(methodsOf(service).map(() => undefined))
  expect(isAtGoal(goal, await copyOf(context))).toBe(true)

  for (const [name, change] of changes) {
    const changed = { service: change(service), account }
    expect([name, definitionDigest(changed.service)]).not.toEqual([name, definitionDigest(service)])
    expect([name, isAtGoal(changed, await copyOf(context))]).toEqual([name, false])
    await apply(planDefinition(changed, await copyOf(context), []), context)
    expect([name, isAtGoal(changed, await copyOf(context))]).toEqual([name, true])
    // The guard's way back makes single calls, however many there are.
    await mendDefinition({ ...context, aws: newAws() }, service, await copyOf(context))
    expect([name, isAtGoal(goal, await copyOf(context))]).toEqual([name, true])
  }
  await api.local.control.reset()
})
