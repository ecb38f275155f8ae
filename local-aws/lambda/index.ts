import type { Account } from '../kernel/account.ts'
import type { Handlers } from '../kernel/call.ts'

export const handlers: Handlers = {}

/** The whole state of the account as plain JSON. */
export function dump(_account: Account): Record<string, unknown> {
  return {}
}

/** Ends every process that the service started. */
export async function stop(): Promise<void> {}
