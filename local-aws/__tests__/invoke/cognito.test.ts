import { beforeAll, expect, test } from '@jest/globals'
import { CreateAuthorizerCommand, PutIntegrationCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { liveApi, type LiveApi } from './live-api.ts'

const POOL = 'eu-west-1_ABC123'
const ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`
const LATER = Math.floor(Date.now() / 1000) + 86_400 * 365

let api: LiveApi
beforeAll(async () => {
  api = await liveApi()
  await api.addFunction('claims', 'import json\ndef handler(event, context):\n    return {"statusCode": 200, "body": json.dumps(event["requestContext"]["authorizer"])}\n')
  const { restApiId } = api
  const providerARNs = [`arn:aws:cognito-idp:eu-west-1:${api.account.id}:userpool/${POOL}`]
  const authorizer = await api.gateway.send(
    new CreateAuthorizerCommand({ restApiId, name: 'pool', type: 'COGNITO_USER_POOLS', providerARNs, identitySource: 'method.request.header.Authorization' }),
  )
  for (const [path, authorizationScopes] of [['/open', undefined], ['/scoped', ['pets/read']]] as const) {
    const at = { restApiId, resourceId: await api.addPath(path), httpMethod: 'GET' }
    const method = { authorizationType: 'COGNITO_USER_POOLS', authorizerId: authorizer.id, authorizationScopes: authorizationScopes && [...authorizationScopes] }
    await api.gateway.send(new PutMethodCommand({ ...at, ...method }))
    await api.gateway.send(new PutIntegrationCommand({ ...at, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: api.uri('claims') }))
  }
  await api.stage(await api.deploy())
})

const tokenOf = (claims: object) => ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')

test.each([
  ['/open', { iss: ISSUER, exp: LATER, sub: 'u' }, 200],
  ['/open', { iss: ISSUER, exp: 1 }, 401],
  ['/open', { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_OTHER', exp: LATER }, 401],
  ['/scoped', { iss: ISSUER, exp: LATER, scope: 'openid pets/read' }, 200],
  ['/scoped', { iss: ISSUER, exp: LATER, scope: 'openid' }, 401],
])('%s with %j is a %d', async (path, claims, status) => {
  const response = await api.call(path, { headers: { authorization: `Bearer ${tokenOf(claims)}` } })
  expect(response.status).toBe(status)
  if (status === 200) expect(await response.json()).toEqual({ claims })
})

test('an empty token and nonsense are a 401', async () => {
  for (const authorization of ['', 'nonsense']) {
    const response = await api.call('/open', { headers: { authorization } })
    expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}'])
  }
})
