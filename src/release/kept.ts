import type { Actual } from '../actual/actual.ts'
import { versionBefore, weightedVersions } from '../resources/lambda/alias.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { functionSet, parseRecord, versionsIn, type Release, type ReleaseRecord } from '../service/release-record.ts'
import type { ServiceId } from '../service/service.ts'

/** Whether a stage can serve a release again; two runs at once may have left one in the record whose deployment or versions are gone. */
export function canServeAgain(release: Release, { deployments, functions }: Actual): boolean {
  if (!deployments.some(({ id }) => id === release.deploymentId)) return false
  const versions = versionsIn(release, [...functions.keys()]) ?? []
  return [...versions].every(([name, version]) => functions.get(name)?.state?.versions.some((each) => each.Version === version))
}

/**
 * Deployments that a kept release would serve again, or that any stage named when the run began, this one too: callers may still see it.
 * @param served the one that this stage is to serve, where it stands already
 */
export function neededDeployments({ stage, otherStages }: Actual, record: ReleaseRecord, served: string | undefined): ReadonlySet<string> {
  const staged = [stage, ...otherStages].flatMap((each) => [each?.deploymentId, each?.canarySettings?.deploymentId])
  return new Set([served, ...staged, ...record.map((release) => release.deploymentId)].flatMap((id) => id ?? []))
}

interface VersionUsers {
  /** Names of aliases that go, or that nobody calls yet: they need nothing. */
  readonly freed: ReadonlySet<string>
  /** Names of aliases that this run moves: what they name now they need for a while yet, and what they named before no more. */
  readonly moving: ReadonlySet<string>
  /** What the stages remember that go on serving. */
  readonly records: readonly ReleaseRecord[]
  /** The set of functions of which the releases may be. */
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

/** A release of another set of functions does not say which version was whose, so all its numbers count for every function. */
function numbersOf(release: Release, names: readonly string[]): readonly string[] {
  return versionsIn(release, names) === undefined ? release.versions : []
}

/** What the other stages of the service remember. */
export function otherRecords(service: ServiceId, { otherStages }: Actual): ReleaseRecord[] {
  return otherStages.map((stage) => parseRecord(service.name, stage.variables))
}

/** Whether any release that a stage serves or keeps was made of another set of functions than the config's. */
export function servesOtherFunctions(service: ServiceId, actual: Actual, record: ReleaseRecord): boolean {
  const set = functionSet([...actual.functions.keys()])
  return [record, ...otherRecords(service, actual)].some((each) => each.some((release) => release.functions !== set))
}
