import type { Json, JsonObject, Scenario, Step } from '../rows.ts'

/** A rule of local AWS: the last step is the request that the front answers as AWS does and the bare engine does not. */
export const rule = (source: string, steps: readonly Step[], answer: Partial<Step>, options: Pick<Scenario, 'slow' | 'noLogsRole'> = {}): Scenario => {
  const last = steps.at(-1)
  if (last === undefined) throw new Error(`Rule "${source}" has no request.`)
  return { source, ...options, steps: [...steps.slice(0, -1), { ...last, row: 'answer', ...answer }] }
}

export const step = (call: string, input: JsonObject = {}): Step => ({ call, with: input })
export const refused = (status: number, name: string, message?: string): Partial<Step> => ({ status, error: { name, ...(message === undefined ? {} : { message }) } })

/** A proxy handler that answers with a text. */
export const answering = (text: string): JsonObject => ({ $source: `def handler(event, context):\n    return {'statusCode': 200, 'body': '${text}'}\n` })

/** CreateFunction of `f` and the wait for it: two steps. */
export const withFunction = (input: JsonObject = {}): Step[] => [createFunction(input), step('wait', { FunctionName: 'f' })]
export const createFunction = (input: JsonObject = {}): Step =>
  step('lambda CreateFunction', { FunctionName: 'f', Runtime: 'python3.12', Role: '{{role}}', Handler: 'handler.handler', Timeout: 60, Code: { ZipFile: answering('one') }, ...input })

export const permit = (input: JsonObject = {}): Step =>
  step('lambda AddPermission', { FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', ...input })

/** Step 0: an API; its id is `{{0.id}}`, its root `{{0.rootResourceId}}`. */
export const api = (input: JsonObject = {}): Step => step('apigateway CreateRestApi', { name: 'a', endpointConfiguration: { types: ['REGIONAL'] }, ...input })
export const onApi = (operation: string, input: JsonObject = {}): Step => step(`apigateway ${operation}`, { restApiId: '{{0.id}}', ...input })
export const onRoot = (operation: string, input: JsonObject = {}): Step => onApi(operation, { resourceId: '{{0.rootResourceId}}', httpMethod: 'GET', ...input })
export const mock: readonly Step[] = [
  onRoot('PutMethod', { authorizationType: 'NONE' }),
  onRoot('PutIntegration', { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }),
]

export const functionUri = (qualified: string): string => `arn:aws:apigateway:{{region}}:lambda:path/2015-03-31/functions/arn:aws:lambda:{{region}}:{{account}}:function:${qualified}/invocations`

/** Step 0 to 3: an API whose root calls the function; the deployment is made by hand afterwards. */
export const proxyApi = (qualified = 'f', input: JsonObject = {}): Step[] => [
  api(input),
  ...withFunction(),
  onRoot('PutMethod', { authorizationType: 'NONE' }),
  onRoot('PutIntegration', { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: functionUri(qualified) }),
]

export const deployed = (variables: JsonObject = {}): Step => onApi('CreateDeployment', { stageName: 'v1', ...(Object.keys(variables).length === 0 ? {} : { variables }) })
export const update = (operation: string, patches: readonly Json[], input: JsonObject = {}): Step => onApi(operation, { ...input, patchOperations: patches })
export const replace = (path: string, value: string): Json => ({ op: 'replace', path, value })
export const invoke = (path = '/', input: JsonObject = {}): Step => step('invoke', { api: '{{0.id}}', stage: 'v1', path, ...input })
