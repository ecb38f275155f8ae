import type { Call, Output } from '../kernel/call.ts'
import { badRequest, notFound } from './errors.ts'
import { findApi } from './find.ts'
import { invalidPath, patchesOf, type Patch } from './patch.ts'
import type { Definition, GatewayResponse } from './state.ts'
import { without } from './values.ts'

/** Status codes of the response types (recorded: test_gateway_response_crud, get-gateway-responses); the two defaults have none. */
const STATUS: Readonly<Record<string, string | undefined>> = {
  ACCESS_DENIED: '403',
  API_CONFIGURATION_ERROR: '500',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  AUTHORIZER_FAILURE: '500',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: '403',
  INTEGRATION_FAILURE: '504',
  INTEGRATION_TIMEOUT: '504',
  INVALID_API_KEY: '403',
  INVALID_SIGNATURE: '403',
  MISSING_AUTHENTICATION_TOKEN: '403',
  QUOTA_EXCEEDED: '429',
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  THROTTLED: '429',
  UNAUTHORIZED: '401',
  UNSUPPORTED_MEDIA_TYPE: '415',
  WAF_FILTERED: '403',
}

const TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' }

/** A gateway response as API Gateway would give it: the type's own, else the DEFAULT_4XX or DEFAULT_5XX that a user put, else AWS's. */
export function effectiveResponse(definition: Definition, responseType: string): GatewayResponse & { readonly defaultResponse: boolean } {
  const own = definition.gatewayResponses.get(responseType)
  if (own !== undefined) return { ...own, statusCode: own.statusCode ?? STATUS[responseType], defaultResponse: false }
  const status = STATUS[responseType]
  const fallback =
    status === undefined ? undefined : definition.gatewayResponses.get(status.startsWith('4') ? 'DEFAULT_4XX' : 'DEFAULT_5XX')
  // Recorded: test_gateway_response_put, where DEFAULT_5XX with status 599 shows in all types of 5xx.
  return {
    responseType,
    statusCode: fallback?.statusCode ?? status,
    responseParameters: fallback?.responseParameters ?? {},
    responseTemplates: fallback?.responseTemplates ?? TEMPLATES,
    defaultResponse: true,
  }
}

export function getGatewayResponse(call: Call): Output {
  return { ...effectiveResponse(findApi(call).definition, String(call.params.responseType)) }
}

export function getGatewayResponses(call: Call): Output {
  const { definition } = findApi(call)
  return { items: Object.keys(STATUS).map((type) => effectiveResponse(definition, type)) }
}

/** Recorded: test_gateway_response_put. */
export function putGatewayResponse(call: Call): Output {
  const { definition } = findApi(call)
  const { params } = call
  const responseType = String(params.responseType)
  const response: GatewayResponse = {
    responseType,
    statusCode: params.statusCode as string | undefined,
    responseParameters: (params.responseParameters ?? {}) as Record<string, string>,
    responseTemplates: (params.responseTemplates ?? TEMPLATES) as Record<string, string>,
  }
  definition.gatewayResponses.set(responseType, response)
  return { ...effectiveResponse(definition, responseType) }
}

/** Recorded: test_update_gateway_response. */
export function updateGatewayResponse(call: Call): Output {
  const { definition } = findApi(call)
  const responseType = String(call.params.responseType)
  const current: GatewayResponse = without(effectiveResponse(definition, responseType), 'defaultResponse')
  definition.gatewayResponses.set(responseType, patchesOf(call).reduce(patchResponse, current))
  return { ...effectiveResponse(definition, responseType) }
}

/** Recorded: test_update_gateway_response. */
function patchResponse(response: GatewayResponse, patch: Patch): GatewayResponse {
  const [member = '', key] = patch.segments
  if (patch.path === '/statusCode' && patch.op === 'replace') return { ...response, statusCode: patch.value }
  if ((member !== 'responseParameters' && member !== 'responseTemplates') || key === undefined) throw invalidPath(patch)
  const map = { ...response[member] }
  if (patch.op === 'remove') {
    delete map[key]
    return { ...response, [member]: map }
  }
  if (!patch.value) throw badRequest(`Invalid null or empty value in ${member}`)
  if (patch.op === 'replace' && member === 'responseParameters' && !(key in map)) throw notFound('Invalid parameter name specified')
  return { ...response, [member]: { ...map, [key]: patch.value } }
}

/** Recorded: test_gateway_response_validation, delete-gateway-response-not-set. */
export function deleteGatewayResponse(call: Call): Output {
  const { definition } = findApi(call)
  if (!definition.gatewayResponses.delete(String(call.params.responseType))) throw notFound('Gateway response type not defined on api')
  return {}
}
