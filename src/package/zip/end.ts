/** Where a zip's central directory lies, as its last record says. */
export interface End {
  readonly count: number
  readonly directory: number
  readonly directoryEnd: number
}

const signature = Buffer.from('PK\x05\x06', 'latin1')
const length = 22
const longestComment = 0xffff
const locatorSignature = 0x07064b50
const locatorLength = 20

/** Reads the end-of-directory record (APPNOTE 4.3.16); `refuse` is told in a reader's words why there is none that can be used. */
export function findEnd(zip: Buffer, refuse: (why: string) => never): End {
  const at = lastRecord(zip)
  if (at === undefined) return refuse(whyNone(zip))
  const [count, size, directory] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 12), zip.readUInt32LE(at + 16)]
  if (count === 0xffff || size === 0xffffffff
    || directory === 0xffffffff) return refuse('it is a zip64 file, with more than 65,534 entries or 4 GB')
  if (zip.readUInt16LE(at + 4) !== 0 || zip.readUInt16LE(at + 8) !== count) return refuse('it is one part of several')
  // Only a zip64 record may stand between the directory and its end; otherwise bytes are missing, or stand before the first entry.
  const isLonger = at >= locatorLength && zip.readUInt32LE(at - locatorLength) === locatorSignature
  if (directory + size > at || (directory + size < at && !isLonger)) return refuse('its directory is not where it says: bytes '
    + 'are missing, or others were put before it')
  return { count, directory, directoryEnd: directory + size }
}

/** The record whose comment reaches just to the file's end. */
function lastRecord(zip: Buffer): number | undefined {
  const first = Math.max(0, zip.length - length - longestComment)
  for (let at = lastSignature(zip, zip.length - length); at >= first; at = lastSignature(zip, at - 1)) {
    if (at + length + zip.readUInt16LE(at + 20) === zip.length) return at
  }
  return undefined
}

function lastSignature(zip: Buffer, from: number): number {
  // A negative place would count from the end.
  return from < 0 ? -1 : zip.lastIndexOf(signature, from)
}

function whyNone(zip: Buffer): string {
  if (zip.length === 0) return 'it is empty'
  if (!zip.subarray(0, 2).equals(signature.subarray(0, 2))) return 'it is a file of another kind'
  const last = lastSignature(zip, zip.length - length)
  const behind = last < 0 ? -1 : zip.length - (last + length + zip.readUInt16LE(last + 20))
  return behind > 0 ? `${behind} bytes stand behind its end` : 'its end is missing, so it was cut short'
}
