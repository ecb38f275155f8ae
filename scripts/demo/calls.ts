import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { setTimeout as sleep } from 'node:timers/promises'
import { awsEnvironment, type LocalJob } from '../../local-aws/environment.ts'

export interface Answer {
  readonly status: number
  readonly body: string
}

/** One real HTTP request. */
export async function get(url: string): Promise<Answer> {
  const response = await fetch(url)
  return { status: response.status, body: await response.text() }
}

/** Access-log lines appear some moments after the answer; this is how long anybody would wait. */
const logWaitMs = 15_000

/**
 * The newest access-log line that has `text` in it, as it stands in CloudWatch Logs.
 * @throws Error when none comes
 */
export async function accessLogLine(job: LocalJob, group: string, text: string): Promise<string> {
  const logs = logsClient(job)
  for (const started = Date.now(); Date.now() - started < logWaitMs; await sleep(200)) {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: group }))
    const found = events.map((event) => event.message ?? '').filter((line) => line.includes(text))
    if (found.length > 0) return found.at(-1) ?? ''
  }
  throw new Error(`no line with ${text} came into the log group ${group} within ${logWaitMs / 1000} s`)
}

/** What a function has logged lately, oldest first; its lines are there when the answer is, but for the last few. */
export async function functionLog(job: LocalJob, name: string): Promise<string[]> {
  const logs = logsClient(job)
  for (const started = Date.now(); Date.now() - started < logWaitMs; await sleep(200)) {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }))
    const lines = events.flatMap((event) => (event.message ?? '').trimEnd().split('\n'))
    if (lines.some((line) => line.startsWith('REPORT '))) return lines.slice(-30)
  }
  return ['(nothing)']
}

function logsClient(job: LocalJob): CloudWatchLogsClient {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = awsEnvironment(job)
  return new CloudWatchLogsClient({ endpoint: AWS_ENDPOINT_URL, region: AWS_REGION, credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } })
}
