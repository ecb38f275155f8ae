import type { ErrorText } from '../../errors.ts'
import { connectionReadings, unsentReading } from './connection.ts'
import { credentialReadings } from './credentials.ts'
import { denialReadings } from './denials.ts'
import { limitReadings } from './limits.ts'
import { refused, type FailedCall, type Reading } from './reading.ts'

export type { FailedCall } from './reading.ts'

/** Whatever no other reading fits. */
const plain: Reading = {
  fits: () => true,
  text: (call) => ({ what: refused(call), why: `${call.code}${call.status === undefined ? '' : `, HTTP ${call.status}`}` }),
}

const readings: readonly Reading[] = [
  ...connectionReadings, ...credentialReadings, ...denialReadings, ...limitReadings, unsentReading, plain,
]

/** What a failed call says to the user: what, why and what helps. */
export function textOf(call: FailedCall): ErrorText {
  return (readings.find(({ fits }) => fits(call)) ?? plain).text(call)
}
