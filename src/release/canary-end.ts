import { endCanary } from '../resources/api/canary.ts'
import { readStage } from '../resources/api/stage.ts'
import { OtherRunWon } from '../resources/other-run.ts'
import { known, type ApplyContext } from '../resources/step.ts'
import { canaryOf, isSameCanary, type OwnCanary } from '../service/canary.ts'
import { formatRecord, isSameContent, type Release, type ReleaseRecord } from '../service/release-record.ts'

/**
 * Makes sure that a canary is the one that this run knows.
 * @throws OtherRunWon where it is gone, or is another one
 */
export async function refuseOtherCanary({ aws, ids, service }: ApplyContext, canary: OwnCanary): Promise<void> {
  const stage = await readStage(aws, known(ids.apiId, 'the API'), service.stage)
  if (isSameCanary(canaryOf(service, stage), canary)) return
  const { number } = canary.release
  const why = `Release ${number} is no longer the canary of stage ${service.stage}: it was ended, or another took its place.`
  throw new OtherRunWon(service, why)
}

/** Takes a canary off that was there when the run began; its release is free to come again. */
export async function endStandingCanary(context: ApplyContext, canary: OwnCanary): Promise<void> {
  await refuseOtherCanary(context, canary)
  await endCanary(context)
  context.ids.canaryEndedAt = Date.now()
}

/** Takes a canary back: all requests get what is live, and its release is held, so that the next run does not bring it again. */
export async function takeBack(context: ApplyContext, canary: OwnCanary, record: ReleaseRecord): Promise<void> {
  await refuseOtherCanary(context, canary)
  await endCanary(context, formatRecord(context.service.name, withHeld(record, canary.release)))
  context.ids.canaryEndedAt = Date.now()
}

/** The record of a stage on which a release was tried and taken back. */
export function withHeld([live, ...before]: ReleaseRecord, release: Release): ReleaseRecord {
  if (live === undefined) return []
  return [live, { ...release, isHeld: true }, ...before.filter((each) => !isSameContent(each, release))]
}
