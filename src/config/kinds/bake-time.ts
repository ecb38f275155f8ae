import { duration } from './duration.ts'
import type { Kind } from './kind.ts'

/** CloudWatch judges alarms by the minute; a job of GitHub's own runners ends after six hours. */
const time = duration({ min: 60_000, max: 5 * 3_600_000, example: '5m' })

/** How long a canary is watched, in milliseconds, or `hold`. */
export function bakeTime(): Kind<number | 'hold'> {
  const words = `${time.words}, or hold`
  return {
    words,
    schema: { anyOf: [time.schema, { type: 'string', enum: ['hold'] }] },
    fromText: time.fromText,
    read: (node, context) => (node.kind === 'scalar' && node.value === 'hold' ? 'hold' : time.read(node, context)),
  }
}
