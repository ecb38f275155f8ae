import type { Engine, EngineAnswer } from './engine-client.ts'
import type { ServiceModel } from './model/service-model.ts'
import type { ParsedCall } from './protocol/parse-rest.ts'
import type { RawRequest } from './protocol/request.ts'

/**
 * Signing names of services that no deploy needs and many handlers do. The engine answers them as it can: the front has no rule for them
 * and reads no request.
 */
export const engineServices: readonly string[] = [
  'cognito-idp',
  'dynamodb',
  'events',
  'firehose',
  'kinesis',
  'kms',
  'scheduler',
  'secretsmanager',
  'ses',
  'sns',
  'sqs',
  'ssm',
  'states',
]

/** A model without operations, by which an answer of the front (a fault, a refusal) has the form that the request's client reads. */
export function bareModel(name: string, { headers }: RawRequest): ServiceModel {
  const isQuery = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  const protocol = isQuery ? 'query' : headers['x-amz-target'] === undefined ? 'rest-json' : 'json'
  return { name, metadata: { protocol, apiVersion: '' }, operations: {}, shapes: {}, isBare: true }
}

/** The operation as the request names it (`PutItem`, `Publish`), else its method and path. */
export function bareCall({ headers, method, url, body }: RawRequest): ParsedCall {
  const target = String(headers['x-amz-target'] ?? '').split('.').at(-1)
  const [, action] = /(?:^|&)Action=(\w+)/.exec(body.subarray(0, 4096).toString()) ?? []
  return {
    operation: { name: target || (action ?? `${method} ${url.pathname}`), http: { method, requestUri: url.pathname } },
    params: {},
    unknown: [],
  }
}

/**
 * The engine's answer with our address where it names its own: a client of SQS sends to the host of the queue's URL, and would pass us by.
 */
export function underOurAddress({ url }: Engine, { headers }: RawRequest, answer: EngineAnswer): EngineAnswer {
  const text = answer.body.toString('latin1')
  return url === '' || !text.includes(url)
    ? answer
    : { ...answer, body: Buffer.from(text.replaceAll(url, `http://${headers.host}`), 'latin1') }
}
