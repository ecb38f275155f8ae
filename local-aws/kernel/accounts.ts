import { Account, type AccountOptions } from './account.ts'
import { noEngine, type Engine } from './engine-client.ts'

/** All accounts of one front; an account exists as soon as someone names it. */
export class Accounts {
  readonly engine: Engine
  readonly #options: AccountOptions
  readonly #byId = new Map<string, Account>()

  constructor(options: AccountOptions = {}) {
    this.engine = options.engine ?? noEngine
    this.#options = options
  }

  get(id: string): Account {
    let account = this.#byId.get(id)
    if (account === undefined) this.#byId.set(id, (account = new Account(id, this.#options)))
    return account
  }

  all(): Account[] {
    return [...this.#byId.values()]
  }
}
