import type { Account } from '../arns.ts'
import type { SmokeRequest, SmokeTest } from './smoke-test.ts'

/** What API Gateway adds to a request. */
export interface Surroundings {
  readonly account: Account
  readonly apiId: string
  readonly stage: string
  readonly deploymentId: string
  /** The stage's variables as they are when the release is live. */
  readonly variables: Readonly<Record<string, string>>
  readonly binaryMediaTypes: readonly string[]
  /** `{api}.execute-api.{region}.{suffix}`. */
  readonly domainName: string
  readonly sourceIp: string
  /** A UUID. */
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Headers that no function sees (recorded: test_apigateway_header_remapping_aws[AWS_PROXY]). */
const hopHeaders = new Set([
  'connection', 'content-length', 'content-md5', 'expect', 'max-forwards', 'proxy-authenticate', 'server', 'te', 'trailer',
  'transfer-encoding', 'upgrade', 'www-authenticate',
])

/** Only the API's own tree says a resource's id; it is not read for this. */
const resourceId = 'smoke0'

type Pairs = readonly (readonly [name: string, value: string])[]

/**
 * The event of a Lambda proxy integration, payload format 1.0, for a request that has not been sent (recorded:
 * test_lambda_aws_proxy_integration; headers of CloudFront, which EDGE APIs have besides, are left out).
 */
export function proxyEvent({ request, route, pathParameters }: SmokeTest, around: Surroundings): Readonly<Record<string, unknown>> {
  const { stage, apiId, account, deploymentId, domainName, requestId, at, variables } = around
  const headers = valuesOf(headersOf(request, around))
  const query = valuesOf([...new URLSearchParams(request.query)])
  const { body = '' } = request
  const isBase64Encoded = body !== '' && isBinary(around.binaryMediaTypes, valueOf(request.headers, 'content-type'))
  const requestContext = {
    resourceId, resourcePath: route.path, httpMethod: request.method, extendedRequestId: extendedId(requestId), requestTime: clfTime(at),
    path: `/${stage}${request.path}`, accountId: account.accountId, protocol: 'HTTP/1.1', stage, domainPrefix: apiId, requestTimeEpoch: at,
    requestId, identity: identityOf(request, around), domainName, deploymentId, apiId,
  }
  return {
    resource: route.path,
    path: request.path,
    httpMethod: request.method,
    headers: headers.single,
    multiValueHeaders: headers.multi,
    queryStringParameters: query.single,
    multiValueQueryStringParameters: query.multi,
    pathParameters,
    stageVariables: Object.keys(variables).length === 0 ? null : variables,
    requestContext,
    body: body === '' ? null : isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded,
  }
}

/** Whether a media type counts as binary for an API: only whole types and the one for all types match (developer guide, binary media). */
export function isBinary(binaryMediaTypes: readonly string[], mediaType: string | undefined): boolean {
  const bare = mediaType?.split(';')[0]?.trim().toLowerCase()
  return binaryMediaTypes.some((type) => type === '*/*' || type.toLowerCase() === bare)
}

/** The first value of a header, whatever its case. */
export function valueOf(headers: Pairs, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1]
}

function headersOf({ headers }: SmokeRequest, { domainName, sourceIp, requestId, at }: Surroundings): Pairs {
  const traceId = `Root=1-${Math.floor(at / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`
  const own = {
    Host: domainName, 'X-Amzn-Trace-Id': traceId, 'X-Forwarded-For': sourceIp, 'X-Forwarded-Port': '443', 'X-Forwarded-Proto': 'https',
  }
  const taken = new Set([...hopHeaders, ...Object.keys(own).map((name) => name.toLowerCase())])
  return [...headers.filter(([name]) => !taken.has(name.toLowerCase())), ...Object.entries(own)]
}

/** The members of a caller whom nobody has authorized. */
function identityOf({ headers }: SmokeRequest, { sourceIp }: Surroundings): Readonly<Record<string, string | null>> {
  return {
    cognitoIdentityPoolId: null, accountId: null, cognitoIdentityId: null, caller: null, sourceIp, principalOrgId: null, accessKey: null,
    cognitoAuthenticationType: null, cognitoAuthenticationProvider: null, userArn: null,
    userAgent: valueOf(headers, 'user-agent') ?? null, user: null,
  }
}

/** The last value of each name, and all of them; null where there is none. */
function valuesOf(pairs: Pairs): { readonly single: object | null; readonly multi: object | null } {
  if (pairs.length === 0) return { single: null, multi: null }
  const multi = Map.groupBy(pairs, ([name]) => name)
  return {
    single: Object.fromEntries(pairs),
    multi: Object.fromEntries([...multi].map(([name, all]) => [name, all.map(([, value]) => value)])),
  }
}

/** Of the form that AWS gives: fifteen letters and digits, and `=`. */
function extendedId(requestId: string): string {
  return `${Buffer.from(requestId.replaceAll('-', ''), 'hex').toString('base64').replaceAll(/[^A-Za-z0-9]/g, '0').slice(0, 15)}=`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `22/Nov/2026:20:48:01 +0000`. */
function clfTime(milliseconds: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(milliseconds).toISOString()) ?? []
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`
}
