import type { Actual } from '../actual/actual.ts'
import { UserError } from '../errors.ts'
import { isSameContent, namesIn, versionsIn, type Release } from '../service/release-record.ts'
import type { OwnCanary } from '../service/canary.ts'
import type { ServiceId } from '../service/service.ts'
import type { NextRelease } from './next.ts'

/**
 * The release that a rollback leads to.
 * @param to a release's number, a commit, or `FUNCTION:VERSION`; undefined for the release before the live one. Where a rollback has just
 * been made, that is the live one: a job that is run again after it was killed must not go back one further.
 * @throws UserError where there is no such release, or it cannot be gone back to
 */
export function chooseRelease(to: string | undefined, service: ServiceId, actual: Actual): Release {
  const fitting = fittingReleases(to, actual)
  const found = to === undefined ? fitting[0] : (fitting.find((release) => missingOf(release, actual).length === 0) ?? fitting[0])
  const words = `${service.name} on ${service.stage}`
  if (found === undefined) {
    const what = to === undefined ? `There is no release of ${words} before the live one.` : `No release "${to}" of ${words} is kept.`
    throw new UserError({ what, ...choice(actual), docs })
  }
  const missing = missingOf(found, actual)
  if (missing.length === 0) return found
  const what = `Release ${found.number} of ${words} cannot be gone back to: ${missing.join(', ')}.`
  throw new UserError({ what, ...choice(actual), docs })
}

/** Whether all of the release that a rollback leads to is among what was read, although that may not be all that stands. */
export function isAtHand(to: string | undefined, actual: Actual): boolean {
  const [first] = fittingReleases(to, actual)
  return first !== undefined && missingOf(first, actual).length === 0
}

/** Those of the record that are meant, newest first. */
function fittingReleases(to: string | undefined, actual: Actual): readonly Release[] {
  return to === undefined ? before(actual) : actual.served.record.filter((release) => isNamed(release, to, actual))
}

/** The release as what goes live next. */
export function releaseAgain(release: Release, { functions }: Actual): NextRelease {
  const { deploymentId, digest, commit, number } = release
  const names = namesIn(release, [...functions.keys()]) ?? []
  return { deploymentId, digest, commit, goesBackTo: number, versions: versionsIn(release, names) ?? new Map() }
}

/** A release of ours that is a canary, as what goes live next. */
export function canaryAgain({ release }: OwnCanary, actual: Actual): NextRelease {
  const { goesBackTo: _number, ...next } = releaseAgain(release, actual)
  return next
}

/** What a release lacks for being served again, in words. */
export function missingOf(release: Release, { deployments, functions }: Actual): string[] {
  const isFrozen = deployments.some(({ id }) => id === release.deploymentId)
  const names = namesIn(release, [...functions.keys()])
  const versions = names === undefined ? undefined : versionsIn(release, names)
  return [
    ...(isFrozen ? [] : [`its deployment ${release.deploymentId} is gone`]),
    ...(versions === undefined ? ['a function of it is gone, or is no longer ours'] : [...versions].flatMap(([name, version]) => {
      const state = functions.get(name)?.state
      if (state === undefined) return [`function ${name} is gone, or is no longer ours`]
      return state.versions.some((each) => each.Version === version) ? [] : [`version ${version} of ${name} is gone`]
    })),
  ]
}

const docs = 'releases.md#rollback'

/** The release before the live one, as a list of one or none. */
function before({ served: { record, digest } }: Actual): readonly Release[] {
  const [live] = record
  // Somebody has put another deployment on the stage: the newest release of the record is the one before it.
  if (live === undefined || digest === undefined) return record.slice(0, 1)
  const isSound = ({ isUnverified, isHeld }: Release): boolean => isUnverified !== true || isHeld === true
  const others = record.filter((release) => !isSameContent(release, live) && isSound(release))
  // What a failing release was taken back to may be unverified itself: then the last one that was verified is meant.
  if (live.isUnverified === true) return others.filter(({ isHeld }) => isHeld !== true).slice(0, 1)
  if (others[0]?.isHeld === true) return [live]
  return others.slice(0, 1)
}

function isNamed(release: Release, to: string, { functions }: Actual): boolean {
  if (String(release.number) === to) return true
  if (/^[0-9a-f]{7,40}$/.test(to) && release.commit !== '' && to.startsWith(release.commit)) return true
  const [, name = '', version] = /^([\w-]+):(\d+)$/.exec(to) ?? []
  const names = version === undefined ? undefined : namesIn(release, [...functions.keys()])
  return names !== undefined && versionsIn(release, names)?.get(name) === version
}

/** What can be gone back to. */
function choice(actual: Actual): { readonly why: string; readonly cure: string } {
  const { record, digest } = actual.served
  const others = record.slice(digest === undefined ? 0 : 1).filter((release) => missingOf(release, actual).length === 0)
  if (others.length === 0) return {
    why: 'No other release is kept, or its functions are not known here.',
    cure: 'Check the repository out before this step, so that its config names the functions; or deploy the commit that is to be live.',
  }
  const isLive = (release: Release): boolean => digest !== undefined && record[0] !== undefined && isSameContent(release, record[0])
  const example = others.find((release) => release.isHeld !== true && !isLive(release))
  const told = others.map(({ number, commit, isHeld }) =>
    `${number}${commit === '' ? '' : ` (commit ${commit})`}${isHeld === true ? ', held' : ''}`)
  return {
    why: `These can be gone back to: ${told.join('; ')}.`,
    cure: `Give the input \`to\` one of them, such as \`to: ${(example ?? others[0])?.number}\`, or deploy the commit that is to be live.`,
  }
}
