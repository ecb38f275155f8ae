import type { Call } from '../kernel/call.ts'
import { hasQuirk } from '../kernel/overlap.ts'
import type { Failure } from './state.ts'

/** Reasons by the quirk that asks for them; the codes are the public service model's, the words are unverified. */
const failures: Readonly<Record<string, Failure>> = {
  'fails-without-addresses': {
    code: 'SubnetOutOfIPAddresses',
    reason:
      'Lambda was not able to set up VPC access for the Lambda function because ' +
      'one or more configured subnets has no available IP addresses.',
  },
  // terraform-provider-aws issue 49904: SnapStart runs the handler's module when a version is published.
  'fails-in-init': { code: 'FunctionError', reason: 'The function failed in its init phase.' },
}

/** Why the creation, update or publication that this call starts will end in a failure, where a fault of kind `quirk` says that it does. */
export function failureOf(call: Call): Failure | undefined {
  return Object.entries(failures).find(([name]) => hasQuirk(call, name))?.[1]
}
