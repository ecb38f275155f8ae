import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'

/** One entry of a zip's central directory. */
export interface ZipEntry {
  readonly path: string
  /** Unix mode as zipped, type bits included; 0 where the zip was made without modes. */
  readonly mode: number
  readonly method: number
  readonly packedSize: number
  readonly size: number
  /** Where the local header starts. */
  readonly offset: number
}

/** Not a zip, or one that cannot be read. */
export class BadZip extends Error {}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const STORED = 0
const DEFLATED = 8
const inflate = promisify(inflateRaw)

/** Lists a zip, as APPNOTE.TXT (PKWARE) describes it; zip64 is not read, because Lambda's limits need none. Throws {@link BadZip}. */
export function listZip(zip: Buffer): ZipEntry[] {
  const end = endOfDirectory(zip)
  const entries: ZipEntry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new BadZip('broken central directory')
    const nameLength = zip.readUInt16LE(at + 28)
    entries.push(directoryEntry(zip, at, nameLength))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

/** Content of one entry. Throws {@link BadZip}. */
export async function readEntry(zip: Buffer, entry: ZipEntry): Promise<Buffer> {
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28)
  const packed = zip.subarray(start, start + entry.packedSize)
  if (entry.method === STORED) return packed
  const content = await inflate(packed).catch(() => undefined)
  if (content === undefined || content.length !== entry.size) throw new BadZip(`cannot inflate ${entry.path}`)
  return content
}

function endOfDirectory(zip: Buffer): number {
  // The record is 22 bytes and a comment of at most 65,535 away from the end.
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 0xffff); at--) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at
  }
  throw new BadZip('no end of central directory')
}

function directoryEntry(zip: Buffer, at: number, nameLength: number): ZipEntry {
  const entry = {
    path: zip.toString('utf8', at + 46, at + 46 + nameLength),
    // The upper half of the external attributes is the mode where the zip was made on Unix (upper byte of "version made by" is 3).
    mode: zip[at + 5] === 3 ? zip.readUInt16LE(at + 40) : 0,
    method: zip.readUInt16LE(at + 10),
    packedSize: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24),
    offset: zip.readUInt32LE(at + 42),
  }
  const broken = entry.offset + 30 + entry.packedSize > zip.length || zip.readUInt32LE(entry.offset) !== LOCAL_HEADER
  if (broken || (entry.method !== STORED && entry.method !== DEFLATED)) throw new BadZip(`broken entry ${entry.path}`)
  return entry
}
