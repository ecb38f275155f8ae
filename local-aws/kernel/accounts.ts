import { Account } from './account.ts'
import { noEngine, type Engine } from './engine-client.ts'
import { defaultSettings, type Settings } from './settings.ts'

/** All accounts of one front; an account exists as soon as someone names it. */
export class Accounts {
  readonly engine: Engine
  readonly #atFirst: () => Settings
  readonly #byId = new Map<string, Account>()

  constructor(engine: Engine = noEngine, atFirst: () => Settings = defaultSettings) {
    this.engine = engine
    this.#atFirst = atFirst
  }

  get(id: string): Account {
    let account = this.#byId.get(id)
    if (account === undefined) this.#byId.set(id, (account = new Account(id, this.engine, this.#atFirst)))
    return account
  }

  all(): Account[] {
    return [...this.#byId.values()]
  }
}
