/** What a native file is made for, as far as its head tells. */
export type Binary =
  | { readonly format: 'elf', readonly machine: number, readonly bits: 32 | 64, readonly glibc: number | undefined, readonly shared: boolean }
  | { readonly format: 'windows' | 'macos' }

const versionNeeded = 0x6ffffffe
const sectionHeaderSize = 64

/** Reads an ELF, PE or Mach-O head; nothing for other content. */
export function readBinary(bytes: Buffer): Binary | undefined {
  if (bytes.length < 20) return undefined
  if (bytes.readUInt32BE(0) === 0x7f454c46) return readElf(bytes)
  if (bytes.readUInt16BE(0) === 0x4d5a) return { format: 'windows' }
  // Mach-O, 32 and 64 bits in both byte orders; 0xcafebabe is also Java's class file, whose second word is a small version, not a count.
  if ([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe].includes(bytes.readUInt32BE(0))) return { format: 'macos' }
  return bytes.readUInt32BE(0) === 0xcafebabe && bytes.readUInt32BE(4) < 20 ? { format: 'macos' } : undefined
}

function readElf(bytes: Buffer): Binary {
  const bits = bytes[4] === 1 ? 32 : 64
  const little = bytes[5] === 1
  const machine = little ? bytes.readUInt16LE(18) : bytes.readUInt16BE(18)
  const shared = (little ? bytes.readUInt16LE(16) : bytes.readUInt16BE(16)) === 3
  return { format: 'elf', machine, bits, shared, glibc: bits === 64 && little ? newestGlibc(bytes) : undefined }
}

/** The minor of the newest GLIBC_2.x in the version-needs section (`.gnu.version_r`). */
function newestGlibc(bytes: Buffer): number | undefined {
  if (bytes.length < 64) return undefined
  const [table, count] = [Number(bytes.readBigUInt64LE(40)), bytes.readUInt16LE(60)]
  if (table === 0 || table + count * sectionHeaderSize > bytes.length) return undefined
  for (let section = table; section < table + count * sectionHeaderSize; section += sectionHeaderSize) {
    if (bytes.readUInt32LE(section + 4) !== versionNeeded) continue
    const strings = table + bytes.readUInt32LE(section + 40) * sectionHeaderSize
    return newestOf(bytes, { needs: offsetOf(bytes, section), count: bytes.readUInt32LE(section + 44), strings: offsetOf(bytes, strings) })
  }
  return undefined
}

function newestOf(bytes: Buffer, { needs, count, strings }: { needs: number, count: number, strings: number }): number | undefined {
  const minors: number[] = []
  for (let need = needs, left = count; left > 0 && need + 16 <= bytes.length; left--) {
    let version = need + bytes.readUInt32LE(need + 8)
    for (let names = bytes.readUInt16LE(need + 2); names > 0 && version + 16 <= bytes.length; names--) {
      const name = strings + bytes.readUInt32LE(version + 8)
      const minor = /^GLIBC_2\.(\d+)/.exec(bytes.toString('latin1', name, name + 16))?.[1]
      if (minor !== undefined) minors.push(Number(minor))
      version += bytes.readUInt32LE(version + 12)
    }
    need += bytes.readUInt32LE(need + 12)
  }
  return minors.length === 0 ? undefined : Math.max(...minors)
}

function offsetOf(bytes: Buffer, section: number): number {
  return Number(bytes.readBigUInt64LE(section + 24))
}
