import { partitionOf } from '../api-gateway/partition.ts'
import type { Exchange } from './exchange.ts'
import type { Route } from './router.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `22/Nov/2026:20:48:01 +0000`: CLF's time, in UTC. */
export function requestTime(milliseconds: number): string {
  const at = new Date(milliseconds)
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()] ?? ''}/${at.getUTCFullYear()}`
  return `${day}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}

/** The host that AWS would have. */
export function domainName({ api }: Pick<Exchange, 'api'>): string {
  const suffix = partitionOf(api.region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `${api.id}.execute-api.${api.region}.${suffix}`
}

/** Values of `$context.{name}` that stand as soon as the route is known; the others are in the exchange's notes. */
export function contextValues(exchange: Exchange, route: Route | undefined): ReadonlyMap<string, string> {
  const { api, request } = exchange
  const userAgent = request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1]
  const values: Record<string, string | undefined> = {
    accountId: api.accountId,
    apiId: api.id,
    deploymentId: exchange.deploymentId,
    domainName: domainName(exchange),
    domainPrefix: api.id,
    endpointType: exchange.definition.endpointConfiguration.types[0],
    extendedRequestId: exchange.extendedRequestId,
    httpMethod: request.method,
    'identity.apiKey': exchange.apiKey?.value,
    'identity.apiKeyId': exchange.apiKey?.id,
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': userAgent,
    isCanaryRequest: String(exchange.isCanary),
    path: request.fullPath,
    protocol: request.protocol,
    requestId: exchange.requestId,
    requestTime: requestTime(exchange.startedAt),
    requestTimeEpoch: String(Math.floor(exchange.startedAt)),
    resourceId: route?.resource.id,
    resourcePath: route?.resourcePath,
    stage: exchange.stageName,
    xrayTraceId: exchange.settings.tracingEnabled ? exchange.traceId : undefined,
    ...authorizerValues(exchange),
    ...Object.fromEntries(exchange.notes),
  }
  return new Map(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function authorizerValues({ authorizer }: Exchange): Record<string, string> {
  return Object.fromEntries(Object.entries(authorizer ?? {}).map(([name, value]) => [`authorizer.${name}`, String(value)]))
}
