import { recordedEnums } from './recorded-enums.ts'
import { itemOf, shapeOf, type ServiceModel, type Shape, type ShapeRef } from './service-model.ts'

/** Which constraints of a shape a value breaks, and all that it has, in AWS's words. */
export interface Verdict {
  readonly broken: readonly string[]
  readonly all: readonly string[]
}

/** Checks one value (not its members) against the constraints of its shape: length or range, enum, pattern. */
export function checkShape(model: ServiceModel, ref: ShapeRef, value: unknown): Verdict {
  const shape = shapeOf(model, ref)
  const size = sizeOf(value)
  const measure = typeof value === 'number' ? 'value' : 'length'
  const bound = (limit: number): string => (shape.type === 'double' || shape.type === 'float' ? limit.toFixed(1) : String(limit))
  const constraints: (readonly [string, boolean])[] = []
  if (shape.max !== undefined) constraints.push([`Member must have ${measure} less than or equal to ${bound(shape.max)}`, size > shape.max])
  if (shape.min !== undefined)
    constraints.push([`Member must have ${measure} greater than or equal to ${bound(shape.min)}`, size < shape.min])
  if (shape.pattern !== undefined)
    constraints.push([`Member must satisfy regular expression pattern: ${shape.pattern}`, !matches(shape.pattern, String(value))])
  if (shape.enum !== undefined)
    constraints.push([
      `Member must satisfy enum value set: [${(recordedEnums[ref.shape] ?? shape.enum).join(', ')}]`,
      !shape.enum.includes(String(value)),
    ])
  return { broken: constraints.flatMap(([text, broken]) => (broken ? [text] : [])), all: constraints.map(([text]) => text) }
}

/** A value as Java prints it in AWS's refusals: `[a, b]`, `{2=2.0}`. */
export function javaText(model: ServiceModel, ref: ShapeRef, value: unknown): string {
  const shape: Shape = shapeOf(model, ref)
  if (Array.isArray(value)) return `[${value.map((item) => (item === null ? 'null' : javaText(model, itemOf(shape), item))).join(', ')}]`
  if (shape.type === 'map')
    return `{${Object.entries(value as object)
      .map(([key, item]) => `${key}=${item === null ? 'null' : javaText(model, itemOf(shape), item)}`)
      .join(', ')}}`
  if (shape.type === 'double' && Number.isInteger(value)) return (value as number).toFixed(1)
  return String(value)
}

function sizeOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return [...value].length
  if (Array.isArray(value) || Buffer.isBuffer(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}

const compiled = new Map<string, RegExp | undefined>()

/** Whole-string match. A pattern that only Java understands is not enforced. */
function matches(pattern: string, text: string): boolean {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern))
  return compiled.get(pattern)?.test(text) ?? true
}

function compile(pattern: string): RegExp | undefined {
  for (const flags of pattern.includes('\\p{') ? ['su'] : ['s', 'su']) {
    try {
      return new RegExp(`^(?:${pattern})$`, flags)
    } catch {
      continue
    }
  }
  return undefined
}
