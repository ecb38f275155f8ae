/** Real start and end of a call, in milliseconds; without an end it is still in flight. */
export interface Span {
  readonly start: number
  readonly end?: number
}

/**
 * The most calls of which each waited for the one before: B waits for A when B started at or after A's end.
 * With a fixed time per call it is the number of round trips that no parallelism takes away.
 */
export function longestChain(calls: readonly Span[]): number {
  const byStart = [...calls].sort((a, b) => a.start - b.start)
  const ended = byStart.map(() => 0)
  const byEnd = byStart.map((_, index) => index).sort((a, b) => (byStart[a]!.end ?? Infinity) - (byStart[b]!.end ?? Infinity))
  let finished = 0
  let longest = 0
  for (const [index, call] of byStart.entries()) {
    for (; finished < byEnd.length && (byStart[byEnd[finished]!]!.end ?? Infinity) <= call.start; finished++) longest = Math.max(longest, ended[byEnd[finished]!]!)
    ended[index] = longest + 1
  }
  return Math.max(0, ...ended)
}
