import type { FreshAccount } from '../../local-aws/testing.ts'

/** What stands in an account before something is tried on it. */
interface Standing {
  readonly account: Pick<FreshAccount, 'control'>
}

/**
 * Gives each trial what `make` has made, as it was then: when a trial is over its account is put back, and the next one takes it. Made anew
 * only where all are in use, or where a trial has failed.
 */
export function standingFor<T extends Standing>(make: () => Promise<T>): <R>(attempt: (standing: T) => Promise<R>) => Promise<R> {
  const free: { readonly standing: T; readonly copy: number }[] = []
  const made = async (): Promise<{ readonly standing: T; readonly copy: number }> => {
    const standing = await make()
    return { standing, copy: await standing.account.control.keepCopy() }
  }
  return async (attempt) => {
    const one = free.pop() ?? (await made())
    const result = await attempt(one.standing)
    await one.standing.account.control.restore(one.copy)
    free.push(one)
    return result
  }
}
