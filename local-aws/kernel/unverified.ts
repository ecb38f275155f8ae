import type { Account } from './account.ts'

/**
 * Applies a rule for which there is no evidence, where the account has such rules, and notes that the account would have been treated
 * otherwise without it: a test that met none of them need not be run without them.
 */
export function unverified<T>(account: Account, rule: () => T): T | undefined {
  if (!account.settings.unverified) return undefined
  try {
    return rule()
  } catch (refusal) {
    throw withoutEvidence(account, refusal as Error)
  }
}

/** A refusal that rests on a rule without evidence. */
export function withoutEvidence<E extends Error>(account: Account, refusal: E): E {
  account.metUnverified = true
  return refusal
}
