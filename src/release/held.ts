import type { Served } from '../actual/served.ts'
import { defined } from '../defined.ts'
import { UserError } from '../errors.ts'
import { isSameContent, releaseVersions, type Release, type ReleaseRecord } from '../service/release-record.ts'
import type { ServiceId } from '../service/service.ts'

/** As much of a next release as decides which others are held. */
export interface ComingRelease {
  readonly digest: string
  readonly versions: ReadonlyMap<string, string | undefined>
  readonly goesBackTo?: number
}

/** The record with its marks as they are once the next release is live: a rollback holds what it leaves, a new release frees all. */
export function markedFor(next: ComingRelease, { record, digest }: Pick<Served, 'record' | 'digest'>): ReleaseRecord {
  if (next.goesBackTo === undefined) return record.map((release) => marked(release, false))
  // Where somebody has put another deployment on the stage, no release of the record is left.
  const left = digest === undefined ? undefined : record[0]
  return record.map((release) => {
    if (isContentOf(next, release)) return marked(release, false)
    return left !== undefined && isSameContent(left, release) ? marked(release, true) : release
  })
}

/** A record whose first release gives way to one of those before it, which is live again: what is left is held. */
export function heldAfter(record: ReleaseRecord, again: Release): ReleaseRecord {
  const [left] = record
  return record.map((release) => {
    if (isSameContent(release, again)) return marked(release, false)
    return left !== undefined && isSameContent(release, left) ? marked(release, true) : release
  })
}

/**
 * Refuses what was taken back.
 * @throws UserError where the next release is made of just what a held one is
 */
export function refuseHeld(next: ComingRelease, record: ReleaseRecord, { name, stage }: ServiceId): void {
  const held = record.find((release) => release.isHeld === true && isContentOf(next, release))
  if (held === undefined) return
  throw new UserError({
    what: `Release ${held.number} of ${name} on ${stage} is held: it was taken back, and this deploy would bring it back unchanged.`,
    why: `Code, settings and routes are those of release ${held.number}${held.commit === '' ? '' : ` (commit ${held.commit})`}.`,
    cure: 'Change the code, or give the input `force: true` to deploy it all the same.',
    docs: 'releases.md#rollback',
  })
}

/** Whether a next release is made of just what a release of the record is. */
export function isContentOf({ digest, versions }: ComingRelease, release: Release): boolean {
  const known = [...versions].flatMap(([name, version]) => (version === undefined ? [] : [[name, version] as const]))
  return known.length === versions.size && isSameContent({ digest, ...releaseVersions(new Map(known)) }, release)
}

function marked(release: Release, isHeld: boolean): Release {
  return defined({ ...release, isHeld: isHeld ? (true as const) : undefined })
}
