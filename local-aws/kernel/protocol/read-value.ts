import { AwsError } from '../call.ts'
import { itemOf, shapeOf, type ServiceModel, type ShapeRef } from '../model/service-model.ts'

/** What reading a JSON value collects beside the value. */
export interface Reading {
  readonly model: ServiceModel
  /** Paths of members that the model does not have. */
  readonly unknown: string[]
}

/** A shape, and where in the request's body it stands. */
export interface Place {
  readonly ref: ShapeRef
  readonly path: string
}

/** A JSON value as the model types it: blobs become Buffers, timestamps epoch seconds. Throws SerializationException for another type. */
export function readValue(reading: Reading, { ref, path }: Place, json: unknown): unknown {
  if (json === null || json === undefined) return undefined
  const shape = shapeOf(reading.model, ref)
  switch (shape.type) {
    case 'structure':
      return readStructure(reading, { ref, path }, asObject(json))
    case 'list':
      if (!Array.isArray(json)) throw wrongType(json, 'an ArrayList')
      // A null in a list stays, so that the check of the constraints can refuse it.
      return json.map((item, index) =>
        item === null ? null : readValue(reading, { ref: itemOf(shape), path: `${path}.${index + 1}` }, item),
      )
    case 'map':
      return Object.fromEntries(
        Object.entries(asObject(json)).map(([key, item]) => [
          key,
          item === null ? null : readValue(reading, { ref: itemOf(shape), path: `${path}.${key}` }, item),
        ]),
      )
    case 'string':
      if (typeof json !== 'string') throw wrongType(json, 'an String')
      return json
    case 'boolean':
      if (typeof json !== 'boolean') throw wrongType(json, 'an Boolean')
      return json
    case 'blob':
      if (typeof json !== 'string') throw wrongType(json, 'a Blob')
      return Buffer.from(json, 'base64')
    case 'timestamp':
      return typeof json === 'string' ? Date.parse(json) / 1000 : json
    default:
      if (typeof json !== 'number') throw wrongType(json, `an ${shape.type === 'integer' ? 'Integer' : 'Number'}`)
      return json
  }
}

/** The members that stand in the body (those with a location are read elsewhere). */
export function readStructure(reading: Reading, { ref, path }: Place, json: Record<string, unknown>): Record<string, unknown> {
  const shape = shapeOf(reading.model, ref)
  const byWireName = new Map(
    Object.entries(shape.members ?? {}).flatMap(([name, member]) =>
      member.location === undefined ? [[member.locationName ?? name, { name, member }] as const] : [],
    ),
  )
  const read: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(json)) {
    const known = byWireName.get(key)
    const memberPath = path === '' ? key : `${path}.${key}`
    if (known === undefined) {
      if (shape.document !== true) reading.unknown.push(memberPath)
      continue
    }
    const typed = readValue(reading, { ref: known.member, path: memberPath }, value)
    if (typed !== undefined) read[known.name] = typed
  }
  return read
}

/** Text outside of the body (URI, query, header) as its shape types it. */
export function readText(model: ServiceModel, ref: ShapeRef, text: string): unknown {
  const shape = shapeOf(model, ref)
  switch (shape.type) {
    case 'boolean':
      return text === 'true'
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      if (text.trim() === '' || !Number.isFinite(Number(text)))
        throw new AwsError('SerializationException', `${text} can not be converted to a number`)
      return Number(text)
    case 'timestamp':
      return Date.parse(text) / 1000
    default:
      return text
  }
}

function asObject(json: unknown): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrongType(json, 'a Map')
  return json as Record<string, unknown>
}

/**
 * Text from recordings: test_apigateway_api, put-integration-request-param-wrong-type and
 * put-integration-response-invalid-responseTemplates-1; for other targets unverified.
 */
function wrongType(json: unknown, target: string): AwsError {
  const java =
    typeof json === 'boolean'
      ? 'java.lang.Boolean'
      : typeof json === 'number'
        ? 'com.amazon.coral.value.json.numbers.TruncatingBigNumber'
        : typeof json === 'string'
          ? 'java.lang.String'
          : 'java.util.Map'
  return new AwsError('SerializationException', `class ${java} can not be converted to ${target}`)
}
