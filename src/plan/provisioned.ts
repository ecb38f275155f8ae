import type { Actual } from '../actual/actual.ts'
import type { Handover } from '../release/next.ts'
import type { PrunePlan } from '../release/prune.ts'
import { after, disuseGuard } from '../release/settle.ts'
import { rememberedProvisioned, type Provisioned } from '../resources/lambda/provisioned.ts'
import { planProvisioned, planProvisionedDelete, planProvisionedForget } from '../resources/lambda/provisioned-steps.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { keep, type Step, type Task } from '../resources/step.ts'
import { slotAlias, slots, type Slot } from '../service/names.ts'
import type { FunctionSpec, ServiceId } from '../service/service.ts'

/** What the slot that is live afterwards has initialized ahead of requests. */
export interface Warmth {
  readonly slot: Slot
  /** By function name, where the config asks for some. */
  readonly numbers: ReadonlyMap<string, WarmNumber>
}

interface WarmNumber {
  readonly config: number
  /** Another than the config's where somebody else scales what is live. */
  readonly number: number
}

type Standing = Pick<Actual, 'functions' | 'served'>

/** What a config asks for. */
export function configuredWarmth(
  service: ServiceId & { readonly functions: readonly Pick<FunctionSpec, 'name' | 'provisionedConcurrency'>[] },
  actual: Standing, { slot }: Pick<Handover, 'slot'>,
): Warmth {
  const numbers = service.functions.flatMap(({ name, provisionedConcurrency: config }) => {
    if (config === undefined) return []
    const number = numberOf(service, actual.functions.get(name)?.state, { config, slot: actual.served.liveSlot })
    return [[name, { config, number }] as const]
  })
  return { slot, numbers: new Map(numbers) }
}

/** What earlier runs have set, for a release that goes live without its config. */
export function rememberedWarmth(service: ServiceId, actual: Standing, { slot }: Pick<Handover, 'slot'>): Warmth {
  const functions = [...actual.functions].flatMap(([name, { state }]) => {
    const provisionedConcurrency = rememberedProvisioned(state?.tags ?? {}, service.stage)
    return provisionedConcurrency === undefined ? [] : [{ name, provisionedConcurrency }]
  })
  return configuredWarmth({ ...service, functions }, actual, { slot })
}

/** A number that is live and that we have not set is somebody else's to scale, as long as the config does not change. */
function numberOf(
  { stage }: ServiceId, state: FunctionState | undefined, { config, slot }: { readonly config: number; readonly slot: Slot },
): number {
  const live = state?.provisioned?.get(slotAlias(stage, slot))?.requested
  const told = rememberedProvisioned(state?.tags ?? {}, stage)
  return config === told && live !== undefined ? live : config
}

interface SlotInput {
  readonly service: ServiceId
  readonly actual: Standing
  readonly warmth: Warmth
  readonly functionName: string
}

/** What is taken from a slot before its alias moves: with provisioned concurrency it would go on with its version until that has moved. */
export function planCooling({ service, actual, functionName }: Omit<SlotInput, 'warmth'>, slot: Slot): Step[] {
  const alias = slotAlias(service.stage, slot)
  if (actual.functions.get(functionName)?.state?.provisioned?.get(alias) === undefined) return []
  return [planProvisionedDelete({ functionName, alias, phase: 'prepare', reason: 'the slot takes another version' })]
}

/** What the slot that goes live gets once its alias names its version; what is live already is changed as it stands. */
export function planWarming({ service, actual, warmth, functionName }: SlotInput, moved: readonly Task[]): Step[] {
  const wanted = warmth.numbers.get(functionName)
  if (wanted === undefined) return []
  const { stage } = service
  const alias = slotAlias(stage, warmth.slot)
  const state = actual.functions.get(functionName)?.state
  const standing = moved.length > 0 ? undefined : state?.provisioned?.get(alias)
  const other = slotAlias(stage, actual.served.liveSlot)
  const twin = other !== alias && state?.provisioned?.has(other) === true ? other : undefined
  const told = rememberedProvisioned(state?.tags ?? {}, stage)
  const steps = planProvisioned({ functionName, alias, stage, ...wanted, told, standing, twin }, moved)
  return [...steps, ...(wanted.number === wanted.config ? [] : [othersNumber(`${functionName}:${alias}`, wanted)])]
}

function othersNumber(name: string, { number, config }: WarmNumber): Step {
  const reason = `${number} environments, which somebody else has set; the config asks for ${config}, as before`
  const entry = { id: `provisioned/${name}/others`, kind: 'provisioned concurrency', name, leftover: true } as const
  return keep({ ...entry, reason })
}

/**
 * Takes away what the idle slot has, where what is live stays: a run that was stopped, or a canary, has left it.
 * @param isNew whether a canary has just left that slot
 */
export function planIdleProvisioned(service: ServiceId, actual: Standing, { isNew }: { readonly isNew: boolean }): PrunePlan {
  const warmth = rememberedWarmth(service, actual, { slot: actual.served.liveSlot })
  return planProvisionedPrune({ service, actual, warmth, isNew })
}

interface PruneInput {
  readonly service: ServiceId
  readonly actual: Standing
  readonly warmth: Warmth
  readonly isNew: boolean
}

/** A slot, and the numbers that can only be ours there. */
interface Side {
  readonly slot: Slot
  readonly ours: ReadonlySet<number | undefined>
}

/**
 * Takes away what slots have that are not live afterwards, of the release before and of runs that were stopped: it costs money for as long
 * as it stands. What somebody else has put on an idle slot stays.
 */
export function planProvisionedPrune({ service, actual, warmth, isNew }: PruneInput): PrunePlan {
  const { stage } = service
  const steps = [...actual.functions].flatMap(([functionName, { state }]) => {
    const told = rememberedProvisioned(state?.tags ?? {}, stage)
    if (state?.provisioned === undefined || told === undefined) return []
    const wanted = warmth.numbers.get(functionName)
    const unused = slots.filter((slot) => wanted === undefined || slot !== warmth.slot)
    const ours = new Set([told, wanted?.config, wanted?.number])
    const deletions = unused.flatMap((slot) => {
      const standing = state.provisioned?.get(slotAlias(stage, slot))
      if (standing === undefined || !isOurs(standing, { slot, ours })) return []
      return [planProvisionedDelete({ functionName, alias: slotAlias(stage, slot), phase: 'prune', reason: reasonOf(slot, wanted) })]
    })
    return wanted === undefined ? [...deletions, planProvisionedForget(functionName, stage, deletions)] : deletions
  })
  if (steps.length === 0) return { steps, guards: [] }
  // Callers may reach the slot before for some seconds, and are to find it initialized.
  const guard = disuseGuard('cooled', isNew ? undefined : actual.served.record[0]?.wentLiveAt)
  return { steps: after(guard, steps), guards: [guard] }

  function isOurs({ requested }: Provisioned, { slot, ours }: Side): boolean {
    return slot === actual.served.liveSlot || ours.has(requested)
  }

  function reasonOf(slot: Slot, wanted: WarmNumber | undefined): string {
    if (wanted === undefined) return 'the config no longer asks for it'
    return slot === actual.served.liveSlot ? 'the slot is no longer live' : 'the slot is idle: a run that was stopped has left it'
  }
}
