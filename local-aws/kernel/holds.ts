/** A call that hangs on request. */
export interface HeldCall {
  readonly seq: number
  readonly service: string
  readonly operation: string
  readonly when: 'before' | 'after'
}

interface Held {
  readonly call: HeldCall
  readonly release: () => void
}

/** The calls of one account that hang until they are released, or until their client goes away. */
export class Holds {
  readonly #held = new Set<Held>()
  readonly #waiting = new Set<() => void>()

  /** Hangs until {@link release} names the call, or `signal` says that its client is gone. */
  async hold(call: HeldCall, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const held: Held = {
        call,
        release: () => {
          this.#held.delete(held)
          resolve()
        },
      }
      this.#held.add(held)
      signal.addEventListener('abort', held.release, { once: true })
      for (const wake of this.#waiting) wake()
    })
  }

  list(): readonly HeldCall[] {
    return [...this.#held].map(({ call }) => call)
  }

  /** Lets one call go on (by its number in the journal), or all of them. */
  release(seq?: number): void {
    for (const held of [...this.#held]) if (seq === undefined || held.call.seq === seq) held.release()
  }

  /** The held calls, as soon as there is one; an empty list after `timeoutMs` real milliseconds. */
  async wait(timeoutMs: number): Promise<readonly HeldCall[]> {
    if (this.#held.size === 0) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          this.#waiting.delete(done)
          resolve()
        }
        const timer = setTimeout(done, timeoutMs)
        this.#waiting.add(done)
      })
    }
    return this.list()
  }
}
