/**
 * The virtual clock of local AWS: every window, rate and time stamp of the front counts in its milliseconds.
 * It runs `rate` times as fast as the wall clock from one shared instant (`epoch`), so that a child process that
 * loads scale-timers.mjs with the same two values lives in the same time without asking.
 */
class Clock {
  #rate = 1
  #epoch = Date.now()

  /** Sets the speed; call it before anything reads the clock. */
  start({ rate, epoch = Date.now() }: { readonly rate: number; readonly epoch?: number }): void {
    if (!(rate > 0 && Number.isFinite(rate))) throw new RangeError(`The clock's rate must be a positive number, not ${rate}.`)
    this.#rate = rate
    this.#epoch = epoch
  }

  /** Virtual milliseconds that pass in one real millisecond. */
  get rate(): number {
    return this.#rate
  }

  /** Real milliseconds since 1970 at which virtual and real time were equal. */
  get epoch(): number {
    return this.#epoch
  }

  /** Virtual milliseconds since 1970. */
  now(): number {
    return this.toVirtual(Date.now())
  }

  /** The virtual time of a real one, both in milliseconds since 1970. */
  toVirtual(realMs: number): number {
    return this.#epoch + (realMs - this.#epoch) * this.#rate
  }

  /** Resolves after that many virtual milliseconds. */
  wait(virtualMs: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, Math.max(0, virtualMs) / this.#rate))
  }

  /** The environment that puts a child process under this clock; it also needs `--import` of scale-timers.mjs. */
  environment(): Readonly<Record<string, string>> {
    return { LOCAL_AWS_CLOCK_RATE: String(this.#rate), LOCAL_AWS_CLOCK_EPOCH: String(this.#epoch) }
  }
}

export const clock = new Clock()
