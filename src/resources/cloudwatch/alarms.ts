import type { Aws } from '../../aws/clients.ts'
import { UserError } from '../../errors.ts'

export const alarmActions = ['cloudwatch:DescribeAlarms'] as const

export interface Alarm {
  readonly name: string
  readonly isRed: boolean
  /** When its state last became another one, in milliseconds since the epoch; 0 where AWS does not say. */
  readonly since: number
  /** Why it is as it is, in AWS's words. */
  readonly reason: string
}

/**
 * The alarms of these names, metric and composite ones alike: without their types, DescribeAlarms shows metric alarms alone. It takes a
 * hundred names and shows as many alarms (public service model).
 * @throws UserError where one of them is not there
 */
export async function readAlarms(aws: Aws, names: readonly string[]): Promise<readonly Alarm[]> {
  if (names.length === 0) return []
  const { DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch')
  const query = { AlarmNames: [...names], AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const], MaxRecords: 100 }
  const { MetricAlarms = [], CompositeAlarms = [] } = await aws.cloudwatch(new DescribeAlarmsCommand(query))
  const found = [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName = '', StateValue, StateReason = '', ...times }) => ({
    name: AlarmName,
    isRed: StateValue === 'ALARM',
    since: (times.StateTransitionedTimestamp ?? times.StateUpdatedTimestamp)?.getTime() ?? 0,
    reason: StateReason,
  }))
  const missing = names.filter((name) => !found.some((each) => each.name === name))
  if (missing.length > 0) throw notThere(missing, aws)
  return names.flatMap((name) => found.filter((each) => each.name === name))
}

function notThere(missing: readonly string[], { region }: Aws): UserError {
  const one = missing.length === 1
  return new UserError({
    what: `There is no CloudWatch alarm ${missing.join(', ')} in ${region}, which \`alarms\` ${one ? 'names' : 'name'}.`,
    why: 'A canary would be watched less closely than the config asks for.',
    cure: 'Check the names in `alarms`, one a line, and the Region; make the alarm first where it is new.',
    docs: 'releases.md#canary',
  })
}
