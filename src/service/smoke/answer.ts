import { isBinary, valueOf } from './event.ts'
import type { Answer, SmokeRequest } from './smoke-test.ts'

/** What Lambda gave back for an event. */
export interface Invocation {
  readonly payload: string
  /** Lambda's word for a function that threw or ran out of time; missing where it did neither. */
  readonly functionError?: string
  /** Milliseconds. */
  readonly took: number
}

/** Milliseconds that API Gateway waits for a function (developer guide, quotas). */
const longestWait = 29_000

const members = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'])

/**
 * What API Gateway makes of a function's result: the answer in it, or the 502 of a malformed one (recorded:
 * test_aws_proxy_response_payload_format_validation; developer guide, "Output format of a Lambda function for proxy integration").
 */
export function gatewayAnswer(
  { payload, functionError, took }: Invocation,
  { request, binaryMediaTypes }: { readonly request: SmokeRequest; readonly binaryMediaTypes: readonly string[] },
): Answer {
  if (took > longestWait) return { status: 504, body: payload, took, reason: 'the function took longer than API Gateway waits (29 s)' }
  if (functionError !== undefined) return { status: 502, body: payload, took, reason: 'the function ended with an error' }
  const result = parsed(payload)
  const wrong = malformation(result)
  if (wrong !== undefined) return { status: 502, body: payload, took, reason: `the result is malformed: ${wrong}` }
  const { statusCode, body, isBase64Encoded } = result as Readonly<Record<string, unknown>>
  const text = typeof body === 'string' ? body : ''
  const accepted = valueOf(request.headers, 'accept')?.split(',')[0]
  // What is in Base64 is decoded only where the API lists the type that the caller accepts first (developer guide, binary payloads).
  const isDecoded = isBase64Encoded === true && isBinary(binaryMediaTypes, accepted)
  return { status: Number(statusCode ?? 200), body: isDecoded ? Buffer.from(text, 'base64').toString() : text, took }
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

/** Why API Gateway takes a result for no answer; undefined where it is one. */
function malformation(result: unknown): string | undefined {
  if (!isMap(result)) return 'it is no JSON object'
  const names = Object.keys(result)
  if (names.length === 0) return 'it is empty'
  const unknown = names.find((name) => !members.has(name))
  if (unknown !== undefined) return `it has the key ${JSON.stringify(unknown)}, which API Gateway does not know`
  const { statusCode, headers, multiValueHeaders, body } = result
  if (isGiven(body) && typeof body !== 'string') return 'body is not a string'
  if (isGiven(headers) && !isMap(headers)) return 'headers is no object'
  const areLists = isMap(multiValueHeaders) && Object.values(multiValueHeaders).every(Array.isArray)
  if (isGiven(multiValueHeaders) && !areLists) return 'multiValueHeaders holds what is no list'
  const status = isGiven(statusCode) ? Number(statusCode) : 200
  const isStatus = Number.isInteger(status) && status >= 100 && status <= 599
  return isStatus ? undefined : `statusCode is ${JSON.stringify(statusCode)}`
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
