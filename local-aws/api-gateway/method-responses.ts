import type { Call, Output } from '../kernel/call.ts'
import { conflict, notFound } from './errors.ts'
import { findMethod } from './find.ts'
import { checkModels } from './methods.ts'
import { booleanValue, invalidPath, patchesOf, withKey, type Patch } from './patch.ts'
import type { Method, MethodResponse, Resource } from './state.ts'

export const NO_STATUS = 'Invalid Response status code specified'

/** PutMethodResponse creates and never replaces (API reference: ConflictException); the text follows PutMethod's, unverified. */
export function putMethodResponse(call: Call): Output {
  const { api, resource, method } = findMethod(call)
  const { params } = call
  const statusCode = String(params.statusCode)
  if (method.methodResponses?.[statusCode] !== undefined) throw conflict('Response already exists for this resource')
  const response: MethodResponse = {
    statusCode,
    responseParameters: params.responseParameters as Record<string, boolean> | undefined,
    responseModels: params.responseModels as Record<string, string> | undefined,
  }
  checkModels(api.definition, response.responseModels)
  store(resource, method, response)
  return { ...response }
}

export function getMethodResponse(call: Call): Output {
  return { ...findResponse(call).response }
}

/** Recorded: test_lifecycle_method_response, test_update_method_response; the answer's status is 201. */
export function updateMethodResponse(call: Call): Output {
  const { api, resource, method } = findMethod(call)
  const { response } = findResponse(call)
  const next = patchesOf(call).reduce(patchResponse, response)
  checkModels(api.definition, next.responseModels)
  store(resource, method, next)
  return { ...next }
}

/** Recorded: test_update_method_lack_response_parameters_and_models, test_update_method_wrong_param_names. */
function patchResponse(response: MethodResponse, patch: Patch): MethodResponse {
  const [member = '', key = ''] = patch.segments
  const removes = patch.op === 'remove'
  if (member === 'responseParameters') {
    if (patch.op !== 'add' && !(key in (response.responseParameters ?? {}))) throw notFound('Invalid parameter name specified')
    return { ...response, responseParameters: withKey(response.responseParameters, key, removes ? undefined : booleanValue(patch)) }
  }
  if (member === 'responseModels') {
    if (patch.op !== 'add' && !(key in (response.responseModels ?? {}))) throw notFound('Content-Type specified was not found')
    return { ...response, responseModels: withKey(response.responseModels, key, removes ? undefined : (patch.value ?? '')) }
  }
  throw invalidPath(patch)
}

export function deleteMethodResponse(call: Call): Output {
  const { resource, method } = findMethod(call)
  const { response } = findResponse(call)
  const rest = withKey(method.methodResponses, response.statusCode, undefined)
  resource.methods.set(method.httpMethod, { ...method, methodResponses: rest })
  return {}
}

/** Recorded: test_integration_response_wrong_status_code. */
function findResponse(call: Call): { response: MethodResponse } {
  const { method } = findMethod(call)
  const response = method.methodResponses?.[String(call.params.statusCode)]
  if (response === undefined) throw notFound(NO_STATUS)
  return { response }
}

function store(resource: Resource, method: Method, response: MethodResponse): void {
  const methodResponses = { ...method.methodResponses, [response.statusCode]: response }
  resource.methods.set(method.httpMethod, { ...method, methodResponses })
}
