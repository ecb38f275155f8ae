import type { Authorizer, Definition, Method } from '../state.ts'
import { without } from '../values.ts'

const API_KEY = { type: 'apiKey', name: 'x-api-key', in: 'header' }
const SIGV4 = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' }

/** The operation's `security`; authorizers are named only where their extension is exported. */
export function exportedSecurity(definition: Definition, method: Method, withAuthorizers: boolean): Record<string, unknown> {
  const authorizer = definition.authorizers.get(method.authorizerId ?? '')
  const security = [
    ...(method.apiKeyRequired ? [{ api_key: [] }] : []),
    ...(withAuthorizers && method.authorizationType === 'AWS_IAM' ? [{ sigv4: [] }] : []),
    ...(withAuthorizers && authorizer !== undefined ? [{ [authorizer.name]: method.authorizationScopes ?? [] }] : []),
  ]
  return security.length === 0 ? {} : { security }
}

/** Schemes that the operations above name (developer guide, x-amazon-apigateway-authorizer). */
export function exportedSchemes(definition: Definition): Record<string, unknown> {
  const methods = [...definition.resources.values()].flatMap((resource) => [...resource.methods.values()])
  return {
    ...(methods.some(({ apiKeyRequired }) => apiKeyRequired) ? { api_key: API_KEY } : {}),
    ...(methods.some(({ authorizationType }) => authorizationType === 'AWS_IAM') ? { sigv4: SIGV4 } : {}),
    ...Object.fromEntries([...definition.authorizers.values()].map((authorizer) => [authorizer.name, schemeOf(authorizer)])),
  }
}

function schemeOf(authorizer: Authorizer): Record<string, unknown> {
  const { authType, type, identitySource, ...rest } = without(authorizer, 'id', 'name')
  const header = /^method\.request\.header\.(\S+?)(?:,|$)/.exec(identitySource ?? '')?.[1] ?? 'Unused'
  return {
    type: 'apiKey',
    name: header,
    in: 'header',
    'x-amazon-apigateway-authtype': authType,
    'x-amazon-apigateway-authorizer': { type: type.toLowerCase(), ...(type === 'TOKEN' ? {} : { identitySource }), ...rest },
  }
}
