import type { Actual } from '../actual/actual.ts'
import { notSet, type FieldDiff } from '../change.ts'
import { aliasVariable, slotAlias, type Slot } from '../service/names.ts'
import { fittingBefore, releaseVersions, type Release, type ReleaseRecord } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import { canServeAgain } from './kept.ts'

/** A release that is to go live, wherever it comes from: the config, the record, another stage. */
export interface NextRelease {
  /** The deployment that the stage is to serve; undefined for the one that this run makes. */
  readonly deploymentId: string | undefined
  /** The digest of the definition in that deployment. */
  readonly digest: string
  /** By function name: the version that is to serve; undefined for the one that this run publishes. */
  readonly versions: ReadonlyMap<string, string | undefined>
  /** Short commit id, or empty. */
  readonly commit: string
}

/** How a stage passes from what it serves to the next release. */
export interface Handover {
  /** Whether a release goes live, and not only other settings of the stage. */
  readonly isNew: boolean
  /** The number of the release that is live afterwards. */
  readonly number: number
  /** The slot that is live afterwards. */
  readonly slot: Slot
  /** Whether that slot is the idle one, or the stage's first. */
  readonly isOtherSlot: boolean
  /** Whether the idle slot must take other versions before it goes live. */
  readonly moves: boolean
  /** The releases that the record keeps, as far as they exist already: with a new release those before it, else the live one, too. */
  readonly kept: ReleaseRecord
  /** What differs between the two, for the plan. */
  readonly fields: readonly FieldDiff[]
}

/** Compares the next release with what the stage serves. */
export function handoverTo(next: NextRelease, service: Service, actual: Actual): Handover {
  const { stage, served } = actual
  const isFirst = stage === undefined
  const changed = changedFunctions(next, actual)
  const moves = changed.length > 0
  const slot = isFirst ? 'a' : moves ? served.idleSlot : served.liveSlot
  const deploys = next.deploymentId === undefined || next.deploymentId !== stage?.deploymentId
  const isNew = isFirst || moves || deploys || stage.variables?.[aliasVariable(service.name)] !== slotAlias(service.stage, served.liveSlot)
  const number = served.record[0]?.number ?? 0
  const live = (name: string): string | undefined => served.versions.get(name)?.Version
  return {
    isNew, slot, moves,
    number: isNew ? number + 1 : number,
    isOtherSlot: isFirst || moves,
    kept: isNew ? releasesBefore(next, service, actual) : served.record,
    fields: [
      ...(moves ? [{ field: 'slot', from: slotAlias(service.stage, served.liveSlot), to: slotAlias(service.stage, slot) }] : []),
      ...changed.map(([name, version]) => ({ field: name, from: versionText(live(name)), to: versionText(version) })),
      ...(deploys && !isFirst ? [{ field: 'deployment', from: stage.deploymentId ?? notSet, to: next.deploymentId ?? '(new)' }] : []),
    ],
  }
}

const versionText = (version: string | undefined): string => `version ${version ?? '(new)'}`

/** Functions of which the stage serves another version, or by weights a second one; one that it does not serve yet changes nothing. */
function changedFunctions({ versions }: NextRelease, { served }: Actual): [name: string, version: string | undefined][] {
  return [...versions].filter(([name, version]) => {
    const live = served.versions.get(name)
    return live !== undefined && (version !== live.Version || served.weighted.has(name))
  })
}

/**
 * The releases that stay to go back to, as many as the record has room for, and in any case the one that is served now: callers may see it
 * for a while yet. Ids that are known after apply count with the most characters that they may have, so that what is kept and what is
 * pruned are one list.
 */
function releasesBefore({ versions }: NextRelease, { release: { keepReleases } }: Service, actual: Actual): ReleaseRecord {
  const longest: Release = {
    number: 1_000_000, deploymentId: 'x'.repeat(10), digest: 'x'.repeat(16), commit: 'x'.repeat(7), wentLiveAt: 10_000_000_000,
    ...releaseVersions(new Map([...versions.keys()].map((name) => [name, '1000000']))),
  }
  const standing = actual.served.record.filter((release) => canServeAgain(release, actual))
  return fittingBefore(longest, standing.slice(0, Math.max(keepReleases, 1)))
}
