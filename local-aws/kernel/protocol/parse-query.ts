import { itemOf, shapeOf, type ServiceModel, type Shape, type ShapeRef } from '../model/service-model.ts'
import { readText } from './read-value.ts'

/** A form of the query protocol, and the model that types its fields. */
export interface Form {
  readonly model: ServiceModel
  readonly fields: URLSearchParams
}

/** Reads the query protocol's flattened fields (`Tags.member.1.Key=…`) of IAM, STS and CloudWatch; undefined where nothing is given. */
export function readQuery(form: Form, ref: ShapeRef, prefix = ''): unknown {
  const shape = shapeOf(form.model, ref)
  if (shape.type === 'structure') return readStructure(form, shape, prefix)
  if (shape.type === 'list') return readList(form, shape, prefix)
  if (shape.type === 'map') return readMap(form, shape, prefix)
  const text = form.fields.get(prefix)
  if (text === null) return undefined
  return shape.type === 'blob' ? Buffer.from(text, 'base64') : readText(form.model, ref, text)
}

function readStructure(form: Form, shape: Shape, prefix: string): unknown {
  const read = Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
    const value = readQuery(form, member, join(prefix, member.locationName ?? name))
    return value === undefined ? [] : [[name, value] as const]
  })
  return read.length === 0 && prefix !== '' ? undefined : Object.fromEntries(read)
}

function readList(form: Form, shape: Shape, prefix: string): unknown {
  const base = shape.flattened === true ? prefix : join(prefix, itemOf(shape).locationName ?? 'member')
  const items: unknown[] = []
  for (let item; (item = readQuery(form, itemOf(shape), `${base}.${items.length + 1}`)) !== undefined; ) items.push(item)
  // An empty list is sent as the bare name.
  return items.length > 0 || form.fields.has(prefix) ? items : undefined
}

function readMap(form: Form, shape: Shape, prefix: string): unknown {
  const read: Record<string, unknown> = {}
  for (let index = 1; ; index++) {
    const key = form.fields.get(join(prefix, `entry.${index}.key`))
    if (key === null) return index === 1 ? undefined : read
    read[key] = readQuery(form, itemOf(shape), join(prefix, `entry.${index}.value`))
  }
}

function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`
}
