import { randomUUID } from 'node:crypto'
import type { Call, Output } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import { notFound } from './errors.ts'
import { existingVersion } from './names.ts'
import { page } from './paging.ts'
import { stateOf, type EventSourceMapping } from './state.ts'

/**
 * A mapping leads to the function, version or alias that the call names (API reference, CreateEventSourceMapping: FunctionName). Nothing
 * is polled here: it is kept, so that a deployer meets it.
 */
export function createEventSourceMapping(call: Call): Output {
  const { EventSourceArn, BatchSize } = call.params as { EventSourceArn?: string; BatchSize?: number }
  const { fn, qualifier } = existingVersion(call)
  const mapping: EventSourceMapping = {
    uuid: randomUUID(),
    functionArn: functionArn(call, fn.name, qualifier),
    eventSourceArn: EventSourceArn,
    batchSize: BatchSize ?? 10,
  }
  stateOf(call).mappings.set(mapping.uuid, mapping)
  return show(mapping, 'Creating')
}

/** unverified: whether a list by a function's name has the mappings of its aliases; here it has those of the function as it is named. */
export function listEventSourceMappings(call: Call): Output {
  const { EventSourceArn, FunctionName } = call.params as { EventSourceArn?: string; FunctionName?: string }
  const arn = FunctionName === undefined || FunctionName.startsWith('arn:') ? FunctionName : functionArn(call, FunctionName)
  const all = [...stateOf(call).mappings.values()].filter(
    (each) => (EventSourceArn ?? each.eventSourceArn) === each.eventSourceArn && (arn ?? each.functionArn) === each.functionArn,
  )
  const { slice, next } = page(call, all, 100)
  return { EventSourceMappings: slice.map((each) => show(each, 'Enabled')), NextMarker: next }
}

export function deleteEventSourceMapping(call: Call): Output {
  const { mappings } = stateOf(call)
  const mapping = mappings.get(String(call.params['UUID']))
  // unverified: the words; the error is the model's.
  if (mapping === undefined) throw notFound('The resource you requested does not exist.')
  mappings.delete(mapping.uuid)
  return show(mapping, 'Deleting')
}

function show({ uuid, functionArn: FunctionArn, eventSourceArn, batchSize }: EventSourceMapping, state: string): Output {
  const StateTransitionReason = 'User action'
  return { UUID: uuid, FunctionArn, EventSourceArn: eventSourceArn, BatchSize: batchSize, State: state, StateTransitionReason }
}
