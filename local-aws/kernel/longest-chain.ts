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
  const moments = calls.flatMap((call) => [
    { at: call.start, call, ends: false },
    ...(call.end === undefined ? [] : [{ at: call.end, call, ends: true }]),
  ])
  moments.sort((a, b) => a.at - b.at || Number(b.ends) - Number(a.ends))
  const lengths = new Map<Span, number>()
  let ended = 0
  for (const { call, ends } of moments) {
    if (ends) ended = Math.max(ended, lengths.get(call) ?? 0)
    else lengths.set(call, ended + 1)
  }
  return Math.max(0, ...lengths.values())
}
