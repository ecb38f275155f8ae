import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { ZipArchive } from 'archiver'
import { entryBytes, type Entry } from '../tree/entry.ts'
import { deflateAll } from './deflate.ts'
import { level } from './deflated.ts'
import { preDeflated } from './engine.ts'

export interface WrittenZip {
  /** Base64, as Lambda's CodeSha256. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/** The DOS epoch, the earliest date a zip can hold. archiver takes a number for "now", so this must be a Date. */
const date = new Date('1980-01-01T00:00:00Z')
/** Bytes that may wait in archiver before more are fed: keeps a 236 MB tree below 240 MB of memory. */
const waitingBytes = 4 * 1024 * 1024
const waitingEntries = 256

/**
 * Writes entries, in their order, as a zip to `path`: the same entries give the same bytes whatever the clock, the umask or the disk says.
 * `way` is for tests: `public` uses archiver's documented API alone (slower, other bytes, the same content).
 */
export async function writeZip(path: string, entries: readonly Entry[], way: 'fast' | 'public' = 'fast'): Promise<WrittenZip> {
  const { ZipArchive: Archive } = await import('archiver')
  const archive = new Archive({ zlib: { level } })
  const hash = createHash('sha256')
  const out = createWriteStream(path)
  let size = 0
  archive.on('data', (chunk: Buffer) => {
    hash.update(chunk)
    size += chunk.length
  })
  archive.pipe(out)
  const hand = way === 'fast' ? preDeflated(archive) : undefined
  const fed = feed(flowOf(archive, out, hand !== undefined), entries, hand)
  const written = Promise.all([fed.then(() => archive.finalize()), finished(out)])
  try {
    await Promise.race([failure(archive), written])
  } catch (error) {
    archive.abort()
    out.destroy()
    await written.catch(() => undefined)
    throw error
  }
  return { sha256: hash.digest('base64'), size }
}

/** archiver only warns about what it leaves out; a package without a file it should have is never right. */
function failure(archive: ZipArchive): Promise<never> {
  return new Promise((_resolve, reject) => {
    archive.on('warning', reject)
    archive.on('error', reject)
  })
}

async function feed(flow: Flow, entries: readonly Entry[], hand: ReturnType<typeof preDeflated>): Promise<void> {
  if (hand === undefined) {
    for (const entry of entries) await flow.append(entryBytes(entry), entry)
  } else {
    for await (const [entry, deflated] of deflateAll(entries)) {
      hand(deflated)
      await flow.append(deflated.payload, entry)
    }
  }
}

interface Flow {
  append(bytes: Buffer, entry: Entry): Promise<void>
}

/** Appends as long as archiver and the disk keep up, else waits for them; when either fails, so does the next append. */
function flowOf(archive: ZipArchive, out: Writable, isDeflated: boolean): Flow {
  /** Bytes of the entries that archiver has not finished, in their order. */
  const unfinished: number[] = []
  let waiting = 0
  let appended = 0
  let wake: () => void = () => undefined
  archive.on('entry', () => {
    waiting -= unfinished.shift() ?? 0
    wake()
  })
  archive.on('data', () => wake())
  let failed: Error | undefined
  const fail = (error: Error): void => {
    failed = error
    wake()
  }
  archive.on('warning', fail)
  archive.on('error', fail)
  out.on('error', fail)
  // What archiver deflates itself becomes smaller on its way to the disk, so that only unfinished entries tell how far it is behind.
  const behind = (): boolean => unfinished.length > waitingEntries || (unfinished.length > 0
    && waiting > waitingBytes) || (isDeflated && appended - archive.pointer() > waitingBytes)
  return {
    async append(bytes, entry) {
      // `symlink()` takes no date and would write the clock's; an entry of that type through `append` takes one.
      const link = entry.content.kind === 'link' ? { type: 'symlink' as const, linkname: entry.content.target } : {}
      archive.append(bytes, { name: entry.path, date, mode: entry.mode & 0o777, store: bytes.length === 0, ...link })
      unfinished.push(bytes.length)
      waiting += bytes.length
      appended += bytes.length
      while (failed === undefined && behind()) await new Promise<void>((resolve) => { wake = resolve })
      if (failed !== undefined) throw failed
    },
  }
}
