import { pause } from '../cancellation.ts'

/** How an attempt's error is met. */
interface Verdict {
  /** The next attempt may come after this many milliseconds. */
  readonly after: number
  /** Whether the failed attempt may have had its effect all the same. */
  readonly ambiguous: boolean
  /** Whether an attempt before it, whose answer was lost, seems to have made it. */
  readonly exists?: boolean
  /** For how many milliseconds such refusals are waited out, counted from the first. */
  readonly passesIn?: number
  /** For how many milliseconds they are, counted from the first attempt; the whole patience where nothing is said. */
  readonly within?: number
}

export interface RetryOptions<T> {
  /** Looks whether an attempt whose answer was lost has had its effect; what it finds takes the answer's place. */
  readonly lookup?: () => Promise<T | undefined>
  /** Texts of refusals that pass with time here, such as a role that is not yet known everywhere. */
  readonly passing?: RegExp
  /** For how many milliseconds such a refusal is waited out, counted from the first; the whole patience where nothing is said. */
  readonly passingFor?: number
  /** For how many milliseconds throttling is waited out, where that takes longer than the whole patience. */
  readonly throttledFor?: number
  /** For how many milliseconds a refusal is not believed that something is not there; 0 where it is. */
  readonly absence?: (error: unknown) => number
  /** Told before each wait. */
  readonly onWait?: (reason: string, milliseconds: number) => void
}

/** Throttling is waited out for this long; a broken connection or a 5xx gets five attempts. */
const patience = 5 * 60_000
const brokenAttempts = 5

/** What a lost attempt has made is looked for until it is shown; whose it is only a look tells. */
const unshown = 30_000

/**
 * The only retry there is (the SDK's own are off): waits out throttling with Retry-After and jitter, passing conflicts, and broken
 * answers; a quota (`LimitExceededException`, also status 429) never. Before it repeats something whose answer was lost, it looks.
 */
export async function withRetry<T>(attempt: () => Promise<T>, options: RetryOptions<T> = {}): Promise<T> {
  const start = performance.now()
  let broken = 0
  let passingSince: number | undefined
  for (let count = 1; ; count++) {
    try {
      return await attempt()
    } catch (error) {
      const verdict = judge(error, { ...options, count, isRepeated: broken > 0 })
      if (verdict === undefined || performance.now() - start > (verdict.within ?? patience)) throw error
      if (verdict.passesIn !== undefined) {
        passingSince ??= performance.now()
        if (performance.now() - passingSince > verdict.passesIn) throw error
      }
      if (verdict.ambiguous && ++broken >= brokenAttempts) throw error
      options.onWait?.(describe(error), verdict.after)
      await pause(verdict.after, verdict.ambiguous)
      if ((verdict.ambiguous || verdict.exists === true) && options.lookup !== undefined) {
        const found = await options.lookup()
        if (found !== undefined) return found
      }
    }
  }
}

interface Attempt extends Pick<RetryOptions<never>, 'passing' | 'passingFor' | 'throttledFor' | 'absence'> {
  readonly count: number
  /** Whether the answer of an attempt before it was lost, which may have had its effect. */
  readonly isRepeated: boolean
}

interface SdkError {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean }
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> }
  readonly retryAfterSeconds?: string
}

/**
 * Refusals of a signature's time. The SDK has learnt AWS's time from the answer, so that the next attempt is right; it says so of every
 * refusal while the machine's clock is wrong, and a key may be wrong as well: so the name counts, too, and attempts are few.
 */
const skewed = /^(InvalidSignature|SignatureDoesNotMatch|RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)/

