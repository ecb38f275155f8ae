import { Account } from './account.ts'
import { noEngine, type Engine } from './engine-client.ts'

/** All accounts of one front; an account exists as soon as someone names it. */
export class Accounts {
  readonly engine: Engine
  readonly #byId = new Map<string, Account>()

  constructor(engine: Engine = noEngine) {
    this.engine = engine
  }

  get(id: string): Account {
    let account = this.#byId.get(id)
    if (account === undefined) this.#byId.set(id, (account = new Account(id, this.engine)))
    return account
  }

  all(): Account[] {
    return [...this.#byId.values()]
  }
}
