import { firstAccepted, isBinary } from './binary.ts'
import { header, type ApiResponse, type Exchange } from './exchange.ts'
import { badGateway } from './failure.ts'

const MEMBERS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'])

/** Response headers that go out under another name (recorded: test_apigateway_header_remapping_aws[AWS]). */
const REMAPPED = new Set([
  ...['authorization', 'connection', 'content-length', 'content-md5', 'date', 'expect', 'host', 'max-forwards', 'proxy-authenticate'],
  ...['server', 'trailer', 'upgrade', 'user-agent', 'www-authenticate'],
])

interface ProxyResult {
  readonly statusCode?: unknown
  readonly headers?: unknown
  readonly multiValueHeaders?: unknown
  readonly body?: unknown
  readonly isBase64Encoded?: unknown
}

/**
 * A function's result as an HTTP response, or the 502 of a malformed one
 * (recorded: test_aws_proxy_response_payload_format_validation; developer guide, output format of a Lambda proxy integration).
 */
export function proxyResponse(payload: Buffer, exchange: Exchange): ApiResponse {
  const result = wellFormed(payload)
  const body = typeof result.body === 'string' ? result.body : ''
  return {
    status: statusOf(result.statusCode),
    headers: [...headersOf(result), ['X-Amzn-Trace-Id', exchange.traceId]],
    body: Buffer.from(body, result.isBase64Encoded === true && wantsBinary(exchange) ? 'base64' : 'utf8'),
  }
}

function wellFormed(payload: Buffer): ProxyResult {
  const malformed = () => badGateway('Execution failed due to configuration error: Malformed Lambda proxy response')
  let result: unknown
  try {
    result = JSON.parse(payload.toString())
  } catch {
    throw malformed()
  }
  if (!isRecord(result) || Object.keys(result).length === 0) throw malformed()
  if (!Object.keys(result).every((key) => MEMBERS.has(key))) throw malformed()
  const { headers, multiValueHeaders, body } = result as ProxyResult
  if (body !== undefined && body !== null && typeof body !== 'string') throw malformed()
  if (headers !== undefined && headers !== null && !isRecord(headers)) throw malformed()
  if (multiValueHeaders !== undefined && multiValueHeaders !== null && !areLists(multiValueHeaders)) throw malformed()
  return result
}

/** Absent is 200, digits in a string count (recorded: invoke-api-only-headers, invoke-api-status-code-str). */
function statusOf(statusCode: unknown): number {
  if (statusCode === undefined || statusCode === null) return 200
  const status = Number(statusCode)
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    throw badGateway(`Execution failed due to configuration error: Invalid status code: ${JSON.stringify(statusCode)}`)
  }
  return status
}

/**
 * Values of both maps under one name go out together, the multi-value ones first and in their case (recorded:
 * …multi-headers-overwrite-casing).
 */
function headersOf({ headers, multiValueHeaders }: ProxyResult): [string, string][] {
  const multi = Object.entries((multiValueHeaders ?? {}) as Record<string, unknown[]>)
  const single = Object.entries((headers ?? {}) as Record<string, unknown>)
  const names = new Map(multi.map(([name]) => [name.toLowerCase(), name]))
  const pairs = [
    ...multi.flatMap(([name, values]) => values.map((value): [string, unknown] => [name, value])),
    ...single.map(([name, value]): [string, unknown] => [names.get(name.toLowerCase()) ?? name, value]),
  ]
  const sent = pairs.filter(([name, value]) => value !== null && name.toLowerCase() !== 'transfer-encoding')
  const hasType = sent.some(([name]) => name.toLowerCase() === 'content-type')
  const all: [string, unknown][] = hasType ? sent : [['Content-Type', 'application/json'], ...sent]
  return all.map(([name, value]) => [REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, String(value)])
}

/** base64 is decoded only for a type that the API lists (recorded: invoke-api-b64-encoded-true, sent as it came without such a list). */
function wantsBinary({ definition, request }: Exchange): boolean {
  return isBinary(definition.binaryMediaTypes, firstAccepted(header(request, 'accept')))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function areLists(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(Array.isArray)
}
