import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Actual } from '../actual/actual.ts'
import type { FunctionActual } from '../actual/function.ts'
import { joiningFunctions } from '../actual/joining.ts'
import type { Handover } from '../release/next.ts'
import type { FunctionCode } from '../resources/code.ts'
import { isJoined, markedDescription } from '../resources/lambda/joined.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { step, type Step } from '../resources/step.ts'
import { slotAlias } from '../service/names.ts'
import type { Service } from '../service/service.ts'
import { joinedTag, ownTags } from '../service/tags.ts'
import { planFunctions } from './function.ts'
import { claimGuard } from './guards.ts'

interface AfterJoin {
  readonly actual: Actual
  /** How the release goes live that serves what was found. */
  readonly handover: Handover
  readonly codeOf: (name: string) => FunctionCode
}

/**
 * What a deploy does after functions are taken over: it gives them what is new. For a plan alone, which writes nothing, so that what will
 * stand by then is made up.
 */
export function planAfterJoin(service: Service, { actual, handover, codeOf }: AfterJoin): Step[] {
  const names = joiningFunctions(service, actual).map(({ name }) => name)
  const functions = new Map([...actual.functions].map(([name, each]) => [name, names.includes(name) ? joined(service, each) : each]))
  const later: Actual = { ...actual, functions, served: { ...actual.served, versions: new Map() } }
  const all = planFunctions(service, later, { codeOf, callers: new Map(), claim: claimGuard(actual, () => []) })
  const plans = all.filter(({ spec }) => names.includes(spec.name))
  const news = plans.filter(({ publish }) => publish !== undefined)
  const steps = plans.flatMap((each) => each.steps)
  return [...steps, ...(news.length === 0 ? [] : [goLive(service, handover, news.map(({ spec }) => spec.name))])]
    .map((each) => ({ ...each, id: `then/${each.id}` }))
}

function goLive({ name: service, stage }: Service, { slot }: Handover, names: readonly string[]): Step {
  const other = slot === 'a' ? 'b' : 'a'
  return step({
    id: 'stage', kind: 'stage', name: stage, action: 'update', phase: 'go live', reason: `then what is new in ${service} goes live`,
    fields: [
      { field: 'slot', from: slotAlias(stage, slot), to: slotAlias(stage, other) },
      ...names.map((name) => ({ field: name, from: 'as found', to: 'version (new)' })),
    ],
    apply: async () => undefined,
  })
}

/** A function as it stands once it is taken over. */
function joined(service: Service, own: FunctionActual): FunctionActual {
  const { state } = own
  if (state === undefined || isJoined(state)) return own
  const found: FunctionConfiguration = { ...state.latest, Version: '0', Description: markedDescription(state.latest.Description) }
  const after: FunctionState = {
    ...state,
    tags: { ...state.tags, ...ownTags(service), [joinedTag]: '0' },
    versions: [...state.versions, found],
  }
  return { ...own, state: after }
}
