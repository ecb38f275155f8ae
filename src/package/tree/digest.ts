import { createHash, type Hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { entryBytes, type Entry } from './entry.ts'
import { changed } from './read.ts'

/**
 * Hex sha256 over path, mode, size and content of every entry, in the given order. Throws a UserError when a file is not what it was when
 * the tree was listed.
 */
export function digestEntries(entries: readonly Entry[]): string {
  const feed = new Feed()
  for (const entry of entries) {
    // The size says where the content ends, so that no two trees give the same bytes.
    feed.bytes(Buffer.from(`${entry.path}\0${entry.mode.toString(8)}\0${entry.size}\0`))
    if (entry.content.kind === 'disk') feed.file(entry.content.file, entry.size)
    else feed.bytes(entryBytes(entry))
  }
  return feed.digest()
}

/** Feeds a hash in large pieces: with thousands of small files a call for each would cost more than the hashing. */
class Feed {
  readonly #hash: Hash = createHash('sha256')
  readonly #piece = Buffer.allocUnsafeSlow(1 << 18)
  #used = 0

  bytes(bytes: Buffer): void {
    if (bytes.length > this.#piece.length - this.#used) this.#flush()
    if (bytes.length > this.#piece.length) this.#hash.update(bytes)
    else this.#used += bytes.copy(this.#piece, this.#used)
  }

  file(file: string, size: number): void {
    const from = openSync(file, 'r')
    try {
      let read = 0
      for (;;) {
        const room = this.#piece.length - this.#used
        const part = readSync(from, this.#piece, this.#used, room, null)
        this.#used += part
        read += part
        // A read that does not fill the room has met the end.
        if (part < room) break
        this.#flush()
      }
      if (read !== size) throw changed(file)
    } finally {
      closeSync(from)
    }
  }

  digest(): string {
    this.#flush()
    return this.#hash.digest('hex')
  }

  #flush(): void {
    this.#hash.update(this.#piece.subarray(0, this.#used))
    this.#used = 0
  }
}
