import type { Account } from './account.ts'
import type { Front } from './aws-request.ts'

/** Resolves when no call is in flight: the moment to compare states after a client was killed. */
export async function idle(account: Account): Promise<void> {
  while (account.journal.inFlight().length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** Keeps a copy of all that the account holds, and of its settings and its time; gives the number to {@link restore} it by. */
export async function keepCopy(account: Account): Promise<number> {
  await idle(account)
  await account.lateWork.done()
  return account.copies.push({ front: await account.copy(), engine: await account.engine.copy(account.id) })
}

/**
 * Puts the account back to what it was when the copy was made; what is in flight ends first. Its functions start cold, as those of a new
 * account do.
 * @throws RangeError where there is no such copy
 */
export async function restore(front: Front, account: Account, number: number | undefined): Promise<void> {
  const kept = account.copies[(number ?? 0) - 1]
  if (kept === undefined)
    throw new RangeError(`There is no copy ${number ?? ''} of the account; ${account.copies.length} were made since it was reset.`)
  account.faults.remove()
  account.holds.release()
  await idle(account)
  await account.lateWork.drop()
  for (const service of Object.values(front.services)) await service.endProcesses?.(account)
  await account.engine.restore(account.id, kept.engine)
  account.putBack(kept.front)
}
