import { singleAndMulti, type Exchange } from './exchange.ts'
import { isBinary } from './binary.ts'
import { domainName, requestTime } from './context.ts'
import type { Route } from './router.ts'

/** Headers that never reach the function (recorded: test_apigateway_header_remapping_aws[AWS_PROXY]). */
const HOP_HEADERS = new Set([
  ...['connection', 'content-length', 'content-md5', 'expect', 'max-forwards', 'proxy-authenticate', 'server', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade', 'www-authenticate'],
])

/**
 * The event of an AWS_PROXY integration, payload format 1.0 (recorded: test_lambda_aws_proxy_integration). CloudFront's headers of EDGE
 * APIs are left out.
 */
export function proxyEvent(exchange: Exchange, route: Route): Record<string, unknown> {
  const { request, definition, variables } = exchange
  const headers = singleAndMulti(eventHeaders(exchange))
  const query = singleAndMulti(request.query)
  const isBase64Encoded = request.body.length > 0 && isBinary(definition.binaryMediaTypes, contentType(headers.single))
  return {
    resource: route.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: headers.single,
    multiValueHeaders: headers.multi,
    queryStringParameters: query.single,
    multiValueQueryStringParameters: query.multi,
    pathParameters: route.pathParameters,
    stageVariables: variables === undefined || Object.keys(variables).length === 0 ? null : variables,
    requestContext: requestContext(exchange, route),
    body: request.body.length === 0 ? null : request.body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  }
}

/** The client's headers in its own case, with those that API Gateway sets. */
function eventHeaders(exchange: Exchange): [string, string][] {
  const { request, traceId } = exchange
  const set = {
    Host: domainName(exchange),
    'X-Amzn-Trace-Id': traceId,
    'X-Forwarded-For': request.sourceIp,
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
  }
  const replaced = new Set(Object.keys(set).map((name) => name.toLowerCase()))
  const kept = request.headers.filter(([name]) => !HOP_HEADERS.has(name.toLowerCase()) && !replaced.has(name.toLowerCase()))
  return [...kept.map(([name, value]): [string, string] => [name, value]), ...Object.entries(set)]
}

function contentType(headers: Readonly<Record<string, string>> | null): string | undefined {
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
}

/** Recorded: test_lambda_aws_proxy_integration, requestContext. */
export function requestContext(exchange: Exchange, route: Route): Record<string, unknown> {
  const { request, api, authorizer } = exchange
  return {
    resourceId: route.resource.id,
    ...(authorizer === undefined ? {} : { authorizer }),
    resourcePath: route.resourcePath,
    httpMethod: request.method,
    extendedRequestId: exchange.extendedRequestId,
    requestTime: requestTime(exchange.startedAt),
    path: request.fullPath,
    accountId: api.accountId,
    protocol: request.protocol,
    stage: exchange.stageName,
    domainPrefix: api.id,
    requestTimeEpoch: Math.floor(exchange.startedAt),
    requestId: exchange.requestId,
    identity: identity(exchange),
    domainName: domainName(exchange),
    deploymentId: exchange.deploymentId,
    apiId: api.id,
  }
}

function identity({ request, apiKey }: Exchange): Record<string, unknown> {
  return {
    cognitoIdentityPoolId: null,
    ...(apiKey === undefined ? {} : { apiKey: apiKey.value, apiKeyId: apiKey.id }),
    accountId: null,
    cognitoIdentityId: null,
    caller: null,
    sourceIp: request.sourceIp,
    principalOrgId: null,
    accessKey: null,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: null,
    userAgent: request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? null,
    user: null,
  }
}
