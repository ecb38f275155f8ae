import type { Authorizer, Method } from '../api-gateway/state.ts'
import { header, type Exchange } from './exchange.ts'
import { unauthorized } from './failure.ts'
import { text } from '../api-gateway/values.ts'

/**
 * Claims of a user pool's token. Offline there are no keys to verify a signature with: issuer, expiry and scopes decide
 * (developer guide, Amazon Cognito user pools as authorizer).
 */
export function cognitoClaims(authorizer: Authorizer, exchange: Exchange, method: Method): Record<string, unknown> {
  const name = (authorizer.identitySource ?? 'method.request.header.Authorization').replace('method.request.header.', '')
  const claims = decode(header(exchange.request, name)?.replace(/^Bearer /i, '') ?? '')
  const pools = (authorizer.providerARNs ?? []).map((arn) => arn.slice(arn.lastIndexOf('/') + 1))
  if (!pools.some((pool) => String(claims.iss).endsWith(`/${pool}`))) throw unauthorized()
  if (Number(claims.exp) * 1000 <= exchange.startedAt) throw unauthorized()
  const scopes = method.authorizationScopes ?? []
  // With scopes it takes an access token, without them an id token.
  const granted = text(claims.scope).split(' ')
  if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) throw unauthorized()
  return claims
}

function decode(token: string): Record<string, unknown> {
  const [, payload = ''] = token.split('.')
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  } catch {
    throw unauthorized()
  }
}
