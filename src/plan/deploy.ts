import type { Actual } from '../actual/actual.ts'
import { isHeld, type Course } from '../release/canary.ts'
import type { ReleaseGoal } from '../release/differs.ts'
import type { Handover, NextRelease } from '../release/next.ts'
import { planPrune } from '../release/prune.ts'
import { idleSlotGuard } from '../release/settle.ts'
import { planSmoke } from '../release/smoke/plan.ts'
import type { SmokeReport } from '../release/smoke/report.ts'
import { planLive, planTakingBack } from '../release/trial.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { planStageJoin } from '../resources/api/joined-stage.ts'
import { planLostApis } from '../resources/api/lost-api.ts'
import type { ServedMethods } from '../resources/api/definition/served-methods.ts'
import type { FunctionCode } from '../resources/code.ts'
import type { FormerFunction } from '../resources/lambda/former-function.ts'
import type { Callers } from '../resources/lambda/join.ts'
import { known, type Guard, type Step } from '../resources/step.ts'
import type { Service } from '../service/service.ts'
import { planAccessLogGroups, planLogsRole } from './access-logs.ts'
import { planApi } from './api.ts'
import { releaseOfDeploy, type DeployRelease } from './deploy-release.ts'
import { planFunctions, type FunctionPlan } from './function.ts'
import { claimGuard, restedGuards } from './guards.ts'
import { planMovingSlots } from './moving-slots.ts'
import { configuredWarmth, planProvisionedPrune, type Warmth } from './provisioned.ts'

/** What a deploy is to lead to. */
export interface DeployGoal extends ReleaseGoal {
  /** By function name. */
  readonly code: ReadonlyMap<string, FunctionCode>
}

/** What a deploy starts from. */
export interface Situation {
  readonly actual: Actual
  /** The working copy; read only where it matters (`needsWorkingCopy`). */
  readonly copy: WorkingCopy | undefined
  /** What callers of the stage reach now; read only where the definition differs. */
  readonly servedMethods?: ServedMethods | undefined
  /** Looked for only where there may be some (`mayHaveFormer`). */
  readonly former: readonly FormerFunction[]
  /** Who calls the functions that are yet to be taken over, by their names. */
  readonly callers?: ReadonlyMap<string, Callers>
}

/** What a deploy changes, and the release that is live afterwards. */
export interface DeployPlan {
  readonly steps: readonly Step[]
  readonly guards: readonly Guard[]
  readonly next: NextRelease
  readonly handover: Handover
  /** The release's smoke tests, and in the end what they were answered. */
  readonly smoke: SmokeReport
  readonly course: Course
}

/** The changes that lead from what is served to what is wanted, without a write: values in, values out. */
export function planDeploy(goal: DeployGoal, situation: Situation): DeployPlan {
  const { service, code } = goal
  const { actual, copy, servedMethods, callers = new Map() } = situation
  const codeOf = (name: string): FunctionCode => known(code.get(name), `the code of ${name}`)
  const join = planStageJoin(service, actual.stage)
  const claim = claimGuard(actual, () => [...api.create, ...join])
  const functions = planFunctions(service, actual, { codeOf, callers, claim })
  const release = releaseOfDeploy(goal, actual, { functions, isJoining: callers.size > 0 })
  const { next, handover, course } = release
  // What is taken over goes live as it was found.
  const own = service.functions.filter(({ name }) => !callers.has(name))
  const warmth = configuredWarmth({ ...service, functions: own }, actual, handover)
  const back = planTakingBack(course, service)
  // What the looks expect to find: a canary that is in the way is off by then.
  const standing = back.length === 0 ? actual : withoutCanary(actual)
  const idle = handover.moves && course.standing === undefined ? [idleSlotGuard(actual, back)] : []
  const after = [...back, ...idle]
  const doubtful = doubtfulCreates(actual, functions)
  const api = planApi(service, { actual: standing, next, copy, servedMethods, doubtful, claim, after })
  const slots = planMovingSlots(functions, { service, actual, standing, moves: handover.moves, warmth, claim, api, after })
  const end = planEnd(release, { ...situation, service, standing, warmth })
  const steps = [
    ...join,
    ...back,
    ...planLogsRole(service, actual),
    ...functions.flatMap((each) => each.steps),
    ...slots.steps,
    ...api.steps,
    ...planAccessLogGroups(service, actual, api.create),
    ...end.steps,
    ...planLostApis(actual.lostApis ?? []),
  ]
  const rested = handover.moves ? restedGuards(actual, functions) : []
  const guards = [...slots.claims, ...idle, ...slots.looks, ...rested, ...end.guards]
  return { steps, guards, next, handover, course, smoke: end.smoke }
}

interface EndInput extends Pick<Situation, 'actual' | 'former'> {
  readonly service: Service
  /** What stands once a canary that was in the way is off. */
  readonly standing: Actual
  readonly warmth: Warmth
}

/** What comes once all is prepared: the release goes live, its smoke tests judge it, and what it replaces goes. */
function planEnd(
  { next, handover, course, judged }: DeployRelease, { service, actual, standing, former, warmth }: EndInput,
): Pick<DeployPlan, 'steps' | 'guards' | 'smoke'> {
  const live = planLive({ next, handover, service, actual: standing }, course)
  const smoke = planSmoke({ service: judged, actual, next, handover })
  if (isHeld(course)) {
    // Over HTTP most requests would not reach a canary; and what it does not replace yet, nothing may take away.
    const looks = smoke.guards.filter(({ phase }) => phase !== 'verify')
    return { steps: live.steps, guards: [...live.guards, ...looks], smoke: smoke.report }
  }
  const prune = planPrune({ service, actual, next, handover, former })
  const plans = [live, smoke, prune, planProvisionedPrune({ service, actual, warmth, isNew: handover.isNew })]
  return { steps: plans.flatMap(({ steps }) => steps), guards: plans.flatMap(({ guards }) => guards), smoke: smoke.report }
}

function withoutCanary(actual: Actual): Actual {
  const { stage, served } = actual
  return { ...actual, stage: stage && { ...stage, canarySettings: undefined }, served: { ...served, canary: undefined } }
}

/** The creations that Lambda may refuse, because nobody could look at the role that the config names. */
function doubtfulCreates(actual: Actual, functions: readonly FunctionPlan[]): Step[] {
  const isDoubtful = ({ spec: { name, role } }: FunctionPlan): boolean =>
    role.kind === 'given' && actual.functions.get(name)?.givenRole?.createdAt === undefined
  return functions.filter(isDoubtful).flatMap(({ create }) => create ?? [])
}
