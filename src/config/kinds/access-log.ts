import { didYouMean, nearest } from '../../suggest.ts'
import { at } from '../node.ts'
import type { MapNode, Node } from '../node.ts'
import { accessLogFormats } from '../../service/access-log-formats.ts'
import { contextVariable, contextVariables } from './context-variables.ts'
import { readText, reject, scalarFromText } from './kind.ts'
import type { Context, Kind } from './kind.ts'

const presets: ReadonlyMap<string, string> = new Map(Object.entries(accessLogFormats))
const choices = [...presets.keys(), 'off']
const words = `${[...presets.keys()].join(', ')}, off or a format of your own`

/** API Gateway developer guide, logging for HTTP APIs: a template has at most 3 KB. For REST APIs: unverified. */
const limit = 3072

/** The text of an access log's format, or `off`. */
export function accessLog(): Kind<string> {
  return {
    words,
    schema: { anyOf: [{ enum: choices }, { type: 'string', pattern: '\\$context\\.(requestId|extendedRequestId)' }] },
    fromText: scalarFromText,
    mapCure: quotedFormat,
    read: (node, context) => {
      const cure = node.kind === 'map' ? quotedFormat(node) : undefined
      if (cure !== undefined) return reject(node, context, { is: `is not ${words}`, cure })
      if (node.kind === 'scalar' && node.value === false) return reject(node, context, { is: `is not ${words}`, cure: 'Write off.' })
      // "new line character is allowed only at end of the format" (API Gateway's own words); YAML's | leaves one there.
      const value = readText(node, context, { words, example: 'json' })?.trimEnd()
      if (value === undefined || value === 'off') return value
      return presets.get(value) ?? readOwn(value, node, context)
    },
  }
}

/** `{ "id": "$context.requestId" }` without quotes around the whole is a map of YAML. */
function quotedFormat({ entries }: MapNode): string | undefined {
  const texts = [...entries].map(([key, { node }]) => [key, node.kind === 'scalar' ? node.text : ''] as const)
  if (!texts.some(([, text]) => text.includes('$context'))) return undefined
  return `A format in JSON needs quotes around the whole: '${JSON.stringify(Object.fromEntries(texts))}'.`
}

function readOwn(format: string, node: Node, context: Context): string | undefined {
  if (!format.includes('$context')) {
    const meant = nearest(format, choices)
    const cure = meant === undefined ? `Write ${words}, which contains $context.requestId.` : `Write ${meant}.`
    return reject(node, context, { is: `is not ${words}`, cure })
  }
  const placed = (complaint: FormatComplaint) => ({ ...complaint, what: `${node.label}: ${complaint.what}.`, ...at(node) })
  const complaints = [...shapeComplaints(format), ...syntaxComplaints(format)]
  for (const complaint of complaints) context.findings.error(placed(complaint))
  for (const doubt of variableDoubts(format)) context.findings.warning(placed(doubt))
  return complaints.length === 0 ? format : undefined
}

interface FormatComplaint {
  readonly what: string
  readonly why?: string
  readonly cure: string
}

function shapeComplaints(format: string): FormatComplaint[] {
  const complaints: FormatComplaint[] = []
  if (/[\r\n]/.test(format)) {
    const cure = 'Join the lines. In YAML, >- joins them with spaces.'
    complaints.push({ what: 'the format has more than one line', why: 'API Gateway takes one line.', cure })
  }
  if (!/\$context\.(requestId|extendedRequestId)(?![\w.])/.test(format)) {
    const why = 'API Gateway asks for one of the two in every format.'
    complaints.push({ what: 'the format lacks $context.requestId or $context.extendedRequestId', why, cure: 'Add $context.requestId.' })
  }
  const size = Buffer.byteLength(format)
  if (size > limit) complaints.push({ what: `the format has ${size} bytes, but at most ${limit} are allowed`, cure: 'Log fewer fields.' })
  return complaints
}

/** A sign behind a name may be text of the format's, as in `$context.requestId:$context.status`. */
function known(name: string): ReturnType<typeof contextVariable> {
  return contextVariable(name) === 'known' ? 'known' : contextVariable(name.split(/[:-]/)[0] ?? name)
}

/** What no access log can hold, however AWS's list of variables grows. */
function syntaxComplaints(format: string): FormatComplaint[] {
  const braced = /\$\{context\.([\w.:-]+)\}/.exec(format)
  if (braced !== null) {
    const what = `${braced[0]} is no variable of an access log`
    return [{ what, why: 'They are written without braces.', cure: `Write $context.${braced[1]}.` }]
  }
  const other = /\$(?!context\.)\{?([A-Za-z]\w*)/.exec(format)?.[0]
  if (other === undefined) return []
  return [{ what: `${other} is no variable of an access log`, why: 'All are written $context.name.', cure: 'Take it out.' }]
}

/** Names that are not known to be logged for a REST API. AWS's list grows, so it has the last word. */
function variableDoubts(format: string): FormatComplaint[] {
  const names = new Set([...format.matchAll(/\$context\.([A-Za-z0-9_:-]+(?:\.[A-Za-z0-9_:-]+)*)/g)].map((match) => match[1] ?? ''))
  return [...names].flatMap((name): FormatComplaint[] => {
    const kind = known(name)
    if (kind === 'known') return []
    if (kind === 'of other APIs') {
      const why = 'It belongs to HTTP or WebSocket APIs, and is always - here.'
      return [{ what: `a REST API's access log has no $context.${name}`, why, cure: 'Take it out, or name another.' }]
    }
    const what = `this action knows no $context.${name}`
    const why = 'It goes on, and API Gateway decides; a name that it does not know may be refused, or always be empty.'
    return [{ what, why, cure: didYouMean(name, contextVariables) || 'Check the name in the API Gateway developer guide.' }]
  })
}
