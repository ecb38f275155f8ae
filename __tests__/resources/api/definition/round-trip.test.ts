import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connect, type Aws } from '../../../../src/aws/clients.ts'
import { silent } from '../../../../src/progress.ts'
import { methodProblem, methodsOf } from '../../../../src/resources/api/definition/method.ts'
import {
  definitionDigest,
  isAtGoal,
  mendDefinition,
  planDefinition,
  readWorkingCopy,
} from '../../../../src/resources/api/definition/parts.ts'
import type { WorkingCopy } from '../../../../src/resources/api/definition/part.ts'
import { planRestApi } from '../../../../src/resources/api/rest-api.ts'
import { known, type ApplyContext, type Ids, type Step } from '../../../../src/resources/step.ts'
import type { ApiSpec, Service } from '../../../../src/service/service.ts'
import { freshAccount } from '../../../../local-aws/testing.ts'
import { route, shop } from './shop.ts'

const local = freshAccount()
const account = { partition: 'aws', region: local.region, accountId: local.id }
const variables = { AWS_ENDPOINT_URL: local.url, AWS_ACCESS_KEY_ID: local.id, AWS_SECRET_ACCESS_KEY: 'local' }
const before = Object.keys(variables).map((name) => [name, process.env[name]] as const)
beforeAll(async () => {
  Object.assign(process.env, variables)
  await local.control.configure({ rates: false })
})
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  await local.control.reset()
})

const few = shop([route('ANY /'), route('GET /items/{id}', 'shop-read'), route('DELETE /files/{path+}')])
const many = shop(
  ['ANY /', 'ANY /{proxy+}', 'GET /items', 'POST /items', 'GET /items/{id}', 'HEAD /a.b/c_d', 'OPTIONS /x:y'].map((text) => route(text)),
  { binaryMediaTypes: ['image/png', '*/*'], minimumCompressionSize: 1024 },
)

/** Each connection has its own pace, so that with a new one nothing is waited for; the rates of local AWS are off. */
const newAws = (): Aws => connect({ region: local.region, env: {}, progress: silent })

/** Makes an API of its own, with the definition that a service asks for. */
async function make(service: Service): Promise<ApplyContext> {
  const unknown = { apiId: undefined, rootResourceId: undefined, deploymentId: undefined, permissionAddedAt: undefined }
  const ids: Ids = { ...unknown, roleArns: new Map(), versions: new Map() }
  const context = { aws: newAws(), account, service, ids, progress: silent }
  await apply([planRestApi(service, []), ...planDefinition(context, undefined, [])], context)
  return context
}

async function apply(steps: readonly Step[], context: ApplyContext): Promise<void> {
  for (const step of steps) await step.apply({ ...context, aws: newAws() })
}

const copyOf = (context: ApplyContext): Promise<WorkingCopy> => readWorkingCopy(newAws(), known(context.ids.apiId, 'the API'))
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
  const context = await make(service)
  const goal = { service, account }
  expect((await local.control.journal()).map((call) => call.operation)).toContain(operation)
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
  await local.control.reset()
})
