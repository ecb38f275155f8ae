import { AwsError } from '../call.ts'
import { matchRoute } from '../model/routes.ts'
import { payloadOf, shapeOf, type Operation, type ServiceModel, type Shape } from '../model/service-model.ts'
import { readStructure, readText, readValue, type Reading } from './read-value.ts'
import type { RawRequest } from './request.ts'

/** A request read by its service's model. */
export interface ParsedCall {
  readonly operation: Operation
  readonly params: Record<string, unknown>
  /** Paths of members in the body that the model does not have. */
  readonly unknown: readonly string[]
}

/**
 * Reads a request of the REST protocols (JSON: Lambda, API Gateway; XML: S3, whose bodies stay unread). Undefined when no operation has
 * this method and path.
 */
export function parseRest(model: ServiceModel, request: RawRequest): ParsedCall | undefined {
  const match = matchRoute(model, request)
  if (match === undefined) return undefined
  const { operation, uri } = match
  if (operation.input === undefined) return { operation, params: {}, unknown: [] }
  const input = shapeOf(model, operation.input)
  const reading: Reading = { model, unknown: [] }
  const params = readPlaces(model, input, { uri, request })
  Object.assign(params, readBody(reading, { operation, input, request }))
  return { operation, params, unknown: reading.unknown }
}

function readPlaces(
  model: ServiceModel,
  input: Shape,
  { uri, request }: { readonly uri: Readonly<Record<string, string>>; readonly request: RawRequest },
): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  const query = request.url.searchParams
  const named = new Set<string>()
  const rest: string[] = []
  for (const [name, member] of Object.entries(input.members ?? {})) {
    const wire = member.locationName ?? name
    const { type, member: item } = shapeOf(model, member)
    if (member.location === 'uri' && uri[wire] !== undefined) params[name] = readText(model, member, uri[wire])
    if (member.location === 'header') {
      const value = request.headers[wire.toLowerCase()]
      if (value !== undefined) params[name] = readText(model, member, String(value))
    }
    if (member.location !== 'querystring') continue
    if (type === 'map') rest.push(name)
    else if (query.has(wire)) {
      named.add(wire)
      params[name] =
        type === 'list' && item !== undefined
          ? query.getAll(wire).map((text) => readText(model, item, text))
          : readText(model, member, query.get(wire) ?? '')
    }
  }
  for (const name of rest) params[name] = restOfQuery(query, named, operationQuery(request))
  return params
}

/** A map in the query takes what no other member names (API Gateway's `parameters` of an import). */
function restOfQuery(query: URLSearchParams, named: ReadonlySet<string>, fixed: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries([...query].filter(([key]) => !named.has(key) && !fixed.has(key)))
}

/** `mode=import` selects the operation and is no parameter of it. */
function operationQuery({ url }: RawRequest): ReadonlySet<string> {
  return new Set(url.pathname === '/restapis' ? ['mode'] : [])
}

function readBody(
  reading: Reading,
  { operation, input, request }: { readonly operation: Operation; readonly input: Shape; readonly request: RawRequest },
): Record<string, unknown> {
  const { model } = reading
  const payload = payloadOf(input)
  if (payload !== undefined) {
    const { name, ref } = payload
    const { type } = shapeOf(model, ref)
    if (type === 'blob') return { [name]: request.body }
    if (type === 'string') return { [name]: request.body.toString() }
    return model.metadata.protocol === 'rest-xml' || request.body.length === 0
      ? {}
      : { [name]: readValue(reading, { ref, path: '' }, parseJson(request.body)) }
  }
  if (model.metadata.protocol === 'rest-xml' || request.body.length === 0) return {}
  const hasBody = Object.values(input.members ?? {}).some((member) => member.location === undefined)
  // GET and DELETE carry no members in the body; some clients send `{}` all the same.
  return hasBody && operation.input !== undefined
    ? readStructure(reading, { ref: operation.input, path: '' }, parseJson(request.body))
    : {}
}

/** The body as a JSON object; the text of the refusal is unverified for control plane operations. */
export function parseJson(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {}
  let json: unknown
  try {
    json = JSON.parse(body.toString())
  } catch (error) {
    throw new AwsError('SerializationException', `Could not parse request body into json: ${(error as Error).message}`)
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new AwsError('SerializationException', 'Could not parse request body into json: not an object')
  return json as Record<string, unknown>
}
