import { createHash } from 'node:crypto'

/**
 * What we remember of releases, as text in the stage variable `<service>_release`.
 * API Gateway takes at most 512 characters of `[A-Za-z0-9-._~:/?#&=,]` as a variable's value (CreateStage in the public service model).
 */
const limit = 512

/** What a stage serves, or served: one deployment and one version of each function. */
export interface Release {
  readonly number: number
  readonly deploymentId: string
  readonly digest: string
  /** Which functions the versions are of: {@link functionSet}. */
  readonly functions: string
  /** Versions in the order of the functions' names. */
  readonly versions: readonly string[]
  /** Short commit id, or empty. */
  readonly commit: string
}

/** Six hex digits that stand for a set of functions, so that a record says which versions are whose without naming the functions. */
export function functionSet(names: readonly string[]): string {
  return createHash('sha256').update(inOrder(names).join(' ')).digest('hex').slice(0, 6)
}

/** The versions of a release by function name; undefined where it is of another set of functions, or has no room for its versions. */
export function versionsIn({ functions, versions }: Release, names: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (versions.length === 0 || functions !== functionSet(names)) return undefined
  return new Map(inOrder(names).map((name, index) => [name, versions[index] ?? '']))
}

/** What a release says of versions: the opposite of {@link versionsIn}. */
export function releaseVersions(versions: ReadonlyMap<string, string>): Pick<Release, 'functions' | 'versions'> {
  const names = [...versions.keys()]
  return { functions: functionSet(names), versions: inOrder(names).map((name) => versions.get(name) ?? '') }
}

/** The live release first, then those before it, newest first. */
export type ReleaseRecord = readonly Release[]

/** The record as a variable's text. The live release is always in it, without its versions where they alone are too many. */
export function formatRecord(record: ReleaseRecord): string {
  const [live, ...before] = record
  if (live === undefined) return ''
  const entries = [live, ...fittingBefore(live, before)].map(entryOf)
  const text = entries.join('/')
  return text.length <= limit ? text : entryOf({ ...live, versions: [] })
}

/** As many of the releases before the live one as fit beside it. */
export function fittingBefore(live: Release, before: ReleaseRecord): ReleaseRecord {
  let length = entryOf(live).length
  const fitting = before.findIndex((release) => (length += 1 + entryOf(release).length) > limit)
  return fitting === -1 ? before : before.slice(0, fitting)
}

function entryOf({ number, deploymentId, digest, functions, versions, commit }: Release): string {
  return [number, deploymentId, digest, functions, versions.join(','), commit].join(':')
}

function inOrder(names: readonly string[]): string[] {
  return [...names].sort()
}

/** The releases in a variable's text; none where it is missing or not of our form. */
export function parseRecord(text: string | undefined): ReleaseRecord {
  if (text === undefined || text === '') return []
  const record: Release[] = []
  for (const entry of text.split('/')) {
    const [number, deploymentId, digest, functions, versions, commit] = entry.split(':')
    if (!/^\d+$/.test(number ?? '') || !deploymentId || !digest || !functions || versions === undefined || commit === undefined) return []
    record.push({ number: Number(number), deploymentId, digest, functions, versions: versions === '' ? [] : versions.split(','), commit })
  }
  return record
}
