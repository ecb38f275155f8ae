import { takeNotesAlong } from './side-notes.ts'

/**
 * A copy that shares nothing that can change with the original, and in which two places hold the same object where they do in the
 * original. Bytes, functions and promises are never changed by the front and stay the same.
 * @throws Error for an object of another class, whose inside it cannot know
 */
export function deepCopy<T>(value: T): T {
  const copies = new Map<object, object>()
  return copy(value) as T

  function copy(each: unknown): unknown {
    if (typeof each !== 'object' || each === null || Buffer.isBuffer(each) || each instanceof Promise) return each
    const known = copies.get(each)
    if (known !== undefined) return known
    const made = emptyLike(each)
    copies.set(each, made)
    fill(each, made)
    takeNotesAlong(each, made, copy)
    return made
  }

  function fill(from: object, to: object): void {
    if (from instanceof Map) for (const [key, value] of from) (to as Map<unknown, unknown>).set(copy(key), copy(value))
    else if (from instanceof Set) for (const value of from) (to as Set<unknown>).add(copy(value))
    else for (const [key, value] of Object.entries(from)) (to as Record<string, unknown>)[key] = copy(value)
  }
}

/** The promises in a value, at any depth: what they will change is not there yet. */
export function promisesIn(value: unknown, met = new Set<object>()): Promise<unknown>[] {
  if (value instanceof Promise) return [value]
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value) || met.has(value)) return []
  met.add(value)
  const inside: Iterable<unknown> = value instanceof Map || value instanceof Set ? value : Object.values(value)
  return [...inside].flatMap((each) => promisesIn(each, met))
}

function emptyLike(value: object): object {
  if (value instanceof Map) return new Map()
  if (value instanceof Set) return new Set()
  if (Array.isArray(value)) return []
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return Object.create(prototype) as object
  throw new Error(`An object of class ${value.constructor.name} cannot be copied: kernel/deep-copy.ts does not know what it holds.`)
}
