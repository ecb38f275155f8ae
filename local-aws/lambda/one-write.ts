import type { Call, Handler } from '../kernel/call.ts'
import { overlapping } from '../kernel/overlap.ts'
import { conflict } from './errors.ts'
import { nameIn } from './names.ts'

/** Of what `overlappingPermissionsLost` is about, one is answered and lost instead. */
const PERMISSION = 'AddPermission'

/**
 * Writes of one function of which the later is refused while an earlier one is under way. Reported for AddPermission (sst issue 6923,
 * terraform-provider-aws issue 5154), reserved concurrency (serverless issue 4964), configuration beside provisioned concurrency
 * (napari-hub PR 392). That the others are refused, and every overlap is, is stricter than AWS, where only some are.
 */
export function oneWriteAtATime(handler: Handler): Handler {
  return (call) => {
    const { overlappingWritesRefused, overlappingPermissionsLost } = call.account.settings
    const isLost = (operation: string): boolean => overlappingPermissionsLost && operation === PERMISSION && call.operation === PERMISSION
    const others = overwriting(call).filter(({ operation }) => !isLost(operation))
    if (overlappingWritesRefused && others.length > 0)
      throw conflict('The function could not be updated due to a concurrent update operation.')
    return handler(call)
  }
}

/** Earlier writes of the same function that are in flight; tags are kept elsewhere. */
function overwriting(call: Call): readonly { readonly operation: string }[] {
  const name = functionIn(call.params)
  return overlapping(call).filter((other) => {
    const sameService = other.service === call.service && other.region === call.region && other.writes
    return sameService && other.seq < (call.seq ?? 0) && functionIn(other.params) === name
  })
}

function functionIn(params: unknown): string | undefined {
  const { FunctionName } = params as { FunctionName?: string }
  return FunctionName === undefined ? undefined : nameIn(FunctionName)
}
