import type { Call } from '../kernel/call.ts'
import { notFound } from './errors.ts'
import { gatewayOf, type Api, type Integration, type Method, type Resource } from './state.ts'
import { seen } from './visible.ts'

/** The API that the call names; 404 with AWS's text (recorded: test_get_api_case_insensitive). */
export function findApi(call: Call): Api {
  const id = String(call.params.restApiId)
  const api = seen(call, gatewayOf(call).apis.get(id))
  if (api === undefined) throw notFound(`Invalid API identifier specified ${call.account.id}:${id}`)
  return api
}

/** The API, where AWS does not look for it first but answers with the text of what hangs on it. */
export function findApiOf(call: Call, missing: string): Api {
  const api = seen(call, gatewayOf(call).apis.get(String(call.params.restApiId)))
  if (api === undefined) throw notFound(missing)
  return api
}

export const NO_RESOURCE = 'Invalid Resource identifier specified'
const NO_METHOD = 'Invalid Method identifier specified'
export const NO_INTEGRATION = 'Invalid Integration identifier specified'

/** The resource that the call names; an unknown API has the same text (recorded: test_put_method_validation, wrong-api). */
export function findResource(call: Call): { api: Api; resource: Resource } {
  const api = findApiOf(call, NO_RESOURCE)
  const resource = seen(call, api.definition.resources.get(String(call.params.resourceId)))
  if (resource === undefined) throw notFound(NO_RESOURCE)
  return { api, resource }
}

/** The method that the call names (recorded: test_get_integration_non_existent). */
export function findMethod(call: Call, missing = NO_METHOD): { api: Api; resource: Resource; method: Method } {
  const { api, resource } = findResource(call)
  const method = seen(call, resource.methods.get(String(call.params.httpMethod)))
  if (method === undefined) throw notFound(missing)
  return { api, resource, method }
}

/** The method's integration (recorded: test_get_integration_non_existent, test_integration_response_invalid_integration). */
export function findIntegration(
  call: Call,
  missing = NO_METHOD,
): { api: Api; resource: Resource; method: Method; integration: Integration } {
  const found = findMethod(call, missing)
  const integration = found.method.methodIntegration
  if (integration === undefined) throw notFound(NO_INTEGRATION)
  return { ...found, integration }
}
