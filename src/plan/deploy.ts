import type { Actual } from '../actual/actual.ts'
import { courseOf, isHeld, type Course } from '../release/canary.ts'
import { definitionDiffers, type ReleaseGoal } from '../release/differs.ts'
import { handoverTo, type Handover, type NextRelease } from '../release/next.ts'
import { planPrune } from '../release/prune.ts'
import { idleSlotGuard } from '../release/settle.ts'
import { planSmoke } from '../release/smoke/plan.ts'
import { goesLiveUnverified } from '../release/smoke/verified.ts'
import type { SmokeReport } from '../release/smoke/report.ts'
import { planLive, planTakingBack } from '../release/trial.ts'
import { planAccountRole } from '../resources/api/account-role.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { planLostApis } from '../resources/api/lost-api.ts'
import type { ServedMethods } from '../resources/api/definition/served-methods.ts'
import type { FunctionCode } from '../resources/code.ts'
import type { FormerFunction } from '../resources/lambda/former-function.ts'
import type { Callers } from '../resources/lambda/join.ts'
import { planLogGroup, type LogGroupGoal } from '../resources/logs/log-group.ts'
import { known, type Guard, type Step, type Task } from '../resources/step.ts'
import { accessLogGroup, canaryGroup, hasLogGroup } from '../service/access-log.ts'
import { groupOfArn } from '../service/arns.ts'
import type { Service } from '../service/service.ts'
import { planApi } from './api.ts'
import { planFunctions, type FunctionPlan } from './function.ts'
import { claimGuard, restedGuards, stageGuard } from './guards.ts'
import { planSlots } from './slots.ts'

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
export function planDeploy(
  { service, digest, code }: DeployGoal, { actual, copy, servedMethods, former, callers = new Map() }: Situation,
): DeployPlan {
  const codeOf = (name: string): FunctionCode => known(code.get(name), `the code of ${name}`)
  const claim = claimGuard(actual, () => api.create)
  const functions = planFunctions(service, actual, { codeOf, callers, claim })
  const next = releaseFrom({ service, digest }, actual, functions)
  // What is taken over goes live as it was found, which is not for this run to judge.
  const judged = callers.size === 0 ? service : untested(service)
  const plain = handoverTo(next, service, actual)
  const handover = goesLiveUnverified({ service: judged, actual, handover: plain }) ? { ...plain, isUnverified: true as const } : plain
  const course = courseOf(next, { handover, service: judged, actual })
  const back = planTakingBack(course, service)
  // What the looks expect to find: a canary that is in the way is off by then.
  const standing = back.length === 0 ? actual : withoutCanary(actual)
  const idle = [...back, ...(handover.moves && course.standing === undefined ? [idleSlotGuard(actual, back)] : [])]
  const doubtful = doubtfulCreates(actual, functions)
  const api = planApi(service, { actual: standing, next, copy, servedMethods, doubtful, claim, after: idle })
  const slots = (claims: readonly Guard[], last: readonly Task[]): Step[] =>
    planSlots(functions, { service, actual, moves: handover.moves, claims, api: api.create }, last)
  const isContested = functions.some(({ publish }) => publish !== undefined) || slots([], []).some(({ kind }) => kind === 'alias')
  const claims = api.deployment !== undefined || isContested ? [claim] : []
  const look = handover.moves && api.deployment === undefined ? [stageGuard(standing, functions, [...idle, ...claims])] : []
  const last = api.deployment === undefined ? look : [api.deployment]
  const live = planLive({ next, handover, service, actual: standing }, course)
  // What a canary that is held does not replace yet, nothing may take away.
  const prune = isHeld(course) ? { steps: [], guards: [] } : planPrune({ service, actual, next, handover, former })
  const rested = handover.moves ? restedGuards(actual, functions) : []
  const smoke = planSmoke({ service: judged, actual, next, handover })
  const steps = [
    ...back,
    ...accountRole(service, actual),
    ...functions.flatMap((each) => each.steps),
    ...slots(claims, last),
    ...api.steps,
    ...accessLogGroups(service, actual, api.create),
    ...live.steps,
    ...(isHeld(course) ? [] : smoke.steps),
    ...prune.steps,
    ...planLostApis(actual.lostApis ?? []),
  ]
  // Over HTTP most requests would not reach a canary.
  const looks = smoke.guards.filter(({ phase }) => !isHeld(course) || phase !== 'verify')
  const idleGuards = idle.filter((each) => 'check' in each)
  const guards = [...claims, ...idleGuards, ...look, ...rested, ...live.guards, ...looks, ...prune.guards]
  return { steps, guards, next, handover, course, smoke: smoke.report }
}

