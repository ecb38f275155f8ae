import { inflateRawSync } from 'node:zlib'
import { UserError } from '../../errors.ts'

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

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const endLength = 22

/** Lists a zip (APPNOTE 6.3, without zip64 and encryption, which Lambda has no use for). Throws a UserError for what is no such zip. */
export function readZip(zip: Buffer, file: string): readonly ZipEntry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (zip.length < endLength || end < 0 || zip.readUInt32LE(end) !== endSignature) throw broken(file, 'it has no end-of-directory record')
  const count = zip.readUInt16LE(end + 10)
  let offset = zip.readUInt32LE(end + 16)
  if (count === 0xffff || offset === 0xffffffff) throw broken(file, 'it is a zip64 file, with more than 65,534 entries or 4 GB')
  return Array.from({ length: count }, () => {
    if (offset + 46 > zip.length || zip.readUInt32LE(offset) !== centralSignature) throw broken(file, 'its directory is damaged')
    const [entry, length] = centralEntry(zip, offset, file)
    offset += length
    return entry
  })
}

function centralEntry(zip: Buffer, at: number, file: string): readonly [ZipEntry, number] {
  const flags = zip.readUInt16LE(at + 8)
  const method = zip.readUInt16LE(at + 10)
  const compressed = zip.readUInt32LE(at + 20)
  const [nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
  const madeOnUnix = zip.readUInt8(at + 5) === 3
  const local = zip.readUInt32LE(at + 42)
  const path = zip.toString('utf8', at + 46, at + 46 + nameLength)
  if ((flags & 1) !== 0) throw broken(file, `${path} is encrypted`)
  const entry = { path, mode: madeOnUnix ? zip.readUInt32LE(at + 38) >>> 16 : 0, size: zip.readUInt32LE(at + 24), read: () => content(zip, { local, compressed, method, path, file }) }
  return [entry, 46 + nameLength + extraLength + commentLength]
}

function content(zip: Buffer, { local, compressed, method, path, file }: { local: number, compressed: number, method: number, path: string, file: string }): Buffer {
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const bytes = zip.subarray(start, start + compressed)
  if (method === 0) return bytes
  if (method !== 8) throw broken(file, `${path} is compressed in a way (${method}) that Lambda does not read`)
  try {
    return inflateRawSync(bytes)
  } catch {
    throw broken(file, `${path} is damaged`)
  }
}

function broken(file: string, why: string): UserError {
  return new UserError({ what: `${file} is no zip that Lambda can use: ${why}.`, cure: 'Build it again, for example with `zip -r`.', place: { file } })
}
