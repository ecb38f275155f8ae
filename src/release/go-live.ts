import type { Actual } from '../actual/actual.ts'
import { putStage, refuseOtherRelease, type StageGoal } from '../resources/api/stage.ts'
import { formerSettings, stageArns, stageDiffs } from '../resources/api/stage-changes.ts'
import type { SettingsScope } from '../resources/api/stage-settings.ts'
import { readAlias } from '../resources/lambda/alias.ts'
import { OtherRunWon } from '../resources/other-run.ts'
import { keep, known, step, type ApplyContext, type Ids, type Step } from '../resources/step.ts'
import { formatFormerSettings } from '../service/former-settings.ts'
import { aliasVariable, slotAlias } from '../service/names.ts'
import { formatRecord, releaseVersions, type Release } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import type { Handover, NextRelease } from './next.ts'
import { waitForSlot } from './settle.ts'

/** A release that is to go live on a stage, and how the stage passes to it. */
export interface GoLiveInput {
  readonly next: NextRelease
  readonly handover: Handover
  readonly service: Service
  readonly actual: Actual
  /** Which of the stage's settings are set with it; all where nothing is said, but for a rollback, which works without the config. */
  readonly scope?: SettingsScope
  /** Why it goes live, where another sentence says it better. */
  readonly reason?: string
}

/** The one step by which a release goes live: deployment, slot, record and settings in a single UpdateStage. */
export function planGoLive(input: GoLiveInput): Step {
  const { next, handover, service, actual } = input
  const scope = scopeOf(input)
  const settings = stageDiffs(service, actual.stage, { arns: stageArns(service, actual.account, { apiId: actual.api?.id }), scope })
  const entry = { id: 'stage', kind: 'stage', name: service.stage } as const
  if (!handover.isNew && settings.length === 0) return keep({ ...entry, reason: unchanged(next, actual) })
  const isFirst = actual.stage === undefined
  return step({
    ...entry, phase: 'go live', action: isFirst ? 'create' : 'update',
    reason: isFirst ? firstReason(next) : handover.isNew ? (input.reason ?? novelty(next, handover, actual)) : 'settings differ',
    fields: [...handover.fields, ...settings],
    apply: (context) => goLive(context, input),
  })
}

function scopeOf({ scope, next: { goesBackTo } }: GoLiveInput): SettingsScope {
  return scope ?? (goesBackTo === undefined ? 'all' : 'release')
}

function firstReason({ origin }: NextRelease): string {
  return origin === undefined ? 'does not exist yet' : `does not exist yet, and gets release ${origin.number} of stage ${origin.stage}`
}

function unchanged({ goesBackTo, origin }: NextRelease, { served }: Actual): string {
  if (origin !== undefined) return `serves what stage ${origin.stage} serves, as this stage is set up`
  if (goesBackTo === undefined) return 'serves what the config asks for'
  return `release ${served.record[0]?.number} is live, and is what was asked for`
}

function novelty({ goesBackTo, origin }: NextRelease, { number }: Handover, { served }: Actual): string {
  if (origin !== undefined) return `release ${origin.number} of stage ${origin.stage} goes live, as release ${number}`
  if (goesBackTo === undefined) return 'a new release goes live'
  return `from release ${served.record[0]?.number} back to release ${goesBackTo}, as release ${number}`
}

/** Whether time has passed since the last look at the stage: provisioned concurrency takes minutes. */
export async function waitedForSlot(context: ApplyContext): Promise<boolean> {
  const hasWaited = await waitForSlot(context)
  return hasWaited || context.ids.provisioned.length > 0
}

async function goLive(context: ApplyContext, input: GoLiveInput): Promise<void> {
  const { ids } = context
  const { next, handover, service, actual } = input
  // Another run may have begun while the slot was moved and waited for. A canary that this one follows has been looked at till now.
  if (actual.stage !== undefined && handover.isNew && (await waitedForSlot(context))) {
    await refuseOtherRelease(context, actual.stage, { looksAtCanary: false })
  }
  const { deploymentId, variables } = servedAfter(next, { handover, service, ids })
  const goal = { service, scope: scopeOf(input), deploymentId, variables: { ...variables, ...memoryOf(context, input) } }
  await putStage(context, actual.stage, goal)
  if (handover.isNew) ids.wentLiveAt = Date.now()
  if (handover.isOtherSlot) await confirm(context, slotAlias(service.stage, handover.slot), versionsOf(next, ids))
}

/** What the stage's settings were, until it is sure that the release stays. */
function memoryOf({ account, ids }: ApplyContext, { handover, service, actual: { stage } }: GoLiveInput): Readonly<Record<string, string>> {
  if (handover.isUnverified !== true || stage === undefined) return {}
  return formatFormerSettings(service.name, formerSettings(service, stage, stageArns(service, account, ids)))
}

/** What the stage is to name once every id is known: its deployment, and its variables, of which none is written for settings alone. */
export function servedAfter(
  next: NextRelease, { handover, service, ids }: { handover: Handover; service: Service; ids: Pick<Ids, 'deploymentId' | 'versions'> },
): Pick<StageGoal, 'deploymentId' | 'variables'> {
  const deploymentId = next.deploymentId ?? known(ids.deploymentId, 'the deployment')
  if (!handover.isNew) return { deploymentId, variables: {} }
  const release = releaseNow(next, { handover, ids })
  const slot = { [aliasVariable(service.name)]: slotAlias(service.stage, handover.slot) }
  return { deploymentId, variables: { ...slot, ...formatRecord(service.name, [release, ...handover.kept]) } }
}

/** The next release as the record has it, with every id known and this moment as its time. */
export function releaseNow(
  next: NextRelease,
  { handover, ids }: { handover: Pick<Handover, 'number' | 'isUnverified'>; ids: Pick<Ids, 'deploymentId' | 'versions'> },
): Release {
  const { digest, commit } = next
  const deploymentId = next.deploymentId ?? known(ids.deploymentId, 'the deployment')
  const wentLiveAt = Math.ceil(Date.now() / 1000)
  const mark = handover.isUnverified === true ? { isUnverified: true as const } : {}
  const versions = releaseVersions(versionsOf(next, ids))
  return { number: handover.number, deploymentId, digest, commit, wentLiveAt, ...mark, ...versions }
}

/** By function name: the versions of the next release, with every number known. */
export function versionsOf({ versions }: NextRelease, ids: Pick<Ids, 'versions'>): ReadonlyMap<string, string> {
  return new Map([...versions].map(([name, version]) => [name, version ?? known(ids.versions.get(name), `the version of ${name}`)]))
}

/**
 * Makes sure that the slot which is live now has this run's versions. UpdateStage is one write, but the aliases are not part of it: another
 * run that had read everything before may have moved them between this run's UpdateAlias and its UpdateStage.
 * @throws OtherRunWon where one of them names another version
 */
export async function confirm({ aws, service }: ApplyContext, alias: string, versions: ReadonlyMap<string, string>): Promise<void> {
  const read = await Promise.all([...versions.keys()].map(async (name) => ({ name, actual: await readAlias(aws, name, alias) })))
  const other = read.find(({ name, actual }) => actual.FunctionVersion !== versions.get(name))
  if (other === undefined) return
  const why = `${alias}, the live alias of ${other.name}, names another version than this run had put there.`
  throw new OtherRunWon(service, why, { beginsAgain: true })
}
