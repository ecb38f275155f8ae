import { closeSync, openSync, readSync } from 'node:fs'
import { UserError } from '../../errors.ts'

/**
 * Reads a file of a known size into `into`, which is used again and again: buffers of their own would pile up until the collector runs,
 * hundreds of megabytes for a large tree. Throws a UserError when the file is not what it was when the tree was listed.
 */
export function readInto(file: string, size: number, into: Buffer): Buffer {
  const from = openSync(file, 'r')
  try {
    let read = 0
    while (read < size) {
      const part = readSync(from, into, read, size - read, null)
      if (part === 0) break
      read += part
    }
    if (read < size || readSync(from, Buffer.alloc(1), 0, 1, null) > 0) {
      throw new UserError({ what: `${file} changed while it was packed.`, cure: 'Let nothing write into the source folder while the action runs.', place: { file } })
    }
    return into.subarray(0, size)
  } finally {
    closeSync(from)
  }
}

/** Hands a file's bytes to `take` piece by piece, through one buffer. */
export function readPieces(file: string, piece: Buffer, take: (bytes: Buffer) => void): void {
  const from = openSync(file, 'r')
  try {
    for (let read = readSync(from, piece); read > 0; read = readSync(from, piece)) take(piece.subarray(0, read))
  } finally {
    closeSync(from)
  }
}
