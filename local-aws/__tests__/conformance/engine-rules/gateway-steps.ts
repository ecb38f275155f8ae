import type { Json, JsonObject, Step } from '../rows.ts'
import { permit, withFunction } from './lambda-steps.ts'
import { refused, step } from './rule.ts'

/** Step 0 of most rules: an API; its id is `{{0.id}}`, its root `{{0.rootResourceId}}`. */
export const api = (input: JsonObject = {}): Step => step('apigateway CreateRestApi', {
  name: 'a',
  endpointConfiguration: { types: ['REGIONAL'] },
  ...input,
})
export const onApi = (operation: string, input: JsonObject = {}): Step => step(`apigateway ${operation}`, { restApiId: '{{0.id}}', ...input })
/** A request about GET on the root. */
export const onRoot = (operation: string, input: JsonObject = {}): Step => onApi(operation, {
  resourceId: '{{0.rootResourceId}}',
  httpMethod: 'GET',
  ...input,
})
export const child = (pathPart: string, parentId = '{{0.rootResourceId}}'): Step => onApi('CreateResource', { parentId, pathPart })

export const method = (input: JsonObject = {}): Step => onRoot('PutMethod', { authorizationType: 'NONE', ...input })
/** A method on the root with a mock behind it: two steps. */
export const mock: readonly Step[] = [
  method(),
  onRoot('PutIntegration', { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }),
]
/** The mock with its answer, so that the invoke URL gives 200: four steps. */
export const answeringMock: readonly Step[] = [
  ...mock,
  onRoot('PutMethodResponse', { statusCode: '200' }),
  onRoot('PutIntegrationResponse', { statusCode: '200' }),
]

export const deployed = (variables: JsonObject = {}): Step =>
  onApi('CreateDeployment', { stageName: 'v1', ...(Object.keys(variables).length === 0 ? {} : { variables }) })
/** Steps 0 to 3: an API with a mock, deployed to the stage `v1`; the deployment is `{{3.id}}`. */
export const live: readonly Step[] = [api(), ...mock, deployed()]

export const patched = (operation: string, patches: readonly Json[], input: JsonObject = {}): Step => onApi(operation, { ...input, patchOperations: patches })
export const patchStage = (...patches: readonly Json[]): Step => patched('UpdateStage', patches, { stageName: 'v1' })
export const replace = (path: string, value: string): Json => ({ op: 'replace', path, value })
export const remove = (path: string): Json => ({ op: 'remove', path })
export const copy = (from: string, path: string): Json => ({ op: 'copy', from, path })

export const functionUri = (qualified: string): string =>
  `arn:aws:apigateway:{{region}}:lambda:path/2015-03-31/functions/arn:aws:lambda:{{region}}:{{account}}:function:${qualified}/invocations`
/** An AWS_PROXY integration with the function, on GET of the root unless `input` says otherwise. */
export const proxy = (qualified = 'f', input: JsonObject = {}): Step =>
  onRoot('PutIntegration', { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: functionUri(qualified), ...input })
/** Steps 0 to 4: an API whose root calls the function `f`, made by `input`; permission and deployment are up to the rule. */
export const proxyApi = (qualified = 'f', input: JsonObject = {}): Step[] => [api(), ...withFunction(input), method(), proxy(qualified)]
/** Steps 0 to 6: the same with permission and stage. */
export const liveProxy = (input: JsonObject = {}): Step[] => [...proxyApi('f', input), permit(), deployed()]

/** Calls the invoke URL of the stage `v1`. */
export const invoke = (path = '/', input: JsonObject = {}): Step => step('invoke', { api: '{{0.id}}', stage: 'v1', path, ...input })

export const badRequest = (message?: string): Partial<Step> => refused(400, 'BadRequestException', message)
export const conflict = (message?: string): Partial<Step> => refused(409, 'ConflictException', message)
export const notFound = (message?: string): Partial<Step> => refused(404, 'NotFoundException', message)
export const quotaReached = (message?: string): Partial<Step> => refused(429, 'LimitExceededException', message)
export const said = (status: number, message: string): Partial<Step> => ({ status, answer: { body: { message } } })
