import type { Account } from '../kernel/account.ts'
import type { Api, Definition, StageSettings } from '../api-gateway/state.ts'

/** A client's request as it came in. */
export interface ApiRequest {
  readonly method: string
  /** Below the stage, percent-encoding kept, one leading slash. */
  readonly path: string
  /** As the client wrote it, stage included. */
  readonly fullPath: string
  /** Decoded pairs in order. */
  readonly query: readonly (readonly [string, string])[]
  /** Pairs in order, names in the client's case. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
  readonly sourceIp: string
  readonly protocol: string
}

export interface ApiResponse {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
}

/** One request with all that decides its answer. */
export interface Exchange {
  /** Owner of the API. */
  readonly account: Account
  readonly api: Api
  readonly stageName: string
  readonly settings: StageSettings
  readonly deploymentId: string
  /** The deployment's snapshot. */
  readonly definition: Definition
  /** Stage variables, with the canary's overrides where it serves this request. */
  readonly variables: Readonly<Record<string, string>> | undefined
  readonly isCanary: boolean
  readonly request: ApiRequest
  readonly requestId: string
  readonly extendedRequestId: string
  readonly traceId: string
  /** Virtual milliseconds. */
  readonly startedAt: number
  /** The same moment by `performance.now()`: an API answers in real time, whatever its clock does. */
  readonly arrivedAt: number
  /** `$context` values that come up on the way, by name; the access log and templates read them. */
  readonly notes: Map<string, string>
  /** What an authorizer hands to the integration. */
  authorizer: Readonly<Record<string, unknown>> | undefined
  apiKey: { readonly id: string; readonly value: string } | undefined
}

/** First value of a header, in any case. */
export function header(request: ApiRequest, name: string): string | undefined {
  return request.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** Pairs as one value (the last) and all values a name; null where there are none (recorded: test_lambda_aws_proxy_integration). */
export function singleAndMulti(pairs: readonly (readonly [string, string])[]): {
  readonly single: Readonly<Record<string, string>> | null
  readonly multi: Readonly<Record<string, readonly string[]>> | null
} {
  if (pairs.length === 0) return { single: null, multi: null }
  const multi = new Map<string, string[]>()
  for (const [name, value] of pairs) multi.set(name, [...(multi.get(name) ?? []), value])
  return { single: Object.fromEntries(pairs), multi: Object.fromEntries(multi) }
}
