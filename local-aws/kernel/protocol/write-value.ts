import { itemOf, shapeOf, type ServiceModel, type ShapeRef, type TimestampFormat } from '../model/service-model.ts'

/** A shape, and where in the answer it stands. */
export interface Place {
  readonly ref: ShapeRef
  readonly path: string
}

/** A value of an answer as JSON. Throws when it holds a member that AWS's model does not have: that is a mistake in the front. */
export function writeValue(model: ServiceModel, { ref, path }: Place, value: unknown): unknown {
  const shape = shapeOf(model, ref)
  switch (shape.type) {
    case 'structure':
      return writeStructure(model, { ref, path }, value as Record<string, unknown>)
    case 'list':
      return (value as unknown[]).map((item, index) => writeValue(model, { ref: itemOf(shape), path: `${path}.${index}` }, item))
    case 'map':
      return Object.fromEntries(
        Object.entries(value as object).flatMap(([key, item]) =>
          item === undefined ? [] : [[key, writeValue(model, { ref: itemOf(shape), path: `${path}.${key}` }, item)]],
        ),
      )
    case 'blob':
      return Buffer.from(value as Buffer | string).toString('base64')
    case 'timestamp':
      return timestamp(value as number | Date, ref.timestampFormat ?? shape.timestampFormat ?? 'unixTimestamp')
    default:
      return value
  }
}

/** The members that stand in the body. */
export function writeStructure(
  model: ServiceModel,
  { ref, path }: Place,
  value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const members = shapeOf(model, ref).members ?? {}
  const written: Record<string, unknown> = {}
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined || item === null) continue
    const member = members[name]
    if (member === undefined)
      throw new Error(
        `The answer's member ${path === '' ? name : `${path}.${name}`} is not in AWS's model of ${model.name} (${ref.shape}).`,
      )
    if (member.location === undefined)
      written[member.locationName ?? name] = writeValue(model, { ref: member, path: `${path}.${name}` }, item)
  }
  return written
}

/** A value of an answer as a header. */
export function writeText(model: ServiceModel, ref: ShapeRef, value: unknown): string {
  const shape = shapeOf(model, ref)
  return shape.type === 'timestamp'
    ? String(timestamp(value as number | Date, ref.timestampFormat ?? shape.timestampFormat ?? 'rfc822'))
    : String(value)
}

function timestamp(value: number | Date, format: TimestampFormat): number | string {
  const seconds = value instanceof Date ? value.getTime() / 1000 : value
  if (format === 'iso8601') return new Date(seconds * 1000).toISOString()
  return format === 'rfc822' ? new Date(seconds * 1000).toUTCString() : seconds
}
