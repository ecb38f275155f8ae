import { closeSync, openSync, readSync } from 'node:fs'
import { UserError } from '../../errors.ts'

/**
 * Reads a file of a known size into `into`, which has room for one byte more and is used again and again: buffers of their own would pile
 * up until the collector runs, hundreds of megabytes for a large tree. Throws a UserError when the file is not what it was when the tree
 * was listed.
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
    if (read !== size) throw changed(file)
    return into.subarray(0, size)
  } finally {
    closeSync(from)
  }
}

/** A file is not what it was when its tree was listed. */
export function changed(file: string): UserError {
  return new UserError({
    what: `${file} changed while it was packed.`,
    cure: 'Let nothing write into the source folder while the action runs.', place: { file },
  })
}
