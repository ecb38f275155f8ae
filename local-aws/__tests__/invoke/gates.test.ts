import { beforeAll, describe, expect, test } from '@jest/globals'
import {
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateStageCommand,
  type PutMethodCommandInput,
} from '@aws-sdk/client-api-gateway'
import { liveApi, type LiveApi } from './live-api.ts'

const AUTHORIZER = `
def handler(event, context):
    token = event.get("authorizationToken") or event["headers"]["X-User"]
    if token == "unauthorized":
        raise Exception("Unauthorized")
    if token == "broken":
        return {"no": "policy"}
    effect = {"allow": "Allow", "deny": "Deny"}.get(token)
    statements = [{"Effect": effect, "Action": "execute-api:Invoke", "Resource": event["methodArn"]}] if effect else []
    return {"principalId": "user-1", "policyDocument": {"Version": "2012-10-17", "Statement": statements}, "context": {"colour": "blue"}}
`

let api: LiveApi
beforeAll(async () => {
  api = await liveApi()
  await api.addFunction('context', 'import json\ndef handler(event, context):\n    return {"statusCode": 200, "body": json.dumps(event["requestContext"])}\n')
  await api.addFunction('authorizer', AUTHORIZER)
})

/** A POST method on the path with an integration to the function `context`. */
async function put(path: string, method: Partial<PutMethodCommandInput>): Promise<void> {
  const at = { restApiId: api.restApiId, resourceId: await api.addPath(path), httpMethod: 'POST' }
  await api.gateway.send(new PutMethodCommand({ ...at, authorizationType: 'NONE', ...method }))
  await api.gateway.send(new PutIntegrationCommand({ ...at, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: api.uri('context') }))
}

const post = (path: string, headers: Record<string, string> = {}, body = '') => api.call(path, { method: 'POST', headers, body })

async function answerTo(path: string, headers: Record<string, string> = {}, body = ''): Promise<[number, string]> {
  const response = await post(path, headers, body)
  return [response.status, await response.text()]
}

