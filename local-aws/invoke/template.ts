import { configurationError } from './failure.ts'
import { header, type Exchange } from './exchange.ts'
import { contextValues } from './context.ts'
import type { Route } from './router.ts'
import { text } from '../api-gateway/values.ts'

const CONTEXT = String.raw`context\.(?<context>[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)`
const STAGE_VARIABLE = String.raw`\{?stageVariables(?:\.|\[["'])(?<variable>[A-Za-z0-9_]+)(?:["']\])?\}?`
const INPUT = [
  'params\\(["\'](?<param>[^"\']+)["\']\\)',
  'json\\(["\'](?<json>[^"\']+)["\']\\)',
  'path\\(["\'](?<path>[^"\']+)["\']\\)',
  'body',
].join('|')
const REFERENCE = new RegExp(String.raw`\$(?:${CONTEXT}|${STAGE_VARIABLE}|input\.(?:${INPUT}))`, 'g')

/**
 * A mapping template with its references replaced. Of Velocity only `$context`, `$stageVariables` and `$input` references are known here;
 * a template with a directive or `$util` is refused as a configuration error rather than rendered wrong.
 */
export function renderTemplate(template: string, exchange: Exchange, route: Route | undefined): string {
  if (/(^|[^\\])#(set|if|foreach|define|macro|else|end)\b|\$!?\{?util\./.test(template)) {
    throw configurationError('Local AWS does not run Velocity directives in mapping templates')
  }
  const context = contextValues(exchange, route)
  return template.replaceAll(REFERENCE, (...match) => {
    const groups = match.at(-1) as Record<string, string | undefined>
    if (groups.context !== undefined) return context.get(groups.context) ?? ''
    if (groups.variable !== undefined) return exchange.variables?.[groups.variable] ?? ''
    return inputValue(groups, exchange, route)
  })
}

function inputValue(groups: Record<string, string | undefined>, exchange: Exchange, route: Route | undefined): string {
  const body = exchange.request.body.toString()
  if (groups.param !== undefined) return parameter(groups.param, exchange, route)
  if (groups.json !== undefined) return JSON.stringify(select(body, groups.json) ?? '')
  if (groups.path !== undefined) return text(select(body, groups.path))
  return body === '' ? '{}' : body
}

/** `$input.params(x)` looks into path, query string and headers, in this order (developer guide, mapping template reference). */
function parameter(name: string, { request }: Exchange, route: Route | undefined): string {
  return route?.pathParameters?.[name] ?? request.query.findLast(([key]) => key === name)?.[1] ?? header(request, name) ?? ''
}

/** `$` and dotted paths below it. */
function select(body: string, path: string): unknown {
  let value = parsed(body)
  for (const key of path.split('.').slice(1)) value = (value as Record<string, unknown> | null | undefined)?.[key]
  return value
}

function parsed(body: string): unknown {
  try {
    return body === '' ? {} : (JSON.parse(body) as unknown)
  } catch {
    throw configurationError('Unable to parse the request body as JSON')
  }
}
