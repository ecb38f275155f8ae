import { beforeAll, describe, expect, test } from '@jest/globals'
import { UpdateIntegrationCommand } from '@aws-sdk/client-api-gateway'
import { liveApi, type LiveApi } from './live-api.ts'

/** Returns what the request's body says, or does what it is told. */
const MIRROR = `
import json, time
def handler(event, context):
    body = event["body"] or "null"
    if body == "raise":
        raise Exception("secret detail")
    if body == "sleep":
        time.sleep(3)
    return json.loads(body)
`

let api: LiveApi
beforeAll(async () => {
  api = await liveApi()
  await api.addFunction('mirror', MIRROR)
  await api.addProxy('/mirror', 'mirror')
  await api.stage(await api.deploy())
})

const post = (body: unknown) => api.call('/mirror', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('a well-formed result', () => {
  test.each([
    [{ statusCode: 200 }, 200, ''],
    [{ statusCode: '201', body: 'made' }, 201, 'made'],
    [{ headers: { 'test-header': 'value' } }, 200, ''],
    [{ statusCode: 200, headers: null, body: null }, 200, ''],
    // No binary media types: the text goes out as it is.
    [{ statusCode: 200, body: 'dGVzdC1kYXRh', isBase64Encoded: true }, 200, 'dGVzdC1kYXRh'],
  ])('%j', async (result, status, body) => {
    const response = await post(result)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(body)
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  test('has AWS\'s ids', async () => {
    const { headers } = await post({ statusCode: 200 })
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-amz-apigw-id')).toMatch(/=$/)
    expect(headers.get('x-amzn-trace-id')).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)
  })

  test('header values are texts; both maps go out; some names are remapped', async () => {
    const { headers } = await post({
      statusCode: 200,
      headers: { 'header-bool': true, 'test-multi': 'value-solo', Server: 'mine', 'content-type': 'text/html' },
      multiValueHeaders: { 'tesT-Multi': ['value-multi'] },
    })
    expect(headers.get('header-bool')).toBe('true')
    expect(headers.get('test-multi')).toBe('value-multi, value-solo')
    expect(headers.get('x-amzn-remapped-server')).toBe('mine')
    expect(headers.get('content-type')).toBe('text/html')
  })
})

describe('502 Internal server error', () => {
  test.each([
    [{}],
    [null],
    ['"just a string"'],
    [[1]],
    [{ statusCode: 200, wrongValue: 'value' }],
    [{ message: 'no response at all' }],
    [{ statusCode: 'not-a-status' }],
    [{ statusCode: 200, body: { an: 'object' } }],
    [{ statusCode: 200, multiValueHeaders: { 'test-multi': 'no list' } }],
    ['raise'],
  ])('for %j', async (result) => {
    const response = await post(result)
    expect(response.status).toBe(502)
    expect(await response.text()).toBe('{"message":"Internal server error"}')
    expect(response.headers.get('x-amzn-errortype')).toBe('InternalServerErrorException')
  })
})

test('a function slower than the integration\'s timeout is a 504', async () => {
  const slow = await liveApi()
  await slow.addFunction('mirror', MIRROR)
  const resourceId = await slow.addProxy('/slow', 'mirror')
  const patchOperations = [{ op: 'replace' as const, path: '/timeoutInMillis', value: '500' }]
  await slow.gateway.send(new UpdateIntegrationCommand({ restApiId: slow.restApiId, resourceId, httpMethod: 'ANY', patchOperations }))
  await slow.stage(await slow.deploy())
  const response = await slow.call('/slow', { method: 'POST', body: 'sleep' })
  expect([response.status, await response.text()]).toEqual([504, '{"message":"Endpoint request timed out"}'])
})

test('more than 10 MB are refused before the function sees them', async () => {
  const response = await post('x'.repeat(10 * 1024 * 1024 + 1))
  expect(response.status).toBe(413)
})

describe('what is not there', () => {
  test.each([['/nowhere'], ['/'], ['/mirror/below']])('%s is a 403', async (path) => {
    const response = await api.call(path)
    expect(response.status).toBe(403)
    expect(await response.text()).toBe('{"message":"Missing Authentication Token"}')
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
  })

  test('an unknown stage or API is forbidden', async () => {
    for (const path of [`/restapis/${api.restApiId}/nobody/_user_request_/mirror`, '/restapis/aaaaaaaaaa/dev/_user_request_/mirror']) {
      const response = await fetch(`${api.account.url}${path}`)
      expect(response.status).toBe(403)
      expect(await response.text()).toBe('{"message":"Forbidden"}')
    }
  })

  test('both forms of the invoke URL lead to it', async () => {
    const response = await fetch(`${api.account.url}/_aws/execute-api/${api.restApiId}/dev/mirror`, { method: 'POST', body: '{"statusCode": 204}' })
    expect(response.status).toBe(204)
  })
})
