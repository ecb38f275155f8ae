import {
  APIGatewayClient, CreateApiKeyCommand, CreateBasePathMappingCommand, CreateDeploymentCommand, CreateDocumentationPartCommand,
  CreateDocumentationVersionCommand, CreateDomainNameCommand, CreateResourceCommand, CreateRestApiCommand, CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand, UpdateStageCommand, UpdateUsagePlanCommand, type CreateRestApiCommandInput, type PatchOperation,
} from '@aws-sdk/client-api-gateway'
import type { FreshAccount } from '../../local-aws/testing.ts'
import { makeMethods } from './foreign-methods.ts'
import { makeShared } from './foreign-shared.ts'

/** What stands in an account that somebody else has made. */
export interface ForeignApi {
  readonly restApiId: string
  readonly api: APIGatewayClient
}

/**
 * A large API of somebody else's: 40 resources below the root, and one or more of everything that API Gateway (REST) keeps of an API. The
 * stage `live` has settings of methods, a usage plan, a documentation version and a domain; `beta` has a canary.
 */
export async function makeForeignApi(account: FreshAccount, more: Partial<CreateRestApiCommandInput> = {}): Promise<ForeignApi> {
  const api = new APIGatewayClient(account.client)
  const made = await api.send(new CreateRestApiCommand({
    name: 'theirs', description: 'By hand', version: '7', binaryMediaTypes: ['image/png', 'application/pdf'], minimumCompressionSize: 1000,
    tags: { team: 'web', 'managed-by': 'hand' }, endpointConfiguration: { types: ['REGIONAL'] }, ...more,
  }))
  const restApiId = made.id ?? ''
  const shared = await makeShared(account, { restApiId, api })
  const resource = async (pathPart: string, parentId = made.rootResourceId): Promise<string> =>
    (await api.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id ?? ''
  const ids: string[] = []
  for (let index = 0; index < 8; index++) {
    const group = await resource(`group${index}`)
    const item = await resource('{id}', group)
    ids.push(group, item, await resource('deep', item), await resource('list', group), await resource(index % 2 === 0 ? 'files' : '{rest+}', item))
  }
  await makeMethods(account, { restApiId, api }, { resources: ids, shared })
  await makeStages({ restApiId, api })
  await document({ restApiId, api })
  await makeCallers({ restApiId, api })
  return { restApiId, api }
}

async function document({ restApiId, api }: ForeignApi): Promise<void> {
  const parts = [
    { location: { type: 'API' }, properties: { info: { description: 'All of it' } } },
    { location: { type: 'RESOURCE', path: '/group0' }, properties: { description: 'A group' } },
    { location: { type: 'METHOD', path: '/group0', method: 'GET' }, properties: { summary: 'A list', description: 'Of all' } },
    { location: { type: 'RESPONSE', path: '/group0', method: 'GET', statusCode: '200' }, properties: { description: 'It worked' } },
    { location: { type: 'MODEL', name: 'Order' }, properties: { title: 'An order' } },
  ] as const
  for (const { location, properties } of parts) {
    await api.send(new CreateDocumentationPartCommand({ restApiId, location, properties: JSON.stringify(properties) }))
  }
  await api.send(new CreateDocumentationVersionCommand({ restApiId, documentationVersion: '1.0', stageName: 'live' }))
}

async function makeStages({ restApiId, api }: ForeignApi): Promise<void> {
  await api.send(new CreateDeploymentCommand({
    restApiId, stageName: 'live', description: 'theirs', variables: { colour: 'blue', backend: 'one.example' }, tracingEnabled: true,
  }))
  const replace = (path: string, value: string | undefined): PatchOperation => ({ op: 'replace', path, value })
  const update = async (stageName: string, patchOperations: PatchOperation[]): Promise<void> =>
    void (await api.send(new UpdateStageCommand({ restApiId, stageName, patchOperations })))
  await update('live', [
    replace('/*/*/throttling/rateLimit', '70'), replace('/*/*/throttling/burstLimit', '140'), replace('/*/*/metrics/enabled', 'true'),
    replace('/~1group0/GET/caching/ttlInSeconds', '60'), replace('/~1group1~1{id}/GET/throttling/rateLimit', '5'),
    replace('/description', 'What callers get'),
  ])
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'beta', variables: { colour: 'green' } }))
  const canary = await api.send(new CreateDeploymentCommand({ restApiId, description: 'canary' }))
  await update('beta', [
    replace('/canarySettings/percentTraffic', '10'), replace('/canarySettings/deploymentId', canary.id),
    replace('/canarySettings/stageVariableOverrides/colour', 'yellow'), replace('/canarySettings/useStageCache', 'false'),
  ])
}

/** Who calls it: a partner with a key in a plan, and a domain. */
async function makeCallers({ restApiId, api }: ForeignApi): Promise<void> {
  const plan = await api.send(new CreateUsagePlanCommand({
    name: 'partners', description: 'theirs', apiStages: [{ apiId: restApiId, stage: 'live' }, { apiId: restApiId, stage: 'beta' }],
    throttle: { rateLimit: 50, burstLimit: 100 }, quota: { limit: 10_000, period: 'MONTH', offset: 0 }, tags: { team: 'web' },
  }))
  await api.send(new UpdateUsagePlanCommand({ usagePlanId: plan.id, patchOperations: [{ op: 'replace', path: '/throttle/rateLimit', value: '40' }] }))
  const key = await api.send(new CreateApiKeyCommand({ name: 'acme', enabled: true, description: 'theirs' }))
  await api.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }))
  await api.send(new CreateDomainNameCommand({
    domainName: 'api.theirs.example', securityPolicy: 'TLS_1_2', endpointConfiguration: { types: ['REGIONAL'] },
    regionalCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555', tags: { team: 'web' },
  }))
  for (const [basePath, stage] of [['v1', 'live'], ['next', 'beta']] as const) {
    await api.send(new CreateBasePathMappingCommand({ domainName: 'api.theirs.example', basePath, restApiId, stage }))
  }
}
