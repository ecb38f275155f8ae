import { unverified } from '../kernel/unverified.ts'
import type { Integration, IntegrationResponse } from '../api-gateway/state.ts'
import { header, type ApiResponse, type Exchange } from './exchange.ts'
import { configurationError } from './failure.ts'
import type { Route } from './router.ts'
import { renderTemplate } from './template.ts'

/** A MOCK integration: its request template names the status, the integration response of that status gives the answer. */
export function mockResponse(integration: Integration, exchange: Exchange, route: Route): ApiResponse {
  const status = mockStatus(integration, exchange, route)
  const response = responseFor(integration, status)
  const template = Object.entries(response.responseTemplates ?? {})[0]
  const body = template?.[1] ? renderTemplate(template[1], exchange, route) : ''
  const mapped = mappedHeaders(response)
  const hasType = mapped.some(([name]) => name.toLowerCase() === 'content-type')
  return {
    status: Number(response.statusCode),
    headers: hasType ? mapped : [['Content-Type', template?.[0] ?? 'application/json'], ...mapped],
    body: Buffer.from(body),
  }
}

/** The template's `{"statusCode": 200}`, in strict JSON or not (recorded: test_integration_mock_with_path_param, `{statusCode: 200}`). */
function mockStatus(integration: Integration, exchange: Exchange, route: Route): string {
  unverified(exchange.account, () => checkIsText(integration, exchange))
  const contentType = header(exchange.request, 'content-type')?.split(';')[0] ?? 'application/json'
  const template = integration.requestTemplates?.[contentType] ?? passedThrough(integration, exchange)
  const mapped = renderTemplate(template, exchange, route)
  const match = /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(mapped)
  if (match === null) throw configurationError('Unable to transform request: the mock integration has no status code')
  return match[1] ?? ''
}

/**
 * With every type binary the body is no text, and no template applies unless contentHandling makes it text: the serverless framework sets
 * that; unverified.
 */
function checkIsText(integration: Integration, exchange: Exchange): void {
  const isBinary = exchange.definition.binaryMediaTypes?.includes('*/*') === true && integration.contentHandling !== 'CONVERT_TO_TEXT'
  if (isBinary) throw configurationError('Unable to transform request: the body is binary')
}

/** What stands for a missing template (developer guide, integration passthrough behaviors). */
function passedThrough(integration: Integration, exchange: Exchange): string {
  const templates = Object.values(integration.requestTemplates ?? {})
  const only = exchange.request.body.length === 0 ? templates[0] : undefined
  return only ?? exchange.request.body.toString()
}

/** The response whose pattern matches the status, else the default one, which has no pattern. */
function responseFor(integration: Integration, status: string): IntegrationResponse {
  const responses = Object.values(integration.integrationResponses ?? {})
  const matching = responses.find(({ selectionPattern }) => selectionPattern && new RegExp(`^(?:${selectionPattern})$`).test(status))
  const response = matching ?? responses.find(({ selectionPattern }) => !selectionPattern)
  if (response === undefined)
    throw configurationError(
      `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${status}`,
    )
  return response
}

/** `method.response.header.X: "'*'"`; a mock has no integration response to read from. */
function mappedHeaders(response: IntegrationResponse): [string, string][] {
  return Object.entries(response.responseParameters ?? {}).flatMap(([target, source]): [string, string][] => {
    const name = target.replace(/^method\.response\.header\./, '')
    return source.startsWith("'") ? [[name, source.slice(1, -1)]] : []
  })
}
