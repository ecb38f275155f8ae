import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeService, succeeded } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

interface Event {
  readonly [member: string]: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>
  readonly requestContext: { readonly identity: Readonly<Record<string, unknown>>; readonly [member: string]: unknown }
}

/** Writes down each event that it gets. */
const app = `import json, os
def lambda_handler(event, context):
    with open(os.environ["EVENTS"], "a") as file:
        file.write(json.dumps(event) + "\\n")
    return {"statusCode": 200}
`
const file = (events: string): string => `
service: shop
functions: { main: { runtime: python3.11, handler: app.lambda_handler, environment-variables: { EVENTS: "${events}" } } }
api:
  access-log: off
  binary-media-types: [image/png]
  routes:
    GET /: main
    ANY /items/{id}/{rest+}: main
    POST /items: main
release:
  smoke-test:
    GET /: 200
    DELETE /items/{id}/{rest+}: { path: { id: test+alias@gmail.com, rest: a b/c }, headers: { X-Test: aValUE } }
    GET /items/4%2B2/double//slash/?a=1&a=2&time=2023-06-12T18%3A05+00&b: 200
    POST /items: { body: { seats: ["ä"] } }
    POST /items?: { headers: { content-type: image/png }, body: bytes }
`

/** What differs from one request to the next, and what only AWS knows. */
const perRequest = ['requestId', 'extendedRequestId', 'requestTime', 'requestTimeEpoch', 'resourceId']

function withoutMoment({ headers, multiValueHeaders, requestContext, ...event }: Event): unknown {
  const changing = ['X-Amzn-Trace-Id', 'X-Forwarded-For']
  const kept = <T>(values: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
  return {
    ...event, headers: kept(headers, changing), multiValueHeaders: kept(multiValueHeaders, changing),
    requestContext: { ...kept(requestContext, perRequest), identity: kept(requestContext.identity, ['sourceIp']) },
  }
}

/** A value's form: names of members, and what kind of text or number stands there. */
const forms: Readonly<Record<string, RegExp>> = {
  requestId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, extendedRequestId: /^[\w+/-]{15}=$/, requestTimeEpoch: /^\d{13}$/, resourceId: /^[a-z0-9]{6,10}$/,
  requestTime: /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/,
}

test('the event of a check is the one that the live stage sends, in all but its moment', async () => {
  const service = makeService({})
  await service.account.control.configure({ windows: noWindows, rates: false })
  const path = join(service.workspace, 'events.jsonl')
  service.write('app.py', app)
  service.write('lambda-api.yml', file(path))
  succeeded(await service.run())
  const events = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Event)
  const checks = events.filter(({ requestContext }) => requestContext.identity['sourceIp'] === '192.0.2.1')
  const live = events.filter((event) => !checks.includes(event))
  expect([checks.length, live.length]).toEqual([5, 15])
  for (const event of checks) {
    const twins = live.filter((each) => each['path'] === event['path'] && each['httpMethod'] === event['httpMethod'] && each['body'] === event['body'])
    expect(twins).toHaveLength(3)
    // The record says when the release went live: the second may have passed by then.
    const variables = (each: unknown): unknown => JSON.parse(JSON.stringify(each).replaceAll(/:\d{10}:/g, ':<time>:'))
    for (const twin of twins) expect(variables(withoutMoment(twin))).toEqual(variables(withoutMoment(event)))
    for (const [name, form] of Object.entries(forms)) expect(String(event.requestContext[name])).toMatch(form)
    expect(event.headers['X-Amzn-Trace-Id']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)
  }
  service.remove()
})

test('it has the members that are recorded of AWS, and no others', async () => {
  const service = makeService({})
  await service.account.control.configure({ windows: noWindows, rates: false })
  const path = join(service.workspace, 'events.jsonl')
  service.write('app.py', app)
  service.write('lambda-api.yml', file(path))
  succeeded(await service.run())
  const [event] = readFileSync(path, 'utf8').split('\n').map((line) => JSON.parse(line || '{}') as Event)
  // test_lambda_aws_proxy_integration, invocation-payload-without-trailing-slash
  expect(Object.keys(event ?? {}).sort()).toEqual([
    ...['body', 'headers', 'httpMethod', 'isBase64Encoded', 'multiValueHeaders', 'multiValueQueryStringParameters', 'path'],
    ...['pathParameters', 'queryStringParameters', 'requestContext', 'resource', 'stageVariables'],
  ])
  expect(Object.keys(event?.requestContext ?? {}).sort()).toEqual([
    ...['accountId', 'apiId', 'deploymentId', 'domainName', 'domainPrefix', 'extendedRequestId', 'httpMethod', 'identity', 'path', 'protocol'],
    ...['requestId', 'requestTime', 'requestTimeEpoch', 'resourceId', 'resourcePath', 'stage'],
  ])
  expect(Object.keys(event?.requestContext.identity ?? {}).sort()).toEqual([
    ...['accessKey', 'accountId', 'caller', 'cognitoAuthenticationProvider', 'cognitoAuthenticationType', 'cognitoIdentityId'],
    ...['cognitoIdentityPoolId', 'principalOrgId', 'sourceIp', 'user', 'userAgent', 'userArn'],
  ])
  service.remove()
})
