import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Actual } from '../actual/actual.ts'
import { roleArnOf, type FunctionActual } from '../actual/function.ts'
import type { FunctionCode } from '../resources/code.ts'
import { planExecutionRole } from '../resources/iam/execution-role.ts'
import { isFresh } from '../resources/iam/given-role.ts'
import { isDeadEnd, planFailedDelete } from '../resources/lambda/failed-function.ts'
import { planNewVersion } from '../resources/lambda/function.ts'
import { codeDiffers, isAtGoal, type VersionGoal } from '../resources/lambda/goal.ts'
import { rememberedRetention } from '../resources/lambda/memory.ts'
import { planReservedConcurrency } from '../resources/lambda/reserved-concurrency.ts'
import { planTags } from '../resources/lambda/tags.ts'
import { planLogGroup } from '../resources/logs/log-group.ts'
import { keep, type Step } from '../resources/step.ts'
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
  /** What it writes first, and to what end, where it gets a new version. */
  readonly first: FirstFunction | undefined
  /** These two and all others that come before the slots. */
  readonly steps: readonly Step[]
}

/** The function that a run writes before all others, so that of two runs at once one goes on. */
interface FirstFunction {
  readonly goal: VersionGoal
  readonly write: Step
}

interface FunctionInput {
  readonly spec: FunctionSpec
  readonly code: FunctionCode
  /** Undefined for the first one itself. */
  readonly first: FirstFunction | undefined
}

/** All functions, in the config's order. They are written in the order of their names, which is the same for every run. */
export function planFunctions(service: Service, actual: Actual, codeOf: (name: string) => FunctionCode): FunctionPlan[] {
  const plans = new Map<string, FunctionPlan>()
  let first: FirstFunction | undefined
  for (const spec of [...service.functions].sort(({ name: a }, { name: b }) => (a < b ? -1 : 1))) {
    const plan = planFunction(service, actual, { spec, code: codeOf(spec.name), first })
    first ??= plan.first
    plans.set(spec.name, plan)
  }
  return service.functions.flatMap(({ name }) => plans.get(name) ?? [])
}

/** Decides which version serves: the live one if it is what the config asks for, else another one that is, else a new one. */
function planFunction(service: Service, actual: Actual, { spec, code, first }: FunctionInput): FunctionPlan {
  const { account, served } = actual
  const own = actual.functions.get(spec.name)
  const failed = own?.state !== undefined && isDeadEnd(own.state) ? [planFailedDelete(own.state)] : []
  const state = failed.length > 0 ? undefined : own?.state
  const roleArn = roleArnOf(spec, own)
  const existing = fittingVersion({ spec, code, roleArn }, served.versions.get(spec.name), state?.versions ?? [])
  const role = planExecutionRole(service, spec, { state: own?.role, account })
  const goal = { service, spec, code, roleArn, account, state, isRoleFresh: isFresh(own?.givenRole), first: first?.goal }
  const before = [...role, ...failed, ...(first === undefined ? [] : [first.write])]
  const { create, publish, write, steps } = existing === undefined ? planNewVersion(goal, before) : keptVersion(spec, existing)
  const logGroup = ownLogGroup(spec, own, role)
  // Tags and reserved concurrency are written after the version: they may change the RevisionId by which code and version are guarded.
  // They come after the log group, too, because a tag tells the next run of a retention that this one has yet to take away.
  const needs = [...(publish === undefined ? [] : [publish]), ...logGroup]
  const tags = state === undefined ? [] : planTags(service, spec, { state, needs })
  const concurrency = planReservedConcurrency(spec, { state, needs })
  const all = [...role, ...failed, ...steps, ...tags, ...concurrency, ...logGroup]
  return { spec, code, version: existing?.Version, create, publish, first: write === undefined ? undefined : { goal, write }, steps: all }
}

function fittingVersion(
  goal: VersionGoal, live: FunctionConfiguration | undefined, versions: readonly FunctionConfiguration[],
): FunctionConfiguration | undefined {
  return live !== undefined && isAtGoal(goal, live) ? live : versions.findLast((version) => isAtGoal(goal, version))
}

type VersionSteps = Pick<FunctionPlan, 'create' | 'publish' | 'steps'> & { readonly write: undefined }

function keptVersion({ name }: FunctionSpec, { Version }: FunctionConfiguration): VersionSteps {
  const reason = `version ${Version} has this code and these settings`
  const steps = [keep({ id: `function/${name}`, kind: 'function', name, reason })]
  return { create: undefined, publish: undefined, write: undefined, steps }
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
  return !state.versions.some((version) => isAtGoal(goal, version)) && codeDiffers(goal.spec, goal.code, state.latest)
}
