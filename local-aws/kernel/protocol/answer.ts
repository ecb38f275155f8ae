import { randomUUID } from 'node:crypto'
import type { AwsError, Output } from '../call.ts'
import { payloadOf, shapeOf, type Operation, type ServiceModel, type ShapeRef } from '../model/service-model.ts'
import { writeStructure, writeText, writeValue } from './write-value.ts'

/** An HTTP answer, ready to be sent. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | string
}

/** An operation's output as its model places it: status, headers, body. For the JSON protocols. */
export function writeOutput(model: ServiceModel, operation: Operation, output: Output): RawAnswer {
  const headers: Record<string, string> = { ...requestId(model), 'content-type': contentType(model) }
  let status = operation.http.responseCode ?? 200
  if (operation.output === undefined) return { status, headers: withoutType(headers), body: '' }
  const shape = shapeOf(model, operation.output)
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const value = output[name]
    if (value === undefined) continue
    if (member.location === 'statusCode') status = Number(value)
    if (member.location === 'header') headers[(member.locationName ?? name).toLowerCase()] = writeText(model, member, value)
  }
  return { status, headers, ...body(model, output, { ref: operation.output, status }) }
}

function body(
  model: ServiceModel,
  output: Output,
  { ref, status }: { readonly ref: ShapeRef; readonly status: number },
): { readonly body: Buffer | string } {
  const payload = payloadOf(shapeOf(model, ref))
  // 204 carries no body; an operation without an answer's members (DeleteFunction) neither.
  if (payload === undefined) return { body: status === 204 ? '' : JSON.stringify(writeStructure(model, { ref, path: '' }, output)) }
  const value = output[payload.name]
  if (value === undefined) return { body: '' }
  if (Buffer.isBuffer(value) || typeof value === 'string') return { body: value }
  return { body: JSON.stringify(writeValue(model, { ref: payload.ref, path: payload.name }, value)) }
}

/**
 * A refusal as the service words it. The key of the text is what the error's shape calls it: API Gateway `message`, Lambda `message` or
 * `Message`
 * beside `Type` (recordings test_lambda_api). ValidationException and other errors of AWS's edge have only `message`.
 */
export function writeError(model: ServiceModel, error: AwsError): RawAnswer {
  const { protocol } = model.metadata
  if (protocol === 'query') return xmlError(model, error)
  if (protocol === 'rest-xml') return s3Error(error)
  const shape = model.shapes[error.code]
  const members = shape?.exception === true ? (shape.members ?? {}) : {}
  const key = 'Message' in members ? 'Message' : 'message'
  const headers: Record<string, string> = {
    ...requestId(model),
    'content-type': contentType(model),
    ...error.headers,
    'x-amzn-errortype': error.code,
  }
  const worded = 'message' in error.members || 'Message' in error.members
  const content: Record<string, unknown> = {
    ...('Type' in members ? { Type: error.status >= 500 ? 'Service' : 'User' } : {}),
    ...(worded ? {} : { [key]: error.message }),
  }
  for (const [name, value] of Object.entries(error.members)) {
    const member = members[name]
    if (member?.location === 'header') headers[(member.locationName ?? name).toLowerCase()] = String(value)
    else content[name] = value
  }
  if (protocol === 'json') content['__type'] = error.code
  return { status: error.status, headers, body: JSON.stringify(content) }
}

function xmlError(model: ServiceModel, { code, message, status, headers }: AwsError): RawAnswer {
  const id = randomUUID()
  const space =
    model.name === 'iam'
      ? 'https://iam.amazonaws.com/doc/2010-05-08/'
      : model.name === 'sts'
        ? 'https://sts.amazonaws.com/doc/2011-06-15/'
        : 'http://monitoring.amazonaws.com/doc/2010-08-01/'
  const type = status >= 500 ? 'Receiver' : 'Sender'
  const error = `<Type>${type}</Type>${codeAndMessage(code, message)}`
  const xml = `<ErrorResponse xmlns="${space}"><Error>${error}</Error><RequestId>${id}</RequestId></ErrorResponse>`
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': id, ...headers }, body: xml }
}

function s3Error({ code, message, status, headers }: AwsError): RawAnswer {
  const id = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()
  const error = `${codeAndMessage(code, message)}<RequestId>${id}</RequestId>`
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${error}</Error>`
  return { status, headers: { 'content-type': 'application/xml', 'x-amz-request-id': id, ...headers }, body: xml }
}

function codeAndMessage(code: string, message: string): string {
  return `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`
}

function requestId(model: ServiceModel): Record<string, string> {
  const id = randomUUID()
  return model.name === 'apigateway'
    ? { 'x-amzn-requestid': id, 'x-amz-apigw-id': id.replaceAll('-', '').slice(0, 16) }
    : { 'x-amzn-requestid': id }
}

function contentType({ metadata }: ServiceModel): string {
  return metadata.protocol === 'json' ? `application/x-amz-json-${metadata.jsonVersion ?? '1.1'}` : 'application/json'
}

function withoutType(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'))
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
