import type { Account } from '../kernel/account.ts'
import type { Call, Output } from '../kernel/call.ts'
import { cloudWatchIn, cloudWatchOf, type CloudWatch, type Minute } from './state.ts'

/** The namespace of API Gateway's metrics, and its REST APIs' dimensions (developer guide, "API Gateway metrics and dimensions"). */
export const gatewayNamespace = 'AWS/ApiGateway'

/** One metric as a query or an alarm names it. */
export interface MetricName {
  readonly Namespace?: string
  readonly MetricName?: string
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[]
}

interface StageRequest {
  readonly region: string
  readonly apiName: string
  readonly stage: string
  readonly status: number
  /** Virtual milliseconds. */
  readonly at: number
}

/**
 * Counts one request. Those of a canary count with the stage's: the developer guide lists no dimension that would part them, so that a
 * metric of the stage is of all its requests (that the canary's are among them is unverified).
 */
export function countRequest(account: Account, { region, apiName, stage, status, at }: StageRequest): void {
  const { stages } = cloudWatchIn(account, region)
  const key = `${apiName}/${stage}`
  const minutes = stages.get(key) ?? new Map<number, Minute>()
  stages.set(key, minutes)
  const from = Math.floor(at / 60_000) * 60
  const minute = minutes.get(from) ?? { count: 0, errors4: 0, errors5: 0 }
  minutes.set(from, minute)
  minute.count += 1
  if (status >= 500) minute.errors5 += 1
  else if (status >= 400) minute.errors4 += 1
}

/**
 * The sum of a metric in a period; undefined where there is no data. `4XXError` and `5XXError` have a data point for every request, 0 or 1
 * (same page: their Average is the rate), so there is data wherever there were requests.
 */
export function valueOf(
  watch: CloudWatch,
  metric: MetricName,
  { from, to, stat }: { readonly from: number; readonly to: number; readonly stat: string },
): number | undefined {
  const member = ({ Count: 'count', '4XXError': 'errors4', '5XXError': 'errors5' } as const)[metric.MetricName ?? '']
  if (metric.Namespace !== gatewayNamespace || member === undefined) return undefined
  const of = (name: string): string | undefined => metric.Dimensions?.find((each) => each.Name === name)?.Value
  const keys = [...watch.stages.keys()].filter((key) => {
    const [apiName = '', stage = ''] = key.split('/')
    return apiName === of('ApiName') && (of('Stage') === undefined || stage === of('Stage'))
  })
  const minutes = keys.flatMap((key) => [...(watch.stages.get(key) ?? [])]).filter(([at]) => at >= from && at < to).map(([, each]) => each)
  if (minutes.length === 0) return undefined
  const sum = minutes.reduce((total, each) => total + each[member], 0)
  const count = minutes.reduce((total, each) => total + each.count, 0)
  return stat === 'Average' ? sum / count : stat === 'SampleCount' ? count : sum
}

interface Query {
  readonly Id: string
  readonly Label?: string
  readonly MetricStat?: { readonly Metric: MetricName; readonly Period: number; readonly Stat: string }
}

/** Newest first unless asked otherwise; a period without data is left out (API reference, GetMetricData). */
export function getMetricData(call: Call): Output {
  const { MetricDataQueries, StartTime, EndTime, ScanBy } = call.params as {
    MetricDataQueries: readonly Query[]; StartTime: number; EndTime: number; ScanBy?: string
  }
  const watch = cloudWatchOf(call)
  return {
    MetricDataResults: MetricDataQueries.map(({ Id, Label, MetricStat }) => {
      const points: [at: number, value: number][] = []
      const period = MetricStat?.Period ?? 60
      for (let at = Math.floor(StartTime / period) * period; at < EndTime; at += period) {
        const span = { from: at, to: at + period, stat: MetricStat?.Stat ?? 'Sum' }
        const value = MetricStat === undefined ? undefined : valueOf(watch, MetricStat.Metric, span)
        if (value !== undefined) points.push([at, value])
      }
      if (ScanBy !== 'TimestampAscending') points.reverse()
      const named = Label ?? MetricStat?.Metric.MetricName ?? Id
      return { Id, Label: named, Timestamps: points.map(([at]) => at), Values: points.map(([, value]) => value), StatusCode: 'Complete' }
    }),
  }
}
