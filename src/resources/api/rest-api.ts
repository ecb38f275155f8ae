import {
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetRestApisCommand,
  UpdateRestApiCommand,
  type PatchOperation,
  type RestApi,
} from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { orUndefined } from '../../aws/refusal.ts'
import type { FieldDiff } from '../../change.ts'
import type { ApiSpec, Service } from '../../service/service.ts'
import { ownership, ownTags } from '../../service/tags.ts'
import { foreignThing, refuseOtherRepository } from '../ownership.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'

export const restApiActions = ['apigateway:GET', 'apigateway:POST', 'apigateway:PATCH', 'apigateway:PUT', 'apigateway:DELETE'] as const

/** Finds the service's API by our tags: the name alone says nothing, because names are not unique (CreateRestApi of the same name succeeds). */
export async function readRestApi(aws: Aws, service: Service): Promise<RestApi | undefined> {
  const ours: RestApi[] = []
  const sameName: RestApi[] = []
  for (const api of await listRestApis(aws)) {
    refuseOtherRepository(api.tags, service, `API ${api.name} (${api.id})`)
    if (ownership(api.tags, service) === 'ours') ours.push(api)
    else if (api.name === service.api.name) sameName.push(api)
  }
  if (ours.length > 0) return oldest(ours)
  if (sameName.length === 0) return undefined
  throw foreignThing(service, `an API named ${service.api.name} (${sameName.map((api) => api.id).join(', ')})`, { another: '`api-name`' })
}

/** The settings of the API itself that differ. */
export function apiDiffs(wanted: ApiSpec, actual: RestApi): FieldDiff[] {
  const rows: [string, string, string][] = [
    ['api-name', actual.name ?? '', wanted.name],
    ['endpoint-type', actual.endpointConfiguration?.types?.[0] ?? '', wanted.endpointType],
    ['binary-media-types', [...(actual.binaryMediaTypes ?? [])].sort().join(', '), [...wanted.binaryMediaTypes].sort().join(', ')],
    ['minimum-compression-size', String(actual.minimumCompressionSize ?? ''), String(wanted.minimumCompressionSize ?? '')],
  ]
  return rows.filter(([, from, to]) => from !== to).map(([field, from, to]) => ({ field, from: from || '(none)', to: to || '(none)' }))
}

/** Makes the API, or patches its settings. */
export function planRestApi(service: Service, actual: RestApi | undefined): Step[] {
  const facts = { id: 'api', kind: 'API', name: service.api.name, phase: 'prepare' } as const
  if (actual === undefined) return [step({ ...facts, action: 'create', reason: 'does not exist yet', apply: create })]
  const fields = apiDiffs(service.api, actual)
  if (fields.length === 0) return []
  return [step({
    ...facts, action: 'update', reason: 'settings differ', fields,
    apply: (context) => patchRestApi(context, actual),
  })]
}

/** Leads the API's own settings to what the config asks for. */
export async function patchRestApi({ aws, service }: Pick<ApplyContext, 'aws' | 'service'>, actual: RestApi): Promise<void> {
  const patchOperations = patch(service.api, actual)
  if (patchOperations.length > 0) await aws.api(new UpdateRestApiCommand({ restApiId: actual.id, patchOperations }))
}

/** Deletes the API with everything in it. */
export function planRestApiDelete(api: RestApi, needs: readonly Step[]): Step {
  return step({
    id: 'api', kind: 'API', name: `${api.name} (${api.id})`, action: 'delete', phase: 'prune', reason: 'its last stage is gone', needs,
    apply: async ({ aws }) => {
      await orUndefined(aws.api(new DeleteRestApiCommand({ restApiId: api.id })))
    },
  })
}

async function create({ aws, service, ids }: ApplyContext): Promise<void> {
  const { name, endpointType, binaryMediaTypes, minimumCompressionSize } = service.api
  const made = await aws.api(
    new CreateRestApiCommand({
      name, minimumCompressionSize, tags: ownTags(service),
      endpointConfiguration: { types: [endpointType] },
      ...(binaryMediaTypes.length === 0 ? {} : { binaryMediaTypes: [...binaryMediaTypes] }),
    }),
    { lookup: () => readRestApi(aws, service) },
  )
  // Two first runs at once make two; both choose the oldest, and the one that lost takes its own empty one away again.
  const chosen = (await readRestApi(aws, service)) ?? made
  if (chosen.id !== made.id) await orUndefined(aws.api(new DeleteRestApiCommand({ restApiId: made.id })))
  ids.apiId = known(chosen.id, 'the id of the API')
  ids.rootResourceId = known(chosen.rootResourceId, 'the root resource')
}

async function listRestApis(aws: Aws): Promise<RestApi[]> {
  return allPages(async (from) => {
    const { items, position } = await aws.api(new GetRestApisCommand({ limit: 500, position: from }))
    return { items, next: position }
  })
}

function oldest(apis: readonly RestApi[]): RestApi | undefined {
  const madeAt = (api: RestApi): number => api.createdDate?.getTime() ?? 0
  return [...apis].sort((a, b) => madeAt(a) - madeAt(b) || ((a.id ?? '') < (b.id ?? '') ? -1 : 1))[0]
}

/** JSON-pointer escapes in the path: `/` is `~1`, `~` is `~0` (developer guide, "Patch operations"; recorded in test_update_rest_api_*). */
function patch(wanted: ApiSpec, actual: RestApi): PatchOperation[] {
  const operations: PatchOperation[] = []
  if (actual.name !== wanted.name) operations.push({ op: 'replace', path: '/name', value: wanted.name })
  const type = actual.endpointConfiguration?.types?.[0] ?? ''
  if (type !== wanted.endpointType) operations.push({ op: 'replace', path: `/endpointConfiguration/types/${type}`, value: wanted.endpointType })
  const have = new Set(actual.binaryMediaTypes ?? [])
  const pointer = (media: string): string => `/binaryMediaTypes/${media.replaceAll('~', '~0').replaceAll('/', '~1')}`
  for (const media of wanted.binaryMediaTypes) if (!have.has(media)) operations.push({ op: 'add', path: pointer(media) })
  for (const media of have) if (!wanted.binaryMediaTypes.includes(media)) operations.push({ op: 'remove', path: pointer(media) })
  if (actual.minimumCompressionSize !== wanted.minimumCompressionSize) {
    const size = wanted.minimumCompressionSize
    // An empty value turns compression off (developer guide, "Enable payload compression").
    operations.push({ op: 'replace', path: '/minimumCompressionSize', ...(size === undefined ? {} : { value: String(size) }) })
  }
  return operations
}
