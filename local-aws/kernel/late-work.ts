import type { Clock } from './clock.ts'

/** What an account does after its answers, such as writing logs. What was begun before the account was reset or put back is dropped. */
export class LateWork {
  readonly #clock: Clock
  readonly #underWay = new Set<Promise<void>>()
  #life = {}

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Does it once so many virtual milliseconds have passed; resolves when it is done or dropped, and rejects as it does. */
  async after(ms: number, work: () => Promise<void>): Promise<void> {
    const life = this.#life
    if (ms > 0) await this.#clock.wait(ms)
    if (life !== this.#life) return
    const doing = work()
    this.#underWay.add(doing)
    await doing.finally(() => this.#underWay.delete(doing))
  }

  /** Resolves when nothing of it is being done; what still waits for its time is not waited for. */
  async done(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
  }

  /** Drops what still waits, and resolves when the rest is done. */
  drop(): Promise<void> {
    this.#life = {}
    return this.done()
  }
}
