import { promisify } from 'node:util'
import { crc32, deflateRaw, deflateRawSync } from 'node:zlib'
import { entryBytes, isOnDisk, type Entry } from '../tree/entry.ts'
import { changed, readInto } from '../tree/read.ts'
import { level, type Deflated } from './deflated.ts'
import { startHelper, type Helper } from './helper.ts'

/** From this size on a file goes to libuv's pool; smaller ones are faster on the main thread while the pool works. */
const poolFrom = 64 * 1024
/** Files, and bytes of them, that the pool works on at a time; a file larger than that goes alone. */
const lookAhead = 4
const bytesAhead = 8 * 1024 * 1024
const deflateInPool = promisify<Buffer, { level: number, chunkSize: number }, Buffer>(deflateRaw)

/** A tree of many small files is deflated in a second thread, in batches, because the first one has its hands full with archiver. */
const manyFiles = 2000
const smallMean = 8 * 1024
const batchFiles = 128
const batchesAhead = 3

/**
 * Deflates entries on several threads at the same time and yields them in their order.
 * The bytes do not depend on which of them did the work.
 */
export async function* deflateAll(entries: readonly Entry[]): AsyncGenerator<readonly [Entry, Deflated]> {
  const bytes = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (entries.length < manyFiles || bytes / entries.length > smallMean) {
    yield* deflateHere(entries)
    return
  }
  const helper = startHelper()
  try {
    yield* deflateWith(helper, entries)
  } finally {
    await helper.stop()
  }
}

/** Batches go to the helper in turn; a batch with a file for the pool, or with a link, is done here. */
async function* deflateWith(helper: Helper, entries: readonly Entry[]): AsyncGenerator<readonly [Entry, Deflated]> {
  const batches = Array.from({ length: Math.ceil(entries.length / batchFiles) }, (_, index) => entries
    .slice(index * batchFiles, (index + 1) * batchFiles))
  const ahead = new Map<number, Promise<readonly Deflated[]>>()
  let sent = 0
  for (const [index, batch] of batches.entries()) {
    for (; sent < batches.length && sent <= index + batchesAhead; sent++) {
      const next = batches[sent] as readonly Entry[]
      if (next.some((entry) => entry.size >= poolFrom || entry.content.kind === 'link')) continue
      const work = helper.deflate(next)
      // A failure is told when its turn comes.
      work.catch(() => undefined)
      ahead.set(sent, work)
    }
    const done = await ahead.get(index)
    ahead.delete(index)
    if (done === undefined) yield* deflateHere(batch)
    else for (const [at, entry] of batch.entries()) yield [entry, unchanged(entry, done[at] as Deflated)]
  }
}

/** Large files on libuv's pool, small ones on this thread meanwhile. */
async function* deflateHere(entries: readonly Entry[]): AsyncGenerator<readonly [Entry, Deflated]> {
  const pool = poolOf()
  const scratch = Buffer.allocUnsafeSlow(poolFrom + 1)
  let scanned = 0
  for (const [index, entry] of entries.entries()) {
    for (; scanned < entries.length && pool.accepts(entries[scanned] as Entry); scanned++) pool.start(entries[scanned] as Entry)
    if (entry.size >= poolFrom) {
      scanned = Math.max(scanned, index + 1)
      yield [entry, await pool.finish(entry)]
    } else {
      yield [entry, unchanged(entry, onThread(bytesOf(entry, scratch)))]
    }
  }
}

interface Running {
  readonly work: Promise<Deflated>
  readonly buffer: Buffer
}

/** Large files that are deflated ahead of their turn, in buffers that are used again. */
function poolOf(): { accepts(entry: Entry): boolean, start(entry: Entry): void, finish(entry: Entry): Promise<Deflated> } {
  const running = new Map<Entry, Running>()
  const free: Buffer[] = []
  let bytes = 0
  return { accepts, start, finish }

  function accepts(entry: Entry): boolean {
    return entry.size < poolFrom || (running.size < lookAhead && (bytes === 0 || bytes + entry.size <= bytesAhead))
  }

  function start(entry: Entry): void {
    if (entry.size < poolFrom || running.has(entry)) return
    const buffer = isOnDisk(entry) ? bufferFor(entry.size + 1) : Buffer.alloc(0)
    bytes += entry.size
    const work = inPool(bytesOf(entry, buffer)).then((deflated) => unchanged(entry, deflated))
    // A failure is told when its turn comes.
    work.catch(() => undefined)
    running.set(entry, { work, buffer })
  }

  async function finish(entry: Entry): Promise<Deflated> {
    start(entry)
    const { work, buffer } = running.get(entry) as Running
    const deflated = await work
    running.delete(entry)
    bytes -= entry.size
    if (buffer.length === 0) return deflated
    // Two are enough: a large one and one for the many of middling size.
    free.push(buffer)
    if (free.length > 2) free.sort((a, b) => b.length - a.length).splice(1, 1)
    return deflated
  }

  function bufferFor(size: number): Buffer {
    const index = free.findIndex((buffer) => buffer.length >= size)
    return index === -1 ? Buffer.allocUnsafeSlow(Math.max(size, 1 << 20)) : free.splice(index, 1)[0] as Buffer
  }
}

function bytesOf(entry: Entry, into: Buffer): Buffer {
  return isOnDisk(entry) ? readInto(entry.content.file, entry.size, into) : entryBytes(entry)
}

/** What was digested and checked is what ships: a file that was written to since is refused. */
function unchanged(entry: Entry, deflated: Deflated): Deflated {
  if (entry.crc !== undefined && entry.crc !== deflated.crc && entry.content.kind === 'disk') throw changed(entry.content.file)
  return deflated
}

async function inPool(bytes: Buffer): Promise<Deflated> {
  const crc = crc32(bytes)
  return smaller(bytes, await deflateInPool(bytes, { level, chunkSize: chunkFor(bytes) }), crc)
}

function onThread(bytes: Buffer): Deflated {
  if (bytes.length === 0) return { payload: Buffer.alloc(0), stored: true, crc: 0, size: 0 }
  return smaller(bytes, deflateRawSync(bytes, { level, chunkSize: chunkFor(bytes) }), crc32(bytes))
}

/** zlib's default of 16 KB a call would be 300 MB for a tree of 18,000 small files, until the collector runs. */
function chunkFor(bytes: Buffer): number {
  return Math.min(Math.max(bytes.length >> 1, 256), 1 << 18)
}

function smaller(bytes: Buffer, deflated: Buffer, crc: number): Deflated {
  const stored = deflated.length >= bytes.length
  // `bytes` is a buffer that others will fill again.
  return { payload: stored ? Buffer.from(bytes) : deflated, stored, crc, size: bytes.length }
}
