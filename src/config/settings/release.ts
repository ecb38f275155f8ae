import { integer } from '../kinds/basic.ts'
import { setting } from './setting.ts'

/** How releases are made; a key below `release`, and an input. The same fields as ReleaseSpec. */
export const releaseTable = {
  // The record of releases has 512 characters, which hold about ten of them: more could not be kept anyway.
  'keep-releases': setting(integer({ min: 0, max: 20 }), {
    description: 'How many releases before the live one stay ready for a rollback.',
    default: 5,
  }),
} as const
