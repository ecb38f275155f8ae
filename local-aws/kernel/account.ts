import { Clock } from './clock.ts'
import { deepCopy, promisesIn } from './deep-copy.ts'
import { noEngine, type Engine } from './engine-client.ts'
import { Faults } from './faults.ts'
import { Holds } from './holds.ts'
import { Journal } from './journal.ts'
import { LateWork } from './late-work.ts'
import { RateBuckets } from './rates.ts'
import { defaultSettings, type Settings } from './settings.ts'

/** What an account has from the front that it is in. */
export interface AccountOptions {
  readonly engine?: Engine
  /** Makes the settings of a new or reset account. */
  readonly atFirst?: () => Settings
  /** Virtual milliseconds that pass by themselves in one real millisecond (default 1). */
  readonly clockRate?: number
}

/** What the front holds of an account at one moment. */
export interface AccountCopy {
  readonly regions: ReadonlyMap<string, Map<object, unknown>>
  readonly touched: ReadonlySet<string>
  readonly settings: Settings
  /** Virtual milliseconds. */
  readonly now: number
}

/** All that one AWS account holds in the front, and how the front treats it. A 12-digit access key id names the account. */
export class Account {
  readonly id: string
  /** Keeps this account's IAM, STS, S3, Logs and CloudWatch. */
  readonly engine: Engine
  readonly clock: Clock
  readonly journal = new Journal()
  readonly faults = new Faults()
  readonly holds = new Holds()
  readonly rates = new RateBuckets()
  /** Regions in which the account was ever called: where the engine may hold something of it. */
  readonly touched = new Set<string>()
  /** Copies of the account since its last reset, the engine's part beside the front's; the first is number 1. */
  readonly copies: { readonly front: AccountCopy; readonly engine: Buffer }[] = []
  readonly lateWork: LateWork
  settings: Settings
  /** Whether a rule without evidence has ever decided something here; a reset does not forget it. */
  metUnverified = false
  readonly #atFirst: () => Settings
  readonly #regions = new Map<string, Map<object, unknown>>()

  constructor(id: string, { engine = noEngine, atFirst = defaultSettings, clockRate = 1 }: AccountOptions = {}) {
    this.id = id
    this.engine = engine
    this.#atFirst = atFirst
    this.settings = atFirst()
    this.clock = new Clock(clockRate)
    this.lateWork = new LateWork(this.clock)
  }

  /** The state of one service in one Region; `kind` makes the empty state and is the key, so that every service keeps a type of its own. */
  state<T>(region: string, kind: () => T): T {
    const byKind = this.#regions.get(region) ?? new Map<object, unknown>()
    this.#regions.set(region, byKind)
    let state = byKind.get(kind)
    if (state === undefined) byKind.set(kind, (state = kind()))
    return state as T
  }

  /** Everything that the front holds of it now, once what is being set up is there. */
  async copy(): Promise<AccountCopy> {
    await Promise.allSettled(promisesIn(this.#regions))
    return { regions: deepCopy(this.#regions), touched: new Set(this.touched), settings: this.settings, now: this.clock.now() }
  }

  /** Holds again what it held when the copy was made; its clock goes back to that moment, too. */
  putBack({ regions, touched, settings, now }: AccountCopy): void {
    this.#forget()
    for (const [region, states] of deepCopy(regions)) this.#regions.set(region, states)
    for (const region of touched) this.touched.add(region)
    this.settings = settings
    this.clock.goBackTo(now)
  }

  /** Forgets everything that the front holds; what the engine keeps is wiped by the services. */
  reset(): void {
    this.#forget()
    this.settings = this.#atFirst()
    this.copies.length = 0
  }

  #forget(): void {
    this.#regions.clear()
    this.touched.clear()
    this.faults.remove()
    this.holds.release()
    this.rates.refill()
    this.journal.clear()
  }

  /** Regions that hold state; what belongs to no Region (`aws-global`) is not among them. */
  regions(): string[] {
    return [...this.#regions.keys()].filter((region) => region !== 'aws-global')
  }
}
