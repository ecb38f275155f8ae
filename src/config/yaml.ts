import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { YAMLMap } from 'yaml'
import type { Place } from '../errors.ts'
import type { Findings } from './findings.ts'
import type { Entry, Node } from './node.ts'

/** The file's content with the place of every value; undefined where it cannot be read. `file` is as messages name it. */
export function parseYaml(text: string, file: string, findings: Findings): Node | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  let readable = true
  for (const problem of [...document.errors, ...document.warnings]) {
    const duplicate = problem.code === 'DUPLICATE_KEY'
    if (!duplicate) readable = false
    findings.error({
      what: duplicate ? `${file}: the key ${keyAt(text, problem.pos)} stands there twice on the same level.` : `${file} is not YAML that can be read: ${firstLine(problem.message)}`,
      cure: duplicate ? 'Take one of the two out, or rename it.' : 'Fix the line; indentation is by spaces, and text with : or # in it needs quotes.',
      place: placeAt(problem.pos[0]),
    })
  }
  if (!readable) return undefined
  return new Reader({ findings, placeAt }).node(document.contents, '')
}

interface ReaderParts {
  readonly findings: Findings
  readonly placeAt: (offset: number) => Place
}

/** Turns the library's tree into ours. */
class Reader {
  readonly #parts: ReaderParts
  /** Values that bear an anchor, once they are read. An alias gives the same value again, with its own first place. */
  readonly #anchored = new Map<string, Node>()

  constructor(parts: ReaderParts) {
    this.#parts = parts
  }

  node(source: unknown, label: string, place: Place = this.#placeOf(source)): Node | undefined {
    if (isAlias(source)) {
      const target = this.#anchored.get(source.source)
      if (target === undefined) this.#complain(`The alias *${source.source} stands inside of what it names.`, 'Write the value out.', place)
      return target
    }
    const node = this.#written(source, label, place)
    if (isNode(source) && source.anchor !== undefined) this.#anchored.set(source.anchor, node)
    return node
  }

  #written(source: unknown, label: string, place: Place): Node {
    if (isMap(source)) return { kind: 'map', label, place, entries: this.#entries(source, label) }
    if (isSeq(source)) {
      const items = source.items.map((item, index) => this.node(item, `${label}, item ${index + 1}`))
      return { kind: 'list', label, place, items: items.filter((item) => item !== undefined) }
    }
    const value: unknown = isScalar(source) ? source.value : null
    if (typeof value === 'string') return { kind: 'scalar', label, place, value, text: value }
    if (typeof value === 'number' || typeof value === 'boolean') {
      return { kind: 'scalar', label, place, value, text: (isScalar(source) ? source.source : undefined) ?? String(value) }
    }
    return { kind: 'scalar', label, place, value: null, text: '' }
  }

  #entries(map: YAMLMap, label: string): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>()
    for (const pair of map.items) {
      const place = this.#placeOf(pair.key)
      if (!isScalar(pair.key)) {
        this.#complain('A key is not plain text.', 'Write a word before the colon.', place)
        continue
      }
      const key = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? String(pair.key.value))
      const node = this.node(pair.value, label === '' ? key : `${label}.${key}`, pair.value === null ? place : undefined)
      if (node !== undefined) entries.set(key, { place, node })
    }
    return entries
  }

  #placeOf(source: unknown): Place {
    const range = typeof source === 'object' && source !== null && 'range' in source ? source.range : undefined
    return this.#parts.placeAt(Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0)
  }

  #complain(what: string, cure: string, place: Place): void {
    this.#parts.findings.error({ what, cure, place })
  }
}

/** The key's own text, as the library marks it: from its first letter on, at most to the line's end. */
function keyAt(text: string, [start]: readonly [number, number]): string {
  const [line = ''] = text.slice(start).split('\n')
  const written = /^(.*?)\s*:(?:\s|$)/.exec(line)?.[1] ?? line.trim()
  return `"${written.replace(/^(["'])(.*)\1$/, '$2')}"`
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message
}
