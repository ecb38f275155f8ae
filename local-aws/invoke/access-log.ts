import { createHash } from 'node:crypto'
import { VARIABLE } from '../api-gateway/context-variables.ts'
import { putLogEvents } from '../logs/put-log-events.ts'
import { contextValues } from './context.ts'
import type { Exchange } from './exchange.ts'
import type { Route } from './router.ts'

/**
 * The access-log line of one request: the stage's format with every variable replaced, `-` for one without a value (developer guide, set up
 * logging).
 */
export function accessLogLine(format: string, values: ReadonlyMap<string, string>): string {
  return format.replace(/\r?\n$/, '').replaceAll(VARIABLE, (_, name: string) => values.get(name) ?? '-')
}

/**
 * Writes the line to the log group of `destinationArn`, a canary's to the group with `/Canary` appended (developer guide, canary release).
 * A group that does not exist swallows it: API Gateway takes any ARN (recorded: test_stage_access_log_settings) and tells nobody.
 */
export async function writeAccessLog(exchange: Exchange, route: Route | undefined): Promise<void> {
  const { destinationArn, format } = exchange.settings.accessLogSettings ?? {}
  const group = destinationArn === undefined ? undefined : /^arn:[^:]+:logs:[^:]+:[^:]+:log-group:(.+)$/.exec(destinationArn)?.[1]
  if (group === undefined || format === undefined) return
  const message = accessLogLine(format, contextValues(exchange, route))
  const target = { group: exchange.isCanary ? `${group}/Canary` : group, stream: streamName(exchange), createGroup: false }
  const region = destinationArn?.split(':')[3] ?? exchange.api.region
  await putLogEvents(exchange.account, region, { ...target, events: [{ timestamp: exchange.startedAt, message }] })
}

/** A hash, as AWS's stream names are; one for each stage. */
function streamName({ api, stageName }: Exchange): string {
  return createHash('md5').update(`${api.id}/${stageName}`).digest('hex')
}
