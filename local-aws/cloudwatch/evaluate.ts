import { gatewayNamespace, valueOf, type MetricName } from './stage-metrics.ts'
import type { Alarm, CloudWatch, StateValue } from './state.ts'

/** What a metric alarm is judged by (API reference, PutMetricAlarm). */
interface Rule extends MetricName {
  readonly Period?: number
  readonly EvaluationPeriods?: number
  readonly DatapointsToAlarm?: number
  readonly Threshold?: number
  readonly Statistic?: string
  readonly ComparisonOperator?: string
  readonly TreatMissingData?: string
}

const compare: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
}

/**
 * Looks at an alarm anew, on the last periods that are over (user guide, "Alarm evaluation", also for what missing data means). Only
 * alarms on metrics of stages are judged; any other keeps the state that SetAlarmState gave it.
 */
export function evaluate(watch: CloudWatch, alarm: Alarm, now: number): void {
  const rule = alarm.settings as Rule
  if (alarm.kind !== 'metric' || rule.Namespace !== gatewayNamespace) return
  const { Period = 60, EvaluationPeriods = 1, Statistic = 'Sum' } = rule
  // A state that was set holds until there is a whole period that began after it.
  const end = Math.floor(now / Period) * Period
  if (alarm.setAt !== undefined && end - Period < alarm.setAt) return
  const values = Array.from({ length: EvaluationPeriods }, (_, index) => {
    const from = end - (index + 1) * Period
    return valueOf(watch, rule, { from, to: from + Period, stat: Statistic })
  })
  setState(alarm, judge(alarm.state, rule, values), { reason: 'Judged by local AWS', now })
}

function judge(before: StateValue, rule: Rule, values: readonly (number | undefined)[]): StateValue {
  const { TreatMissingData = 'missing', DatapointsToAlarm = values.length, Threshold = 0, ComparisonOperator = '' } = rule
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0 && TreatMissingData === 'missing') return 'INSUFFICIENT_DATA'
  if (known.length === 0 && TreatMissingData === 'ignore') return before
  const breaches = known.filter((value) => compare[ComparisonOperator]?.(value, Threshold) === true).length
  const missing = TreatMissingData === 'breaching' ? values.length - known.length : 0
  return breaches + missing >= DatapointsToAlarm ? 'ALARM' : 'OK'
}

/** Gives an alarm a state; a time of transition only where it is another one. */
export function setState(alarm: Alarm, state: StateValue, { reason, now }: { reason: string; now: number }): void {
  if (alarm.state !== state) alarm.transitionedAt = now
  alarm.state = state
  alarm.reason = reason
  alarm.updatedAt = now
}
