import type { IncomingHttpHeaders } from 'node:http'
import type { Operation, ServiceModel } from './service-model.ts'

/** An operation found by its URI, with the values of its URI parameters, decoded. */
export interface RouteMatch {
  readonly operation: Operation
  readonly uri: Readonly<Record<string, string>>
}

interface Route {
  readonly operation: Operation
  readonly segments: readonly string[]
  readonly query: readonly (readonly [string, string])[]
  readonly headers: readonly string[]
}

/** The parts of a request that name its operation. */
export interface RoutedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
}

const routesOf = new WeakMap<ServiceModel, readonly Route[]>()

/** The operation of a REST protocol that method, path and query name; the one with the most fixed parts wins. */
export function matchRoute(model: ServiceModel, { method, url, headers }: RoutedRequest): RouteMatch | undefined {
  let routes = routesOf.get(model)
  if (routes === undefined)
    routesOf.set(
      model,
      (routes = Object.values(model.operations)
        .map((operation) => compile(model, operation))
        .sort((a, b) => weight(b) - weight(a))),
    )
  const parts = url.pathname.split('/').filter((part, index, all) => index > 0 && !(part === '' && index === all.length - 1))
  for (const route of routes) {
    if (route.operation.http.method !== method) continue
    if (!route.query.every(([name, value]) => url.searchParams.has(name) && (value === '' || url.searchParams.get(name) === value)))
      continue
    if (!route.headers.every((name) => headers[name] !== undefined)) continue
    const uri = bind(route.segments, parts)
    if (uri !== undefined) return { operation: route.operation, uri }
  }
  return undefined
}

function compile(model: ServiceModel, operation: Operation): Route {
  const [path = '', query = ''] = operation.http.requestUri.split('?')
  return {
    operation,
    segments: path.split('/').filter((part) => part !== ''),
    query: [...new URLSearchParams(query), ...required(model, operation, 'querystring').map((name) => [name, ''] as const)],
    headers: required(model, operation, 'header').map((name) => name.toLowerCase()),
  }
}

/**
 * S3 tells operations of one path apart by what they require: CopyObject by its header, UploadPart by its query. Elsewhere a missing member
 * is for the model's check.
 */
function required(model: ServiceModel, { input }: Operation, location: 'header' | 'querystring'): string[] {
  const shape = input === undefined || model.metadata.protocol !== 'rest-xml' ? undefined : model.shapes[input.shape]
  return (shape?.required ?? []).flatMap((name) =>
    shape?.members?.[name]?.location === location ? [shape.members[name].locationName ?? name] : [],
  )
}

function weight({ segments, query, headers }: Route): number {
  return (
    query.length +
    headers.length +
    segments.reduce((sum, segment) => sum + (segment.startsWith('{') ? (segment.endsWith('+}') ? -2 : 1) : 4), 0)
  )
}

function bind(segments: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const uri: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    if (segment.endsWith('+}')) {
      if (parts.length <= index) return undefined
      uri[segment.slice(1, -2)] = parts.slice(index).map(decode).join('/')
      return uri
    }
    const part = parts[index]
    if (part === undefined) return undefined
    if (segment.startsWith('{')) {
      // An empty parameter (`/restapis//stages`) names nothing.
      if (part === '') return undefined
      uri[segment.slice(1, -1)] = decode(part)
    } else if (segment !== part) return undefined
  }
  return parts.length === segments.length ? uri : undefined
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
