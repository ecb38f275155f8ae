import { node, type ApiDocument, type Node } from './document.ts'
import { text } from '../values.ts'

/** How a method is guarded; the authorizer by name. */
export interface ImportedSecurity {
  readonly authorizationType: string
  readonly authorizerName?: string
  readonly authorizationScopes?: readonly string[]
  readonly apiKeyRequired: boolean
}

/** Every authorizer that the document describes, used or not, with the members of CreateAuthorizer (recorded: test_import_swagger_api). */
export function importedAuthorizers(document: ApiDocument): Node[] {
  return Object.entries(schemesOf(document)).flatMap(([name, scheme]) => {
    const authorizer = node(scheme)['x-amazon-apigateway-authorizer']
    return authorizer === undefined ? [] : [authorizerOf(name, node(scheme), node(authorizer))]
  })
}

function authorizerOf(name: string, scheme: Node, given: Node): Node {
  const type = String(given.type).toUpperCase()
  // The scheme's own header is the identity source where none is given.
  const place = scheme.in === 'query' ? 'querystring' : 'header'
  return {
    ...given,
    name,
    type,
    authType: scheme['x-amazon-apigateway-authtype'],
    identitySource: given.identitySource ?? `method.request.${place}.${text(scheme.name, 'Authorization')}`,
  }
}

/** Operation before document (recorded: test_import_with_cognito_auth_identity_source, where the root's `security` counts). */
export function securityOf(document: ApiDocument, operation: Node): ImportedSecurity {
  const iam = node(operation['x-amazon-apigateway-auth']).type
  if (typeof iam === 'string' && iam.toUpperCase() !== 'NONE') return { authorizationType: iam.toUpperCase(), apiKeyRequired: false }
  const requirements = (operation.security ?? document.root.security ?? []) as unknown[]
  const named = requirements.flatMap((requirement) => Object.entries(node(requirement)))
  const schemes = schemesOf(document)
  const found = named.map(([name, scopes]) => ({ name, scopes: scopes as string[], scheme: node(schemes[name]) }))
  const apiKeyRequired = found.some(({ scheme }) => isApiKey(scheme))
  const guard = found.find(({ scheme }) => !isApiKey(scheme))
  return { ...authorizationOf(guard), apiKeyRequired }
}

function authorizationOf(guard: { name: string; scopes: string[]; scheme: Node } | undefined): Omit<ImportedSecurity, 'apiKeyRequired'> {
  if (guard === undefined) return { authorizationType: 'NONE' }
  if (guard.scheme['x-amazon-apigateway-authtype'] === 'awsSigv4') return { authorizationType: 'AWS_IAM' }
  const authorizer = node(guard.scheme['x-amazon-apigateway-authorizer'])
  if (authorizer.type === undefined) return { authorizationType: 'NONE' }
  const isCognito = text(authorizer.type).toLowerCase() === 'cognito_user_pools'
  return {
    authorizationType: isCognito ? 'COGNITO_USER_POOLS' : 'CUSTOM',
    authorizerName: guard.name,
    ...(guard.scopes.length === 0 ? {} : { authorizationScopes: guard.scopes }),
  }
}

/** A scheme for the header x-api-key without an authorizer means an API key (developer guide, x-amazon-apigateway-api-key-source). */
function isApiKey(scheme: Node): boolean {
  const isKeyHeader = scheme.type === 'apiKey' && String(scheme.name).toLowerCase() === 'x-api-key'
  return isKeyHeader && scheme['x-amazon-apigateway-authorizer'] === undefined && scheme['x-amazon-apigateway-authtype'] === undefined
}

function schemesOf({ root, isSwagger }: ApiDocument): Node {
  return node(isSwagger ? root.securityDefinitions : node(root.components).securitySchemes)
}
