import type { SmokeRequest } from '../../service/smoke/smoke-test.ts'
import { secretFromEnv } from '../kinds/from-env.ts'
import type { Context } from '../kinds/kind.ts'
import { at, type MapNode, type Node } from '../node.ts'

/** What a test's map says of the request. */
export interface RequestParts {
  readonly headers: SmokeRequest['headers']
  readonly body?: string
  /** Values of the path's variables, as written. */
  readonly path: Readonly<Record<string, string>>
}

/** Names of headers (RFC 9110, token). */
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/

/** Set by API Gateway, or by the connection. */
const notOurs = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'te', 'trailer', 'upgrade'])

/** Reads `headers`, `body` and `path`; undefined after a complaint. */
export function readRequest(map: MapNode, context: Context): RequestParts | undefined {
  const [headers, path, body] = ['headers', 'path', 'body'].map((key) => map.entries.get(key)?.node)
  const given = headers === undefined ? [] : readHeaders(headers, context)
  const variables = path === undefined ? {} : readVariables(path, context)
  if (given === undefined || variables === undefined) return undefined
  if (body === undefined) return { headers: given, path: variables }
  if (body.kind === 'scalar') return { headers: given, path: variables, body: body.value === null ? '' : body.text }
  const hasType = given.some(([name]) => name.toLowerCase() === 'content-type')
  const all = hasType ? given : [...given, ['content-type', 'application/json'] as const]
  return { headers: all, path: variables, body: JSON.stringify(plain(body)) }
}

/** A value of the file as JSON has it. */
export function plain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries([...node.entries].map(([key, { node: value }]) => [key, plain(value)]))
}

function readHeaders(node: Node, context: Context): RequestParts['headers'] | undefined {
  if (node.kind !== 'map') {
    const what = `${node.label} is not a map of header names to values.`
    context.findings.error({ what, cure: 'Write it like { x-api-key: abc }.', ...at(node) })
    return undefined
  }
  const headers = [...node.entries].map(([name, entry]) => readHeader(name, entry.node, context))
  const known = headers.filter((each) => each !== undefined)
  return known.length === headers.length ? known : undefined
}

function readHeader(name: string, node: Node, context: Context): readonly [string, string] | undefined {
  const isSet = notOurs.has(name.toLowerCase())
  const value = isSet || !headerName.test(name) ? undefined : headerValue(name, node, context)
  if (value === undefined && (isSet || !headerName.test(name))) {
    const what = `${node.label}: ${JSON.stringify(name)} is ${isSet ? 'set by API Gateway or the connection' : 'no name of a header'}.`
    context.findings.error({ what, cure: 'Take it out.', ...at(node) })
  }
  return value === undefined ? undefined : [name, value]
}

function headerValue(name: string, node: Node, context: Context): string | undefined {
  const source = node.kind === 'map' && node.entries.size === 1 ? node.entries.get('from-env')?.node : undefined
  const value = source?.kind === 'scalar'
    ? secretFromEnv({ name, source: source.text, node }, context)?.trim()
    : node.kind === 'scalar' && node.value !== null ? node.text : undefined
  if (value === undefined) {
    if (source?.kind !== 'scalar') {
      const cure = `Write ${name}: "text", or ${name}: { from-env: NAME }.`
      context.findings.error({ what: `${node.label} has no value that a header can hold.`, cure, ...at(node) })
    }
    return undefined
  }
  // Characters that Node sends in a header: no control characters, nothing beyond Latin-1.
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value
  const cure = 'Write it on one line, in Latin letters; encode anything else.'
  context.findings.error({ what: `${node.label} holds characters that a header cannot.`, cure, ...at(node) })
  return undefined
}

function readVariables(node: Node, context: Context): Readonly<Record<string, string>> | undefined {
  const values = node.kind === 'map' ? [...node.entries].map(([name, { node: value }]) => [name, value] as const) : undefined
  if (values?.every(([, value]) => value.kind === 'scalar' && value.text !== '' && value.value !== null) === true) {
    return Object.fromEntries(values.map(([name, value]) => [name, value.kind === 'scalar' ? value.text : '']))
  }
  const cure = 'Write it like { id: 42 }, with a value for each variable of the path.'
  context.findings.error({ what: `${node.label} is not a map of the path's variables to values.`, cure, ...at(node) })
  return undefined
}
