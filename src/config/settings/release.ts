import { integer } from '../kinds/basic.ts'
import { setting } from './setting.ts'

/** How releases are made; a key below `release`, and an input. The same fields as ReleaseSpec. */
export const releaseTable = {
  // The record has room for that many releases of four hundred functions.
  'keep-releases': setting(integer({ min: 0, max: 20 }), {
    description: 'How many releases before the live one stay ready for a rollback.',
    default: 5,
  }),
} as const
