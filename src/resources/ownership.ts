import { UserError } from '../errors.ts'
import type { ServiceId } from '../service/service.ts'
import { managedBy, ownership, ownTags, serviceTag, repositoryTag } from '../service/tags.ts'

type Tags = Readonly<Record<string, string>> | undefined

/** What to do about a thing that is not ours. */
interface WayOut {
  /** The setting that names the thing, such as `api-name`. */
  readonly another?: string
  /** In place of another name or our tags. */
  readonly cure?: string
}

/**
 * Refuses to touch what bears the tags of another service, of another repository or none.
 * @param thing with its kind and, where it helps, its place: `function shop`, `stage prod of API a1`
 * @throws UserError
 */
export function refuseUnlessOurs(tags: Tags, service: ServiceId, { thing, ...wayOut }: { readonly thing: string } & WayOut): void {
  refuseOtherRepository(tags, service, `The ${thing}`)
  if (ownership(tags, service) !== 'ours') throw foreignThing(service, `a ${thing}`, wayOut)
}

/** Refuses to touch what the same service name has made from another repository. */
export function refuseOtherRepository(tags: Tags, service: ServiceId, thing: string): void {
  if (ownership(tags, service) !== 'other repository') return
  throw new UserError({
    what: `${thing} belongs to a service ${service.name} that another repository deploys.`,
    why: `Its tag ${repositoryTag} is not ${service.repository}.`,
    cure: 'Choose another `service` name, or change that tag where the service has moved to this repository.',
    docs: 'ownership.md',
  })
}

/** The refusal to touch what bears no tags of ours. */
export function foreignThing(service: ServiceId, thing: string, { another = 'name', cure }: WayOut = {}): UserError {
  return new UserError({
    what: `There is ${thing} that this service did not make.`,
    why: `It does not bear the tags ${managedBy.key}=${managedBy.value} and ${serviceTag}=${service.name}.`,
    cure: cure ?? `Choose another ${another}; or, where it is to belong to this service, give it the tags ${tagText(service)}.`,
    docs: 'ownership.md',
  })
}

function tagText(service: ServiceId): string {
  return Object.entries(ownTags(service)).map(([key, value]) => `${key}=${value}`).join(', ')
}
