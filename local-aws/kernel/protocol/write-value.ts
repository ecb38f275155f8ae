import { shapeOf, type ServiceModel, type ShapeRef, type TimestampFormat } from '../model/service-model.ts'

/** A value of an answer as JSON. Throws when it holds a member that AWS's model does not have: that is a mistake in the front. */
export function writeValue(model: ServiceModel, ref: ShapeRef, value: unknown, path: string): unknown {
  const shape = shapeOf(model, ref)
  switch (shape.type) {
    case 'structure':
      return writeStructure(model, ref, value as Record<string, unknown>, path)
    case 'list':
      return (value as unknown[]).map((item, index) => writeValue(model, shape.member!, item, `${path}.${index}`))
    case 'map':
      return Object.fromEntries(Object.entries(value as object).flatMap(([key, item]) => (item === undefined ? [] : [[key, writeValue(model, shape.value!, item, `${path}.${key}`)]])))
    case 'blob':
      return Buffer.from(value as Buffer | string).toString('base64')
    case 'timestamp':
      return timestamp(value as number | Date, ref.timestampFormat ?? shape.timestampFormat ?? 'unixTimestamp')
    default:
      return value
  }
}

/** The members that stand in the body. */
export function writeStructure(model: ServiceModel, ref: ShapeRef, value: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> {
  const members = shapeOf(model, ref).members ?? {}
  const written: Record<string, unknown> = {}
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined || item === null) continue
    const member = members[name]
    if (member === undefined) throw new Error(`The answer's member ${path === '' ? name : `${path}.${name}`} is not in AWS's model of ${model.name} (${ref.shape}).`)
    if (member.location === undefined) written[member.locationName ?? name] = writeValue(model, member, item, `${path}.${name}`)
  }
  return written
}

/** A value of an answer as a header. */
export function writeText(model: ServiceModel, ref: ShapeRef, value: unknown): string {
  const shape = shapeOf(model, ref)
  return shape.type === 'timestamp' ? String(timestamp(value as number | Date, ref.timestampFormat ?? shape.timestampFormat ?? 'rfc822')) : String(value)
}

function timestamp(value: number | Date, format: TimestampFormat): number | string {
  const seconds = value instanceof Date ? value.getTime() / 1000 : value
  if (format === 'iso8601') return new Date(seconds * 1000).toISOString()
  return format === 'rfc822' ? new Date(seconds * 1000).toUTCString() : seconds
}
