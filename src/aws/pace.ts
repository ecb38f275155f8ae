import { pause } from '../cancellation.ts'

/** A documented request rate: `burst` requests at once, refilled by `perSecond`. */
interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/**
 * Rates per account and Region that cannot be raised.
 * API Gateway: developer guide, "Quotas for creating, deploying and managing an API".
 * Lambda: developer guide, "Lambda quotas", API requests.
 */
const rates: Readonly<Record<string, Rate>> = {
  apigateway: { perSecond: 10, burst: 40 },
  'apigateway:CreateDeployment': { perSecond: 1 / 5, burst: 1 },
  'apigateway:CreateRestApi': { perSecond: 1 / 3, burst: 1 },
  'apigateway:DeleteRestApi': { perSecond: 1 / 30, burst: 1 },
  'apigateway:PutRestApi': { perSecond: 1, burst: 1 },
  'apigateway:CreateResource': { perSecond: 5, burst: 5 },
  'apigateway:DeleteResource': { perSecond: 5, burst: 5 },
  'apigateway:GetResources': { perSecond: 2.5, burst: 5 },
  'apigateway:UpdateAccount': { perSecond: 1 / 20, burst: 1 },
  lambda: { perSecond: 15, burst: 15 },
  'lambda:GetFunction': { perSecond: 100, burst: 100 },
  'lambda:GetPolicy': { perSecond: 15, burst: 15 },
}

/** Lambda counts these apart from its total for control requests (same source). */
const outsideTotal = new Set(['lambda:GetFunction', 'lambda:GetPolicy'])

/** Tokens that come back with time; a request waits until it has one. */
class Bucket {
  readonly #rate: Rate
  #tokens: number
  #at: number

  constructor(rate: Rate) {
    this.#rate = rate
    this.#tokens = rate.burst
    this.#at = performance.now()
  }

  /** Takes a token, also one that is still to come, and says in how many milliseconds it will be there. */
  take(): number {
    // Never the time of day: a clock that is set back would hold requests for as long as it was set.
    const now = performance.now()
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate.perSecond) - 1
    this.#at = now
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate.perSecond) * 1000
  }
}

/** Holds requests back until the documented rates allow them, so that AWS need not refuse. One pace serves one account and Region. */
export class Pace {
  readonly #buckets = new Map<string, Bucket>()

  /** Waits for the operation's turn; `operation` is written `service:Operation`. */
  async wait(operation: string): Promise<void> {
    const service = operation.slice(0, operation.indexOf(':'))
    const names = outsideTotal.has(operation) ? [operation] : [service, operation]
    const delay = Math.max(...names.map((name) => this.#bucket(name)?.take() ?? 0))
    if (delay > 0) await pause(delay)
  }

  #bucket(name: string): Bucket | undefined {
    const rate = rates[name]
    if (rate === undefined) return undefined
    let bucket = this.#buckets.get(name)
    if (bucket === undefined) this.#buckets.set(name, (bucket = new Bucket(rate)))
    return bucket
  }
}
