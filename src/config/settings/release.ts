import { integer } from '../kinds/basic.ts'
import { smokeTests } from '../smoke/kind.ts'
import { setting } from './setting.ts'

/** How releases are made; a key below `release`, and an input. */
export const releaseTable = {
  'smoke-test': setting(smokeTests(), {
    description:
      'Requests that a release must answer before it goes live, and again afterwards: `METHOD /path -> status`, one a line, or `auto`: ' +
      'every GET route without a variable must answer below 500. ' +
      'In the file also with `path`, `headers` (with `from-env`), `body`, `status`, `text`, `json` and `within`; see docs/releases.md.',
  }),
  // The record has room for that many releases of four hundred functions.
  'keep-releases': setting(integer({ min: 0, max: 20 }), {
    description: 'How many releases before the live one stay ready for a rollback.',
    default: 5,
  }),
} as const
