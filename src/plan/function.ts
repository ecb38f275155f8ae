import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Actual } from '../actual/actual.ts'
import { roleArnOf, type FunctionActual } from '../actual/function.ts'
import type { FunctionCode } from '../resources/code.ts'
import { planExecutionRole } from '../resources/iam/execution-role.ts'
import { isFresh } from '../resources/iam/given-role.ts'
import { isDeadEnd, planFailedDelete } from '../resources/lambda/failed-function.ts'
import { planNewVersion } from '../resources/lambda/function.ts'
import { codeDiffers, isAtGoal, type VersionGoal } from '../resources/lambda/goal.ts'
import { foundCode, planJoin, planJoined, type Callers } from '../resources/lambda/join.ts'
import { foundVersion, isWhollyOurs } from '../resources/lambda/joined.ts'
import { rememberedRetention } from '../resources/lambda/memory.ts'
import { planReservedConcurrency } from '../resources/lambda/reserved-concurrency.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { planRemember, planTags } from '../resources/lambda/tags.ts'
import { planLogGroup } from '../resources/logs/log-group.ts'
import { keep, type Step, type Task } from '../resources/step.ts'
import { functionLogGroup } from '../service/names.ts'
import type { FunctionSpec, Service } from '../service/service.ts'

/** What is decided about one function, apart from its slots. */
export interface FunctionPlan {
  readonly spec: FunctionSpec
  readonly code: FunctionCode
  /** The version that is to serve, where it exists already. */
  readonly version: string | undefined
  /** Makes the function, where it does not exist yet. */
  readonly create: Step | undefined
  /** Publishes the version, where it does not exist yet. */
  readonly publish: Step | undefined
  /** These two and all others that come before the slots. */
  readonly steps: readonly Step[]
}

interface FunctionInput {
  /** By AWS name. */
  readonly codeOf: (name: string) => FunctionCode
  /** Who calls a function without an alias, by name; of those that are being taken over. */
  readonly callers: ReadonlyMap<string, Callers>
  /** What comes before anything is written that another run may write, too. */
  readonly claim: Task
}

/** All functions, in the config's order. */
export function planFunctions(service: Service, actual: Actual, input: FunctionInput): FunctionPlan[] {
  const { codeOf, callers, claim } = input
  return service.functions.map((spec) => {
    const state = actual.functions.get(spec.name)?.state
    const who = callers.get(spec.name)
    if (state !== undefined && who !== undefined) return joinPlan(spec, state, { callers: who, claim })
    return planFunction(service, actual, { spec, code: codeOf(spec.name), claim })
  })
}

/** Decides which version serves: the live one if it is what the config asks for, else another one that is, else a new one. */
function planFunction(
  service: Service, actual: Actual, { spec, code, claim }: Pick<FunctionPlan, 'spec' | 'code'> & Pick<FunctionInput, 'claim'>,
): FunctionPlan {
  const { account, served } = actual
  const own = actual.functions.get(spec.name)
  const failed = own?.state !== undefined && isWhollyOurs(own.state) && isDeadEnd(own.state) ? [planFailedDelete(own.state)] : []
  const state = failed.length > 0 ? undefined : own?.state
  const roleArn = roleArnOf(spec, own)
  const existing = fittingVersion({ spec, code, roleArn }, served.versions.get(spec.name), state)
  const role = planExecutionRole(service, spec, { state: own?.role, account })
  const goal = { service, spec, code, roleArn, account, state, isRoleFresh: isFresh(own?.givenRole) }
  const remember = state === undefined || existing !== undefined ? [] : planRemember(spec, { state, needs: [claim] })
  const needs = [...role, ...failed, ...remember]
  const { create, publish, steps } = existing === undefined ? planNewVersion(goal, { needs, claim }) : keptVersion(spec, existing)
  const logGroup = ownLogGroup(spec, own, role)
  // Tags and reserved concurrency are written after the version: they may change the RevisionId by which code and version are guarded.
  // They come after the log group, too, because a tag tells the next run of a retention that this one has yet to take away.
  const last = [...(publish === undefined ? [] : [publish]), ...logGroup]
  const tags = state === undefined ? [] : planTags(service, spec, { state, needs: last })
  const concurrency = planReservedConcurrency(spec, { state, needs: last })
  const all = [...role, ...failed, ...remember, ...steps, ...tags, ...concurrency, ...logGroup]
  return { spec, code, version: existing?.Version, create, publish, steps: all }
}

/** Takes the function over, and nothing more: the release that goes live with that serves what was found. The next one has the new code. */
function joinPlan(
  spec: FunctionSpec, state: FunctionState, { callers, claim }: { readonly callers: Callers; readonly claim: Task },
): FunctionPlan {
  const version = foundVersion(state)?.Version
  const join = version === undefined ? planJoin(state, callers, [claim]) : planJoined(state)
  const publish = version === undefined ? join : undefined
  return { spec, code: foundCode(state), version, create: undefined, publish, steps: [join] }
}

function fittingVersion(
  goal: VersionGoal, live: FunctionConfiguration | undefined, state: FunctionState | undefined,
): FunctionConfiguration | undefined {
  const fits = (version: FunctionConfiguration): boolean => isAtGoal(goal, version, state?.latest)
  return live !== undefined && fits(live) ? live : state?.versions.findLast(fits)
}

type VersionSteps = Pick<FunctionPlan, 'create' | 'publish' | 'steps'>

function keptVersion({ name }: FunctionSpec, { Version }: FunctionConfiguration): VersionSteps {
  const reason = `version ${Version} has this code and these settings`
  const steps = [keep({ id: `function/${name}`, kind: 'function', name, reason })]
  return { create: undefined, publish: undefined, steps }
}

/** The function's own log. A retention that has left the config is taken away, if it is still the one that an earlier run has set. */
function ownLogGroup(spec: FunctionSpec, actual: FunctionActual | undefined, role: readonly Step[]): Step[] {
  const entry = { name: functionLogGroup(spec), id: `function/${spec.name}/log-group` }
  const state = actual?.logGroup
  if (spec.logRetentionDays !== undefined) return planLogGroup({ ...entry, retentionDays: spec.logRetentionDays, state, needs: role })
  const remembered = rememberedRetention(actual?.state)
  if (state === undefined || remembered === undefined || state.retentionDays !== remembered) return []
  return planLogGroup({ ...entry, retentionDays: undefined, state: { ...state, ours: true }, needs: [] })
}

/** Whether a plan would have to upload the code: no version has it with these settings, and $LATEST has other code. */
export function uploads(goal: VersionGoal, actual: FunctionActual | undefined): boolean {
  const state = actual?.state
  if (state === undefined) return true
  return !state.versions.some((version) => isAtGoal(goal, version, state.latest)) && codeDiffers(goal.spec, goal.code, state.latest)
}
