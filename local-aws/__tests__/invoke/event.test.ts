import { request } from 'node:http'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { liveApi, type LiveApi } from './live-api.ts'

const ECHO = `
import json
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event)}
`

interface Event {
  readonly [member: string]: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly requestContext: Readonly<Record<string, unknown>>
}

let api: LiveApi
beforeAll(async () => {
  api = await liveApi()
  await api.addFunction('echo', ECHO)
  await api.addProxy('/{proxy+}', 'echo')
  await api.addProxy('/hardcoded', 'echo')
  await api.addProxy('/users/{user}/orders/{order}', 'echo', 'POST')
  await api.stage(await api.deploy())
})

async function eventOf(path: string, init?: RequestInit): Promise<Event> {
  const response = await api.call(path, init)
  expect(response.status).toBe(200)
  return (await response.json()) as Event
}

describe('the proxy event', () => {
  test('has AWS\'s members, and no others', async () => {
    const event = await eventOf('/proxy-value?a=1', { headers: { 'user-agent': 'test/1' } })
    expect(Object.keys(event).sort()).toEqual([
      ...['body', 'headers', 'httpMethod', 'isBase64Encoded', 'multiValueHeaders', 'multiValueQueryStringParameters', 'path'],
      ...['pathParameters', 'queryStringParameters', 'requestContext', 'resource', 'stageVariables'],
    ])
    expect(event).toMatchObject({ resource: '/{proxy+}', httpMethod: 'GET', body: null, isBase64Encoded: false, stageVariables: null })
    expect(Object.keys(event.requestContext).sort()).toEqual([
      ...['accountId', 'apiId', 'deploymentId', 'domainName', 'domainPrefix', 'extendedRequestId', 'httpMethod', 'identity', 'path', 'protocol'],
      ...['requestId', 'requestTime', 'requestTimeEpoch', 'resourceId', 'resourcePath', 'stage'],
    ])
    expect(event.requestContext).toMatchObject({
      accountId: api.account.id,
      apiId: api.restApiId,
      domainName: `${api.restApiId}.execute-api.eu-west-1.amazonaws.com`,
      domainPrefix: api.restApiId,
      path: '/dev/proxy-value',
      protocol: 'HTTP/1.1',
      requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      requestTimeEpoch: expect.any(Number),
      identity: {
        ...{ accessKey: null, accountId: null, caller: null, cognitoAuthenticationProvider: null, cognitoAuthenticationType: null },
        ...{ cognitoIdentityId: null, cognitoIdentityPoolId: null, principalOrgId: null, sourceIp: '127.0.0.1', user: null, userAgent: 'test/1', userArn: null },
      },
    })
  })

  test.each([
    ['/proxy-value', '/proxy-value', 'proxy-value', '/dev/proxy-value'],
    ['/proxy-value/', '/proxy-value/', 'proxy-value', '/dev/proxy-value/'],
    ['/proxy-value//double-slash', '/proxy-value//double-slash', 'proxy-value//double-slash', '/dev/proxy-value//double-slash'],
    ['//proxy-value', '/proxy-value', 'proxy-value', '/dev//proxy-value'],
    ['/a/test%2Balias@gmail.com/test+alias@gmail.com', '/a/test%2Balias@gmail.com/test+alias@gmail.com', 'a/test%2Balias@gmail.com/test+alias@gmail.com', undefined],
  ])('%s', async (...[sent, path, proxy, contextPath]) => {
    const event = await eventOf(sent)
    expect(event).toMatchObject({ path, pathParameters: { proxy } })
    if (contextPath !== undefined) expect(event.requestContext.path).toBe(contextPath)
  })

  test('static beats greedy, with no path parameters', async () => {
    expect(await eventOf('//hardcoded')).toMatchObject({ resource: '/hardcoded', path: '/hardcoded', pathParameters: null })
  })

  test('several path parameters', async () => {
    const event = await eventOf('/users/7/orders/9%2F1', { method: 'POST', body: 'x' })
    expect(event).toMatchObject({ resource: '/users/{user}/orders/{order}', pathParameters: { user: '7', order: '9%2F1' }, body: 'x' })
  })

  test('query strings are decoded, the last value wins, all are there', async () => {
    const event = await eventOf('/x?email=test%2Balias%40gmail.com&plus=test+alias@gmail.com&price=10&price=20')
    expect(event.queryStringParameters).toEqual({ email: 'test+alias@gmail.com', plus: 'test alias@gmail.com', price: '20' })
    expect(event.multiValueQueryStringParameters).toMatchObject({ price: ['10', '20'] })
  })

  test('names that every object has are names like any other', async () => {
    const event = await eventOf('/x?constructor=1&toString=2&toString=3', { headers: { constructor: 'x' } })
    expect(event.queryStringParameters).toEqual({ constructor: '1', toString: '3' })
    expect(event.multiValueQueryStringParameters).toEqual({ constructor: ['1'], toString: ['2', '3'] })
    expect(event.multiValueHeaders).toMatchObject({ constructor: ['x'] })
  })

  test('header names keep the client\'s case, hop-by-hop headers stay out', async () => {
    const event = await rawEvent({ 'tEsT-HEADeR': 'aValUE', 'X-Twice': ['1', '2'], Connection: 'keep-alive', 'Max-Forwards': '3', 'Content-Type': 'application/json' })
    expect(event.headers).toMatchObject({
      'tEsT-HEADeR': 'aValUE',
      'X-Twice': '2',
      'Content-Type': 'application/json',
      'X-Forwarded-Port': '443',
      'X-Forwarded-Proto': 'https',
      Host: `${api.restApiId}.execute-api.eu-west-1.amazonaws.com`,
    })
    expect(event.multiValueHeaders).toMatchObject({ 'X-Twice': ['1', '2'] })
    const names = Object.keys(event.headers).map((name) => name.toLowerCase())
    expect(names).not.toEqual(expect.arrayContaining(['connection']))
    expect(names).not.toEqual(expect.arrayContaining(['max-forwards']))
    expect(names).not.toEqual(expect.arrayContaining(['content-length']))
  })
})

/** fetch lower-cases header names; node:http sends them as they are. */
function rawEvent(headers: Record<string, string | string[]>): Promise<Event> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${api.account.url}/restapis/${api.restApiId}/dev/_user_request_/headers`, { headers, method: 'GET' }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as Event))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}
