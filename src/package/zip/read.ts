import { crc32, inflateRawSync } from 'node:zlib'
import { UserError } from '../../errors.ts'
import { findEnd, type End } from './end.ts'

/** One entry of a zip's central directory. */
export interface ZipEntry {
  /** As written; folders end in a slash. */
  readonly path: string
  /** Unix mode with its type bits; 0 where the zip was made on a system without one. */
  readonly mode: number
  readonly size: number
  /** Inflates the content. */
  readonly read: () => Buffer
}

const centralSignature = 0x02014b50
const centralLength = 46
const localSignature = 0x04034b50
const localLength = 30
/** What a field of 32 bits holds where zip64 has the value. */
const elsewhere = 0xffffffff
/** An encrypted entry, strong encryption, and a directory that is encrypted itself (APPNOTE 4.4.4, bits 0, 6 and 13). */
const encrypted = 0x2041

/**
 * Lists a zip (APPNOTE 6.3, without zip64, whose use by Lambda is unverified, and encryption). Throws a UserError for what is no such zip,
 * or not a whole one.
 */
export function readZip(zip: Buffer, file: string): readonly ZipEntry[] {
  const refuse = (why: string): never => { throw broken(file, why) }
  const end = findEnd(zip, refuse)
  let offset = end.directory
  const entries = Array.from({ length: end.count }, () => {
    const [entry, length] = centralEntry(zip, offset, { end, refuse })
    offset += length
    return entry
  })
  return offset === end.directoryEnd ? entries : refuse('its directory is damaged')
}

interface Reading {
  readonly end: End
  readonly refuse: (why: string) => never
}

function centralEntry(zip: Buffer, at: number, { end, refuse }: Reading): readonly [ZipEntry, number] {
  if (at + centralLength > end.directoryEnd || zip.readUInt32LE(at) !== centralSignature) return refuse('its directory is damaged')
  const [nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
  const length = centralLength + nameLength + extraLength + commentLength
  if (at + length > end.directoryEnd) return refuse('its directory is damaged')
  const path = zip.toString('utf8', at + centralLength, at + centralLength + nameLength)
  const stored: Stored = {
    path, method: zip.readUInt16LE(at + 10), crc: zip.readUInt32LE(at + 16), compressed: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24), local: zip.readUInt32LE(at + 42),
  }
  if ((zip.readUInt16LE(at + 8) & encrypted) !== 0) return refuse(`${path} is encrypted`)
  if ([stored.compressed, stored.size, stored.local]
    .includes(elsewhere)) return refuse(`${path} needs zip64, the form for files of 4 GB and more`)
  const start = contentStart(zip, stored, { end, refuse })
  const madeOnUnix = zip.readUInt8(at + 5) === 3
  return [{
    path, mode: madeOnUnix ? zip.readUInt32LE(at + 38) >>> 16 : 0, size: stored.size,
    read: () => content(zip.subarray(start, start + stored.compressed), stored, refuse),
  }, length]
}

interface Stored {
  readonly path: string
  readonly method: number
  readonly crc: number
  readonly compressed: number
  readonly size: number
  /** Where the entry's own header lies. */
  readonly local: number
}

/** Where the content begins; entries lie before the directory. */
function contentStart(zip: Buffer, { path, local, compressed }: Stored, { end, refuse }: Reading): number {
  if (local + localLength > end.directory
    || zip.readUInt32LE(local) !== localSignature) return refuse(`${path} is not where its directory says`)
  const start = local + localLength + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  return start + compressed > end.directory ? refuse(`${path} is not where its directory says`) : start
}

function content(bytes: Buffer, { path, method, crc, size }: Stored, refuse: (why: string) => never): Buffer {
  if (method !== 0 && method !== 8) return refuse(`${path} is compressed in a way (${method}) that Lambda does not read`)
  const plain = method === 0 ? bytes : inflated(bytes, size)
  return plain?.length === size && crc32(plain) === crc ? plain : refuse(`${path} is damaged`)
}

function inflated(bytes: Buffer, size: number): Buffer | undefined {
  try {
    // More than the directory says is damage, however much it would become.
    return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) })
  } catch {
    return undefined
  }
}

function broken(file: string, why: string): UserError {
  return new UserError({
    what: `${file} is no zip that Lambda can use: ${why}.`, cure: 'Build it again, for example with `zip -r`.',
    place: { file }, docs: 'packaging.md#prebuilt-zips',
  })
}
