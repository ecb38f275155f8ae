import { createHash, hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { readBinary, type Binary } from '../inspect/binary.ts'
import { entryBytes, type Entry } from './entry.ts'
import { isPointer } from './large-files.ts'
import { changed, readInto } from './read.ts'
import { secretReason } from './secrets.ts'

/** A file of a tree with all that its one reading tells. */
export interface TreeFile extends Entry {
  /** Hex. */
  readonly sha256: string
  readonly crc: number
  /** Why it looks like a secret. */
  readonly secret?: string | undefined
  /** What it is made for, where it is a native file. */
  readonly binary?: Binary | undefined
  /** It stands for a file that Git LFS keeps elsewhere. */
  readonly isPointer: boolean
}

/** Decides which bytes stay in memory until the zip is written. */
export interface Keeper {
  keeps(entry: Entry): boolean
}

/** Files are read into one buffer of this size; a larger file is hashed piece by piece. */
const pieceBytes = 4 * 1024 * 1024
const elf = Buffer.from('\x7fELF', 'latin1')

/** Reads files one after the other through one buffer. */
export class Scanner {
  readonly #room = Buffer.allocUnsafeSlow(pieceBytes + 1)

  /** Throws a UserError when the file is not what it was when the tree was listed. */
  scan(entry: Entry, keeper: Keeper): TreeFile {
    if (entry.content.kind !== 'disk') return described(entry, entryBytes(entry))
    const { file } = entry.content
    if (entry.size > pieceBytes) return this.#scanLarge(entry, file)
    const bytes = readInto(file, entry.size, this.#room)
    const found = described(entry, bytes)
    return keeper.keeps(entry) ? { ...found, content: { ...entry.content, bytes: Buffer.from(bytes) } } : found
  }

  /** A native file is read whole, because what it needs stands at its end; data is not held in memory at once. */
  #scanLarge(entry: Entry, file: string): TreeFile {
    const from = openSync(file, 'r')
    try {
      const head = this.#room.subarray(0, readSync(from, this.#room, 0, pieceBytes, null))
      if (head.subarray(0, 4).equals(elf)) return described(entry, readInto(file, entry.size, Buffer.allocUnsafeSlow(entry.size + 1)))
      const found = described(entry, head)
      const content = createHash('sha256').update(head)
      let [read, crc] = [head.length, crc32(head)]
      for (let part = head; part.length > 0; read += part.length) {
        part = this.#room.subarray(0, readSync(from, this.#room, 0, pieceBytes, null))
        content.update(part)
        crc = crc32(part, crc)
      }
      if (read !== entry.size) throw changed(file)
      return { ...found, sha256: content.digest('hex'), crc }
    } finally {
      closeSync(from)
    }
  }
}

function described(entry: Entry, bytes: Buffer): TreeFile {
  return {
    ...entry,
    sha256: hash('sha256', bytes, 'hex'),
    crc: crc32(bytes),
    secret: entry.content.kind === 'link' ? undefined : secretReason(entry, bytes) ?? behindLink(entry, bytes),
    binary: readBinary(bytes),
    isPointer: isPointer(bytes),
  }
}

/** A link may bear any name: what it leads to is what would be seen. */
function behindLink({ size, content }: Entry, bytes: Buffer): string | undefined {
  const target = content.kind === 'disk' ? content.target : undefined
  const reason = target === undefined ? undefined : secretReason({ path: target, size }, bytes)
  return reason === undefined ? undefined : `It is a link to ${target ?? ''}. ${reason}`
}
