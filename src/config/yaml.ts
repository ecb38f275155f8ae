import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document, YAMLMap } from 'yaml'
import type { ErrorText, Place } from '../errors.ts'
import type { Findings } from './findings.ts'
import { foreignFile, foreignWords } from './foreign-file.ts'
import type { Entry, Node } from './node.ts'
import { expressionText, isAboutShape, mistakeBeforeParsing, problemText } from './yaml-mistakes.ts'
import { shapeMistake } from './yaml-shapes.ts'

/** The file's content with the place of every value; undefined where it cannot be read. `file` is as messages name it. */
export function parseYaml(text: string, file: string, findings: Findings): Node | undefined {
  const lines = new LineCounter()
  // The library compares each key with every other one, which takes minutes for a file of very many; ours are looked up.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  const mistake = mistakeBeforeParsing(text, file)
  if (mistake !== undefined) {
    const { offset, ...words } = mistake
    findings.error({ ...words, place: placeAt(offset) })
    return undefined
  }
  const foreign = foreignWords.test(text) ? foreignFile(plainContent(document), file) : undefined
  if (foreign !== undefined) {
    findings.error({ ...foreign, place: { file } })
    return undefined
  }
  if (!reportProblems(document, { text, file, findings, placeAt })) return undefined
  return new Reader({ file, findings, placeAt }).node(document.contents, '')
}

/** The values alone; nothing where they cannot be had, which is told elsewhere. */
function plainContent(document: Document): unknown {
  try {
    return document.toJS()
  } catch {
    return undefined
  }
}

/** The text that is read, and how its places are told. */
interface YamlText {
  readonly text: string
  readonly file: string
  readonly findings: Findings
  readonly placeAt: (offset: number) => Place
}

/** Whether the document can be used. One mistake in the form of a text often brings others, so the first is told alone. */
function reportProblems({ errors, warnings }: Document, { text, file, findings, placeAt }: YamlText): boolean {
  const [first] = [...errors].sort((a, b) => a.pos[0] - b.pos[0])
  const problems = [...(first === undefined ? [] : [first]), ...warnings]
  for (const problem of problems) {
    const place = placeAt(problem.pos[0])
    const line = text.split('\n')[(place.line ?? 1) - 1] ?? ''
    const shape = isAboutShape(problem, line) ? shapeMistake(text, place.line ?? 1) : undefined
    if (shape === undefined) findings.error({ ...problemText(problem, file, line), place })
    else {
      const { line: number, what, ...rest } = shape
      findings.error({ what: `${file} is not YAML that can be read: ${what}`, ...rest, place: { file, line: number, column: 1 } })
    }
  }
  return problems.length === 0
}

/** Turns the library's tree into ours. */
class Reader {
  readonly #file: string
  readonly #findings: Findings
  readonly #placeAt: (offset: number) => Place
  /** Values that bear an anchor, once they are read. An alias gives the same value again, with its own first place. */
  readonly #anchored = new Map<string, Node>()
  /** Anchors of values that are being read. */
  readonly #open = new Set<string>()

  constructor({ file, findings, placeAt }: Omit<YamlText, 'text'>) {
    this.#file = file
    this.#findings = findings
    this.#placeAt = placeAt
  }

  node(source: unknown, label: string, place: Place = this.#placeOf(source)): Node | undefined {
    if (isAlias(source)) {
      const target = this.#anchored.get(source.source)
      if (target === undefined) this.#complain({ ...this.#aliasText(source.source, label), place })
      return target
    }
    const anchor = isNode(source) ? source.anchor : undefined
    if (anchor !== undefined) this.#open.add(anchor)
    const node = this.#written(source, label, place)
    if (anchor !== undefined) {
      this.#open.delete(anchor)
      this.#anchored.set(anchor, node)
    }
    return node
  }

  /** A `*` at the start of a value is meant as text more often than as an alias. */
  #aliasText(name: string, label: string): Pick<ErrorText, 'what' | 'why' | 'cure'> {
    if (this.#open.has(name)) return { what: `The alias *${name} stands inside of what it names.`, cure: 'Write the value out.' }
    const cure = `Write it in quotes: "*${name}".`
    const alias = /^\w+$/.test(name) ? ` Where an alias is meant, write &${name} before the value that it stands for, further up.` : ''
    return { what: `${label}: * begins an alias in YAML, and nothing is named &${name}.`, cure: `${cure}${alias}` }
  }

  #written(source: unknown, label: string, place: Place): Node {
    if (isMap(source)) return { kind: 'map', label, place, entries: this.#entries(source, label) }
    if (isSeq(source)) {
      const items = source.items.map((item, index) => this.node(item, `${label}, item ${index + 1}`))
      return { kind: 'list', label, place, items: items.filter((item) => item !== undefined) }
    }
    const value: unknown = isScalar(source) ? source.value : null
    if (typeof value === 'string') {
      this.#refuseExpression(value, label, place)
      return { kind: 'scalar', label, place, value, text: value }
    }
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
        this.#complain({ what: 'A key is not plain text.', cure: 'Write a word before the colon.', place })
        continue
      }
      const key = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? String(pair.key.value))
      this.#refuseExpression(key, 'A key', place)
      if (entries.has(key)) {
        const what = `${this.#file}: the key ${JSON.stringify(key)} stands there twice on the same level.`
        this.#complain({ what, cure: 'Take one of the two out, or rename it.', place })
      }
      const node = this.node(pair.value, label === '' ? key : `${label}.${key}`, pair.value === null ? place : undefined)
      if (node !== undefined) entries.set(key, { place, node })
    }
    return entries
  }

  #refuseExpression(text: string, label: string, place: Place): void {
    if (text.includes('${{')) this.#complain({ ...expressionText(label, text), place })
  }

  #placeOf(source: unknown): Place {
    const range = typeof source === 'object' && source !== null && 'range' in source ? source.range : undefined
    return this.#placeAt(Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0)
  }

  #complain(text: ErrorText): void {
    this.#findings.error(text)
  }
}
