import { inputScalar } from '../node.ts'
import type { Entry, Node } from '../node.ts'
import type { Context } from './kind.ts'

interface Line {
  readonly number: number
  readonly key: string
  readonly value: string
}

/** An input's `KEY=value` lines, or a JSON object, as the map that the file would hold. Values never reach a message. */
export function keyValuesFromText(text: string, label: string, context: Context): Node | undefined {
  if (text.trimStart().startsWith('{')) return fromJson(text, label, context)
  const entries = new Map<string, Entry>()
  for (const line of linesOf(text)) {
    const complaint = line.key === '' ? 'is not KEY=value' : entries.has(line.key) ? `gives ${line.key} again` : undefined
    if (complaint !== undefined) {
      const cure = 'Write one KEY=value a line; everything after the first = is the value. Or write one JSON object.'
      context.findings.error({ what: `${label}: line ${line.number} ${complaint}.`, cure })
      continue
    }
    if (/^(["']).*\1$/.test(line.value)) {
      const cure = 'Take them out, unless they belong to the value.'
      context.findings.warning({ what: `${label}: the quotes around the value of ${line.key} become part of it.`, cure })
    }
    entries.set(line.key, { node: inputScalar(`${label}: ${line.key}`, line.value) })
  }
  return { kind: 'map', label, entries }
}

function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.replace(/\r$/, '')
    if (line.trim() === '' || line.trimStart().startsWith('#')) return []
    const equals = line.indexOf('=')
    return [{ number: index + 1, key: line.slice(0, Math.max(equals, 0)).trim(), value: line.slice(equals + 1) }]
  })
}

function fromJson(text: string, label: string, context: Context): Node | undefined {
  try {
    return jsonNode(JSON.parse(text), label)
  } catch {
    // The parser's own message quotes the text, which may hold secrets.
    context.findings.error({
      what: `${label} starts with { but is not JSON.`,
      cure: 'Write one JSON object, such as {"TABLE": "events"}, or KEY=value lines.',
    })
    return undefined
  }
}

/** A JSON value as a node, as though the file held it. */
function jsonNode(value: unknown, label: string): Node {
  if (Array.isArray(value)) return { kind: 'list', label, items: value.map((one, index) => jsonNode(one, `${label}, item ${index + 1}`)) }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => [key, { node: jsonNode(one, `${label}: ${key}`) }] as const)
    return { kind: 'map', label, entries: new Map(entries) }
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return inputScalar(label, value)
  return { kind: 'scalar', label, value: null, text: 'null' }
}
