import { unverified } from '../kernel/unverified.ts'
import type { Call, Output } from '../kernel/call.ts'
import { badRequest, conflict } from './errors.ts'
import { findMethod, findResource } from './find.ts'
import { checkRequestParameters } from './mapping-expressions.ts'
import { patchMethod } from './method-patch.ts'
import { patchesOf } from './patch.ts'
import type { Definition, Method } from './state.ts'
import { born } from './visible.ts'

const HTTP_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY']

/** PutMethod creates and never replaces (aws-cli issue 3992). */
export function putMethod(call: Call): Output {
  const { api, resource } = findResource(call)
  const { params } = call
  const httpMethod = String(params.httpMethod)
  if (resource.methods.has(httpMethod)) throw conflict('Method already exists for this resource')
  const method: Method = {
    httpMethod,
    // Recorded: test_put_integration_responses, put-method-put answers `none` in upper case.
    authorizationType: String(params.authorizationType).toUpperCase(),
    authorizerId: params.authorizerId as string | undefined,
    authorizationScopes: params.authorizationScopes as string[] | undefined,
    apiKeyRequired: params.apiKeyRequired === true,
    requestValidatorId: params.requestValidatorId as string | undefined,
    operationName: params.operationName as string | undefined,
    requestParameters: params.requestParameters as Record<string, boolean> | undefined,
    requestModels: params.requestModels as Record<string, string> | undefined,
  }
  checkMethod(api.definition, method)
  unverified(call.account, () => {
    checkAuthorizationType(method)
    checkOperationName(api.definition, method)
  })
  resource.methods.set(httpMethod, born(call, method))
  return showMethod(method)
}

/** What a method may say, in AWS's words (recorded: test_put_method_validation, test_method_request_parameters). */
export function checkMethod(definition: Definition, method: Method): void {
  if (!HTTP_METHODS.includes(method.httpMethod)) {
    throw badRequest(`Invalid HttpMethod specified. Valid options are ${HTTP_METHODS.join(',')}`)
  }
  const needsAuthorizer = method.authorizationType === 'CUSTOM' || method.authorizationType === 'COGNITO_USER_POOLS'
  if (needsAuthorizer && !definition.authorizers.has(method.authorizerId ?? '')) {
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    )
  }
  if (method.requestValidatorId && !definition.requestValidators.has(method.requestValidatorId)) {
    throw badRequest('Invalid Request Validator identifier specified')
  }
  checkModels(definition, method.requestModels)
  checkRequestParameters(method.requestParameters)
  const names = Object.keys(method.requestParameters ?? {}).map((parameter) => parameter.split('.').slice(3).join('.'))
  if (new Set(names).size !== names.length) throw badRequest('Parameter names must be unique across querystring, header and path')
}

/** Models that methods and responses name must exist (recorded: test_put_method_validation, invalid-model-name). */
export function checkModels(definition: Definition, models: Readonly<Record<string, string>> | undefined): void {
  const unknown = Object.values(models ?? {}).find((name) => !definition.models.has(name))
  if (unknown !== undefined) throw badRequest(`Invalid model identifier specified: ${unknown}`)
}

/** Unverified text: the API reference of PutMethod names these four, and the service model takes any text. */
function checkAuthorizationType({ authorizationType }: Method): void {
  if (['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'].includes(authorizationType)) return
  throw badRequest(`Invalid authorization type specified: ${authorizationType}`)
}

/** Unverified: operation names are said to be unique in an API; neither the refusal's name nor its text is known. */
function checkOperationName(definition: Definition, method: Method): void {
  if (method.operationName === undefined) return
  const methods = [...definition.resources.values()].flatMap((resource) => [...resource.methods.values()])
  if (methods.some((other) => other.operationName === method.operationName)) {
    throw conflict(`Another method already has the operation name ${method.operationName}`)
  }
}

export function getMethod(call: Call): Output {
  return showMethod(findMethod(call).method)
}

export function updateMethod(call: Call): Output {
  const { api, resource, method } = findMethod(call)
  const next = patchMethod(method, patchesOf(call))
  checkMethod(api.definition, next)
  resource.methods.set(next.httpMethod, next)
  return showMethod(next)
}

/** Recorded: test_method_lifecycle, the second delete is a 404. */
export function deleteMethod(call: Call): Output {
  const { resource, method } = findMethod(call)
  resource.methods.delete(method.httpMethod)
  return {}
}

export function showMethod(method: Method): Output {
  return { ...method }
}
