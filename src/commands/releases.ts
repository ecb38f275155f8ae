import type { Actual } from '../actual/actual.ts'
import type { Handover, NextRelease } from '../release/next.ts'
import { defined } from '../defined.ts'
import type { Ids } from '../resources/step.ts'
import { namesIn, versionsIn, type Release } from '../service/release-record.ts'
import type { ReleaseResult, Result } from '../service/result.ts'

/** What is known of a run's releases at its end. */
interface ReleasesInput {
  readonly actual: Actual
  /** What was to go live; both missing where what was live stays. */
  readonly next?: NextRelease | undefined
  readonly handover?: Handover | undefined
  readonly ids: Pick<Ids, 'versions' | 'wentLiveAt' | 'canary' | 'canaryEndedAt'>
}

/** The releases that a stage remembers now, a canary first, then the live one; and the number of the one before that. */
export function releasesOf({ actual, next, handover, ids }: ReleasesInput): Pick<Result, 'releases' | 'previousRelease'> {
  const isLive = ids.wentLiveAt !== undefined
  const went = isLive && next !== undefined && handover?.isNew === true ? { next, handover } : undefined
  const releases = [...(went === undefined ? [] : [newRelease(went)]), ...(went?.handover.kept ?? actual.served.record).map(kept)]
  const live = releases.map((each, index): ReleaseResult => (index === 0 ? { ...each, state: 'live' } : each))
  const tried = canaryNow()
  const all = tried === undefined ? live : [{ ...kept(tried.release), state: 'canary' as const }, ...live]
  return defined({ releases: all, previousRelease: live[1]?.number })

  /** The canary that stands at the end of the run. */
  function canaryNow() {
    const { canary } = actual.served
    if (isLive || ids.canaryEndedAt !== undefined) return undefined
    return ids.canary?.canary ?? (canary?.kind === 'ours' ? canary : undefined)
  }

  function newRelease(went: { readonly next: NextRelease; readonly handover: Handover }): ReleaseResult {
    const versions = [...went.next.versions].map(([name, version]) => ({ name, version: version ?? ids.versions.get(name) ?? '' }))
    const wentLiveAt = Math.ceil((ids.wentLiveAt ?? 0) / 1000)
    return { number: went.handover.number, commit: went.next.commit, wentLiveAt, state: 'live', versions }
  }

  function kept(release: Release): ReleaseResult {
    const { number, commit, wentLiveAt, isHeld } = release
    return { number, commit, wentLiveAt, state: isHeld === true ? 'held' : 'kept', versions: versionsOf(release) }
  }

  /** Without names where a function of it is gone. */
  function versionsOf(release: Release): ReleaseResult['versions'] {
    const names = namesIn(release, [...new Set([...actual.functions.keys(), ...(next?.versions.keys() ?? [])])])
    const versions = names === undefined ? undefined : versionsIn(release, names)
    return versions === undefined ? [] : [...versions].map(([name, version]) => ({ name, version }))
  }
}
