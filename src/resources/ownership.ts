import { AwsRefusal } from '../aws/refusal.ts'
import { SeveralErrors, UserError } from '../errors.ts'
import type { ServiceId } from '../service/service.ts'
import { managedBy, ownership, serviceTag, repositoryTag } from '../service/tags.ts'

type Tags = Readonly<Record<string, string>> | undefined

/** What to do about a thing that is not ours. */
interface WayOut {
  /** The setting that names the thing, such as `api-name`. */
  readonly another?: string
  /** In place of another name. */
  readonly cure?: string
  /** Where the config takes `join: true` for it, such as `function read`. */
  readonly join?: string
}

/**
 * Refuses to touch what bears the tags of another service, of another repository or none.
 * @param thing with its kind and, where it helps, its place: `function shop`, `stage prod of API a1`
 * @throws UserError
 */
export function refuseUnlessOurs(tags: Tags, service: ServiceId, { thing, ...wayOut }: { readonly thing: string } & WayOut): void {
  refuseOtherRepository(tags, service, `The ${thing}`)
  if (ownership(tags, service) === 'ours') return
  const owner = tags?.[managedBy.key] === managedBy.value ? tags[serviceTag] : undefined
  throw owner === undefined ? foreignThing(service, `a ${thing}`, wayOut) : thingOfService(owner, thing, wayOut)
}

/** `shop` with a function `admin-web` meets `shop-admin` with a function `web`: in AWS both are named shop-admin-web. */
function thingOfService(owner: string, thing: string, { another }: WayOut): UserError {
  return new UserError({
    what: `There is a ${thing} that this service did not make.`,
    why: `It belongs to the service ${owner}, as its tag ${serviceTag} says, and two services share nothing.`,
    cure: another === '`stage`'
      ? 'Choose another `stage` here.'
      : 'Choose another `function-name` here, after which the role is named, too; or another `service`.',
    docs: 'ownership.md',
  })
}

/**
 * Waits for all readings, so that everything that is somebody else's is told at once; a refusal of AWS is thrown as it is.
 * @throws UserError, or SeveralErrors of them
 */
export async function allToldOf(readings: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(readings)
  const failures = results.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []))
  const single = failures.flatMap((each) => (each instanceof SeveralErrors ? each.errors : [each]))
  const [first, another] = single
  if (first === undefined) return
  const other = single.find((each) => !(each instanceof UserError) || each instanceof AwsRefusal)
  const told: unknown = other ?? (another === undefined ? first : new SeveralErrors(single))
  throw told
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
export function foreignThing(service: ServiceId, thing: string, { another = 'name', cure, join }: WayOut = {}): UserError {
  const alone = cure ?? `Choose another ${another}, or remove it if nobody needs it.`
  return new UserError({
    what: `There is ${thing} that this service did not make.`,
    why: `It does not bear the tags ${managedBy.key}=${managedBy.value} and ${serviceTag}=${service.name}.`,
    cure: join === undefined ? alone : `${joinCure(join)} ${cure ?? `Or choose another ${another}.`}`,
    docs: join === undefined ? 'ownership.md' : 'ownership.md#join',
  })
}

/** How a thing is taken over, and how to see before what that does. */
function joinCure(thing: string): string {
  return `To take it over, write \`join: true\` for the ${thing}; a run with \`command: plan\` shows what that changes, and writes nothing.`
}
