import type { Call } from '../kernel/call.ts'
import type { Account } from '../kernel/account.ts'

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** An alarm with the settings that it was put with, and its state. Times are virtual seconds since 1970. */
export interface Alarm {
  readonly kind: 'metric' | 'composite'
  readonly name: string
  readonly arn: string
  /** The members of PutMetricAlarm or PutCompositeAlarm. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly configuredAt: number
  state: StateValue
  reason: string
  /** When the state was last looked at anew. */
  updatedAt: number
  /** When it last became another one (API reference, MetricAlarm: StateTransitionedTimestamp). */
  transitionedAt: number
  /** When SetAlarmState was last called. */
  setAt?: number
}

/** What happened in one minute on a stage. */
export interface Minute {
  count: number
  errors4: number
  errors5: number
}

/** What CloudWatch keeps of one Region in the front; all other metrics are the engine's. */
export interface CloudWatch {
  readonly alarms: Map<string, Alarm>
  /** By API name and stage (`shop/prod`), then by the minute's beginning in virtual seconds. */
  readonly stages: Map<string, Map<number, Minute>>
}

const empty = (): CloudWatch => ({ alarms: new Map(), stages: new Map() })

export const cloudWatchOf = ({ account, region }: Call): CloudWatch => cloudWatchIn(account, region)

export function cloudWatchIn(account: Account, region: string): CloudWatch {
  return account.state(region, empty)
}
