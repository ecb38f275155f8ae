import { planAlias } from '../resources/lambda/alias.ts'
import type { WantedCode } from '../resources/code.ts'
import { codeDiffers, isWanted, planNewVersion } from '../resources/lambda/function.ts'
import { planPermission, planStalePermissions } from '../resources/lambda/permission.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { planUnversioned, rememberedRetention } from '../resources/lambda/tags.ts'
import { planLogGroup } from '../resources/logs/log-group.ts'
import type { Account } from '../service/arns.ts'
import { keep, type Step, type Task } from '../resources/step.ts'
import { planExecutionRole } from '../resources/iam/execution-role.ts'
import { isFresh } from '../resources/iam/given-role.ts'
import { functionLogGroup, slotAlias, type Slot } from '../service/names.ts'
import type { FunctionSpec, Service } from '../service/service.ts'
import type { Actual } from '../actual/actual.ts'
import { liveVersion, servedBy, slotVersion } from '../actual/served.ts'

/** What is decided about one function before its slots are. */
export interface FunctionPlan {
  readonly spec: FunctionSpec
  readonly code: WantedCode
  /** The version that is to serve, where it exists already. */
  readonly version: string | undefined
  /** The version that serves now. */
  readonly live: string | undefined
  /** Whether what this stage serves of the function must change. */
  readonly moves: boolean
  /** Makes the function, where it does not exist yet. */
  readonly create: Step | undefined
  /** Publishes the version, where it does not exist yet. */
  readonly publish: Step | undefined
  /** These two and all others that come before the slots. */
  readonly steps: readonly Step[]
}

/** Decides which version serves: the live one where it is what is wanted, another that exists, else a new one. */
export function composeVersion(service: Service, actual: Actual, { spec, code, roleArn }: { spec: FunctionSpec; code: WantedCode; roleArn: string | undefined }): FunctionPlan {
  const state = actual.functions.get(spec.name)
  const { account } = actual
  const isRoleFresh = spec.role.kind === 'given' && isFresh(actual.givenRoles.get(spec.role.arn))
  const live = liveVersion(service, actual, spec.name)
  const fits = (version: Parameters<typeof isWanted>[1]): boolean => isWanted({ spec, code, roleArn }, version)
  const existing = live !== undefined && fits(live) ? live : state?.versions.findLast(fits)
  const role = planExecutionRole(service, spec, { state: actual.roles.get(spec.name), account })
  const versionPlan = existing === undefined
    ? planNewVersion({ service, spec, code, state, roleArn, isRoleFresh, account, needs: role })
    : { create: undefined, publish: undefined, steps: [keep({ id: `function/${spec.name}`, kind: 'function', name: spec.name, reason: `version ${existing.Version} has this code and these settings` })] }
  const logGroup = logGroupSteps(actual, spec, role)
  // What is remembered is forgotten last, so that a run that is stopped before leaves it to the next one.
  const unversioned = planUnversioned(service, spec, { state, needs: [...(versionPlan.publish === undefined ? [] : [versionPlan.publish]), ...logGroup] })
  return {
    spec, code,
    version: existing?.Version,
    live: live?.Version,
    moves: live !== undefined && (existing?.Version !== live.Version || isWeighted(service, actual, spec.name)),
    create: versionPlan.create,
    publish: versionPlan.publish,
    steps: [...role, ...versionPlan.steps, ...unversioned, ...logGroup],
  }
}

/** Weights on the live alias, which only somebody else can have put there, serve a second version; the way out is the other slot. */
function isWeighted(service: Service, actual: Actual, functionName: string): boolean {
  const live = slotAlias(service.stage, servedBy(service, actual).liveSlot)
  const alias = actual.functions.get(functionName)?.aliases.find((each) => each.Name === live)
  return Object.keys(alias?.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0
}

interface SlotFacts {
  readonly functions: readonly FunctionPlan[]
  readonly account: Account
  readonly apiId: string | undefined
  /** Whether the service's live slot changes. */
  readonly moves: boolean
  /** What makes or finds the API; a permission names it. */
  readonly api: readonly Step[]
  /** What looks whether the stage is still as it was read. */
  readonly after: readonly Task[]
}

/**
 * The aliases of both slots of every function, and their permissions. The idle slot moves as late as possible and function by function,
 * so that of two runs at once the one that moves the first alias (RevisionId) takes them all.
 */
export function composeSlots(service: Service, actual: Actual, { functions, after, ...facts }: SlotFacts): Step[] {
  const moved: Step[] = []
  return functions.flatMap((plan) => {
    const { steps, idle } = slotsOf(service, actual, { ...facts, plan, order: [...after, ...moved] })
    moved.push(...idle)
    return steps
  })
}

interface SlotSteps {
  readonly steps: readonly Step[]
  /** That of the idle slot's alias among them. */
  readonly idle: readonly Step[]
}

function slotsOf(service: Service, actual: Actual, { plan, account, apiId, api, moves, order }: Omit<SlotFacts, 'functions' | 'after'> & { plan: FunctionPlan; order: readonly Task[] }): SlotSteps {
  const { spec, code, version, publish } = plan
  const state = actual.functions.get(spec.name)
  const { idleSlot } = servedBy(service, actual)
  const idle: Step[] = []
  const steps = (['a', 'b'] as const).flatMap((slot) => {
    const alias = slotAlias(service.stage, slot)
    const target = targetOf(slot)
    const needs = [...(publish === undefined ? [] : [publish]), ...(moves && slot === idleSlot ? order : [])]
    const aliasSteps = target === 'as it is' ? [] : planAlias({ functionName: spec.name, alias, code, state, version: target.version, needs })
    if (slot === idleSlot) idle.push(...aliasSteps)
    const slotFacts = { functionName: spec.name, alias, stage: service.stage, state, needs: [...api, ...aliasSteps] }
    return [...aliasSteps, ...planPermission(slotFacts, { account, apiId }), ...planStalePermissions(slotFacts, { account, apiId })]
  })
  return { steps, idle }

  /** A slot that no traffic reaches takes the wanted version; a live one keeps what it has, unless it has nothing. */
  function targetOf(slot: Slot): { version: string | undefined } | 'as it is' {
    const names = slotVersion(service, actual, { functionName: spec.name, slot })
    if (actual.stage === undefined || names === undefined) return { version }
    return moves && slot === idleSlot ? { version } : 'as it is'
  }
}

/** The function's own log. A retention that has left the config is taken away, if it is still the one that an earlier run has set. */
function logGroupSteps(actual: Actual, spec: FunctionSpec, role: readonly Step[]): Step[] {
  const name = functionLogGroup(spec)
  const id = `function/${spec.name}/log-group`
  const group = actual.functionLogGroups.get(spec.name)
  if (spec.logRetentionDays !== undefined) return planLogGroup({ id, name, retentionDays: spec.logRetentionDays, state: group, needs: role })
  const state = actual.functions.get(spec.name)
  const remembered = state === undefined ? undefined : rememberedRetention(state)
  if (group === undefined || remembered === undefined || group.retentionDays !== remembered) return []
  return planLogGroup({ id, name, retentionDays: undefined, state: { ...group, ours: true }, needs: [] })
}

/** Whether a plan would have to upload the code: no version that exists has it with these settings, and neither has $LATEST. */
export function uploads({ spec, code, state, roleArn }: { spec: FunctionSpec; code: WantedCode; state: FunctionState | undefined; roleArn: string | undefined }): boolean {
  if (state === undefined) return true
  const fits = state.versions.some((version) => isWanted({ spec, code, roleArn }, version))
  return !fits && codeDiffers(spec, code, state.latest)
}
