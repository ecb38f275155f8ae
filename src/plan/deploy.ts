import type { Actual } from '../actual/actual.ts'
import { definitionDiffers, type ReleaseGoal } from '../release/differs.ts'
import { planGoLive } from '../release/go-live.ts'
import { handoverTo, type Handover, type NextRelease } from '../release/next.ts'
import { planPrune } from '../release/prune.ts'
import { idleSlotGuard } from '../release/settle.ts'
import { planSmoke } from '../release/smoke/plan.ts'
import type { SmokeReport } from '../release/smoke/report.ts'
import { planAccountRole } from '../resources/api/account-role.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { planLostApis } from '../resources/api/lost-api.ts'
import type { ServedMethods } from '../resources/api/definition/served-methods.ts'
import type { FunctionCode } from '../resources/code.ts'
import type { FormerFunction } from '../resources/lambda/former-function.ts'
import type { Callers } from '../resources/lambda/join.ts'
import { planLogGroup } from '../resources/logs/log-group.ts'
import { known, type Guard, type Step, type Task } from '../resources/step.ts'
import { accessLogGroup, hasLogGroup } from '../service/access-log.ts'
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
}

/** The changes that lead from what is served to what is wanted, without a write: values in, values out. */
export function planDeploy(
  { service, digest, code }: DeployGoal, { actual, copy, servedMethods, former, callers = new Map() }: Situation,
): DeployPlan {
  const codeOf = (name: string): FunctionCode => known(code.get(name), `the code of ${name}`)
  const claim = claimGuard(actual, () => api.create)
  const functions = planFunctions(service, actual, { codeOf, callers, claim })
  const next = releaseFrom({ service, digest }, actual, functions)
  const handover = handoverTo(next, service, actual)
  const idle = handover.moves ? [idleSlotGuard(actual)] : []
  const doubtful = doubtfulCreates(actual, functions)
  const api = planApi(service, { actual, next, copy, servedMethods, doubtful, claim, after: idle })
  const slots = (claims: readonly Guard[], last: readonly Task[]): Step[] =>
    planSlots(functions, { service, actual, moves: handover.moves, claims, api: api.create }, last)
  const isContested = functions.some(({ publish }) => publish !== undefined) || slots([], []).some(({ kind }) => kind === 'alias')
  const claims = api.deployment !== undefined || isContested ? [claim] : []
  const look = handover.moves && api.deployment === undefined ? [stageGuard(actual, functions, [...idle, ...claims])] : []
  const last = api.deployment === undefined ? look : [api.deployment]
  const prune = planPrune({ service, actual, next, handover, former })
  const rested = handover.moves ? restedGuards(actual, functions) : []
  // What is taken over goes live as it was found, which is not for this run to judge.
  const smoke = planSmoke({ service: callers.size === 0 ? service : untested(service), actual, next, handover })
  const steps = [
    ...accountRole(service, actual),
    ...functions.flatMap((each) => each.steps),
    ...slots(claims, last),
    ...api.steps,
    ...ownAccessLogGroup(service, actual, api.create),
    planGoLive({ next, handover, service, actual }),
    ...prune.steps,
    ...planLostApis(actual.lostApis ?? []),
  ]
  const guards = [...claims, ...idle, ...look, ...rested, ...smoke.guards, ...prune.guards]
  return { steps, guards, next, handover, smoke: smoke.report }
}

function untested(service: Service): Service {
  return { ...service, release: { ...service.release, smokeTests: [] } }
}

/** The release that the config asks for. */
function releaseFrom({ service, digest }: ReleaseGoal, actual: Actual, functions: readonly FunctionPlan[]): NextRelease {
  return {
    deploymentId: definitionDiffers({ digest }, actual) ? undefined : actual.stage?.deploymentId,
    digest,
    versions: new Map(functions.map(({ spec, version }) => [spec.name, version])),
    commit: service.commit?.slice(0, 7) ?? '',
  }
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

function ownAccessLogGroup(service: Service, { api, accessLogGroup: state }: Actual, needs: readonly Step[]): Step[] {
  if (!hasLogGroup(service.accessLog)) return []
  return planLogGroup({
    id: 'access-log-group',
    name: accessLogGroup(service, api?.id ?? '<api-id>'),
    nameAtLast: ({ ids }) => accessLogGroup(service, ids.apiId ?? ''),
    retentionDays: service.accessLog.retentionDays,
    state, needs,
  })
}
