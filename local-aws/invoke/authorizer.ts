import type { Authorizer } from '../api-gateway/state.ts'
import { allowedByPolicy } from './authorizer-policy.ts'
import { cognitoClaims } from './cognito.ts'
import { proxyEvent } from './event.ts'
import { header, type Exchange } from './exchange.ts'
import { GatewayFailure, missingToken, unauthorized } from './failure.ts'
import { callLambda } from './lambda-call.ts'
import { sourceArn } from './permission.ts'
import type { Route } from './router.ts'
import { withVariables } from './stage-view.ts'
import { without } from '../api-gateway/values.ts'

/** Lets the method's authorization decide; what an authorizer returns goes on to the integration. Results are never cached here. */
export async function authorize(exchange: Exchange, route: Route): Promise<void> {
  const { method } = route
  if (method.authorizationType === 'NONE') return
  if (method.authorizationType === 'AWS_IAM') {
    // Signatures are not verified: a signed request passes.
    if (!header(exchange.request, 'authorization')?.startsWith('AWS4-HMAC-SHA256')) throw missingToken()
    return
  }
  const authorizer = exchange.definition.authorizers.get(method.authorizerId ?? '')
  if (authorizer === undefined) throw authorizerBroken()
  const before = performance.now()
  try {
    const isCognito = authorizer.type === 'COGNITO_USER_POOLS'
    exchange.authorizer = isCognito ? { claims: cognitoClaims(authorizer, exchange, method) } : await askLambda(authorizer, exchange, route)
  } finally {
    exchange.notes.set('authorizer.latency', String(Math.round(performance.now() - before)))
  }
}

/** A Lambda authorizer's answer: its context, or 401, 403, 500 (developer guide, Lambda authorizers). */
async function askLambda(authorizer: Authorizer, exchange: Exchange, route: Route): Promise<Record<string, unknown>> {
  const sources = identityValues(authorizer, exchange)
  if (sources.some((value) => value === undefined || value === '')) throw unauthorized()
  const pattern = authorizer.identityValidationExpression
  if (authorizer.type === 'TOKEN' && pattern && !new RegExp(pattern).test(sources[0] ?? '')) throw unauthorized()
  const methodArn = methodArnOf(exchange)
  const event =
    authorizer.type === 'TOKEN'
      ? { type: 'TOKEN', methodArn, authorizationToken: sources[0] }
      : { type: 'REQUEST', methodArn, ...without(proxyEvent(exchange, route), 'body', 'isBase64Encoded') }
  const sourceTail = `authorizers/${authorizer.id}`
  const invoked = await callLambda(exchange, {
    uri: authorizer.authorizerUri ?? '',
    sourceTail,
    credentials: authorizer.authorizerCredentials,
    event,
    timeoutInMillis: 29_000,
  }).catch((error: unknown) => {
    exchange.notes.set('authorizer.error', String(error instanceof Error ? error.message : error))
    throw authorizerBroken()
  })
  const result = JSON.parse(invoked.payload.toString() || 'null') as Record<string, unknown> | null
  // A function that raises "Unauthorized" asks for the 401.
  if (invoked.functionError !== undefined) throw result?.errorMessage === 'Unauthorized' ? unauthorized() : authorizerBroken()
  return judged(result, methodArn, exchange)
}

/** Developer guide, ACCESS_DENIED and AUTHORIZER_CONFIGURATION_ERROR; the texts are what users report, unverified. */
function judged(result: Record<string, unknown> | null, methodArn: string, exchange: Exchange): Record<string, unknown> {
  if (typeof result?.principalId !== 'string' || typeof result.policyDocument !== 'object') throw authorizerBroken()
  const verdict = allowedByPolicy(result.policyDocument, methodArn)
  exchange.notes.set('authorizer.principalId', result.principalId)
  if (typeof result.usageIdentifierKey === 'string') exchange.notes.set('usageIdentifierKey', result.usageIdentifierKey)
  if (verdict !== 'allow') {
    const explicit = verdict === 'deny' ? ' with an explicit deny' : ''
    throw new GatewayFailure('ACCESS_DENIED', `User is not authorized to access this resource${explicit}`, {
      errorType: 'AccessDeniedException',
    })
  }
  return { ...(result.context as Record<string, unknown> | undefined), principalId: result.principalId }
}

/** Values of `identitySource`: method.request.header.X, method.request.querystring.X, stageVariables.X, context.X. */
function identityValues(authorizer: Authorizer, { request, variables }: Exchange): (string | undefined)[] {
  const sources = (authorizer.identitySource ?? '').split(',').map((source) => source.trim()).filter(Boolean)
  return sources.map((source) => {
    const name = source.slice(source.lastIndexOf('.') + 1)
    if (source.startsWith('method.request.header.')) return header(request, source.slice('method.request.header.'.length))
    if (source.startsWith('method.request.querystring.')) return request.query.findLast(([key]) => key === name)?.[1]
    return source.startsWith('stageVariables.') ? withVariables(`\${${source}}`, variables) : 'context'
  })
}

function methodArnOf({ api, request, stageName }: Exchange): string {
  const tail = `${stageName}/${request.method}/${request.path.replace(/^\/+/, '')}`
  return sourceArn({ region: api.region, accountId: api.accountId, apiId: api.id, tail })
}

/** Developer guide, AUTHORIZER_CONFIGURATION_ERROR; the body's null is what users report. */
function authorizerBroken(): GatewayFailure {
  return new GatewayFailure('AUTHORIZER_CONFIGURATION_ERROR', '', { errorType: 'AuthorizerConfigurationException' })
}
