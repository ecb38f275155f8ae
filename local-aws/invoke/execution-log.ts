import { methodSettingFor } from '../api-gateway/method-settings.ts'
import { putLogEvents } from '../logs/put-log-events.ts'
import type { ApiResponse, Exchange } from './exchange.ts'
import type { Route } from './router.ts'

/**
 * The main lines of an execution log (recorded: test_invoke_test_method, test_failed_invoke_test_method); those of the endpoint are left
 * out.
 */
export function executionLines({ requestId, request, notes }: Exchange, route: Route, response: ApiResponse): string[] {
  const failure = notes.get('integrationErrorMessage')
  const success = [
    `Method response body after transformations: ${response.body.toString()}`,
    `Method response headers: ${shown(response.headers)}`,
    'Successfully completed execution',
  ]
  return [
    `Starting execution for request: ${requestId}`,
    `HTTP Method: ${request.method}, Resource Path: ${request.path}`,
    `Method request path: ${shown(Object.entries(route.pathParameters ?? {}))}`,
    `Method request query string: ${shown(request.query)}`,
    `Method request headers: ${shown(request.headers)}`,
    `Method request body before transformations: ${request.body.toString()}`,
    ...(failure === undefined ? success : [failure]),
    `Method completed with status: ${response.status}`,
  ]
}

/** Writes them where the stage's log level asks for it, to the group that API Gateway makes by itself (developer guide, set up logging). */
export async function writeExecutionLog(exchange: Exchange, route: Route | undefined, response: ApiResponse): Promise<void> {
  if (route === undefined) return
  const level = methodSettingFor(exchange.settings, route.resourcePath, route.method.httpMethod)?.loggingLevel
  const wanted = level === 'INFO' || (level === 'ERROR' && response.status >= 500)
  if (!wanted) return
  const { account, api, stageName, requestId, startedAt } = exchange
  const target = { group: `API-Gateway-Execution-Logs_${api.id}/${stageName}`, stream: requestId.replaceAll('-', ''), createGroup: true }
  const events = executionLines(exchange, route, response).map((line) => ({ timestamp: startedAt, message: `(${requestId}) ${line}` }))
  await putLogEvents(account, api.region, { ...target, events })
}

/** As Java prints a map. */
function shown(pairs: readonly (readonly [string, string])[]): string {
  return `{${pairs.map(([name, value]) => `${name}=${value}`).join(', ')}}`
}
