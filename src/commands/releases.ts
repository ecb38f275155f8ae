import type { Actual } from '../actual/actual.ts'
import type { Handover, NextRelease } from '../release/next.ts'
import { defined } from '../defined.ts'
import type { Ids } from '../resources/step.ts'
import { namesIn, versionsIn, type Release } from '../service/release-record.ts'
import type { ReleaseResult, Result } from '../service/result.ts'

/** What is known of a run's releases at its end. */
interface ReleasesInput {
  readonly actual: Actual
  readonly next: NextRelease
  readonly handover: Handover
  readonly ids: Pick<Ids, 'versions' | 'wentLiveAt'>
}

/** The releases that a stage remembers now, the live one first, and the number of the one before it. */
export function releasesOf({ actual, next, handover, ids }: ReleasesInput): Pick<Result, 'releases' | 'previousRelease'> {
  const isLive = handover.isNew && ids.wentLiveAt !== undefined
  const releases = [...(isLive ? [newRelease()] : []), ...(isLive ? handover.kept : actual.served.record).map(kept)]
  const live = releases.map((each, index): ReleaseResult => (index === 0 ? { ...each, state: 'live' } : each))
  return defined({ releases: live, previousRelease: live[1]?.number })

  function newRelease(): ReleaseResult {
    const versions = [...next.versions].map(([name, version]) => ({ name, version: version ?? ids.versions.get(name) ?? '' }))
    const wentLiveAt = Math.ceil((ids.wentLiveAt ?? 0) / 1000)
    return { number: handover.number, commit: next.commit, wentLiveAt, state: 'live', versions }
  }

  function kept(release: Release): ReleaseResult {
    const { number, commit, wentLiveAt, isHeld } = release
    return { number, commit, wentLiveAt, state: isHeld === true ? 'held' : 'kept', versions: versionsOf(release) }
  }

  /** Without names where a function of it is gone. */
  function versionsOf(release: Release): ReleaseResult['versions'] {
    const names = namesIn(release, [...new Set([...actual.functions.keys(), ...next.versions.keys()])])
    const versions = names === undefined ? undefined : versionsIn(release, names)
    return versions === undefined ? [] : [...versions].map(([name, version]) => ({ name, version }))
  }
}
