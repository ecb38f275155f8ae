import type { Call, Output } from '../kernel/call.ts'
import { findDomainName } from './domain-names.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { page, pageOutput } from './paging.ts'
import { gatewayOf, type Api, type BasePathMapping } from './state.ts'

/** The base path of a mapping that has none (API reference, CreateBasePathMapping). */
const NONE = '(none)'

export function createBasePathMapping(call: Call): Output {
  const { restApiId, stage } = call.params as { restApiId: string; stage?: string }
  const { mappings } = findDomainName(call)
  const basePath = (call.params['basePath'] as string | undefined) || NONE
  const api = gatewayOf(call).apis.get(restApiId)
  // unverified texts: after the words of other operations.
  if (api === undefined) throw badRequest('Invalid REST API identifier specified')
  if (stage !== undefined && !api.stages.has(stage)) throw badRequest('Invalid stage identifier specified')
  // pulumi-aws issue 1035
  if (mappings.has(basePath)) throw conflict('Base path already exists for this domain name')
  const mapping: BasePathMapping = { basePath, restApiId, stage }
  mappings.set(basePath, mapping)
  return { ...mapping }
}

export function getBasePathMapping(call: Call): Output {
  return { ...find(call) }
}

export function getBasePathMappings(call: Call): Output {
  return pageOutput(page(call, findDomainName(call).mappings.values(), ({ basePath }) => basePath), (mapping) => ({ ...mapping }))
}

export function deleteBasePathMapping(call: Call): Output {
  findDomainName(call).mappings.delete(find(call).basePath)
  return {}
}

/** unverified text: after the words of other resources. */
function find(call: Call): BasePathMapping {
  const mapping = findDomainName(call).mappings.get(String(call.params.basePath))
  if (mapping === undefined) throw notFound('Invalid base path mapping identifier specified')
  return mapping
}

/** Refuses to delete a stage that a domain leads to (terraform-provider-aws issues 41651 and 28774). */
export function refuseMappedStage(call: Call, api: Api, stage: string): void {
  const domains = domainsTo(call, (mapping) => mapping.restApiId === api.id && mapping.stage === stage)
  if (domains.length === 0) return
  throw badRequest(
    `Deleting stage ${stage} failed. Please remove all base path mappings related to the stage in your domain: ${domains.join(', ')}`,
  )
}

/** Refuses to delete an API that a domain leads to (glomex/gcdt issue 373, serverless issue 3638). */
export function refuseMappedApi(call: Call, api: Api): void {
  const domains = domainsTo(call, (mapping) => mapping.restApiId === api.id)
  if (domains.length === 0) return
  throw badRequest(
    `Deleting RestApi ${api.id} failed. Please remove all base path mappings related to the RestApi in your domains: ${domains.join(', ')}`,
  )
}

function domainsTo(call: Call, leadsThere: (mapping: BasePathMapping) => boolean): readonly string[] {
  const domains = [...gatewayOf(call).domainNames.values()]
  return domains.filter(({ mappings }) => [...mappings.values()].some(leadsThere)).map(({ name }) => name)
}
