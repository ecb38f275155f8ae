import { zipOf } from '../lambda/support.ts'
import type { Json, JsonObject } from './rows.ts'

/** What `{{…}}` in a request may stand for: what the replay brings along, and the answers of earlier steps, which are counted from 0. */
export interface Known {
  readonly account: string
  readonly region: string
  readonly role: string
  readonly logsRole: string
  readonly answers: readonly (Readonly<Record<string, unknown>> | undefined)[]
}

/** A step's request with everything filled in. Throws when it names an answer or member that there is not. */
export function fillIn(value: Json, known: Known): unknown {
  if (typeof value === 'string') return value.replace(/\{\{(.+?)\}\}/g, (_, name: string) => lookUp(name, known))
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item: Json) => fillIn(item, known))
  const object = value as JsonObject
  if (typeof object['$zip'] === 'number') return packageOf(object['$zip'], { size: sizeIn(object, '$size'), unzipped: sizeIn(object, '$unzipped') })
  if (typeof object['$long'] === 'number') return 'x'.repeat(object['$long'])
  if (typeof object['$source'] === 'string') return zipOf({ 'handler.py': object['$source'] })
  if (object['$files'] !== undefined) return zipOf(object['$files'] as Parameters<typeof zipOf>[0])
  if (typeof object['$bytes'] === 'string') return Buffer.from(object['$bytes'], 'base64')
  if (typeof object['$text'] === 'string') return Buffer.from(fillIn(object['$text'], known) as string)
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [fillIn(key, known), fillIn(item, known)]))
}

function lookUp(name: string, known: Known): string {
  if (name === 'account' || name === 'region' || name === 'role' || name === 'logsRole') return known[name]
  const [step = '', ...path] = name.split('.')
  let value: unknown = known.answers[Number(step)]
  for (const member of path) value = memberOf(value, member)
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`Step ${step} has answered no "${path.join('.')}".`)
  return String(value)
}

/** A member by its name, an item of a list by its number or, as in `path=/pets`, by one of its members. */
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const [key = '', wanted] = name.split('=')
  if (wanted === undefined) return (value as Record<string, unknown>)[name]
  return Object.values(value).find((item) => (item as Record<string, unknown>)[key] === wanted)
}

const sizeIn = (object: JsonObject, name: string): number => (typeof object[name] === 'number' ? object[name] : 0)

/** A zip with one handler, the same for the same number; noise makes it as large as asked, zeros what it unpacks to. */
function packageOf(number: number, { size, unzipped }: { readonly size: number; readonly unzipped: number }): Uint8Array {
  const handler = `def handler(event, context):\n    return ${number}\n`
  const noisy = size > overhead ? { noise: { content: noise(size - overhead) } } : {}
  const hollow = unzipped > 0 ? { zeros: { content: Buffer.alloc(unzipped - handler.length) } } : {}
  return zipOf({ 'handler.py': handler, ...noisy, ...hollow })
}

/** Bytes that a zip of two files needs beside their content. */
const overhead = 1000

function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size)
  let seed = 1
  for (let at = 0; at < size; at++) bytes[at] = (seed = (seed * 48_271) % 2_147_483_647) & 255
  return bytes
}
