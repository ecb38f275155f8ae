import { shapeOf, type ServiceModel, type ShapeRef } from '../model/service-model.ts'
import { readText } from './read-value.ts'

/** Reads the query protocol's flattened fields (`Tags.member.1.Key=…`) of IAM, STS and CloudWatch; undefined where nothing is given. */
export function readQuery(model: ServiceModel, ref: ShapeRef, fields: URLSearchParams, prefix = ''): unknown {
  const shape = shapeOf(model, ref)
  const dot = prefix === '' ? '' : `${prefix}.`
  if (shape.type === 'structure') {
    const read = Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
      const value = readQuery(model, member, fields, `${dot}${member.locationName ?? name}`)
      return value === undefined ? [] : [[name, value] as const]
    })
    return read.length === 0 && prefix !== '' ? undefined : Object.fromEntries(read)
  }
  if (shape.type === 'list') {
    const base = shape.flattened === true ? prefix : `${dot}${shape.member?.locationName ?? 'member'}`
    const items: unknown[] = []
    for (let item; (item = readQuery(model, shape.member!, fields, `${base}.${items.length + 1}`)) !== undefined; ) items.push(item)
    // An empty list is sent as the bare name.
    return items.length > 0 || fields.has(prefix) ? items : undefined
  }
  if (shape.type === 'map') {
    const read: Record<string, unknown> = {}
    for (let index = 1; fields.has(`${dot}entry.${index}.key`); index++) read[fields.get(`${dot}entry.${index}.key`) ?? ''] = readQuery(model, shape.value!, fields, `${dot}entry.${index}.value`)
    return Object.keys(read).length > 0 ? read : undefined
  }
  const text = fields.get(prefix)
  if (text === null) return undefined
  return shape.type === 'blob' ? Buffer.from(text, 'base64') : readText(model, ref, text)
}
