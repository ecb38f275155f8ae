import { withoutEvidence } from '../kernel/unverified.ts'
import type { Call, Output } from '../kernel/call.ts'
import { refuseMappedApi } from './base-path-mappings.ts'
import { checkCompression, emptyDefinition, newEndpoint } from './definition.ts'
import { badRequest, conflict } from './errors.ts'
import { findApi } from './find.ts'
import { newId } from './ids.ts'
import { defaultModels } from './models.ts'
import { page, pageOutput } from './paging.ts'
import { patchesOf } from './patch.ts'
import { patchRestApi } from './rest-api-patch.ts'
import { gatewayOf, seconds, type Api, type Definition, type EndpointConfiguration } from './state.ts'
import { checkTags } from './tags.ts'
import { born } from './visible.ts'

// Developer guide, quotas: 600 regional APIs an account and Region.
const MAXIMUM_APIS = 600

/** CreateRestApi: an API with its root resource and the two default models. */
export function createRestApi(call: Call): Output {
  const { params } = call
  checkDescription(params.description)
  const definition = emptyDefinition(
    String(params.name),
    newEndpoint(params.endpointConfiguration as Partial<EndpointConfiguration> | undefined),
  )
  const minimumCompressionSize = params.minimumCompressionSize as number | undefined
  if (minimumCompressionSize !== undefined) checkCompression(minimumCompressionSize)
  const types = params.binaryMediaTypes as string[] | undefined
  Object.assign(definition, {
    description: params.description,
    version: params.version,
    minimumCompressionSize,
    binaryMediaTypes: types?.length ? types : undefined,
    apiKeySource: params.apiKeySource ?? 'HEADER',
    disableExecuteApiEndpoint: params.disableExecuteApiEndpoint ?? false,
    policy: params.policy,
  })
  for (const model of defaultModels(definition.models)) definition.models.set(model.name, model)
  const api = addApi(call, definition, (params.tags ?? {}) as Record<string, string>)
  return showCreated(api)
}

/** Enters a new API; `definition` brings no resource, the root is made here. */
export function addApi(call: Call, definition: Definition, tags: Record<string, string>): Api {
  const { apis } = gatewayOf(call)
  // Zappa issue 628: this quota is a BadRequestException.
  if (apis.size >= MAXIMUM_APIS)
    throw badRequest('Maximum number of APIs has been reached.  Please contact AWS if you need additional APIs.')
  checkTags(call, tags)
  const rootResourceId = newId(10, definition.resources)
  definition.resources.set(rootResourceId, { id: rootResourceId, methods: new Map() })
  const api: Api = {
    id: newId(10, apis),
    accountId: call.account.id,
    region: call.region,
    rootResourceId,
    createdDate: seconds(call.now),
    definition,
    tags: { ...tags },
    deployments: new Map(),
    stages: new Map(),
    documentationParts: new Map(),
    documentationVersions: new Map(),
  }
  apis.set(api.id, born(call, api))
  return api
}

export function getRestApi(call: Call): Output {
  return showRestApi(findApi(call))
}

export function getRestApis(call: Call): Output {
  return pageOutput(page(call, gatewayOf(call).apis.values(), (api) => api.id), showCreated)
}

export function updateRestApi(call: Call): Output {
  const api = findApi(call)
  api.definition = patchRestApi(api.definition, patchesOf(call))
  return showRestApi(api)
}

/** DeleteRestApi takes everything along; statements in Lambda policies stay behind. */
export function deleteRestApi(call: Call): Output {
  const api = findApi(call)
  refuseMappedApi(call, api)
  const { apis, usagePlans } = gatewayOf(call)
  // Text as the console shows it; a stage in a usage plan holds the API (API reference, DeleteRestApi: ConflictException).
  const plan = [...usagePlans.values()].find((candidate) => candidate.apiStages.some(({ apiId }) => apiId === api.id))
  if (plan !== undefined && call.account.settings.unverified) {
    const message = `Cannot delete API ${api.id}, because it is associated with usage plan ${plan.id}`
    throw withoutEvidence(call.account, conflict(message))
  }
  apis.delete(api.id)
  return {}
}

/** Recorded: test_create_rest_api_with_optional_params. */
function checkDescription(description: unknown): void {
  if (description === '') throw badRequest('Description cannot be an empty string')
}

/** As CreateRestApi, GetRestApis and ImportRestApi answer: tags only where there are some (recorded: test_list_and_delete_apis). */
export function showCreated(api: Api): Output {
  const { tags, ...shown } = showRestApi(api)
  return Object.keys(tags as object).length === 0 ? shown : { ...shown, tags }
}

/** As GetRestApi, UpdateRestApi and PutRestApi answer: tags even when empty (recorded: test_put_rest_api_mode_binary_media_types). */
export function showRestApi(api: Api): Output {
  const { definition } = api
  return {
    id: api.id,
    name: definition.name,
    description: definition.description,
    createdDate: api.createdDate,
    version: definition.version,
    binaryMediaTypes: definition.binaryMediaTypes,
    minimumCompressionSize: definition.minimumCompressionSize,
    apiKeySource: definition.apiKeySource,
    endpointConfiguration: { ...definition.endpointConfiguration },
    policy: definition.policy,
    tags: { ...api.tags },
    disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
    rootResourceId: api.rootResourceId,
  }
}
