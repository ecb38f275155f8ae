import { pathOf } from './path-parts.ts'
import type { Api, Definition, DomainName, Gateway } from './state.ts'

/** Whether a Region's API Gateway was never written to, or is wiped. */
export function isEmpty(gateway: Gateway): boolean {
  return (
    gateway.apis.size + gateway.apiKeys.size + gateway.usagePlans.size + gateway.domainNames.size === 0 &&
    gateway.cloudwatchRoleArn === undefined
  )
}

/** API Gateway of one Region as plain JSON. Ids stay as they are: whoever compares two accounts takes them out. */
export function dumpGateway(gateway: Gateway): unknown {
  return plain({
    cloudwatchRoleArn: gateway.cloudwatchRoleArn,
    apis: [...gateway.apis.values()].map(dumpApi),
    apiKeys: [...gateway.apiKeys.values()],
    usagePlans: [...gateway.usagePlans.values()].map((plan) => ({ ...plan, keys: [...plan.keys] })),
    domainNames: gateway.domainNames.size === 0 ? undefined : [...gateway.domainNames.values()].map(dumpDomainName),
  })
}

function dumpDomainName({ name, settings, tags, mappings }: DomainName): unknown {
  return { name, ...settings, tags, mappings: [...mappings.values()] }
}

function dumpApi(api: Api): unknown {
  return {
    id: api.id,
    rootResourceId: api.rootResourceId,
    createdDate: api.createdDate,
    tags: api.tags,
    documentationParts: api.documentationParts.size === 0 ? undefined : [...api.documentationParts.values()],
    documentationVersions: api.documentationVersions.size === 0 ? undefined : [...api.documentationVersions.values()],
    definition: dumpDefinition(api.definition),
    deployments: [...api.deployments.values()].map(({ snapshot, ...deployment }) => ({
      ...deployment,
      snapshot: dumpDefinition(snapshot),
    })),
    stages: [...api.stages.values()].map(({ name, createdDate, lastUpdatedDate, settings, tags }) => ({
      name,
      createdDate,
      lastUpdatedDate,
      tags,
      ...settings,
    })),
  }
}

function dumpDefinition(definition: Definition): unknown {
  const { resources, models, authorizers, requestValidators, gatewayResponses, ...properties } = definition
  return {
    ...properties,
    resources: [...resources.values()].map((resource) => ({
      id: resource.id,
      path: pathOf(definition, resource),
      methods: [...resource.methods.values()],
    })),
    models: [...models.values()],
    authorizers: [...authorizers.values()],
    requestValidators: [...requestValidators.values()],
    gatewayResponses: [...gatewayResponses.values()],
  }
}

/** Without `undefined` members, as JSON has none. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}
