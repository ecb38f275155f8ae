import type { Stage } from '@aws-sdk/client-api-gateway'
import type { Actual } from '../actual/actual.ts'
import { isOwnApi } from '../resources/api/rest-api.ts'
import type { Foreign } from '../resources/api/definition/part.ts'
import { parseCodeMark } from '../resources/code.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { allUsers, type FunctionUsers } from '../resources/lambda/users.ts'
import { slotAlias } from '../service/names.ts'
import type { ServiceId } from '../service/service.ts'
import { ownership } from '../service/tags.ts'

/** Who else may need what a destroy takes away. */
export interface Others {
  readonly actual: Pick<Actual, 'otherStages' | 'api'>
  /** What stands in the API's working copy that the service did not make. */
  readonly definition: readonly Foreign[]
  /** By function name. */
  readonly users: ReadonlyMap<string, FunctionUsers>
}

/** What of others hangs on a function, in words that a list takes; where it is anything, the function stays. */
export function holdersOf(service: ServiceId, state: FunctionState, others: Others): string[] {
  // On an API that is joined, stages of others have no variable that leads our routes to a function.
  const { api } = others.actual
  const stages = (api === undefined || isOwnApi(api)) && foreignStages(service, others.actual).length > 0
  // A stage of others serves a snapshot of our routes, whichever functions they lead to.
  const isCalled = stages || others.definition.some(({ functionName }) => functionName === state.name)
  return [
    ...foreignAliases(service, state).map((name) => `alias ${name}`),
    ...(isCalled ? ['routes or stages of others'] : []),
    ...allUsers(others.users.get(state.name)),
  ]
}

/** The slots of the stage that others call, with who does: they stay, and with them the versions that they name. */
export function heldSlots(
  service: ServiceId, { name, aliases }: FunctionState, { actual, users }: Others,
): ReadonlyMap<string, readonly string[]> {
  const slots = [...ownSlots(service)].filter((slot) => aliases.some(({ Name }) => Name === slot))
  const held = slots.map((slot) => {
    const stages = foreignStages(service, actual).filter((stage) => variablesOf(stage).includes(slot))
    return [slot, [...stages.map(({ stageName }) => `stage ${stageName}`), ...(users.get(name)?.aliases.get(slot) ?? [])]] as const
  })
  return new Map(held.filter(([, who]) => who.length > 0))
}

/** Stages of the API without our tags. */
export function foreignStages(service: ServiceId, { otherStages }: Pick<Actual, 'otherStages'>): Stage[] {
  return otherStages.filter((stage) => ownership(stage.tags, service) !== 'ours')
}

/** The aliases of the stage's two slots. */
export function ownSlots({ stage }: ServiceId): ReadonlySet<string> {
  return new Set([slotAlias(stage, 'a'), slotAlias(stage, 'b')])
}

/** A stage's variables, and those that its canary has in their place. */
function variablesOf({ variables, canarySettings }: Stage): string[] {
  return [...Object.values(variables ?? {}), ...Object.values(canarySettings?.stageVariableOverrides ?? {})]
}

/** Aliases that are neither this stage's slots nor bear our mark: the slots of our other stages bear it, also when the stage is gone. */
function foreignAliases(service: ServiceId, { aliases }: FunctionState): string[] {
  const foreign = aliases.filter(({ Name = '', Description }) => !ownSlots(service).has(Name) && parseCodeMark(Description) === undefined)
  return foreign.map(({ Name = '' }) => Name)
}
