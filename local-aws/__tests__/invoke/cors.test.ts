import { beforeAll, describe, expect, test } from '@jest/globals'
import {
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway'
import { liveApi, type LiveApi } from './live-api.ts'

describe('a CORS answer without a function', () => {
  let cors: LiveApi
  beforeAll(async () => {
    cors = await liveApi({ binaryMediaTypes: ['image/png'] })
    const at = { restApiId: cors.restApiId, resourceId: await cors.addPath('/pets'), httpMethod: 'OPTIONS' }
    const name = 'method.response.header.Access-Control-Allow-Origin'
    await cors.gateway.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }))
    await cors.gateway.send(new PutMethodResponseCommand({ ...at, statusCode: '204', responseParameters: { [name]: false } }))
    await cors.gateway.send(new PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 204}' } }))
    await cors.gateway.send(new PutIntegrationResponseCommand({ ...at, statusCode: '204', responseParameters: { [name]: "'https://a.example'" } }))
    const responseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" }
    const responseTemplates = { 'application/json': '{"what":"$context.error.message","type":"$context.error.responseType"}' }
    await cors.gateway.send(new PutGatewayResponseCommand({ restApiId: cors.restApiId, responseType: 'DEFAULT_4XX', responseParameters, responseTemplates }))
    await cors.stage(await cors.deploy())
  })

  test('comes from the mock', async () => {
    const response = await cors.call('/pets', { method: 'OPTIONS' })
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, 'https://a.example'])
  })

  test('colours failures too', async () => {
    const response = await cors.call('/nowhere')
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, '*'])
    expect(await response.json()).toEqual({ what: 'Missing Authentication Token', type: 'MISSING_AUTHENTICATION_TOKEN' })
  })

  test('needs its body as text where every type is binary', async () => {
    const all = await liveApi({ binaryMediaTypes: ['*/*'] })
    for (const [path, contentHandling] of [['/raw', undefined], ['/text', 'CONVERT_TO_TEXT']] as const) {
      const at = { restApiId: all.restApiId, resourceId: await all.addPath(path), httpMethod: 'OPTIONS' }
      await all.gateway.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }))
      const requestTemplates = { 'application/json': '{"statusCode": 200}' }
      await all.gateway.send(new PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates, contentHandling }))
      await all.gateway.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200' }))
    }
    await all.stage(await all.deploy())
    const statuses = ['/raw', '/text'].map(async (path) => (await all.call(path, { method: 'OPTIONS' })).status)
    expect(await Promise.all(statuses)).toEqual([500, 200])
  })
})

test('binary bodies go in and out as base64 where the API lists their type', async () => {
  const binary = await liveApi({ binaryMediaTypes: ['image/png'] })
  const python = 'def handler(event, context):\n    return {"statusCode": 200, "body": event["body"], "isBase64Encoded": event["isBase64Encoded"], "headers": {"content-type": "image/png"}}\n'
  await binary.addFunction('mirror', python)
  await binary.addProxy('/mirror', 'mirror')
  await binary.stage(await binary.deploy())
  const body = Buffer.from([0, 255, 128, 7])
  const sent = (accept: string) => binary.call('/mirror', { method: 'POST', body, headers: { 'content-type': 'image/png', accept } })
  expect(Buffer.from(await (await sent('image/png')).arrayBuffer())).toEqual(body)
  expect(await (await sent('text/html,image/png')).text()).toBe(body.toString('base64'))
})

test('bodies from the minimum size on are compressed for who takes that', async () => {
  const small = await liveApi({ minimumCompressionSize: 10 })
  await small.addFunction('mirror', 'def handler(event, context):\n    return {"statusCode": 200, "body": event["body"]}\n')
  await small.addProxy('/mirror', 'mirror')
  await small.stage(await small.deploy())
  const encodings = ['short', 'long enough'].map(async (body) => {
    const response = await small.call('/mirror', { method: 'POST', body, headers: { 'accept-encoding': 'gzip' } })
    return [response.headers.get('content-encoding'), await response.text()]
  })
  expect(await Promise.all(encodings)).toEqual([[null, 'short'], ['gzip', 'long enough']])
})
