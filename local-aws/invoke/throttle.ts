import { methodSettingFor } from '../api-gateway/method-settings.ts'
import type { Api } from '../api-gateway/state.ts'
import { sideNotes } from '../kernel/side-notes.ts'
import type { Exchange } from './exchange.ts'
import { throttled } from './failure.ts'
import type { Route } from './router.ts'

interface Bucket {
  tokens: number
  /** Virtual milliseconds of the last request. */
  at: number
}

/** Buckets live as long as their API. */
const bucketsOf = sideNotes<Api, Map<string, Bucket>>()

/**
 * Refuses a request over the stage's throttling of its method: a token bucket of size burst, refilled at the rate (developer guide,
 * throttling).
 */
export function throttle(exchange: Exchange, route: Route): void {
  const setting = methodSettingFor(exchange.settings, route.resourcePath, route.method.httpMethod)
  if (setting === undefined) return
  const [rate, burst] = [Number(setting.throttlingRateLimit), Number(setting.throttlingBurstLimit)]
  // API reference, MethodSetting: -1 switches throttling off.
  if (rate < 0 || burst < 0) return
  take(exchange, { key: `${exchange.stageName} ${route.resourcePath} ${route.method.httpMethod}`, rate, burst })
}

/** Takes a token out of the bucket of this name, or throws the 429 (developer guide, THROTTLED). */
export function take(
  exchange: Exchange,
  { key, rate, burst }: { readonly key: string; readonly rate: number; readonly burst: number },
): void {
  const buckets = bucketsOf.get(exchange.api) ?? new Map<string, Bucket>()
  bucketsOf.set(exchange.api, buckets)
  const now = exchange.startedAt
  const bucket = buckets.get(key) ?? { tokens: burst, at: now }
  const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate)
  buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
  if (tokens < 1) throw throttled()
}
