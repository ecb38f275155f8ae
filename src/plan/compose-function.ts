import { planAlias } from '../resources/lambda/alias.ts'
import type { WantedCode } from '../resources/lambda/code.ts'
import { codeDiffers, isWanted, planNewVersion } from '../resources/lambda/function.ts'
import { planPermission, planStalePermissions } from '../resources/lambda/permission.ts'
import type { FunctionState } from '../resources/lambda/read.ts'
import { planUnversioned } from '../resources/lambda/tags.ts'
import { planLogGroup } from '../resources/logs/log-group.ts'
import { keep, type Born, type Step } from '../resources/context.ts'
import { planExecutionRole, roleStepId } from '../resources/iam/execution-role.ts'
import { slotAlias, type Slot } from '../service/names.ts'
import type { FunctionSpec, Service } from '../service/service.ts'
import type { Actual } from './actual.ts'
import { liveVersion, servedBy, slotVersion } from './served.ts'

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
  readonly steps: readonly Step[]
}

/** Decides which version serves: the live one where it is what is wanted, another that exists, else a new one. */
export function composeVersion(service: Service, actual: Actual, { spec, code, born, region }: { spec: FunctionSpec; code: WantedCode; born: Born; region: string }): FunctionPlan {
  const state = actual.functions.get(spec.name)
  const roleArn = born.roleArns.get(spec.name)
  const live = liveVersion(service, actual, spec.name)
  const fits = (version: Parameters<typeof isWanted>[1]): boolean => isWanted({ spec, code, roleArn }, version)
  const existing = live !== undefined && fits(live) ? live : state?.versions.findLast(fits)
  const role = planExecutionRole(service, spec, { state: actual.roles.get(spec.name), region, partition: born.partition })
  const versionSteps = existing === undefined
    ? planNewVersion({ service, spec, code, state, roleArn, born, region, needs: role.map((each) => each.id) })
    : [keep({ id: `function/${spec.name}`, kind: 'function', name: spec.name, reason: `version ${existing.Version} has this code and these settings` })]
  return {
    spec, code,
    version: existing?.Version,
    live: live?.Version,
    moves: live !== undefined && (existing?.Version !== live.Version || isWeighted(service, actual, spec.name)),
    steps: [...role, ...versionSteps, ...planUnversioned(service, spec, state), ...logGroupSteps(actual, spec)],
  }
}

/** Weights on the live alias, which only somebody else can have put there, serve a second version; the way out is the other slot. */
function isWeighted(service: Service, actual: Actual, functionName: string): boolean {
  const live = slotAlias(service.stage, servedBy(service, actual).liveSlot)
  const alias = actual.functions.get(functionName)?.aliases.find((each) => each.Name === live)
  return Object.keys(alias?.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0
}

/** The aliases of both slots and their permissions. `moves` says whether the service's live slot changes. */
export function composeSlots(service: Service, actual: Actual, { plan, born, region, moves }: { plan: FunctionPlan; born: Born; region: string; moves: boolean }): Step[] {
  const { spec, code, version } = plan
  const state = actual.functions.get(spec.name)
  const { idleSlot } = servedBy(service, actual)
  const versionStep = version === undefined ? [`function/${spec.name}/version`] : []
  return (['a', 'b'] as const).flatMap((slot) => {
    const alias = slotAlias(service.stage, slot)
    const target = targetOf(slot)
    const aliasSteps = target === 'as it is' ? [] : planAlias({ functionName: spec.name, alias, code, state, version: target.version, needs: versionStep })
    const slotFacts = { functionName: spec.name, alias, stage: service.stage, state, needs: ['api', ...aliasSteps.map((each) => each.id)] }
    return [...aliasSteps, ...planPermission(slotFacts, { born, region }), ...planStalePermissions(slotFacts, { born, region })]
  })

  /** A slot that no traffic reaches takes the wanted version; a live one keeps what it has, unless it has nothing. */
  function targetOf(slot: Slot): { version: string | undefined } | 'as it is' {
    const names = slotVersion(service, actual, { functionName: spec.name, slot })
    if (actual.stage === undefined || names === undefined) return { version }
    return moves && slot === idleSlot ? { version } : 'as it is'
  }
}

function logGroupSteps(actual: Actual, spec: FunctionSpec): Step[] {
  if (spec.logRetentionDays === undefined) return []
  const name = `/aws/lambda/${spec.name}`
  return planLogGroup({ id: `function/${spec.name}/log-group`, name, retentionDays: spec.logRetentionDays, state: actual.functionLogGroups.get(spec.name), needs: [roleStepId(spec)] })
}

/** Whether a plan would have to upload the code: no version that exists has it with these settings, and neither has $LATEST. */
export function uploads({ spec, code, state, roleArn }: { spec: FunctionSpec; code: WantedCode; state: FunctionState | undefined; roleArn: string | undefined }): boolean {
  if (state === undefined) return true
  const fits = state.versions.some((version) => isWanted({ spec, code, roleArn }, version))
  return !fits && codeDiffers(spec, code, state.latest)
}
