import type { Stage } from '@aws-sdk/client-api-gateway'
import type { Actual } from '../../actual/actual.ts'
import { putStageBack, readStage } from '../../resources/api/stage.ts'
import { OtherRunWon } from '../../resources/other-run.ts'
import { known, type ApplyContext } from '../../resources/step.ts'
import { parseFormerSettings, type FormerSettings } from '../../service/former-settings.ts'
import { aliasVariable, slotAlias, slots, type Slot } from '../../service/names.ts'
import { formatRecord, parseRecord, versionsIn, type Release, type ReleaseRecord } from '../../service/release-record.ts'
import type { ServiceId } from '../../service/service.ts'
import { heldAfter } from '../held.ts'
import type { Handover } from '../next.ts'
import type { SmokeInput } from './input.ts'
import { lastVerified } from './verified.ts'

/** What has become of a release that failed on the live stage. */
export interface BackTaking {
  readonly isBack: boolean
  /** For a message: what the stage serves now, and what to do. */
  readonly words: string
}

interface ReturnInput {
  readonly service: ServiceId
  readonly actual: Actual
  readonly stage: Stage
  readonly handover: Handover
}

interface Return {
  readonly before: Stage
  readonly variables: Readonly<Record<string, string>>
  readonly former: FormerSettings
  readonly number?: number
  /** The one that is live again. */
  readonly again?: Release
}

/**
 * Puts the release before back, with its settings of the stage, in one UpdateStage: its slot was left as it was. What it takes the place of
 * is held, so that the next run of the same job does not bring it back.
 * @throws OtherRunWon where another run has gone live meanwhile: what is live is that one's
 */
export async function takeBack(context: ApplyContext, { service, actual, handover }: SmokeInput): Promise<BackTaking> {
  const { aws, ids, progress } = context
  const { stage: before } = actual
  if (before === undefined) {
    const fix = 'Fix the code, or the test, and deploy again'
    return { isBack: false, words: `${fix}. This is the first release of the stage: there is nothing to go back to, so it stays live.` }
  }
  const now = await readStage(aws, known(ids.apiId, 'the API'), service.stage)
  const [live] = parseRecord(service.name, now.variables)
  if (live?.number !== handover.number || now.variables?.[aliasVariable(service.name)] !== slotAlias(service.stage, handover.slot)) {
    throw new OtherRunWon(service, `Stage ${service.stage} does not serve release ${handover.number}, which this run had put live.`)
  }
  const back = returnTo({ service, actual, stage: before, handover }, now)
  if (back === undefined) {
    const fix = 'Fix the code, or the test, and deploy again'
    const words = `${fix}. Nothing stands ready to go back to, so it stays live; \`command: rollback\` leads to what is kept.`
    return { isBack: false, words }
  }
  const { number, again } = back
  await putStageBack(context, { now, ...back })
  ids.wentLiveAt = Date.now()
  const what = number === undefined ? 'what it served before' : `release ${again?.number} again, as release ${number}`
  progress.info(`Took release ${handover.number} back: stage ${service.stage} serves ${what}.`)
  const fix = `It has been taken back: the stage serves ${what}. Fix the code, or the test, and deploy again.`
  const held = `Release ${handover.number} is held: the same is refused until it changes or \`force: true\` is given.`
  const verified = lastVerified(actual.served.record)
  const doubt = again?.isUnverified !== true ? '' : ` Release ${number} has not passed its own smoke tests yet: \`command: rollback\` ` +
    `leads to release ${verified?.number}, the last one that did.`
  return { isBack: true, words: number === undefined ? fix : `${fix} ${held}${doubt}` }
}

/** What the stage goes back to; its variables as they were where it is not known which release that was. */
function returnTo({ service, actual, stage, handover }: ReturnInput, now: Stage): Return | undefined {
  const record = parseRecord(service.name, now.variables)
  const [left] = record
  const { served } = actual
  const again = handover.isNew ? (served.digest === undefined ? undefined : served.record[0]) : lastVerified(served.record.slice(1))
  if (left === undefined || again === undefined) {
    return handover.isNew ? { before: stage, variables: stage.variables ?? {}, former: {} } : undefined
  }
  const number = left.number + 1
  const back = handover.isNew ? served.liveSlot : slotOf(again, actual)
  if (back === undefined) return undefined
  const slot = { [aliasVariable(service.name)]: slotAlias(service.stage, back) }
  const variables = { ...slot, ...formatRecord(service.name, recordBack(record, again, number)) }
  // A run that was killed has put the settings there with the release: what they were before is what it remembered.
  const former = handover.isNew ? {} : parseFormerSettings(service.name, now.variables)
  return { before: { ...stage, deploymentId: again.deploymentId }, variables, former, number, again }
}

/** The slot that names all of a release still: another run may have moved the idle one. */
function slotOf(release: Release, { functions }: Actual): Slot | undefined {
  const versions = versionsIn(release, [...functions.keys()])
  if (versions === undefined) return undefined
  const named = (name: string, slot: Slot): string | undefined => functions.get(name)?.state?.slots[slot].version?.Version
  return slots.find((slot) => [...versions].every(([name, version]) => named(name, slot) === version))
}

function recordBack(record: ReleaseRecord, former: Release, number: number): ReleaseRecord {
  const { isHeld: _isHeld, ...again } = former
  return [{ ...again, number, wentLiveAt: Math.ceil(Date.now() / 1000) }, ...heldAfter(record, former)]
}
