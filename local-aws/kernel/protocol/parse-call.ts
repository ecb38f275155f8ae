import { AwsError } from '../call.ts'
import type { Operation, ServiceModel } from '../model/service-model.ts'
import { parseJson, parseRest, type ParsedCall } from './parse-rest.ts'
import { readQuery } from './parse-query.ts'
import { readStructure, type Reading } from './read-value.ts'
import type { RawRequest } from './request.ts'

/** Reads a request by the protocol of its service's model. Throws AwsError when it names no operation or cannot be read. */
export function parseCall(model: ServiceModel, request: RawRequest): ParsedCall {
  const { protocol, targetPrefix } = model.metadata
  if (protocol === 'rest-json' || protocol === 'rest-xml') {
    const parsed = parseRest(model, request)
    // The text that AWS's edge gives for a path that no operation has; seen in many issues, not in the recordings: unverified.
    if (parsed === undefined)
      throw new AwsError('AccessDeniedException', 'Unable to determine service/operation name to be authorized', { status: 403 })
    return parsed
  }
  const target = String(request.headers['x-amz-target'] ?? '')
  if (targetPrefix !== undefined && target.startsWith(`${targetPrefix}.`))
    return parseJsonRpc(model, target.slice(targetPrefix.length + 1), request)
  // Smithy's CBOR (CloudWatch): the operation stands in the path; its body goes to the engine unread.
  const [, cbor] = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(request.url.pathname) ?? []
  if (cbor !== undefined) return { operation: find(model, cbor), params: {}, unknown: [] }
  return parseQuery(model, request)
}

function parseJsonRpc(model: ServiceModel, name: string, request: RawRequest): ParsedCall {
  const operation = find(model, name)
  const reading: Reading = { model, unknown: [] }
  const params = operation.input === undefined ? {} : readStructure(reading, { ref: operation.input, path: '' }, parseJson(request.body))
  return { operation, params, unknown: reading.unknown }
}

function parseQuery(model: ServiceModel, request: RawRequest): ParsedCall {
  const fields = new URLSearchParams([...request.url.searchParams, ...new URLSearchParams(request.body.toString())])
  const operation = find(model, fields.get('Action') ?? '')
  const params = operation.input === undefined ? {} : readQuery({ model, fields }, operation.input)
  return { operation, params: (params ?? {}) as Record<string, unknown>, unknown: [] }
}

function find(model: ServiceModel, name: string): Operation {
  const operation = Object.hasOwn(model.operations, name) ? model.operations[name] : undefined
  if (operation === undefined) {
    const code = model.metadata.protocol === 'query' ? 'InvalidAction' : 'UnknownOperationException'
    throw new AwsError(
      code,
      model.metadata.protocol === 'query' ? `Could not find operation ${name} for version ${model.metadata.apiVersion}` : '',
    )
  }
  return operation
}
