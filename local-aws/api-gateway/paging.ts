import type { Call, Output } from '../kernel/call.ts'
import { badRequest } from './errors.ts'
import { text } from './values.ts'

// API reference of every GetXs operation: "The default value is 25 and the maximum value is 500."
const DEFAULT_LIMIT = 25
const MAXIMUM_LIMIT = 500

/**
 * One page of `items`. AWS promises no order, so the key is the order: ids are random, and nothing can lean on the order of creation.
 * The position names the first item of the next page, so that what is created between two pages shifts nothing.
 */
export function page<T>(call: Call, items: Iterable<T>, keyOf: (item: T) => string): { items: T[]; position?: string } {
  const sorted = [...items].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const limit = pageLimit(call.params.limit)
  const first = call.params.position === undefined ? '' : decodePosition(text(call.params.position))
  const rest = sorted.filter((item) => keyOf(item) >= first)
  const next = rest[limit]
  return { items: rest.slice(0, limit), ...(next === undefined ? {} : { position: encodePosition(keyOf(next)) }) }
}

/** A page as the answer of a GetXs operation; `item` is the member's name in GetStages alone. */
export function pageOutput<T>(paged: { items: T[]; position?: string }, show: (item: T) => Output): Output {
  return { items: paged.items.map(show), ...(paged.position === undefined ? {} : { position: paged.position }) }
}

function pageLimit(limit: unknown): number {
  const wanted = Number(limit ?? DEFAULT_LIMIT)
  return wanted > 0 ? Math.min(wanted, MAXIMUM_LIMIT) : DEFAULT_LIMIT
}

function encodePosition(key: string): string {
  return Buffer.from(`p:${key}`).toString('base64')
}

function decodePosition(position: string): string {
  const decoded = Buffer.from(position, 'base64').toString()
  // Text unverified; that a foreign token is refused is what every paging API of AWS does.
  if (!decoded.startsWith('p:')) throw badRequest('Invalid position parameter.')
  return decoded.slice(2)
}
