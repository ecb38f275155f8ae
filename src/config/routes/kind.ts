import { at, inputScalar } from '../node.ts'
import type { Node } from '../node.ts'
import type { Place } from '../../errors.ts'
import { split } from '../kinds/lists.ts'
import type { Context, Kind } from '../kinds/kind.ts'
import { methods } from './methods.ts'
import { linesToWrite, methodsBelow, otherShape, withoutBlank } from './other-shapes.ts'
import { parseRoute } from './parse.ts'
import { routeTarget } from './target.ts'

/** A route as written. Without a function it belongs to the service's only one. */
export interface RouteLine {
  readonly method: string
  readonly path: string
  readonly functionKey?: string
  readonly label: string
  readonly place?: Place
}

const words = 'METHOD /path, one a line; in the file a map of METHOD /path to a function'

/** For editors: a greedy variable stands last, and no slash at the end. */
const routePattern = `^(${methods.join('|')}) (/|(/(?!\\{[^/]*\\+\\}/)[^/]+)+)$`

export function routes(): Kind<readonly RouteLine[]> {
  const target = {
    oneOf: [
      { type: 'string' },
      { type: 'object', properties: { function: { type: 'string' } }, required: ['function'], additionalProperties: false },
    ],
  }
  return {
    words,
    schema: { type: 'object', propertyNames: { pattern: routePattern }, additionalProperties: target },
    fromText: (text, label) => ({ kind: 'list', label, items: split(text, 'lines').map((line) => inputScalar(label, line)) }),
    read: (node, context) => {
      if (node.kind === 'map') {
        const lines = [...node.entries].flatMap(([text, entry]) => readEntry(text, entry, { node, context }))
        // Where each was complained about, there are routes all the same.
        return lines.length === 0 && node.entries.size > 0 ? undefined : lines
      }
      // Only an input arrives as a list: its lines name no function.
      if (node.kind === 'list' && node.place === undefined) {
        return node.items.flatMap((item) => (item.kind === 'scalar' ? readLine(item.text, item, context) : []))
      }
      const { findings } = context
      const shape = otherShape(node, findings.functionKeys)
      findings.error({ what: `${node.label} is not a map of METHOD /path to a function.`, ...shape, ...at(node) })
      return undefined
    },
  }
}

/** The map of routes that is read, and what it is read with. */
interface RouteMap {
  readonly node: Node
  readonly context: Context
}

function readEntry(text: string, entry: { readonly place?: Place; readonly node: Node }, { node, context }: RouteMap): RouteLine[] {
  const { functionKeys } = context.findings
  const byMethod = methodsBelow(text, entry.node, functionKeys)
  if (byMethod !== undefined) {
    const why = 'A path with its methods below it is how OpenAPI has it; here method and path are one key.'
    const cure = linesToWrite(byMethod, routeTarget(functionKeys))
    context.findings.error({ what: `${node.label}: ${JSON.stringify(text)} is not METHOD /path.`, why, cure, ...at(entry) })
    return []
  }
  const joined = entry.node.kind === 'scalar' && entry.node.value === null ? withoutBlank(text) : undefined
  if (joined !== undefined) {
    const what = `${node.label}: ${JSON.stringify(text)} names no function.`
    const why = 'YAML takes a colon for the end of a key only where a blank follows.'
    context.findings.error({ what, why, cure: `Write ${joined}.`, ...at(entry) })
    return []
  }
  const [line] = readLine(text, { label: node.label, ...at(entry) }, context)
  const functionKey = readTarget(text, entry.node, context)
  return line === undefined || functionKey === undefined ? [] : [{ ...line, functionKey }]
}

function readLine(text: string, written: { readonly label: string; readonly place?: Place }, context: Context): RouteLine[] {
  const parsed = parseRoute(text)
  if ('method' in parsed) return [{ ...parsed, label: `${written.label}: ${text}`, ...at(written) }]
  context.findings.error({
    what: `${written.label}: ${JSON.stringify(text)} is not METHOD /path.`,
    why: parsed.why,
    cure: cureOf(parsed.right),
    ...at(written),
  })
  return []
}

function cureOf(right: readonly string[]): string {
  const [only, ...more] = right
  if (only === undefined) return 'Write it like GET /events/{id}.'
  return more.length === 0 ? `Write ${only}.` : `Write each on a line of its own: ${right.join(' · ')}`
}

function readTarget(route: string, node: Node, context: Context): string | undefined {
  if (node.kind === 'scalar' && node.value !== null && node.value !== '') return node.text
  if (node.kind === 'map') {
    for (const [key, entry] of node.entries) {
      if (key === 'function') continue
      const what = `${node.label}: a route has no "${key}".`
      context.findings.error({ what, cure: 'Take it out; a route has only the key function.', ...at(entry) })
    }
    const key = node.entries.get('function')?.node
    if (key?.kind === 'scalar' && key.value !== null && key.value !== '') return key.text
  }
  const { key, hint } = routeTarget(context.findings.functionKeys)
  const cure = `Write ${route}: ${key}${hint}.`
  context.findings.error({ what: `${node.label} names no function.`, cure, ...at(node) })
  return undefined
}
