import type { Entry, Node } from './node.ts'

/** A text as JSON, and the keys that stand twice in one object: the later value would silently win. */
export interface JsonReading {
  readonly node: Node
  readonly repeated: readonly string[]
}

/** Marks, texts, numbers and words of JSON; what stands between them is blank. */
const tokens = /[{}[\]:,]|"(?:[^"\\]|\\.)*"|[^\s{}[\]:,"]+/g

/** A JSON text as nodes, numbers with the digits that were written; undefined where it is not JSON. `label` is as messages name it. */
export function readJson(text: string, label: string): JsonReading | undefined {
  try {
    // The parser's own message quotes the text, which may hold secrets.
    JSON.parse(text)
  } catch {
    return undefined
  }
  return new JsonReader(text).read(label)
}

/** Reads text that is known to be JSON. */
class JsonReader {
  readonly #tokens: readonly string[]
  #at = 0
  readonly #repeated: string[] = []

  constructor(text: string) {
    this.#tokens = text.match(tokens) ?? []
  }

  read(label: string): JsonReading {
    return { node: this.#value(label), repeated: this.#repeated }
  }

  #value(label: string): Node {
    const token = this.#next()
    if (token === '{') return { kind: 'map', label, entries: this.#entries(label) }
    if (token === '[') return { kind: 'list', label, items: this.#items(label) }
    const value = JSON.parse(token) as string | number | boolean | null
    return { kind: 'scalar', label, value, text: typeof value === 'string' ? value : token }
  }

  #entries(label: string): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>()
    for (let token = this.#next(); token !== '}'; token = this.#next()) {
      if (token === ',') continue
      const key = JSON.parse(token) as string
      this.#next() // the colon
      if (entries.has(key)) this.#repeated.push(key)
      entries.set(key, { node: this.#value(`${label}: ${key}`) })
    }
    return entries
  }

  #items(label: string): readonly Node[] {
    const items: Node[] = []
    for (let token = this.#peek(); token !== ']'; token = this.#peek()) {
      if (token === ',') this.#next()
      else items.push(this.#value(`${label}, item ${items.length + 1}`))
    }
    this.#next()
    return items
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? ''
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? ''
  }
}