function untested(service: Service): Service {
  const { canary: _canary, ...release } = service.release
  return { ...service, release: { ...release, smokeTests: [] } }
}

function withoutCanary(actual: Actual): Actual {
  const { stage, served } = actual
  return { ...actual, stage: stage && { ...stage, canarySettings: undefined }, served: { ...served, canary: undefined } }
}

/** The release that the config asks for. */
function releaseFrom({ service, digest }: ReleaseGoal, actual: Actual, functions: readonly FunctionPlan[]): NextRelease {
  return {
    deploymentId: definitionDiffers({ digest }, actual) ? canaryDeployment(digest, actual) : actual.stage?.deploymentId,
    digest,
    versions: new Map(functions.map(({ spec, version }) => [spec.name, version])),
    commit: service.commit?.slice(0, 7) ?? '',
  }
}

/** The deployment of a canary of ours with the wanted definition, which a run that was stopped has left. */
function canaryDeployment(digest: string, { served: { canary }, deployments }: Actual): string | undefined {
  if (canary?.kind !== 'ours' || canary.release.digest !== digest) return undefined
  return deployments.find(({ id }) => id === canary.release.deploymentId)?.id
}

/** The creations that Lambda may refuse, because nobody could look at the role that the config names. */
function doubtfulCreates(actual: Actual, functions: readonly FunctionPlan[]): Step[] {
  const isDoubtful = ({ spec: { name, role } }: FunctionPlan): boolean =>
    role.kind === 'given' && actual.functions.get(name)?.givenRole?.createdAt === undefined
  return functions.filter(isDoubtful).flatMap(({ create }) => create ?? [])
}

/** API Gateway's own role for writing logs, needed once the access log is switched on. */
function accountRole({ accessLog }: Service, { account, stage, accountRole: actual }: Actual): Step[] {
  const isSwitchedOn = hasLogGroup(accessLog) && groupOfArn(stage?.accessLogSettings?.destinationArn) === undefined
  return isSwitchedOn ? planAccountRole(accessLog.cloudwatchRole, actual, account.region) : []
}

/** The access log's group, and that of a canary's lines. */
function accessLogGroups(service: Service, actual: Actual, needs: readonly Step[]): Step[] {
  if (!hasLogGroup(service.accessLog)) return []
  const nameIn = (apiId: string): string => accessLogGroup(service, apiId)
  const { accessLogGroup: state, canaryLogGroup } = actual
  const own = ownGroup({ id: 'access-log-group', nameIn, state })
  if (service.release.canary === undefined) return own
  return [...own, ...ownGroup({ id: 'canary-log-group', nameIn: (apiId) => canaryGroup(nameIn(apiId)), state: canaryLogGroup })]

  function ownGroup(group: Pick<LogGroupGoal, 'id' | 'state'> & { readonly nameIn: (apiId: string) => string }): Step[] {
    return planLogGroup({
      id: group.id,
      name: group.nameIn(actual.api?.id ?? '<api-id>'),
      nameAtLast: ({ ids }) => group.nameIn(ids.apiId ?? ''),
      retentionDays: service.accessLog.retentionDays,
      state: group.state, needs,
    })
  }
}
