import { itemOf, keyOf, shapeOf, type ServiceModel, type ShapeRef } from '../kernel/model/service-model.ts'

/** Draws a number from 0 (inclusive) to 1, the same sequence for a seed on every machine (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface Nonsense {
  readonly model: ServiceModel
  readonly random: () => number
  /** Values that make sense for a member of this name, so that requests come further than its first check. */
  readonly sense: Readonly<Record<string, readonly string[]>>
}

const words = ['', 'constructor', '__proto__', 'toString', 'a'.repeat(600), 'ä☃😀', '../..', '{x}', '$LATEST', 'null', '0', '-1', '*', 'a b', '%00', '{"a":', '<x>', 'arn:aws:x']
const documents = ['', 'x', '[]', 'null', '{"paths":{"constructor":null}}', '{"openapi":"3.0.1","info":{},"paths":{"/a":{"get":{}}}}', '{"swagger":"2.0","paths":{"/x":null,"/y":{"get":null}}}']

const pick = <T>({ random }: Nonsense, values: readonly T[]): T => values[Math.floor(random() * values.length)] as T

/** Some members of a structure with values of their types and hardly any sense, as the SDK takes them. */
export function nonsense(from: Nonsense, ref: ShapeRef, name = ''): unknown {
  const shape = shapeOf(from.model, ref)
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(Object.entries(shape.members ?? {}).flatMap(([member, of]) => (shape.required?.includes(member) === true || from.random() < 0.35 ? [[member, nonsense(from, of, member)]] : [])))
    case 'list':
      return Array.from({ length: pick(from, [0, 1, 1, 2]) }, () => nonsense(from, itemOf(shape), name))
    case 'map':
      return Object.fromEntries(Array.from({ length: pick(from, [0, 1, 2]) }, () => [String(nonsense(from, keyOf(shape))), nonsense(from, itemOf(shape))]))
    case 'string':
      return pick(from, from.random() < 0.8 ? (from.sense[name] ?? shape.enum ?? words) : words)
    case 'boolean':
      return from.random() < 0.5
    case 'blob':
      return Buffer.from(pick(from, documents))
    case 'timestamp':
      return new Date(0)
    default:
      return pick(from, [0, 1, -1, 3, 128, 1_000_000, 0.5])
  }
}
