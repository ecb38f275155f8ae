import type { Actual } from '../actual/actual.ts'
import { disuseGuard } from '../release/settle.ts'
import { isJoinedStage } from '../resources/api/joined-stage.ts'
import { planStageDelete } from '../resources/api/stage.ts'
import { planStageReturn, planStageUntag } from '../resources/api/stage-give-back.ts'
import type { Guard, Step } from '../resources/step.ts'
import type { ServiceId } from '../service/service.ts'

/** How a stage ends: it goes, or, where others had made it, it is given back. */
export interface StageEnd {
  /** Before everything else: no caller reaches us afterwards. */
  readonly first: readonly Step[]
  /** What the rest waits for: some callers of a stage that stays still reach what it served. */
  readonly rest: Guard | undefined
  /** What comes last, once the rest is done. */
  readonly last: (rest: readonly Step[]) => readonly Step[]
}

/** Plans how the stage ends. */
export function planStageEnd(service: ServiceId, { api, stage, deployments }: Actual): StageEnd {
  if (api?.id === undefined || stage === undefined) return { first: [], rest: undefined, last: () => [] }
  if (!isJoinedStage(stage)) return { first: [planStageDelete(api.id, service.stage)], rest: undefined, last: () => [] }
  const first = planStageReturn(service, stage, deployments)
  // A run that was stopped behind this step may have done it a moment ago.
  const since = first.length > 0 ? undefined : (stage.lastUpdatedDate?.getTime() ?? 0) / 1000
  return { first, rest: disuseGuard('unused', since), last: (rest) => [planStageUntag(service, rest)] }
}
