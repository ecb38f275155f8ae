import type { Actual } from '../actual/actual.ts'
import { notSet, type FieldDiff } from '../change.ts'
import { aliasVariable, slotAlias, type Slot } from '../service/names.ts'
import { fittingBefore, isSameContent, releaseVersions, type Release, type ReleaseRecord } from '../service/release-record.ts'
import type { Service, ServiceId } from '../service/service.ts'
import { markedFor } from './held.ts'
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
  /** For a rollback: the number of the release in the record that goes live again. */
  readonly goesBackTo?: number
  /** For a promotion: the stage that serves it already, and its number there. */
  readonly origin?: { readonly stage: string; readonly number: number } | undefined
}

/** Whose releases they are, and how many of them are kept. */
export type ReleasingService = ServiceId & Pick<Service, 'release'>

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
  /** Whether it is live before its smoke tests have passed there, and there is a release to go back to until they do. */
  readonly isUnverified?: true
  /** The releases that the record keeps besides one that goes live now; where none does, that is all of them. */
  readonly kept: ReleaseRecord
  /** What differs between the two, for the plan. */
  readonly fields: readonly FieldDiff[]
}

/** Compares the next release with what the stage serves. */
export function handoverTo(next: NextRelease, service: ReleasingService, actual: Actual): Handover {
  const { stage, served } = actual
  const { isFirst } = served
  const changed = changedFunctions(next, actual)
  const moves = changed.length > 0
  const slot = isFirst ? 'a' : moves ? served.idleSlot : served.liveSlot
  const deploys = next.deploymentId === undefined || next.deploymentId !== stage?.deploymentId
  const isNew = isFirst || moves || deploys || stage?.variables?.[aliasVariable(service.name)] !== slotAlias(service.stage, served.liveSlot)
  const number = served.record[0]?.number ?? 0
  // A canary that was taken back has had a number, too.
  const highest = Math.max(0, ...served.record.map((each) => each.number))
  const deploymentText = next.deploymentId ?? '(new)'
  const live = (name: string): string | undefined => served.versions.get(name)?.Version
  return {
    isNew, slot, moves,
    number: isNew ? highest + 1 : number,
    isOtherSlot: isFirst || moves,
    kept: isNew ? releasesBefore(next, service, actual) : served.record,
    fields: [
      ...(moves ? [{ field: 'slot', from: slotAlias(service.stage, served.liveSlot), to: slotAlias(service.stage, slot) }] : []),
      ...changed.map(([name, version]) => ({ field: name, from: versionText(live(name)), to: versionText(version) })),
      ...(deploys && stage !== undefined ? [{ field: 'deployment', from: stage.deploymentId ?? notSet, to: deploymentText }] : []),
    ],
  }
}

const versionText = (version: string | undefined): string => `version ${version ?? '(new)'}`

/** Functions that get another version, or lose a second one that weights had added. One that is not served yet moves no slot. */
function changedFunctions({ versions }: NextRelease, { served }: Actual): [name: string, version: string | undefined][] {
  return [...versions].filter(([name, version]) => {
    const live = served.versions.get(name)
    return live !== undefined && (version !== live.Version || served.weighted.has(name))
  })
}

/**
 * The releases that can be gone back to afterwards, as many as are asked for and as the record has room for. The one that is served now is
 * among them in any case, because callers may see it for a while yet.
 *
 * The record's room depends on the new release's ids, which AWS gives only later. They are taken at their longest, so that this list holds
 * both for the plan of what to remove and for the record that is written.
 */
function releasesBefore(next: NextRelease, { release: { keepReleases } }: ReleasingService, actual: Actual): ReleaseRecord {
  const longest: Release = {
    number: 1_000_000, deploymentId: 'x'.repeat(10), digest: 'x'.repeat(16), commit: 'x'.repeat(7), wentLiveAt: 10_000_000_000,
    isUnverified: true,
    ...releaseVersions(new Map([...next.versions.keys()].map((name) => [name, '1000000']))),
  }
  const standing = markedFor(next, actual.served).filter((release) => canServeAgain(release, actual))
  return fittingBefore(longest, newest(standing, Math.max(keepReleases, 1)))
}

/** The newest releases with so many contents: what a rollback puts back stands in the record twice, and counts once. */
function newest(record: ReleaseRecord, contents: number): ReleaseRecord {
  const counted: Release[] = []
  const end = record.findIndex((release) => {
    if (counted.some((each) => isSameContent(each, release))) return false
    counted.push(release)
    return counted.length > contents
  })
  // What is to be taken back goes to the last one that is verified.
  const verified = record.findIndex(({ isUnverified, isHeld }) => isUnverified !== true && isHeld !== true)
  return end === -1 ? record : record.slice(0, Math.max(end, verified + 1))
}
