/** The clock of one account as a child process must know it to live in the same time. */
export interface ClockState {
  /** Virtual milliseconds since 1970. */
  readonly now: number
  /** Virtual milliseconds that pass by themselves in one real millisecond; 0 where the clock stands until somebody moves it. */
  readonly rate: number
}

/** From `real` on, virtual time went on at `rate` from `virtual`; both in milliseconds since 1970. */
interface Stretch {
  readonly real: number
  readonly virtual: number
  readonly rate: number
}

/**
 * The clock of one account: every window, rate and time stamp of the front counts in its milliseconds.
 * It runs by itself at a rate, or stands still (rate 0), and anybody may move it on; it goes back only with the whole account.
 */
export class Clock {
  readonly #stretches: [Stretch, ...Stretch[]]
  readonly #waiting = new Set<() => void>()

  /** @throws RangeError for a rate that is negative or not finite */
  constructor(rate = 1) {
    const now = Date.now()
    this.#stretches = [{ real: now, virtual: now, rate: checked('rate', rate) }]
  }

  get rate(): number {
    return this.#last.rate
  }

  /** Virtual milliseconds since 1970. */
  now(): number {
    const { real, virtual, rate } = this.#last
    return virtual + Math.max(0, Date.now() - real) * rate
  }

  /** The virtual time of a moment that was real time; before the clock was made, both ran alike. */
  at(realMs: number): number {
    const first = this.#stretches[0]
    if (realMs < first.real) return first.virtual - (first.real - realMs)
    const { real, virtual, rate } = this.#stretches.findLast((each) => each.real <= realMs) ?? first
    return virtual + (realMs - real) * rate
  }

  /** Moves the clock on by so many virtual milliseconds. */
  advance(ms: number): void {
    this.#begin(this.now() + checked('advance', ms), this.rate)
  }

  /** Moves the clock on to a moment, unless it is there already. */
  advanceTo(virtualMs: number): void {
    if (checked('to', virtualMs) > this.now()) this.#begin(virtualMs, this.rate)
  }

  /** Resolves when so many virtual milliseconds have passed, of themselves or because the clock was moved. */
  async wait(ms: number): Promise<void> {
    const end = this.now() + ms
    while (this.now() < end) await this.#change((end - this.now()) / this.rate)
  }

  /** Makes it that moment again, for an account that is put back to what it was then. */
  goBackTo(virtualMs: number): void {
    this.#begin(virtualMs, this.rate)
  }

  /** Lets the clock run at another rate from now on. */
  runAt(rate: number): void {
    this.#begin(this.now(), checked('rate', rate))
  }

  state(): ClockState {
    return { now: this.now(), rate: this.rate }
  }

  /** Resolves when the clock has been moved, and after so many real milliseconds at the latest. */
  #change(realMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(realMs) ? setTimeout(() => wake(), realMs) : undefined
      const wake = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(wake)
        resolve()
      }
      this.#waiting.add(wake)
    })
  }

  get #last(): Stretch {
    return this.#stretches.at(-1) ?? this.#stretches[0]
  }

  #begin(virtual: number, rate: number): void {
    this.#stretches.push({ real: Date.now(), virtual, rate })
    for (const wake of this.#waiting) wake()
  }
}

function checked(what: string, value: number): number {
  if (!(value >= 0 && Number.isFinite(value))) throw new RangeError(`The clock's "${what}" must be a number of 0 or more, not ${value}.`)
  return value
}
