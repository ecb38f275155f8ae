import { createHash, hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { UserError } from '../../errors.ts'

/**
 * Reads a file of a known size into `into`, which has room for one byte more and is used again and again: buffers of their own would pile
 * up until the collector runs, hundreds of megabytes for a large tree. Throws a UserError when the file is not what it was when the tree was listed.
 */
export function readInto(file: string, size: number, into: Buffer): Buffer {
  const from = openSync(file, 'r')
  try {
    let read = 0
    let part: number
    do {
      // One byte more is asked for than expected: that tells a file that grew.
      part = readSync(from, into, read, size + 1 - read, null)
      read += part
    } while (part > 0 && read < size)
    if (read !== size) {
      throw new UserError({ what: `${file} changed while it was packed.`, cure: 'Let nothing write into the source folder while the action runs.', place: { file } })
    }
    return into.subarray(0, size)
  } finally {
    closeSync(from)
  }
}

/** Hex sha256 of a file, which is read through `piece`. */
export function hashFile(file: string, piece: Buffer): string {
  const from = openSync(file, 'r')
  try {
    let read = readSync(from, piece)
    // Most files fit, and a hash in one call costs a fraction of one that is fed.
    if (read < piece.length) return hash('sha256', piece.subarray(0, read), 'hex')
    const whole = createHash('sha256')
    for (; read > 0; read = readSync(from, piece)) whole.update(piece.subarray(0, read))
    return whole.digest('hex')
  } finally {
    closeSync(from)
  }
}
