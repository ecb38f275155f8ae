import type { Call } from './call.ts'
import type { JournalEntry } from './journal.ts'

/** The other calls of the account that are in flight together with this one: arrived and not answered. */
export function overlapping(call: Call): readonly JournalEntry[] {
  return call.account.journal.inFlight().filter((entry) => entry.seq !== call.seq)
}

/** Whether a rule armed over `/_local-aws/faults` asks the service to act out this fault on this call. */
export function hasQuirk(call: Call, name: string): boolean {
  return call.quirks?.includes(name) === true
}
