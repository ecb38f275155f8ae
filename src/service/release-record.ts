import { createHash } from 'node:crypto'
import { releaseVariable } from './names.ts'

/**
 * What we remember of releases, as text in stage variables: `<service>_release` for the live one, `<service>_release_1` and so on for those
 * before it. API Gateway takes at most 512 characters of `[A-Za-z0-9-._~:/?#&=,]` as a variable's value (CreateStage in the public service
 * model); a release with more functions than that goes on in the next variable, which a comma at the end announces.
 */
const valueLimit = 512

/** A stage takes 100 variables (developer guide, API Gateway quotas); the rest is for the slot's and for the user's own. */
const variablesLimit = 80

/** Stands behind the time of a release that is held. */
const heldMark = '-held'

/** Stands behind that, or there, where the smoke tests have not been answered over HTTP as they should. */
const unverifiedMark = '-unverified'

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
  /** When it went live, in seconds since the epoch; 0 where that is not known. */
  readonly wentLiveAt: number
  /** Whether a rollback left it, so that it does not go live again unless that is forced. */
  readonly isHeld?: true
  /** Whether its smoke tests have not passed on the live stage: it is no release to go back to. */
  readonly isUnverified?: true
}

/** So many sets of functions are tried: all but two of a hundred. More would make it likely that a wrong one has the same six digits. */
const mostTries = 10_000

/** Six hex digits that stand for a set of functions, so that a record says which versions are whose without naming the functions. */
export function functionSet(names: readonly string[]): string {
  return createHash('sha256').update(inOrder(names).join(' ')).digest('hex').slice(0, 6)
}

/** The versions of a release by function name; undefined where it is of another set of functions. */
export function versionsIn({ functions, versions }: Release, names: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (versions.length !== names.length || functions !== functionSet(names)) return undefined
  return new Map(inOrder(names).map((name, index) => [name, versions[index] ?? '']))
}

/**
 * The functions of which a release is, among those that may be: all of them, or all but a few.
 * @returns undefined where it is of others
 */
export function namesIn({ functions, versions }: Release, candidates: readonly string[]): readonly string[] | undefined {
  let tries = 0
  return search(inOrder(candidates), candidates.length - versions.length, 0)

  function search(names: readonly string[], surplus: number, from: number): readonly string[] | undefined {
    if (surplus < 0 || tries++ > mostTries) return undefined
    if (surplus === 0) return functionSet(names) === functions ? names : undefined
    for (let index = from; index < names.length; index++) {
      const found = search(names.toSpliced(index, 1), surplus - 1, index)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** What a release says of versions: the opposite of {@link versionsIn}. */
export function releaseVersions(versions: ReadonlyMap<string, string>): Pick<Release, 'functions' | 'versions'> {
  const names = [...versions.keys()]
  return { functions: functionSet(names), versions: inOrder(names).map((name) => versions.get(name) ?? '') }
}

/** The live release first, then those before it, newest first. */
export type ReleaseRecord = readonly Release[]

/** Whether two releases are made of the same: routes, functions and versions, which hold code and settings. */
export function isSameContent(a: ReleaseContent, b: ReleaseContent): boolean {
  return a.digest === b.digest && a.functions === b.functions && a.versions.join() === b.versions.join()
}

type ReleaseContent = Pick<Release, 'digest' | 'functions' | 'versions'>

/** A stage's variables, by name. */
type Variables = Readonly<Record<string, string>>

/** The variables that hold the record. The live release is always in it; the oldest ones are left out where there is no room. */
export function formatRecord(service: string, record: ReleaseRecord): Variables {
  const [live, ...before] = record
  if (live === undefined) return {}
  const values = [live, ...fittingBefore(live, before)].flatMap(valuesOf)
  return Object.fromEntries(values.map((value, index) => [releaseVariable(service, index), value]))
}

/** As many of the releases before the live one as there is room for beside it. */
export function fittingBefore(live: Release, before: ReleaseRecord): ReleaseRecord {
  let count = valuesOf(live).length
  const fitting = before.findIndex((release) => (count += valuesOf(release).length) > variablesLimit)
  return fitting === -1 ? before : before.slice(0, fitting)
}

/** The releases that a stage's variables tell of, up to the first that is missing or not of our form. */
export function parseRecord(service: string, variables: Variables | undefined): ReleaseRecord {
  const record: Release[] = []
  let text = ''
  for (let index = 0; ; index++) {
    const value = variables?.[releaseVariable(service, index)]
    if (value === undefined) return record
    text += value
    if (value.endsWith(',')) continue
    const release = parseRelease(text)
    if (release === undefined) return record
    record.push(release)
    text = ''
  }
}

/** The names of the variables that hold a record, or parts of one that nobody reads any more. */
export function recordVariables(service: string, variables: Variables | undefined): string[] {
  const names = Array.from({ length: variablesLimit }, (_each, index) => releaseVariable(service, index))
  return names.filter((name) => variables?.[name] !== undefined)
}

function valuesOf(release: Release): string[] {
  const { number, deploymentId, digest, functions, commit, wentLiveAt, versions } = release
  const values: string[] = []
  let value = [number, deploymentId, digest, functions, commit, `${wentLiveAt}${markOf(release)}`, ''].join(':')
  for (const [index, version] of versions.entries()) {
    const piece = index === versions.length - 1 ? version : `${version},`
    if (value.length + piece.length > valueLimit) {
      values.push(value)
      value = ''
    }
    value += piece
  }
  return [...values, value]
}

function markOf({ isHeld, isUnverified }: Release): string {
  return `${isHeld === true ? heldMark : ''}${isUnverified === true ? unverifiedMark : ''}`
}

function parseRelease(text: string): Release | undefined {
  const match = /^(\d+):(\w+):(\w+):(\w+):(\w*):(\d+)(-held)?(-unverified)?:((?:\d+(?:,\d+)*)?)$/.exec(text)
  if (match === null) return undefined
  const [, number, deploymentId = '', digest = '', functions = '', commit = '', wentLiveAt, held, unverified, versions = ''] = match
  return {
    number: Number(number), deploymentId, digest, functions, commit, wentLiveAt: Number(wentLiveAt),
    versions: versions === '' ? [] : versions.split(','),
    ...(held === heldMark ? { isHeld: true } : {}),
    ...(unverified === unverifiedMark ? { isUnverified: true } : {}),
  }
}

function inOrder(names: readonly string[]): string[] {
  return [...names].sort()
}
