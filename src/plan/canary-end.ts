import { takeBack } from '../release/canary-end.ts'
import { step, type Step } from '../resources/step.ts'
import type { OwnCanary } from '../service/canary.ts'
import type { ReleaseRecord } from '../service/release-record.ts'
import type { ServiceId } from '../service/service.ts'

/** Takes a canary back: one UpdateStage, after which all requests get what is live, and its release is held. */
export function planTakeBack({ stage }: ServiceId, canary: OwnCanary, record: ReleaseRecord): Step {
  return step({
    id: 'canary', kind: 'canary', name: stage, action: 'delete', phase: 'go live',
    reason: `release ${canary.release.number} is taken back, and all requests get release ${record[0]?.number}`,
    apply: (context) => takeBack(context, canary, record),
  })
}
