import type { Call } from '../kernel/call.ts'
import { invalid } from './errors.ts'

/** One page by Marker and MaxItems; `limit` is the most that the operation gives, whatever MaxItems says. */
export function page<T>(call: Call, items: readonly T[], limit: number): { slice: readonly T[]; next: string | undefined } {
  const { Marker, MaxItems } = call.params as { Marker?: string; MaxItems?: number }
  const from = Marker === undefined ? 0 : position(Marker)
  const to = from + Math.min(MaxItems ?? limit, limit)
  return { slice: items.slice(from, to), next: to < items.length ? Buffer.from(String(to)).toString('base64') : undefined }
}

function position(marker: string): number {
  const from = Number(Buffer.from(marker, 'base64').toString())
  // unverified: the text; that a marker of one's own making is refused is the sense of an opaque token.
  if (!Number.isInteger(from) || from <= 0) throw invalid('The provided marker is invalid.')
  return from
}
