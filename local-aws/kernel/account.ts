import { Clock } from './clock.ts'
import { noEngine, type Engine } from './engine-client.ts'
import { Faults } from './faults.ts'
import { Holds } from './holds.ts'
import { Journal } from './journal.ts'
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
  }

  /** The state of one service in one Region; `kind` makes the empty state and is the key, so that every service keeps a type of its own. */
  state<T>(region: string, kind: () => T): T {
    const byKind = this.#regions.get(region) ?? new Map<object, unknown>()
    this.#regions.set(region, byKind)
    let state = byKind.get(kind)
    if (state === undefined) byKind.set(kind, (state = kind()))
    return state as T
  }

  /** Forgets everything that the front holds; what the engine keeps is wiped by kernel/wipe.ts. */
  reset(): void {
    this.#regions.clear()
    this.touched.clear()
    this.settings = this.#atFirst()
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
