import type { Expectation, SmokeRequest } from '../../service/smoke/smoke-test.ts'
import { statusText } from '../../service/smoke/smoke-test.ts'
import type { Place } from '../../errors.ts'
import { didYouMean } from '../../suggest.ts'
import { duration } from '../kinds/duration.ts'
import { split } from '../kinds/lists.ts'
import type { Context, Kind } from '../kinds/kind.ts'
import { at, inputScalar, type Entry, type MapNode, type Node } from '../node.ts'
import { isMethod, methods } from '../routes/methods.ts'
import { plain, readRequest } from './request.ts'
import { parseStatus, readStatus, readText, statusSchema, statusWords } from './status.ts'

/** A test as written; which route answers it is not known yet. */
export interface SmokeDraft {
  readonly line: string
  readonly label: string
  readonly method: string
  /** Perhaps with variables, whose values are in {@link variables}. */
  readonly path: string
  readonly query: string
  readonly variables: Readonly<Record<string, string>>
  readonly headers: SmokeRequest['headers']
  readonly body?: string
  readonly expected: Expectation
  readonly place?: Place
}

const words = '`auto`, or METHOD /path -> status, one a line; in the file also a map of METHOD /path to a status or a map'
const keys = ['path', 'headers', 'body', 'status', 'text', 'json', 'within']
const within = duration({ min: 1, max: 29_000, example: '2s' })

/** The tests of a release, or `auto` for one of each GET route. */
export function smokeTests(): Kind<'auto' | readonly SmokeDraft[]> {
  const header = { anyOf: [{ type: ['string', 'number', 'boolean'] }, { type: 'object', required: ['from-env'] }] }
  const statuses = { anyOf: [statusSchema, { type: 'array', items: statusSchema, minItems: 1 }] }
  const test = {
    type: 'object', additionalProperties: false,
    properties: {
      path: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
      headers: { type: 'object', additionalProperties: header },
      body: {}, status: statuses, text: { type: 'string', minLength: 1 }, json: {}, within: within.schema,
    },
  }
  const map = { type: 'object', propertyNames: { pattern: '^[A-Z]+ /' }, additionalProperties: { anyOf: [statuses, test] } }
  return {
    words,
    schema: { anyOf: [{ const: 'auto' }, { type: 'string' }, { type: 'array', items: { type: 'string' } }, map] },
    fromText: (text, label) => {
      const lines = split(text, 'lines')
      return lines.length === 1 && lines[0] === 'auto' ? inputScalar(label, 'auto') : listOf(label, lines)
    },
    read: (node, context) => {
      if (node.kind === 'scalar' && node.text === 'auto') return 'auto'
      const drafts = node.kind === 'map'
        ? [...node.entries].map(([key, entry]) => readEntry(key, entry, context))
        : (node.kind === 'list' ? node.items : [node]).map((item) => readLine(item, context))
      const known = drafts.filter((draft) => draft !== undefined)
      return known.length === drafts.length ? known : undefined
    },
  }
}

function listOf(label: string, lines: readonly string[]): Node {
  return { kind: 'list', label, items: lines.map((line) => inputScalar(label, line)) }
}

/** `GET /events/{id}` of a map, or the left side of a line. */
interface Target {
  readonly method: string
  readonly path: string
  readonly query: string
}

function readTarget(text: string, node: Pick<Node, 'label' | 'place'>, context: Context): Target | undefined {
  const [, method = '', path = '', query = ''] = /^(\S+)\s+(\/[^\s?#]*)(?:\?(\S*))?$/.exec(text.trim()) ?? []
  if (isMethod(method) && method !== 'ANY' && isPath(path)) return { method, path, query }
  const why = path === '' ? undefined : whyNoTarget(method)
  context.findings.error({
    what: `${node.label}: ${JSON.stringify(text)} names no request.`, why, cure: 'Write it like GET /events -> 200.', ...at(node),
  })
  return undefined
}

/** A variable, or text as a URL takes it. */
const pathPart = /^(\{[A-Za-z0-9._-]+\+?\}|([\w\-.~,:$@+!*'();&=]|%[0-9A-Fa-f]{2})*)$/
const isPath = (path: string): boolean => path.split('/').every((part) => pathPart.test(part))

function whyNoTarget(method: string): string {
  if (method === 'ANY') return 'A request has one method; ANY is a route that answers all of them.'
  if (!isMethod(method)) return `${method} is no method; there are ${methods.filter((each) => each !== 'ANY').join(', ')}.`
  return 'Letters, digits and _ - . ~ , : $ @ + stand in a path as they are, everything else percent-encoded.'
}

function readLine(node: Node, context: Context): SmokeDraft | undefined {
  const written = node.kind === 'scalar' ? node.text.trim() : ''
  const [, left = '', right = ''] = /^(.*?)\s*->\s*(.*)$/.exec(written) ?? []
  const status = parseStatus(right)
  if (status === undefined) {
    const meant = /^(\S+\s+\S+?)\s*(?:=>|→|:|=|\s)\s*([1-5]\d\d)$/.exec(written)
    const what = `${node.label}: ${written === '' ? 'an entry' : JSON.stringify(written)} is not METHOD /path -> status.`
    const bare = /^[A-Z]+ \/\S*$/.test(written) ? written : 'GET /events'
    const example = meant === null ? `it like ${bare} -> 200` : `${meant[1]} -> ${meant[2]}`
    context.findings.error({ what, why: `A status is ${statusWords}.`, cure: `Write ${example}.`, ...at(node) })
    return undefined
  }
  const target = readTarget(left, node, context)
  if (target === undefined) return undefined
  const line = `${written.slice(0, left.length)} -> ${statusText(status)}`
  return { line, label: node.label, ...target, variables: {}, headers: [], expected: { status }, ...at(node) }
}

function readEntry(key: string, entry: Entry, context: Context): SmokeDraft | undefined {
  const { node } = entry
  const place = at({ place: entry.place ?? node.place })
  const target = readTarget(key, { label: node.label, ...place }, context)
  const rest = node.kind === 'map' ? readMap(node, context) : withStatus(readStatus(node, context))
  if (target === undefined || rest === undefined) return undefined
  const line = `${key.trim()} -> ${statusText(rest.expected.status)}`
  return { line, label: node.label, ...target, ...rest, ...place }
}

type Rest = Pick<SmokeDraft, 'variables' | 'headers' | 'body' | 'expected'>

function withStatus(status: Expectation['status'] | undefined): Rest | undefined {
  return status && { variables: {}, headers: [], expected: { status } }
}

function readMap(map: MapNode, context: Context): Rest | undefined {
  for (const [key, { place, node }] of map.entries) {
    if (keys.includes(key)) continue
    const cure = didYouMean(key, keys) || `Take it out; known are ${keys.join(', ')}.`
    context.findings.error({ what: `${map.label} has no key "${key}".`, cure, ...at({ place: place ?? node.place }) })
  }
  const [status, text, json, time] = ['status', 'text', 'json', 'within'].map((key) => map.entries.get(key)?.node)
  const request = readRequest(map, context)
  const ranges = status === undefined ? [{ from: 200, to: 200 }] : readStatus(status, context)
  const part = text === undefined ? {} : readText(text, context)
  const limit = time === undefined ? {} : { within: within.read(time, context) }
  const isLimited = 'within' in limit === (limit.within !== undefined)
  if (request === undefined || ranges === undefined || part === undefined || !isLimited) return undefined
  const { path: variables, ...sent } = request
  const wanted = { status: ranges, ...part, ...(json === undefined ? {} : { json: plain(json) }), ...limit } as Expectation
  return { variables, ...sent, expected: wanted }
}
