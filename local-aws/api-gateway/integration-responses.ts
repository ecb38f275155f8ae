import type { Call, Output } from '../kernel/call.ts'
import { notFound } from './errors.ts'
import { findIntegration, NO_INTEGRATION } from './find.ts'
import { checkContentTypes, checkResponseMappings } from './mapping-expressions.ts'
import { NO_STATUS } from './method-responses.ts'
import { invalidPath, patchesOf, withKey, type Patch } from './patch.ts'
import type { Integration, IntegrationResponse, Method, Resource } from './state.ts'

/** PutIntegrationResponse creates or replaces (recorded: test_lifecycle_integration_response). */
export function putIntegrationResponse(call: Call): Output {
  const found = findIntegration(call)
  const { params } = call
  const response: IntegrationResponse = {
    statusCode: String(params.statusCode),
    selectionPattern: params.selectionPattern as string | undefined,
    responseParameters: params.responseParameters as Record<string, string> | undefined,
    responseTemplates: emptyAsNull(params.responseTemplates as Record<string, string> | undefined),
    contentHandling: params.contentHandling as string | undefined,
  }
  checkResponse(found.method, response)
  store(found, response)
  return { ...response }
}

export function getIntegrationResponse(call: Call): Output {
  return { ...responseOf(findIntegration(call).integration, call) }
}

export function updateIntegrationResponse(call: Call): Output {
  const found = findIntegration(call)
  const response = patchesOf(call).reduce(patchResponse, responseOf(found.integration, call))
  checkResponse(found.method, response)
  store(found, response)
  return { ...response }
}

/** Here AWS names the integration where the method is missing (recorded: test_delete_integration_response_errors). */
export function deleteIntegrationResponse(call: Call): Output {
  const { resource, method, integration } = findIntegration(call, NO_INTEGRATION)
  const { statusCode } = responseOf(integration, call)
  const integrationResponses = withKey(integration.integrationResponses, statusCode, undefined)
  resource.methods.set(method.httpMethod, { ...method, methodIntegration: { ...integration, integrationResponses } })
  return {}
}

/** Refuses an integration response that the method's responses do not carry. */
export function checkResponse(method: Method, response: IntegrationResponse): void {
  checkContentTypes(response.responseTemplates)
  checkResponseMappings(method, response.statusCode, response.responseParameters)
}

/** Paths of UpdateIntegrationResponse: API reference, patch operations. */
function patchResponse(response: IntegrationResponse, patch: Patch): IntegrationResponse {
  const [member = '', key] = patch.segments
  const value = patch.op === 'remove' ? undefined : (patch.value ?? '')
  if (member === 'responseParameters' && key !== undefined) {
    return { ...response, responseParameters: withKey(response.responseParameters, key, value) }
  }
  if (member === 'responseTemplates' && key !== undefined) {
    return { ...response, responseTemplates: withKey<string | null>(response.responseTemplates, key, value === '' ? null : value) }
  }
  if (member === 'selectionPattern' || member === 'contentHandling') return { ...response, [member]: value }
  throw invalidPath(patch)
}

/** Recorded: test_integration_response_wrong_status_code. */
function responseOf(integration: Integration, call: Call): IntegrationResponse {
  const response = integration.integrationResponses?.[String(call.params.statusCode)]
  if (response === undefined) throw notFound(NO_STATUS)
  return response
}

/** An empty template is stored as null (recorded: test_put_integration_response_templates). */
function emptyAsNull(templates: Readonly<Record<string, string | null>> | undefined): Record<string, string | null> | undefined {
  return templates && Object.fromEntries(Object.entries(templates).map(([type, template]) => [type, template || null]))
}

function store(found: { resource: Resource; method: Method; integration: Integration }, response: IntegrationResponse): void {
  const { resource, method, integration } = found
  const integrationResponses = { ...integration.integrationResponses, [response.statusCode]: response }
  resource.methods.set(method.httpMethod, { ...method, methodIntegration: { ...integration, integrationResponses } })
}