describe('gates before the integration', () => {
  beforeAll(async () => {
    const restApiId = api.restApiId
    const authorizerUri = api.uri('authorizer')
    const token = await api.gateway.send(
      new CreateAuthorizerCommand({ restApiId, name: 'token', type: 'TOKEN', identitySource: 'method.request.header.Auth', authorizerUri, identityValidationExpression: '[a-z]+' }),
    )
    const whole = await api.gateway.send(
      new CreateAuthorizerCommand({ restApiId, name: 'request', type: 'REQUEST', identitySource: 'method.request.header.X-User', authorizerUri }),
    )
    await put('/token', { authorizationType: 'CUSTOM', authorizerId: token.id })
    await put('/request', { authorizationType: 'CUSTOM', authorizerId: whole.id })
    await put('/signed', { authorizationType: 'AWS_IAM' })
    await put('/keyed', { apiKeyRequired: true })
    await put('/busy', {})
    const validator = await api.gateway.send(
      new CreateRequestValidatorCommand({ restApiId, name: 'all', validateRequestBody: true, validateRequestParameters: true }),
    )
    const schema = { type: 'object', required: ['pet'], properties: { pet: { type: 'string', minLength: 1 }, age: { type: 'integer' } } }
    await api.gateway.send(new CreateModelCommand({ restApiId, name: 'Pet', contentType: 'application/json', schema: JSON.stringify(schema) }))
    const requestParameters = { 'method.request.header.x-must': true, 'method.request.querystring.q': true, 'method.request.querystring.may': false }
    await put('/checked', { requestValidatorId: validator.id, requestModels: { 'application/json': 'Pet' }, requestParameters })
    await api.stage(await api.deploy())
  })

  test.each([
    [{}, 401, '{"message":"Unauthorized"}'],
    [{ Auth: '123' }, 401, '{"message":"Unauthorized"}'],
    [{ Auth: 'unauthorized' }, 401, '{"message":"Unauthorized"}'],
    [{ Auth: 'deny' }, 403, expect.stringContaining('User is not authorized to access this resource')],
    [{ Auth: 'nobody' }, 403, expect.stringContaining('User is not authorized to access this resource')],
    [{ Auth: 'broken' }, 500, '{"message":null}'],
  ])('a TOKEN authorizer answers %j with %d', async (headers, status, body) => {
    expect(await answerTo('/token', headers as Record<string, string>)).toEqual([status, body])
  })

  test('what an authorizer returns reaches the function', async () => {
    for (const [path, headers] of [['/token', { Auth: 'allow' }], ['/request', { 'X-User': 'allow' }]] as [string, Record<string, string>][]) {
      const [status, body] = await answerTo(path, headers)
      expect(status).toBe(200)
      expect(JSON.parse(body)).toMatchObject({ authorizer: { principalId: 'user-1', colour: 'blue' } })
    }
  })

  test('AWS_IAM takes no unsigned request', async () => {
    expect(await answerTo('/signed')).toEqual([403, '{"message":"Missing Authentication Token"}'])
  })

  test('a required API key must be enabled and in a plan of the stage', async () => {
    const { id: keyId, value = '' } = await api.gateway.send(new CreateApiKeyCommand({ name: 'k', enabled: true }))
    expect(await answerTo('/keyed')).toEqual([403, '{"message":"Forbidden"}'])
    expect(await answerTo('/keyed', { 'x-api-key': value })).toEqual([403, '{"message":"Forbidden"}'])
    const apiStages = [{ apiId: api.restApiId, stage: 'dev' }]
    const plan = await api.gateway.send(new CreateUsagePlanCommand({ name: 'p', apiStages, quota: { limit: 2, period: 'DAY' } }))
    await api.gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId, keyType: 'API_KEY' }))
    const [status, body] = await answerTo('/keyed', { 'x-api-key': value })
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ identity: { apiKey: value, apiKeyId: keyId } })
    await post('/keyed', { 'x-api-key': value })
    expect(await answerTo('/keyed', { 'x-api-key': value })).toEqual([429, '{"message":"Limit Exceeded"}'])
  })

  test('requests over the stage\'s throttling are refused', async () => {
    const patchOperations = [
      { op: 'replace' as const, path: '/~1busy/POST/throttling/rateLimit', value: '0.001' },
      { op: 'replace' as const, path: '/~1busy/POST/throttling/burstLimit', value: '2' },
    ]
    await api.gateway.send(new UpdateStageCommand({ restApiId: api.restApiId, stageName: 'dev', patchOperations }))
    const statuses = [await answerTo('/busy'), await answerTo('/busy'), await answerTo('/busy')].map(([status]) => status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await answerTo('/checked?q=1', { 'x-must': '1' }, '{"pet":"a"}'))[0]).toBe(200)
  })

  test.each([
    ['/checked', {}, '{}', 'Missing required request parameters: [x-must, q]'],
    ['/checked?q=1', { 'x-must': '1' }, '{}', 'Invalid request body'],
    ['/checked?q=1', { 'x-must': '1' }, '{"pet":""}', 'Invalid request body'],
    ['/checked?q=1', { 'x-must': '1' }, '{"pet":"a","age":1.5}', 'Invalid request body'],
    ['/checked?q=1', { 'x-must': '1' }, 'nonsense', 'Invalid request body'],
  ])('the request validator refuses %s %j %s', async (...[path, headers, body, message]) => {
    expect(await answerTo(path, { ...headers, 'content-type': 'application/json' }, body)).toEqual([400, JSON.stringify({ message })])
  })
})

test('a method whose authorization type nobody knows is closed, where no rule refused it', async () => {
  const lenient = await liveApi()
  await lenient.account.control.configure({ unverified: false })
  const at = { restApiId: lenient.restApiId, resourceId: lenient.rootId, httpMethod: 'GET' }
  await lenient.gateway.send(new PutMethodCommand({ ...at, authorizationType: 'PASSWORD' }))
  await lenient.gateway.send(new PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }))
  await lenient.stage(await lenient.deploy())
  expect((await lenient.call('/')).status).toBe(500)
})