function judge(error: unknown, attempt: Attempt): Verdict | undefined {
  const { count, passing, passingFor = patience, throttledFor = patience, absence, isRepeated } = attempt
  const { name = '', message = '', $metadata, $response, retryAfterSeconds } = error as SdkError
  const status = $metadata?.httpStatusCode
  if (name === 'LimitExceededException') return undefined
  if (/TooManyRequests|Throttling|Throttled|RequestLimitExceeded|SlowDown/.test(name)) {
    const asked = secondsOf(retryAfterSeconds ?? $response?.headers?.['retry-after'])
    return { after: Math.max(asked * 1000, backoff(count, 200, 20_000)) + jitter(200), ambiguous: false, within: throttledFor }
  }
  if (passing?.test(message) === true) return { after: backoff(count, 500, 10_000), ambiguous: false, passesIn: passingFor }
  const disbelief = absence?.(error) ?? 0
  if (disbelief > 0) return { after: backoff(count, 250, 5_000), ambiguous: false, passesIn: disbelief }
  // What a lost attempt has made is not shown at once, either.
  if (isRepeated && /already exists?\b/i.test(message)) {
    return { after: backoff(count, 250, 5_000), ambiguous: false, passesIn: unshown, exists: true }
  }
  if (isPassingConflict(name, message)) return { after: backoff(count, 150, 5_000), ambiguous: false }
  if ($metadata?.clockSkewCorrected === true && skewed.test(name)) return { after: jitter(200), ambiguous: true }
  const isBroken = isUnanswered(error) || (status !== undefined && status >= 500 && status !== 501)
  return isBroken ? { after: backoff(count, 200, 5_000), ambiguous: true } : undefined
}

/**
 * Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); what is neither asks for nothing. More than the whole patience is never
 * waited.
 */
function secondsOf(retryAfter: string | undefined): number {
  const seconds = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : (Date.parse(retryAfter ?? '') - Date.now()) / 1000
  return Number.isNaN(seconds) ? 0 : Math.min(Math.max(seconds, 0), patience / 1000)
}

/**
 * Whether no answer came, or not all of it: nobody there, or the connection broke. The attempt may have had its effect all the same.
 * An answer that broke off has a status already; then only names that AWS never gives an error of its own tell.
 */
export function isUnanswered(error: unknown): boolean {
  const { name = '', message = '', code = '', $metadata } = error as SdkError
  if (/^(ECONN\w+|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|TimeoutError)$/m.test(`${name}\n${code}`)) return true
  const broken = /ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|TimeoutError|socket hang up|aborted/
  return $metadata?.httpStatusCode === undefined && broken.test(`${name} ${code} ${message}`)
}

/**
 * Conflicts that another change under way causes, by service; their names and texts.
 * API Gateway: terraform-provider-aws retries every ConflictException with "concurrent modification. Please try again later".
 * Lambda: "An update is in progress" and "currently in the following state: Pending" (recorded in test_lambda_api; in the control plane's
 * wording the state stands in quotes: go-to-k/cdkd), and "could not be updated due to a concurrent update operation" of another write to
 * the same function (anomalyco/sst#6923, terraform-provider-aws#5154).
 * Logs: OperationAbortedException (API reference, CreateLogGroup). S3: OperationAborted of two CreateBucket at once; IAM:
 * ConcurrentModification (API reference, AttachRolePolicy). terraform-provider-aws retries both.
 */
const passingConflicts: readonly (readonly [name: RegExp, text: RegExp])[] = [
  [/^ConflictException$/, /try again later/i],
  [/^BadRequestException$/, /already an update in progress/i],
  [/^ResourceConflictException$/, /update is in progress|concurrent update operation|in the following state: '?Pending/i],
  [/^(OperationAborted|ConcurrentModification)(Exception)?$/, /(?:)/],
]

function isPassingConflict(name: string, message: string): boolean {
  return passingConflicts.some(([ofName, ofText]) => ofName.test(name) && ofText.test(message))
}

function backoff(count: number, first: number, most: number): number {
  return Math.min(most, first * 2 ** (count - 1)) + jitter(first / 2)
}

function jitter(most: number): number {
  return Math.random() * most
}

function describe(error: unknown): string {
  const { name = 'Error', message = '' } = error as SdkError
  return `${name}: ${message}`
}
