import type { Account } from '../kernel/account.ts'
import { askLogs } from './ask.ts'

/** One line of a log; `timestamp` in virtual milliseconds since the epoch. */
export interface LogEvent {
  readonly timestamp: number
  readonly message: string
}

export interface LogStreamName {
  readonly group: string
  readonly stream: string
}

/**
 * Writes events as an AWS service does (Lambda's and API Gateway's own writing needs no permission of the caller and is in no journal).
 * Makes the stream when it is missing, and the group too unless `createGroup` is false; then a missing group swallows the events,
 * as API Gateway's access log does when its destination was deleted (unverified).
 */
export async function putLogEvents(
  account: Account,
  region: string,
  target: LogStreamName & { readonly createGroup?: boolean; readonly events: readonly LogEvent[] },
): Promise<void> {
  const { group, stream, createGroup = true, events } = target
  if (events.length === 0) return
  const input = {
    logGroupName: group,
    logStreamName: stream,
    logEvents: events
      .map(({ timestamp, message }) => ({ timestamp: Math.floor(timestamp), message }))
      .sort((a, b) => a.timestamp - b.timestamp),
  }
  const put = await askLogs(account, region, { operation: 'PutLogEvents', input })
  if (put.ok) return
  if (put.code !== 'ResourceNotFoundException')
    throw new Error(`The engine's CloudWatch Logs refused PutLogEvents: ${put.code} ${put.message}`)
  // Others may make group or stream at the same moment, so "exists" is fine; what counts is the second try.
  if (createGroup) await askLogs(account, region, { operation: 'CreateLogGroup', input: { logGroupName: group } })
  await askLogs(account, region, { operation: 'CreateLogStream', input: { logGroupName: group, logStreamName: stream } })
  const again = await askLogs(account, region, { operation: 'PutLogEvents', input })
  if (!again.ok && createGroup) throw new Error(`The engine's CloudWatch Logs refused PutLogEvents: ${again.code} ${again.message}`)
}
