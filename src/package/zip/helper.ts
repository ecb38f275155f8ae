import { Worker } from 'node:worker_threads'
import { entryBytes, isOnDisk, type Entry } from '../tree/entry.ts'
import { changed } from '../tree/read.ts'
import { level, type Deflated } from './deflated.ts'

/** A second thread that reads and deflates small files while the first one feeds archiver. */
export interface Helper {
  deflate(entries: readonly Entry[]): Promise<readonly Deflated[]>
  stop(): Promise<unknown>
}

interface Answer {
  readonly id: number
  readonly whole: Uint8Array
  readonly items: readonly { readonly length: number, readonly stored: boolean, readonly crc: number, readonly size: number }[]
  readonly error?: string
}

/** The thread's program as text, so that the bundle needs no second file. What it does to a file equals what the first thread does. */
const program = `
const { parentPort } = require('node:worker_threads')
const { readFileSync } = require('node:fs')
const { crc32, deflateRawSync } = require('node:zlib')
parentPort.on('message', ({ id, files, kept }) => {
  try {
    const parts = []
    const items = files.map((file) => {
      const bytes = typeof file === 'string' ? readFileSync(file) : kept.subarray(file[0], file[1])
      const deflated = bytes.length === 0 ? bytes : deflateRawSync(bytes, { level: ${level}, chunkSize: Math.max(bytes.length >> 1, 256) })
      const stored = deflated.length >= bytes.length
      parts.push(stored ? bytes : deflated)
      return { length: parts.at(-1).length, stored, crc: crc32(bytes), size: bytes.length }
    })
    const whole = new Uint8Array(items.reduce((sum, item) => sum + item.length, 0))
    let at = 0
    for (const part of parts) { whole.set(part, at); at += part.length }
    parentPort.postMessage({ id, items, whole }, [whole.buffer])
  } catch (error) {
    parentPort.postMessage({ id, items: [], whole: new Uint8Array(0), error: error.message })
  }
})
`

/** Starts the thread; whoever starts it stops it. */
export function startHelper(): Helper {
  const worker = new Worker(program, { eval: true })
  const waiting = new Map<number, { readonly resolve: (answer: Answer) => void, readonly reject: (error: Error) => void }>()
  let count = 0
  worker.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.resolve(answer)
    waiting.delete(answer.id)
  })
  worker.on('error', (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
  })
  return {
    async deflate(entries) {
      const id = count++
      const answer = await new Promise<Answer>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        const request = requestOf(entries)
        worker.postMessage({ id, ...request }, [request.kept.buffer])
      })
      return split(answer, entries)
    },
    stop: () => worker.terminate(),
  }
}

interface Request {
  /** A path, or where the content lies in `kept`. */
  readonly files: readonly (string | readonly [number, number])[]
  /** The contents that are in memory already, one behind the other: the thread gets them without a copy. */
  readonly kept: Uint8Array<ArrayBuffer>
}

function requestOf(entries: readonly Entry[]): Request {
  const inMemory = entries.filter((entry) => !isOnDisk(entry))
  const kept = new Uint8Array(inMemory.reduce((sum, entry) => sum + entry.size, 0))
  let at = 0
  const files = entries.map((entry) => {
    if (isOnDisk(entry)) return entry.content.file
    kept.set(entryBytes(entry), at)
    at += entry.size
    return [at - entry.size, at] as const
  })
  return { files, kept }
}

function split(answer: Answer, entries: readonly Entry[]): readonly Deflated[] {
  if (answer.error !== undefined) throw new Error(answer.error)
  const whole = Buffer.from(answer.whole.buffer)
  let at = 0
  return answer.items.map(({ length, stored, crc, size }, index) => {
    const entry = entries[index] as Entry
    if (size !== entry.size) throw changed(entry.content.kind === 'disk' ? entry.content.file : entry.path)
    at += length
    return { payload: whole.subarray(at - length, at), stored, crc, size }
  })
}
