import { oneNumberOf } from '../kinds/basic.ts'
import type { Kind } from '../kinds/kind.ts'

/** PutRetentionPolicy in the public model of CloudWatch Logs. */
const days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]

export function retentionDays(): Kind<number> {
  return oneNumberOf(days, { unit: 'days', why: 'CloudWatch Logs knows only these.', never: 'without it logs are kept for ever' })
}
