import type { Stage } from '@aws-sdk/client-api-gateway'
import type { Actual } from '../../actual/actual.ts'
import { putStageBack, readStage } from '../../resources/api/stage.ts'
import { OtherRunWon } from '../../resources/other-run.ts'
import { known, type ApplyContext } from '../../resources/step.ts'
import { aliasVariable, slotAlias } from '../../service/names.ts'
import { formatRecord, parseRecord, type Release, type ReleaseRecord } from '../../service/release-record.ts'
import type { ServiceId } from '../../service/service.ts'
import { heldAfter } from '../held.ts'
import type { SmokeInput } from './input.ts'

/** What has become of a release that failed on the live stage. */
export interface BackTaking {
  readonly isBack: boolean
  /** For a message: what the stage serves now, and what to do. */
  readonly words: string
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
  const { variables, number } = variablesBack(service, actual, now)
  await putStageBack(context, { now, before, variables })
  ids.wentLiveAt = Date.now()
  const served = actual.served.record[0]?.number
  const what = number === undefined ? 'what it served before' : `release ${served} again, as release ${number}`
  progress.info(`Took release ${handover.number} back: stage ${service.stage} serves ${what}.`)
  const fix = `It has been taken back: the stage serves ${what}. Fix the code, or the test, and deploy again.`
  const held = `Release ${handover.number} is held: the same is refused until it changes or \`force: true\` is given.`
  return { isBack: true, words: number === undefined ? fix : `${fix} ${held}` }
}

/** The stage's variables for the release before; as they were where it is not known which one that was. */
function variablesBack(
  service: ServiceId, { served, stage }: Actual, now: Stage,
): { readonly variables: Readonly<Record<string, string>>; readonly number?: number } {
  const record = parseRecord(service.name, now.variables)
  const [left] = record
  const former = served.digest === undefined ? undefined : served.record[0]
  if (left === undefined || former === undefined) return { variables: stage?.variables ?? {} }
  const number = left.number + 1
  const slot = { [aliasVariable(service.name)]: slotAlias(service.stage, served.liveSlot) }
  return { number, variables: { ...slot, ...formatRecord(service.name, recordBack(record, former, number)) } }
}

function recordBack(record: ReleaseRecord, former: Release, number: number): ReleaseRecord {
  const { isHeld: _isHeld, ...again } = former
  return [{ ...again, number, wentLiveAt: Math.ceil(Date.now() / 1000) }, ...heldAfter(record, former)]
}
