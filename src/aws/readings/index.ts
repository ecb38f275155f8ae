import { connectionReadings, unsentReading } from './connection.ts'
import { credentialReadings } from './credentials.ts'
import { denialReadings } from './denials.ts'
import { holderReadings } from './holders.ts'
import { limitReadings } from './limits.ts'
import { refused, serviceOf, type CallText, type FailedCall, type Reading } from './reading.ts'
import { settingReadings } from './settings.ts'

export { isDenial } from './denials.ts'

export type { FailedCall } from './reading.ts'

/** Whatever no other reading fits. */
const plain: Reading = {
  fits: () => true,
  text: (call) => ({ what: refused(call), why: `${call.code}${call.status === undefined ? '' : `, HTTP ${call.status}`}` }),
}

/** What this run has made was waited for, and is not shown. */
const unshown: Reading = {
  fits: (call) => call.sighting === 'made' && serviceOf(call) !== 'apigateway',
  text: (call) => ({
    what: `AWS does not show what this run has made: ${refused(call)}`,
    why: 'It was waited for; AWS takes seconds until a new thing is known everywhere, or somebody has removed it meanwhile.',
    cure: 'Run the job again: it goes on where this run stopped.',
  }),
}

const readings: readonly Reading[] = [
  unshown,
  ...connectionReadings,
  ...credentialReadings,
  ...denialReadings,
  ...settingReadings,
  ...limitReadings,
  ...holderReadings,
  unsentReading,
  plain,
]

/** What a failed call says to the user: what, why, what helps, and which setting it is about. */
export function textOf(call: FailedCall): CallText {
  return (readings.find(({ fits }) => fits(call)) ?? plain).text(call)
}
