import { effectiveResponse } from '../api-gateway/gateway-responses.ts'
import { header, type ApiResponse, type Exchange } from './exchange.ts'
import type { GatewayFailure } from './failure.ts'
import type { Route } from './router.ts'
import { contextValues } from './context.ts'

/** A failure as the client sees it, coloured by the API's gateway responses (recorded: test_gateway_response_put; developer guide). */
export function gatewayResponse(failure: GatewayFailure, exchange: Exchange, route: Route | undefined): ApiResponse {
  note(failure, exchange)
  const response = effectiveResponse(exchange.definition, failure.type)
  const status = customStatus(response, failure)
  const template = response.responseTemplates['application/json'] ?? Object.values(response.responseTemplates)[0] ?? ''
  const context = contextValues(exchange, route)
  const body = template
    .replaceAll(
      /\$context\.([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)/g,
      (_, name: string) => context.get(name) ?? (name === 'error.messageString' ? 'null' : ''),
    )
    .replaceAll(/\$stageVariables\.([A-Za-z0-9_]+)/g, (_, name: string) => exchange.variables?.[name] ?? '')
  return {
    status,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', failure.errorType],
      ...mappedHeaders(response.responseParameters, exchange, route),
    ],
    body: Buffer.from(body),
  }
}

/** A status that a user put wins; else the failure's own, else the type's. */
function customStatus(
  response: { readonly statusCode?: string | undefined; readonly defaultResponse: boolean },
  failure: GatewayFailure,
): number {
  const code = Number(response.statusCode ?? 500)
  return response.defaultResponse ? (failure.status ?? code) : code
}

function note(failure: GatewayFailure, { notes }: Exchange): void {
  notes.set('error.responseType', failure.type)
  if (failure.message !== '') {
    notes.set('error.message', failure.message)
    notes.set('error.messageString', JSON.stringify(failure.message))
  }
  if (failure.detail !== undefined) notes.set('integrationErrorMessage', failure.detail)
}

/** `gatewayresponse.header.X` from a quoted text, or from the request's header, path or query (API reference, GatewayResponse). */
function mappedHeaders(parameters: Readonly<Record<string, string>>, exchange: Exchange, route: Route | undefined): [string, string][] {
  return Object.entries(parameters).flatMap(([target, source]): [string, string][] => {
    const value = sourceValue(source, exchange, route)
    return value === undefined ? [] : [[target.replace(/^gatewayresponse\.header\./, ''), value]]
  })
}

function sourceValue(source: string, { request }: Exchange, route: Route | undefined): string | undefined {
  if (source.startsWith("'")) return source.slice(1, -1)
  const [, kind, name] = /^method\.request\.(header|path|querystring)\.(.+)$/.exec(source) ?? []
  if (kind === 'header') return header(request, name ?? '')
  if (kind === 'path') return route?.pathParameters?.[name ?? '']
  return kind === 'querystring' ? request.query.findLast(([key]) => key === name)?.[1] : undefined
}
