import type { Actual } from '../actual/actual.ts'
import { planAlias } from '../resources/lambda/alias.ts'
import { planPermission, planPermissionPrune } from '../resources/lambda/permission.ts'
import type { Step, Task } from '../resources/step.ts'
import { slotAlias, slots, type Slot } from '../service/names.ts'
import type { FunctionSpec, ServiceId } from '../service/service.ts'
import type { FunctionPlan } from './function.ts'
import { planCooling, planWarming, type Warmth } from './provisioned.ts'

/** What the slots of a function need to know of it. */
export interface SlotUser extends Pick<FunctionPlan, 'code' | 'version' | 'publish'> {
  readonly spec: Pick<FunctionSpec, 'name'>
}

interface SlotInput {
  readonly service: ServiceId
  readonly actual: Actual
  /** Whether the idle slot takes other versions. */
  readonly moves: boolean
  /** The claim of the run, where it makes one. */
  readonly claims: readonly Task[]
  /** What makes or finds the API; a permission names it. */
  readonly api: readonly Step[]
  readonly warmth: Warmth
}

/**
 * The aliases of both slots of every function, and their permissions. The idle slot's aliases move as late as possible, when all versions
 * are there, and one function after another in the order of their names: of two runs at once the one that gives way does so at the first.
 * @param last what makes sure that the stage is still as it was read
 */
export function planSlots(functions: readonly SlotUser[], input: SlotInput, last: readonly Task[]): Step[] {
  const moved: Step[] = []
  const published = functions.flatMap(({ publish }) => publish ?? [])
  return [...functions].sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1)).flatMap((plan) => {
    const plans = slots.map((slot) => planSlot(slot, plan, { ...input, order: [...published, ...last, ...moved] }))
    moved.push(...plans.flatMap(({ alias }, index) => (slots[index] === input.actual.served.idleSlot ? alias.slice(-1) : [])))
    return plans.flatMap(({ alias, permissions, warming }) => [...alias, ...permissions, ...warming])
  })
}

interface SlotPlan {
  /** The alias, after what must go before it moves. */
  readonly alias: readonly Step[]
  readonly permissions: readonly Step[]
  readonly warming: readonly Step[]
}

function planSlot(slot: Slot, plan: SlotUser, input: SlotInput & { readonly order: readonly Task[] }): SlotPlan {
  const { service, actual, moves, claims, api, order, warmth } = input
  const { spec: { name: functionName }, code, publish } = plan
  const names = { functionName, alias: slotAlias(service.stage, slot) }
  const state = actual.functions.get(functionName)?.state?.slots[slot]
  const isMoving = moves && slot === actual.served.idleSlot
  // A slot takes the version where there is no stage yet, where it has none, or where it is the idle one and versions change.
  const takesVersion = actual.served.isFirst || state?.version === undefined || isMoving
  const needs = [...claims, ...(publish === undefined ? [] : [publish]), ...(isMoving ? order : [])]
  const goal = { ...names, code, version: plan.version, actual: state?.alias }
  const moved = takesVersion ? planAlias(goal, needs) : []
  const cooling = moved.length === 0 ? [] : planCooling({ service, actual, functionName }, slot).map((each) => ({ ...each, needs }))
  const alias = [...cooling, ...moved.map((each) => ({ ...each, needs: [...each.needs, ...cooling] }))]
  const warming = slot === warmth.slot ? planWarming({ service, actual, warmth, functionName }, alias) : []
  // What was not looked at serves now.
  if (state !== undefined && state.statements === undefined) return { alias, permissions: [], warming }
  const permission = { ...names, stage: service.stage, account: actual.account, apiId: actual.api?.id, statements: state?.statements ?? [] }
  return { alias, permissions: [...planPermission(permission, [...api, ...alias]), ...planPermissionPrune(permission)], warming }
}
