import { AwsError, type Call, type Output } from '../kernel/call.ts'
import { evaluate, setState } from './evaluate.ts'
import { cloudWatchOf, type Alarm, type StateValue } from './state.ts'

/** An alarm begins without data, and is judged soon (API reference, PutMetricAlarm). One that is put again keeps its state. */
const put = (kind: Alarm['kind']) => (call: Call): Output => {
  const { alarms } = cloudWatchOf(call)
  const name = String(call.params['AlarmName'])
  const now = call.now / 1000
  const before = alarms.get(name)
  const reason = 'Unchecked: Initial alarm creation'
  const fresh = { state: 'INSUFFICIENT_DATA' as StateValue, reason, updatedAt: now, transitionedAt: now }
  const arn = `arn:aws:cloudwatch:${call.region}:${call.account.id}:alarm:${name}`
  alarms.set(name, { ...(before ?? fresh), kind, name, arn, settings: call.params, configuredAt: now })
  return {}
}

export const putMetricAlarm = put('metric')
export const putCompositeAlarm = put('composite')

/** Metric alarms alone where no type is named, also where a composite one is named by its name (service model, DescribeAlarms). */
export function describeAlarms(call: Call): Output {
  const { AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, MaxRecords, NextToken } = call.params as {
    AlarmNames?: readonly string[]; AlarmNamePrefix?: string; AlarmTypes?: readonly string[]; StateValue?: StateValue
    MaxRecords?: number; NextToken?: string
  }
  const watch = cloudWatchOf(call)
  for (const alarm of watch.alarms.values()) evaluate(watch, alarm, call.now / 1000)
  const types = AlarmTypes ?? ['MetricAlarm']
  const fits = (alarm: Alarm): boolean =>
    (AlarmNames === undefined || AlarmNames.includes(alarm.name)) && alarm.name.startsWith(AlarmNamePrefix ?? '')
    && types.includes(alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm')
    && (StateValue === undefined || StateValue === alarm.state)
  const fitting = [...watch.alarms.values()].filter(fits).sort((a, b) => (a.name < b.name ? -1 : 1))
  const from = Number(NextToken ?? 0)
  const to = from + (MaxRecords ?? 50)
  const page = fitting.slice(from, to)
  return {
    MetricAlarms: page.filter(({ kind }) => kind === 'metric').map(shown),
    CompositeAlarms: page.filter(({ kind }) => kind === 'composite').map(shown),
    NextToken: to < fitting.length ? String(to) : undefined,
  }
}

/** Text and class: service model, ResourceNotFound. */
export function setAlarmState(call: Call): Output {
  const { AlarmName, StateValue, StateReason } = call.params as { AlarmName: string; StateValue: StateValue; StateReason: string }
  const alarm = cloudWatchOf(call).alarms.get(AlarmName)
  if (alarm === undefined) throw new AwsError('ResourceNotFound', `Unknown alarm: ${AlarmName}`, { status: 404 })
  alarm.setAt = call.now / 1000
  setState(alarm, StateValue, { reason: StateReason, now: call.now / 1000 })
  return {}
}

export function deleteAlarms(call: Call): Output {
  for (const name of call.params['AlarmNames'] as readonly string[]) cloudWatchOf(call).alarms.delete(name)
  return {}
}

function shown({ name, arn, settings, configuredAt, state, reason, updatedAt, transitionedAt }: Alarm): Output {
  const { Tags: _tags, ...rest } = settings
  return {
    ...rest, AlarmName: name, AlarmArn: arn, AlarmConfigurationUpdatedTimestamp: configuredAt, StateValue: state, StateReason: reason,
    StateUpdatedTimestamp: updatedAt, StateTransitionedTimestamp: transitionedAt,
  }
}
