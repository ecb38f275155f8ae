import type { Call, Output } from '../kernel/call.ts'
import { badRequest } from './errors.ts'
import { findIntegration, findMethod } from './find.ts'
import { checkIntegrationUri } from './integration-uri.ts'
import { checkContentTypes, checkRequestMappings } from './mapping-expressions.ts'
import { expectReplace, invalidPath, patchesOf, withKey, type Patch } from './patch.ts'
import type { Integration, Method } from './state.ts'

/** PutIntegration creates or replaces, responses included. */
export function putIntegration(call: Call): Output {
  const { resource, method } = findMethod(call)
  const { params } = call
  // Recorded: test_put_integration_validation, not-required-integration-method-MOCK: a mock drops verb and URI.
  const target = params.type === 'MOCK' ? { httpMethod: undefined, uri: undefined } : { httpMethod: params.integrationHttpMethod }
  const integration = newIntegration(resource.id, { ...params, ...target })
  checkIntegration(method, integration)
  resource.methods.set(method.httpMethod, { ...method, methodIntegration: integration })
  return showIntegration(integration)
}

/** An integration with AWS's defaults (recorded: test_put_integration_validation). `given` has the members of Integration. */
export function newIntegration(resourceId: string, given: Readonly<Record<string, unknown>>): Integration {
  const type = String(given.type)
  const isHttp = type === 'HTTP' || type === 'HTTP_PROXY'
  return {
    type,
    httpMethod: given.httpMethod as string | undefined,
    uri: given.uri as string | undefined,
    connectionType: (given.connectionType ?? (isHttp ? 'INTERNET' : undefined)) as string | undefined,
    connectionId: given.connectionId as string | undefined,
    credentials: given.credentials as string | undefined,
    requestParameters: given.requestParameters as Record<string, string> | undefined,
    requestTemplates: given.requestTemplates as Record<string, string> | undefined,
    passthroughBehavior: (given.passthroughBehavior ?? 'WHEN_NO_MATCH') as string,
    contentHandling: given.contentHandling as string | undefined,
    timeoutInMillis: Number(given.timeoutInMillis ?? 29_000),
    cacheNamespace: (given.cacheNamespace ?? resourceId) as string,
    cacheKeyParameters: (given.cacheKeyParameters ?? []) as string[],
    tlsConfig: given.tlsConfig as Record<string, unknown> | undefined,
  }
}

/** What an integration may say, in AWS's words (recorded: test_put_integration_validation). */
export function checkIntegration(method: Method, integration: Integration): void {
  if (integration.type !== 'MOCK' && !integration.httpMethod) throw badRequest('Enumeration value for HttpMethod must be non-empty')
  checkIntegrationUri(integration.type, integration.uri)
  checkTimeout(integration.timeoutInMillis)
  checkContentTypes(integration.requestTemplates)
  checkRequestMappings(method, integration.requestParameters)
}

/** Developer guide, quotas: 50 ms to 29 s; a raised quota is not modelled. Text: serverless issue 5400. */
function checkTimeout(milliseconds: number): void {
  if (milliseconds < 50 || milliseconds > 29_000) throw badRequest('Timeout should be between 50 ms and 29000 ms')
}

export function getIntegration(call: Call): Output {
  return showIntegration(findIntegration(call).integration)
}

export function updateIntegration(call: Call): Output {
  const { resource, method, integration } = findIntegration(call)
  const next = patchesOf(call).reduce(patchIntegration, integration)
  checkIntegration(method, next)
  resource.methods.set(method.httpMethod, { ...method, methodIntegration: next })
  return showIntegration(next)
}

/** Paths of UpdateIntegration: API reference, patch operations. */
function patchIntegration(integration: Integration, patch: Patch): Integration {
  const [member = '', key] = patch.segments
  if (key !== undefined) {
    const value = patch.op === 'remove' ? undefined : (patch.value ?? '')
    if (member === 'requestParameters') return { ...integration, requestParameters: withKey(integration.requestParameters, key, value) }
    if (member === 'requestTemplates')
      return { ...integration, requestTemplates: withKey<string | null>(integration.requestTemplates, key, value) }
    throw invalidPath(patch)
  }
  switch (member) {
    case 'timeoutInMillis':
      expectReplace(patch)
      return { ...integration, timeoutInMillis: Number(patch.value) }
    case 'cacheKeyParameters':
      return { ...integration, cacheKeyParameters: (patch.value ?? '').split(',').filter(Boolean) }
    case 'httpMethod':
    case 'uri':
    case 'passthroughBehavior':
    case 'credentials':
    case 'contentHandling':
    case 'connectionType':
    case 'connectionId':
    case 'cacheNamespace':
      expectReplace(patch)
      return { ...integration, [member]: patch.value || undefined }
    default:
      throw invalidPath(patch)
  }
}

/** Recorded: test_lambda_aws_integration_with_request_template, gone afterwards; a missing one is a 404. */
export function deleteIntegration(call: Call): Output {
  const { resource, method } = findIntegration(call)
  resource.methods.set(method.httpMethod, { ...method, methodIntegration: undefined })
  return {}
}

function showIntegration(integration: Integration): Output {
  return { ...integration }
}
