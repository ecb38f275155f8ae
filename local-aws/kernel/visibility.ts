import type { Call } from './call.ts'

/** How a new thing comes to be known: by nobody at first, then by some of those that are asked, then by all. */
export interface Visibility {
  /** Virtual milliseconds. */
  readonly from: number
  readonly until: number
  /** The last call that looked while only some knew of it, and what it met. */
  last: { readonly seq: number | undefined; readonly found: boolean }
}

/** The visibility of what is made now, after a window of virtual milliseconds. */
export function visibleAfter(now: number, window: number): Visibility {
  return { from: now, until: now + window, last: { seq: undefined, found: false } }
}

/**
 * Whether a call finds it. An eventually consistent store answers from one of several copies: until the middle of the window none has it,
 * from then on every other call meets one that has, so that "found" may be followed by "not found" (terraform-provider-aws,
 * internal/service/lambda/permission.go and function.go, try both again for five minutes; issue 25440).
 */
export function isSeen(visibility: Visibility, { now, seq }: Pick<Call, 'now' | 'seq'>): boolean {
  if (now >= visibility.until) return true
  if (now < (visibility.from + visibility.until) / 2) return false
  const { last } = visibility
  if (last.seq !== seq || seq === undefined) visibility.last = { seq, found: !last.found }
  return visibility.last.found
}
