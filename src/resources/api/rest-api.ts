import {
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  type RestApi,
} from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { orUndefined } from '../../aws/refusal.ts'
import { UserError } from '../../errors.ts'
import { pause } from '../../cancellation.ts'
import type { Service } from '../../service/service.ts'
import { managedBy, ownership, ownTags } from '../../service/tags.ts'
import { claim, claimTags } from '../claim.ts'
import { foreignThing, refuseOtherRepository } from '../ownership.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import { createInput } from './definition/settings.ts'

export const restApiActions = ['apigateway:GET', 'apigateway:POST', 'apigateway:PATCH', 'apigateway:PUT', 'apigateway:DELETE'] as const

/**
 * Finds the service's API by our tags: the name alone says nothing, because names are not unique (CreateRestApi of the same name
 * succeeds).
 */
export async function readRestApi(aws: Aws, service: Service): Promise<RestApi | undefined> {
  return (await readRestApis(aws, service))[0]
}

/** All APIs with our tags. The first is the one that is used: the oldest. One that is joined stands alone. */
export async function readRestApis(aws: Aws, service: Service): Promise<readonly RestApi[]> {
  if (service.api.joined !== undefined) return [await readJoined(aws, service.api.joined.id)]
  const ours: RestApi[] = []
  const sameName: RestApi[] = []
  for (const api of await listRestApis(aws)) {
    refuseOtherRepository(api.tags, service, `API ${api.name} (${api.id})`)
    if (ownership(api.tags, service) === 'ours') ours.push(api)
    else if (api.name === service.api.name) sameName.push(api)
  }
  if (ours.length > 0) return byAge(ours)
  if (sameName.length === 0) return []
  throw foreignThing(service, `an API named ${service.api.name} (${sameName.map(apiText).join(', ')})`, {
    cure:
      `To join it, write \`api-id: ${sameName[0]?.id}\`${sameName.length > 1 ? ', or the id of the one that is meant' : ''}; ` +
      'a run with `command: plan` shows what that changes, and writes nothing. Or choose another `api-name`.',
  })
}

function apiText({ id, createdDate }: RestApi): string {
  return `${id}, made ${createdDate?.toISOString().slice(0, 10) ?? 'some day'}`
}

async function readJoined(aws: Aws, restApiId: string): Promise<RestApi> {
  const api = await orUndefined(aws.api(new GetRestApiCommand({ restApiId })))
  if (api !== undefined) return api
  throw new UserError({
    what: `There is no API ${restApiId} in this account and Region.`,
    why: 'The config names it by `api-id`.',
    cure: 'Check `api-id` and `aws-region`; `aws apigateway get-rest-apis` lists the APIs.',
    docs: 'ownership.md#join-an-api',
  })
}

/** Whether this action has made an API; one that is joined bears no such tag. */
export function isOwnApi({ tags }: RestApi): boolean {
  return tags?.[managedBy.key] === managedBy.value
}

/** Makes the API, with its settings. */
export function planRestApi(service: Service, needs: readonly Step[]): Step {
  return step({
    id: 'api', kind: 'API', name: service.api.name, action: 'create', phase: 'prepare', reason: 'does not exist yet', needs,
    apply: (context) => create(context, service),
  })
}

/** Deletes the API with everything in it. */
export function planRestApiDelete(api: RestApi, needs: readonly Step[]): Step {
  return step({
    id: 'api', kind: 'API', name: `${api.name} (${api.id})`, action: 'delete', phase: 'prune', reason: 'its last stage is gone', needs,
    apply: async ({ aws }) => {
      await deleteRestApi(aws, api.id)
    },
  })
}

/** In milliseconds: a second, and one for clocks that differ and lists that lag. */
const sameSecond = 2_000

async function create(context: ApplyContext, service: Service): Promise<void> {
  const { aws, ids } = context
  const input = { ...createInput(service.api), tags: { ...ownTags(service), ...claimTags(context, 'API') } }
  const made = await aws.api(new CreateRestApiCommand(input), { lookup: () => readRestApi(aws, service) })
  // Two first runs at once make two; both choose the oldest, and the one that lost takes its own empty one away again. Moments of creation
  // are whole seconds, so that of two in one second the smaller id is the older; this run looks when no more can come to be in its second.
  await pause(sameSecond)
  const chosen = (await readRestApi(aws, service)) ?? made
  ids.apiId = known(chosen.id, 'the id of the API')
  ids.rootResourceId = known(chosen.rootResourceId, 'the root resource')
  if (chosen.id === made.id) return
  await deleteRestApi(aws, made.id)
  await claim(context)
}

/**
 * AWS takes one such call in 30 seconds from an account and Region (developer guide, "Quotas"): of thirty pull requests that are closed at
 * once the last one waits for a quarter of an hour.
 */
const deletionPatience = 15 * 60_000

/** Deletes an API; one that is gone already is none to delete. */
export async function deleteRestApi(aws: Aws, restApiId: string | undefined): Promise<void> {
  await orUndefined(aws.api(new DeleteRestApiCommand({ restApiId }), { throttledFor: deletionPatience }))
}

/** All APIs of the account and Region. */
export async function listRestApis(aws: Aws): Promise<RestApi[]> {
  return allPages(async (from) => {
    const { items, position } = await aws.api(new GetRestApisCommand({ limit: 500, position: from }))
    return { items, next: position }
  })
}

function byAge(apis: readonly RestApi[]): RestApi[] {
  const madeAt = (api: RestApi): number => api.createdDate?.getTime() ?? 0
  return [...apis].sort((a, b) => madeAt(a) - madeAt(b) || ((a.id ?? '') < (b.id ?? '') ? -1 : 1))
}
