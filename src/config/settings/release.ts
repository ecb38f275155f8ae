import { bakeTime } from '../kinds/bake-time.ts'
import { integer, text } from '../kinds/basic.ts'
import { list } from '../kinds/lists.ts'
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
  'canary-percent': setting(integer({ min: 1, max: 99 }), {
    description:
      'The share of the requests that a new release gets first, in percent. It is watched for `bake-time`; then it is taken back, or ' +
      'all requests get it.',
    otherwise: 'all requests at once',
  }),
  'bake-time': setting(bakeTime(), {
    description:
      'How long the canary is watched, such as `5m`. `hold` ends the run with the canary as it is: `command: promote` takes it live, ' +
      '`command: rollback` takes it back.',
    otherwise: '`5m` with `canary-percent`',
  }),
  // AlarmNames of DescribeAlarms in CloudWatch's service model: at most 100, each of 1 to 255 characters.
  alarms: setting(list(text({ words: "an alarm's name", max: 255, example: 'shop-5xx' }), {
    separator: 'lines', words: 'names of CloudWatch alarms, one a line', max: 100,
  }), {
    description: 'CloudWatch alarms of the same account and Region: one that turns red while the canary is watched takes it back.',
    default: [],
  }),
  // The record has room for that many releases of four hundred functions.
  'keep-releases': setting(integer({ min: 0, max: 20 }), {
    description: 'How many releases before the live one stay ready for a rollback.',
    default: 5,
  }),
} as const
