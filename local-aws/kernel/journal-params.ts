import { createHash } from 'node:crypto'

/** Parameters as the journal keeps them: a blob stands as its size and digest. */
export function journalParams(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return { bytes: value.length, sha256: createHash('sha256').update(value).digest('hex') }
  if (Array.isArray(value)) return value.map(journalParams)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, journalParams(item)]))
  return value
}
