import type { RestApi } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../aws/clients.ts'
import { listRestApis } from '../resources/api/rest-api.ts'
import { readStages } from '../resources/api/stage.ts'
import { readPreviewRoles } from '../resources/iam/preview-roles.ts'
import type { RoleState } from '../resources/iam/role.ts'
import { functionNames, readFunctionTags } from '../resources/lambda/former-function.ts'
import { readGroupsNamed } from '../resources/logs/log-group.ts'
import { previewNumberIn, previewNames } from '../service/names.ts'
import { previewStage } from '../service/preview.ts'
import type { ServiceId } from '../service/service.ts'
import { managedBy, previewTag, repositoryTag, serviceTag } from '../service/tags.ts'

/** One preview, by what stands of it: a run that was killed may have made a part of it only. */
export interface StandingPreview {
  readonly id: ServiceId & { readonly preview: number }
  readonly apis: readonly RestApi[]
  /** Names. */
  readonly functions: readonly string[]
  /** Names of the log groups that we made for it. */
  readonly logGroups: readonly string[]
  /** The roles that we made for it. */
  readonly roles: readonly RoleState[]
}

/** Whose previews are looked for. */
export interface PreviewSearch {
  readonly repository: string
  /** The pull request's; all where nothing is said. */
  readonly number?: number
  /** The service without the number; all of the repository where nothing is said. */
  readonly service?: string
}

type Tags = Readonly<Record<string, string>>

/** Finds them by our tags, in the order of their pull requests; names only tell which tags are worth a look. */
export async function findPreviews(aws: Aws, search: PreviewSearch): Promise<readonly StandingPreview[]> {
  const isMeant = (name: string): boolean => {
    const number = previewNumberIn(name)
    return number !== undefined && (search.number === undefined || number === search.number)
  }
  const [apis, functions, groups, roles] = await Promise.all([
    listRestApis(aws),
    readFunctionsNamed(aws, isMeant),
    readGroupsNamed(aws, '-pr-', (name) => isMeant(serviceIn(name))),
    readPreviewRoles(aws, search.number),
  ])
  const found = new Map<string, StandingPreview>()
  for (const api of apis) add(api.tags, (each) => ({ ...each, apis: [...each.apis, api] }))
  for (const { name, tags } of functions) add(tags, (each) => ({ ...each, functions: [...each.functions, name] }))
  for (const { name, tags } of groups) add(tags, (each) => ({ ...each, logGroups: [...each.logGroups, name] }))
  for (const role of roles) add(role.tags, (each) => ({ ...each, roles: [...each.roles, role] }))
  return [...found.values()].sort((a, b) => a.id.preview - b.id.preview || (a.id.name < b.id.name ? -1 : 1))

  function add(tags: Tags | undefined, more: (each: StandingPreview) => StandingPreview): void {
    const id = idIn(tags, search)
    if (id === undefined) return
    found.set(id.name, more(found.get(id.name) ?? { id, apis: [], functions: [], logGroups: [], roles: [] }))
  }
}

async function readFunctionsNamed(
  aws: Aws, isMeant: (name: string) => boolean,
): Promise<readonly { readonly name: string; readonly tags: Tags }[]> {
  const names = (await functionNames(aws)).filter(isMeant)
  return Promise.all(names.map(async (name) => ({ name, tags: await readFunctionTags(aws, name) })))
}

/** `/aws/lambda/shop-pr-7` and `/aws/apigateway/shop-pr-7-a1b2c3/preview`: the name that ends in the number. */
function serviceIn(group: string): string {
  return group.replace(/^\/aws\/(lambda|apigateway)\//, '').replace(/-[a-z0-9]+\/[^/]+(\/Canary)?$/, '')
}

/** Whose a thing is, where it is one of those that are looked for. */
function idIn(tags: Tags = {}, { repository, number, service }: PreviewSearch): StandingPreview['id'] | undefined {
  const name = tags[serviceTag] ?? ''
  const preview = Number(tags[previewTag])
  const isOurs = tags[managedBy.key] === managedBy.value && tags[repositoryTag] === repository && name !== ''
  // A tag that somebody has changed by hand names no preview.
  if (!isOurs || !Number.isSafeInteger(preview) || preview !== previewNumberIn(name)) return undefined
  if (number !== undefined && number !== preview) return undefined
  if (service !== undefined && previewNames(preview).service(service) !== name) return undefined
  return { name, stage: previewStage, repository, preview }
}

/** When a preview was last deployed, in milliseconds since the epoch, as far as its API tells; undefined where it has none. */
export async function lastDeployOf(aws: Aws, { apis }: StandingPreview): Promise<number | undefined> {
  const stages = (await Promise.all(apis.map(({ id }) => readStages(aws, id ?? '')))).flat()
  const moments = [...stages.map(({ lastUpdatedDate }) => lastUpdatedDate), ...apis.map(({ createdDate }) => createdDate)]
  const known = moments.flatMap((each) => each?.getTime() ?? [])
  return known.length === 0 ? undefined : Math.max(...known)
}
