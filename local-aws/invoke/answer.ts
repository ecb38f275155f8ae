import { gzipSync } from 'node:zlib'
import { checkApiKey } from './api-key.ts'
import { authorize } from './authorizer.ts'
import { awsProxyResponse } from './aws-proxy.ts'
import { header, type ApiResponse, type Exchange } from './exchange.ts'
import { configurationError, GatewayFailure, missingToken } from './failure.ts'
import { gatewayResponse } from './gateway-response.ts'
import { mockResponse } from './mock.ts'
import { findRoute, type Route } from './router.ts'
import { throttle } from './throttle.ts'
import { validateRequest } from './validate-request.ts'

// Developer guide, quotas: 10 MB.
const MAXIMUM_BODY = 10 * 1024 * 1024

interface Answer {
  readonly response: ApiResponse
  readonly route: Route | undefined
}

/** The answer to a request on the invoke URL, in API Gateway's order: size, route, authorizer, key, throttling, validation, integration. */
export async function answer(exchange: Exchange): Promise<Answer> {
  const route = routeOf(exchange)
  const response = await caught(exchange, route, async () => {
    if (exchange.request.body.length > MAXIMUM_BODY) throw tooLarge()
    if (route === undefined) throw missingToken()
    await authorize(exchange, route)
    if (route.method.apiKeyRequired) checkApiKey(exchange)
    throttle(exchange, route)
    validateRequest(exchange, route)
    return integrate(exchange, route)
  })
  const complete = { ...response, headers: [...idHeaders(exchange), ...response.headers] }
  const sent = compressed(exchange, complete)
  note(exchange, sent)
  return { response: sent, route }
}

/** Which resource answers where one has other methods only is AWS's choice without evidence. */
function routeOf({ account, definition, request }: Exchange): Route | undefined {
  const [without, other] = [false, true].map((fallThrough) => findRoute(definition, request, { fallThrough }))
  if (!account.settings.unverified) return other
  if (without?.resource !== other?.resource) account.metUnverified = true
  return without
}

/** The integration's answer, gateway responses for its failures included; TestInvokeMethod starts here. */
export async function answerOf(exchange: Exchange, route: Route): Promise<ApiResponse> {
  return caught(exchange, route, () => integrate(exchange, route))
}

/** HTTP and custom AWS integrations are not modelled: they fail as a wrong configuration does, and say so in the log. */
function integrate(exchange: Exchange, route: Route): ApiResponse | Promise<ApiResponse> {
  const integration = route.method.methodIntegration
  if (integration?.type === 'AWS_PROXY') return awsProxyResponse(integration, exchange, route)
  if (integration?.type === 'MOCK') return mockResponse(integration, exchange, route)
  throw configurationError(`Local AWS has no integration of type ${integration?.type ?? 'none'}`)
}

async function caught(exchange: Exchange, route: Route | undefined, run: () => ApiResponse | Promise<ApiResponse>): Promise<ApiResponse> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof GatewayFailure) return gatewayResponse(error, exchange, route)
    throw error
  }
}

/** Developer guide, REQUEST_TOO_LARGE; the message is what users report. */
function tooLarge(): GatewayFailure {
  return new GatewayFailure('REQUEST_TOO_LARGE', 'Request Too Long', { errorType: 'RequestTooLargeException' })
}

/** Recorded: test_invocation_trace_id. */
function idHeaders(exchange: Exchange): [string, string][] {
  return [
    ['x-amzn-RequestId', exchange.requestId],
    ['x-amz-apigw-id', exchange.extendedRequestId],
  ]
}

/** gzip for a body of at least `minimumCompressionSize`, where the client takes it (developer guide, payload compression). */
function compressed(exchange: Exchange, response: ApiResponse): ApiResponse {
  const minimum = exchange.definition.minimumCompressionSize
  const accepted = header(exchange.request, 'accept-encoding') ?? ''
  const encoded = response.headers.some(([name]) => name.toLowerCase() === 'content-encoding')
  if (minimum === undefined || response.body.length < minimum || response.body.length === 0 || encoded || !/\bgzip\b/.test(accepted))
    return response
  return { ...response, headers: [...response.headers, ['Content-Encoding', 'gzip']], body: gzipSync(response.body) }
}

function note({ notes, arrivedAt }: Exchange, { status, body }: ApiResponse): void {
  notes.set('status', String(status))
  notes.set('responseLength', String(body.length))
  notes.set('responseLatency', String(Math.round(performance.now() - arrivedAt)))
}
