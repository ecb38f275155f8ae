import { AwsError } from './aws-error.ts'
import { ratesOf, type Rate } from './documented-rates.ts'

/** Which request is counted, when (virtual milliseconds), and which share of every rate others use up. */
export interface Counted {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly now: number
  readonly noisyNeighbour: number
}

interface Bucket {
  tokens: number
  at: number
}

/** Token buckets of one account, one for each documented rate and Region, on the virtual clock. */
export class RateBuckets {
  readonly #buckets = new Map<string, Bucket>()

  /** Takes a token from every bucket that the operation draws on, or from none and throws the service's 429 with Retry-After. */
  take(counted: Counted): void {
    const drawn = ratesOf(counted.service, counted.operation).map((rate) => ({ rate, bucket: this.#fill(rate, counted) }))
    const wait = Math.max(0, ...drawn.map(({ rate, bucket }) => (1 - bucket.tokens) / perMs(rate, counted)))
    // Sums of fractions fall short of a whole token by rounding; a thousandth of a millisecond is no wait.
    if (wait > 1e-3) throw throttled(counted.service, wait)
    for (const { bucket } of drawn) bucket.tokens -= 1
  }

  /** All buckets are full again. */
  refill(): void {
    this.#buckets.clear()
  }

  #fill(rate: Rate, counted: Counted): Bucket {
    const key = `${counted.region} ${rate.name}`
    // A neighbour never eats the last token: the burst stays at least 1, only the refill slows down.
    const burst = Math.max(1, rate.burst * (1 - counted.noisyNeighbour))
    const before = this.#buckets.get(key) ?? { tokens: burst, at: counted.now }
    const bucket = { tokens: Math.min(burst, before.tokens + Math.max(0, counted.now - before.at) * perMs(rate, counted)), at: counted.now }
    this.#buckets.set(key, bucket)
    return bucket
  }
}

function perMs(rate: Rate, { noisyNeighbour }: Counted): number {
  return (rate.perSecond * Math.max(0.01, 1 - noisyNeighbour)) / 1000
}

/**
 * API Gateway: "Too Many Requests" (cloud-custodian issue 7100). Lambda: "Rate Exceeded." with Reason CallerRateLimitExceeded
 * (TooManyRequestsException in Lambda's public model).
 * Retry-After in whole seconds stands in both models; its value is unverified: here the time until a token is there, rounded up.
 */
function throttled(service: string, waitMs: number): AwsError {
  const retryAfterSeconds = String(Math.max(1, Math.ceil(waitMs / 1000)))
  if (service === 'lambda')
    return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
      status: 429,
      members: { retryAfterSeconds, Reason: 'CallerRateLimitExceeded' },
    })
  return new AwsError('TooManyRequestsException', 'Too Many Requests', { status: 429, members: { retryAfterSeconds } })
}
