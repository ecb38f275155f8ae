import type { Call, Output } from '../kernel/call.ts'
import { badRequest, conflict, notFound, quotaReached } from './errors.ts'
import { findApi, findApiOf } from './find.ts'
import { newId } from './ids.ts'
import { CONCURRENT } from './one-write.ts'
import { page, pageOutput } from './paging.ts'
import { invalidPath, patchesOf, type Patch } from './patch.ts'
import { gatewayOf, type Api, type Authorizer, type Definition } from './state.ts'

// Developer guide, quotas.
const MAXIMUM_AUTHORIZERS = 10
// The words stand in chalice issue 304, about a deployment; that the reads use them too is unverified.
const NO_AUTHORIZER = 'Invalid Authorizer identifier specified'

/**
 * An unknown API is answered as a concurrent modification: a permanent refusal that reads as a passing one (recorded:
 * test_authorizer_crud_no_api).
 */
export function createAuthorizer(call: Call): Output {
  const { params } = call
  const api = gatewayOf(call).apis.get(String(params.restApiId))
  if (api === undefined) throw conflict(CONCURRENT)
  const authorizer = addAuthorizer(api.definition, params)
  return showAuthorizer(authorizer)
}

/** Enters an authorizer with the members of CreateAuthorizer; used by imports too. */
export function addAuthorizer({ authorizers }: Definition, given: Readonly<Record<string, unknown>>): Authorizer {
  if (authorizers.size >= MAXIMUM_AUTHORIZERS) throw quotaReached('Authorizers')
  const name = String(given.name)
  // Text as users of Terraform and Pulumi report it.
  if ([...authorizers.values()].some((other) => other.name === name)) {
    throw badRequest(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`)
  }
  const authorizer: Authorizer = {
    id: newId(6, authorizers),
    name,
    type: String(given.type),
    authType: (given.authType ?? (given.type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom')) as string,
    providerARNs: given.providerARNs as string[] | undefined,
    authorizerUri: given.authorizerUri as string | undefined,
    authorizerCredentials: given.authorizerCredentials as string | undefined,
    identitySource: given.identitySource as string | undefined,
    identityValidationExpression: given.identityValidationExpression as string | undefined,
    authorizerResultTtlInSeconds: given.authorizerResultTtlInSeconds as number | undefined,
  }
  checkAuthorizer(authorizer)
  authorizers.set(authorizer.id, authorizer)
  return authorizer
}

/** Members that each type needs (API reference, CreateAuthorizer); texts unverified. */
function checkAuthorizer(authorizer: Authorizer): void {
  if (authorizer.type === 'COGNITO_USER_POOLS') {
    if (!authorizer.providerARNs?.length) throw badRequest('Invalid Authorizer: providerARNs are required')
    return
  }
  if (!authorizer.authorizerUri) {
    throw badRequest(
      'Invalid Authorizer URI: null. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.',
    )
  }
  const ttl = authorizer.authorizerResultTtlInSeconds ?? 300
  if (!authorizer.identitySource && (authorizer.type === 'TOKEN' || ttl > 0))
    throw badRequest('Invalid Authorizer: identitySource is required')
  if (ttl < 0 || ttl > 3600) throw badRequest('Authorizer TTL must be between 0 and 3600 seconds')
}

export function getAuthorizer(call: Call): Output {
  return showAuthorizer(findAuthorizer(call).authorizer)
}

export function getAuthorizers(call: Call): Output {
  return pageOutput(page(call, findApi(call).definition.authorizers.values(), ({ id }) => id), showAuthorizer)
}

/** Paths of UpdateAuthorizer: API reference, patch operations. */
export function updateAuthorizer(call: Call): Output {
  const { api, authorizer } = findAuthorizer(call)
  const next = patchesOf(call).reduce(patchAuthorizer, authorizer)
  checkAuthorizer(next)
  api.definition.authorizers.set(next.id, next)
  return showAuthorizer(next)
}

/** Text of a path that is none: that of the other resources, unverified here. */
function patchAuthorizer(authorizer: Authorizer, patch: Patch): Authorizer {
  const member = patch.segments[0] ?? ''
  if (member === 'authorizerResultTtlInSeconds') return { ...authorizer, authorizerResultTtlInSeconds: Number(patch.value) }
  if (member === 'providerARNs') {
    const arn = patch.value ?? patch.segments.slice(1).join('/')
    const others = (authorizer.providerARNs ?? []).filter((one) => one !== arn)
    return { ...authorizer, providerARNs: patch.op === 'remove' ? others : [...others, arn] }
  }
  const plain = ['name', 'type', 'authType', 'authorizerUri', 'authorizerCredentials', 'identitySource', 'identityValidationExpression']
  if (!plain.includes(member)) throw invalidPath(patch)
  return { ...authorizer, [member]: patch.value || undefined }
}

/** An authorizer that a method names stays: developer guide; text unverified. */
export function deleteAuthorizer(call: Call): Output {
  const { api, authorizer } = findAuthorizer(call)
  const methods = [...api.definition.resources.values()].flatMap((resource) => [...resource.methods.values()])
  if (methods.some((method) => method.authorizerId === authorizer.id)) {
    throw conflict(`Cannot delete authorizer '${authorizer.name}', is referenced in method`)
  }
  api.definition.authorizers.delete(authorizer.id)
  return {}
}

function findAuthorizer(call: Call): { api: Api; authorizer: Authorizer } {
  const api = findApiOf(call, NO_AUTHORIZER)
  const authorizer = api.definition.authorizers.get(String(call.params.authorizerId))
  if (authorizer === undefined) throw notFound(NO_AUTHORIZER)
  return { api, authorizer }
}

function showAuthorizer(authorizer: Authorizer): Output {
  return { ...authorizer }
}
