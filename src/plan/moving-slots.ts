import type { Actual } from '../actual/actual.ts'
import type { Guard, Step, Task } from '../resources/step.ts'
import type { ServiceId } from '../service/service.ts'
import type { ApiPlan } from './api.ts'
import { stageGuard } from './guards.ts'
import type { Warmth } from './provisioned.ts'
import { planSlots, type SlotUser } from './slots.ts'

interface MovingInput {
  readonly service: ServiceId
  readonly actual: Actual
  /** What stands once a canary that was in the way is off. */
  readonly standing: Actual
  /** Whether the idle slot takes other versions. */
  readonly moves: boolean
  readonly warmth: Warmth
  readonly claim: Guard
  readonly api: Pick<ApiPlan, 'create' | 'deployment'>
  /** What makes the idle slot free. */
  readonly after: readonly Task[]
}

/** The steps of the slots, and what is looked at before them. */
interface MovingSlots {
  readonly steps: readonly Step[]
  readonly claims: readonly Guard[]
  readonly looks: readonly Guard[]
}

/** The slots of a deploy, the claim where runs at once could both write, and the last look at the stage before the idle slot moves. */
export function planMovingSlots(
  functions: readonly SlotUser[], { service, actual, standing, moves, warmth, claim, api, after }: MovingInput,
): MovingSlots {
  const slots = (claims: readonly Guard[], last: readonly Task[]): Step[] =>
    planSlots(functions, { service, actual, moves, claims, api: api.create, warmth }, last)
  const isContested = functions.some(({ publish }) => publish !== undefined) || slots([], []).some(({ kind }) => kind === 'alias')
  const claims = api.deployment !== undefined || isContested ? [claim] : []
  // A deployment brings its own look at the stage.
  if (api.deployment !== undefined) return { steps: slots(claims, [api.deployment]), claims, looks: [] }
  const looks = moves ? [stageGuard(standing, functions, [...after, ...claims])] : []
  return { steps: slots(claims, looks), claims, looks }
}
