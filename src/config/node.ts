import type { Place } from '../errors.ts'
import { defined } from '../defined.ts'

/** A value of the config together with where it was written, so that every complaint can name the place. */
export type Node = ScalarNode | ListNode | MapNode

interface Written {
  /** How messages call it: `functions.book.timeout`, or `input "timeout"`. */
  readonly label: string
  /** Missing where an input gave it. */
  readonly place?: Place
}

export interface ScalarNode extends Written {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** The characters as written: `1.10` stays `1.10`. */
  readonly text: string
}

export interface ListNode extends Written {
  readonly kind: 'list'
  readonly items: readonly Node[]
}

export interface MapNode extends Written {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Entry>
}

export interface Entry {
  /** The key's own place. */
  readonly place?: Place
  readonly node: Node
}

/** The flat name of each setting that a part of the config gives, with its value. */
export type Given = ReadonlyMap<string, Node>

/** A scalar that stands in an input. */
export function inputScalar(label: string, value: string | number | boolean): ScalarNode {
  return { kind: 'scalar', label, value, text: String(value) }
}

/** Settings of several layers as one: a later layer wins, and maps (variables, tags, routes) are merged key by key. */
export function mergeGiven(...layers: readonly Given[]): Given {
  const merged = new Map<string, Node>()
  for (const layer of layers) {
    for (const [name, node] of layer) {
      const before = merged.get(name)
      merged.set(name, before === undefined ? node : mergeNodes(before, node))
    }
  }
  return merged
}

function mergeNodes(below: Node, above: Node): Node {
  if (below.kind !== 'map' || above.kind !== 'map') return above
  const entries = new Map(below.entries)
  // An entry is one value, even where it is written as a map (`{ from-env: NAME }`, `{ function: book }`): it replaces, whole.
  for (const [key, entry] of above.entries) entries.set(key, entry)
  return { ...above, entries }
}

/** The parts of a place that an {@link ErrorText} takes: nothing for an input. */
export function at(node: { readonly place?: Place | undefined }): { readonly place?: Place } {
  return defined({ place: node.place })
}
