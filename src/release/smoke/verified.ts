import type { Actual } from '../../actual/actual.ts'
import { putRecord, readStage } from '../../resources/api/stage.ts'
import { known, step, type ApplyContext, type Guard, type Step } from '../../resources/step.ts'
import { formatRecord, parseRecord, type Release, type ReleaseRecord } from '../../service/release-record.ts'
import type { Service } from '../../service/service.ts'
import type { Handover } from '../next.ts'

/** The newest release that a failing one can give way to: one whose smoke tests have passed, or that had none, and that nobody left. */
export function lastVerified(record: ReleaseRecord): Release | undefined {
  return record.find(({ isUnverified, isHeld }) => isUnverified !== true && isHeld !== true)
}

/**
 * Whether a release goes live marked, so that the next run asks its smoke tests where this one is killed before it has. Not where there is
 * nothing that it could be taken back to: a first release, or one that takes the place of what the record does not know.
 */
export function goesLiveUnverified({ service, actual, handover }: { service: Service; actual: Actual; handover: Handover }): boolean {
  const isKnown = actual.stage !== undefined && actual.served.digest !== undefined
  return handover.isNew && service.release.smokeTests.length > 0 && isKnown && lastVerified(handover.kept) !== undefined
}

/** Whether the live release is one whose smoke tests a run that was killed has not asked to the end. */
export function isLiveUnverified({ served: { record, digest } }: Pick<Actual, 'served'>): boolean {
  return digest !== undefined && record[0]?.isUnverified === true
}

/** Takes the mark away once the smoke tests have passed. */
export function planVerified(service: Service, { number }: Pick<Handover, 'number'>, verify: Guard): Step {
  return step({
    id: 'stage/verified', kind: 'stage', name: service.stage, action: 'update', phase: 'verify', needs: [verify],
    reason: `release ${number} counts as verified once its smoke tests have passed`,
    apply: (context) => clearMark(context, service, number),
  })
}

/** API Gateway has no write that compares, and a record over another run's would name what is not served: so it is looked at before. */
async function clearMark(context: ApplyContext, service: Service, number: number): Promise<void> {
  const now = await readStage(context.aws, known(context.ids.apiId, 'the API'), service.stage)
  const [live, ...before] = parseRecord(service.name, now.variables)
  if (live?.number !== number || live.deploymentId !== now.deploymentId || live.isUnverified !== true) return
  const { isUnverified: _isUnverified, ...verified } = live
  await putRecord(context, now, formatRecord(service.name, [verified, ...before]))
}
