import type { Integration } from '../api-gateway/state.ts'
import { proxyEvent } from './event.ts'
import type { ApiResponse, Exchange } from './exchange.ts'
import { badGateway, configurationError } from './failure.ts'
import { callLambda } from './lambda-call.ts'
import { proxyResponse } from './proxy-response.ts'
import type { Route } from './router.ts'

/** An AWS_PROXY integration with Lambda: event in, response out. */
export async function awsProxyResponse(integration: Integration, exchange: Exchange, route: Route): Promise<ApiResponse> {
  // PutIntegration takes another method, and every call of it fails (recorded: test_lambda_aws_proxy_integration_non_post_method).
  if (integration.httpMethod !== 'POST')
    throw configurationError('Execution failed due to configuration error: the integration method is not POST')
  const { notes, request } = exchange
  const before = performance.now()
  const invoked = await callLambda(exchange, {
    uri: integration.uri ?? '',
    sourceTail: `${exchange.stageName}/${request.method}/${request.path.replace(/^\/+|\/$/g, '')}`,
    credentials: integration.credentials,
    event: proxyEvent(exchange, route),
    timeoutInMillis: integration.timeoutInMillis,
  })
  const latency = String(Math.round(performance.now() - before))
  for (const name of ['integrationLatency', 'integration.latency']) notes.set(name, latency)
  // Developer guide, access logging: with a Lambda proxy, integrationStatus is what Lambda's service answered, integration.status what the
  // function did.
  for (const name of ['integrationStatus', 'integration.integrationStatus']) notes.set(name, '200')
  notes.set('awsEndpointRequestId', exchange.requestId).set('integration.requestId', exchange.requestId)
  if (invoked.functionError !== undefined) {
    notes.set('integration.error', 'The Lambda function returned an error')
    throw badGateway('Execution failed due to configuration error: Malformed Lambda proxy response')
  }
  const response = proxyResponse(invoked.payload, exchange)
  notes.set('integration.status', String(response.status))
  return response
}
