import type { Actual } from '../actual/actual.ts'
import { versionBefore, weightedVersions } from '../resources/lambda/alias.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { canaryOf } from '../service/canary.ts'
import { isFound } from '../service/found-release.ts'
import { functionSet, parseRecord, versionsIn, type Release, type ReleaseRecord } from '../service/release-record.ts'
import type { ServiceId } from '../service/service.ts'

/** Whether all of a release still stands. Of two runs at once, one may have removed what the other one's record names. */
export function canServeAgain(release: Release, { deployments, functions }: Actual): boolean {
  if (!deployments.some(({ id }) => id === release.deploymentId)) return false
  const versions = versionsIn(release, [...functions.keys()]) ?? []
  return [...versions].every(([name, version]) => {
    const state = functions.get(name)?.state
    return state?.onlyNamed === true || state?.versions.some((each) => each.Version === version)
  })
}

/**
 * Deployments that must stay: those of kept releases, and those that a stage named when the run began. That of this stage is among them
 * although another one goes live, because callers may see it for a while yet.
 * @param next the one that goes live, where it stands already
 */
export function neededDeployments({ stage, otherStages }: Actual, record: ReleaseRecord, next: string | undefined): ReadonlySet<string> {
  const staged = [stage, ...otherStages].flatMap((each) => [each?.deploymentId, each?.canarySettings?.deploymentId])
  return new Set([next, ...staged, ...record.map((release) => release.deploymentId)].flatMap((id) => id ?? []))
}

interface VersionUsers {
  /** Names of aliases that go, or that nobody calls yet: they need nothing. */
  readonly freed: ReadonlySet<string>
  /** Names of aliases that this run moves. The version that they name now is needed for a while yet; the one before that no more. */
  readonly moving: ReadonlySet<string>
  /** The records of the stages that stay. */
  readonly records: readonly ReleaseRecord[]
  /** Names of the service's functions: a release of just these says which version is whose. */
  readonly names: readonly string[]
}

/** The versions of a function that aliases or kept releases need. */
export function neededVersions({ name, aliases }: FunctionState, { freed, moving, records, names }: VersionUsers): Set<string> {
  const users = aliases.filter(({ Name = '' }) => !freed.has(Name))
  const named = users.flatMap(({ FunctionVersion }) => FunctionVersion ?? [])
  const before = users.filter(({ Name = '' }) => !moving.has(Name)).flatMap((alias) => versionBefore(alias) ?? [])
  const recorded = records.flat().flatMap((release) => versionsIn(release, names)?.get(name) ?? numbersOf(release, names))
  return new Set([...named, ...before, ...aliases.flatMap(weightedVersions), ...recorded])
}

/** Of a release of other functions nobody knows which version is whose, so each function keeps all its numbers. */
function numbersOf(release: Release, names: readonly string[]): readonly string[] {
  return versionsIn(release, names) === undefined ? release.versions : []
}

/** What the other stages of the service remember, and what they try. */
export function otherRecords({ name, repository }: ServiceId, { otherStages }: Actual): ReleaseRecord[] {
  return otherStages.map((stage) => {
    const canary = canaryOf({ name, repository, stage: stage.stageName ?? '' }, stage)
    return [...(canary?.kind === 'ours' ? [canary.release] : []), ...parseRecord(name, stage.variables)]
  })
}

/** Whether a release in the record of any stage was made of other functions than the config's. */
export function servesOtherFunctions(service: ServiceId, actual: Actual, record: ReleaseRecord): boolean {
  const set = functionSet([...actual.functions.keys()])
  return [record, ...otherRecords(service, actual)].some((each) => each.some((release) => release.functions !== set && !isFound(release)))
}
