import { slotsOf } from '../resources/lambda/state.ts'
import type { ServiceId } from '../service/service.ts'
import { ownership } from '../service/tags.ts'
import type { Actual } from './actual.ts'
import type { FunctionActual } from './function.ts'
import { servedBy } from './served.ts'

/**
 * What was read, as another stage of the same service has it: its slots, what it serves and its record. Takes no call, because the API and
 * the functions are those of all stages; who may call its slots was not read.
 * @param other the service, with that stage
 * @returns undefined where there is no such stage of ours
 */
export function asSeenFrom(other: ServiceId, actual: Actual): Actual | undefined {
  const stages = [...(actual.stage === undefined ? [] : [actual.stage]), ...actual.otherStages]
  const stage = stages.find(({ stageName }) => stageName === other.stage)
  if (stage === undefined || ownership(stage.tags, other) !== 'ours') return undefined
  const functions = new Map([...actual.functions].map(([name, each]) => [name, withSlotsOf(other, each)]))
  return { ...actual, stage, otherStages: stages.filter((each) => each !== stage), functions, served: servedBy(other, stage, functions) }
}

function withSlotsOf({ stage }: ServiceId, { state, ...around }: FunctionActual): FunctionActual {
  return { ...around, state: state === undefined ? undefined : { ...state, slots: slotsOf(state, stage) } }
}
