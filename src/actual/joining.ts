import { foundVersion } from '../resources/lambda/joined.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import type { ServiceId } from '../service/service.ts'
import { ownership } from '../service/tags.ts'
import type { Actual } from './actual.ts'

/** The functions that are being taken over: they are not ours yet, or are ours and the stage does not serve yet what was found. */
export function joiningFunctions(service: ServiceId, { functions, served }: Pick<Actual, 'functions' | 'served'>): FunctionState[] {
  const states = [...functions.values()].flatMap(({ state }) => state ?? [])
  return states.filter((state) => {
    if (ownership(state.tags, service) !== 'ours') return true
    // As long as $LATEST has the code that was found, a run was stopped before it came to the new code.
    return !served.versions.has(state.name) && foundVersion(state)?.CodeSha256 === state.latest.CodeSha256
  })
}
