/** What a native file is made for, as far as its head tells. */
export type Binary =
  | ElfBinary
  | { readonly format: 'windows' | 'macos' }

export interface ElfBinary {
  readonly format: 'elf'
  readonly machine: number
  readonly bits: 32 | 64
  /** The minor of the newest GLIBC_2.x that it needs. */
  readonly glibc: number | undefined
  readonly shared: boolean
  /** Libraries that the loader must find for it (DT_NEEDED), by their file names. */
  readonly needed: readonly string[]
  /** The name that others need it by (DT_SONAME). */
  readonly soname: string | undefined
}

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

function readElf(bytes: Buffer): ElfBinary {
  const bits = bytes[4] === 1 ? 32 : 64
  const little = bytes[5] === 1
  const machine = little ? bytes.readUInt16LE(18) : bytes.readUInt16BE(18)
  const shared = (little ? bytes.readUInt16LE(16) : bytes.readUInt16BE(16)) === 3
  const sections = bits === 64 && little ? sectionsOf(bytes) : []
  return { format: 'elf', machine, bits, shared, glibc: newestGlibc(bytes, sections), ...neededBy(bytes, sections) }
}

interface Section {
  readonly type: number
  readonly offset: number
  readonly size: number
  /** The section that this one's names stand in. */
  readonly link: number
  readonly info: number
}

function sectionsOf(bytes: Buffer): readonly Section[] {
  if (bytes.length < 64) return []
  const [table, count] = [Number(bytes.readBigUInt64LE(40)), bytes.readUInt16LE(60)]
  if (table === 0 || table + count * sectionHeaderSize > bytes.length) return []
  return Array.from({ length: count }, (_, index) => {
    const at = table + index * sectionHeaderSize
    return {
      type: bytes.readUInt32LE(at + 4), offset: offsetOf(bytes, at), size: Number(bytes.readBigUInt64LE(at + 32)),
      link: bytes.readUInt32LE(at + 40), info: bytes.readUInt32LE(at + 44),
    }
  })
}

/** The minor of the newest GLIBC_2.x in the version-needs section (`.gnu.version_r`). */
function newestGlibc(bytes: Buffer, sections: readonly Section[]): number | undefined {
  const needs = sections.find((section) => section.type === versionNeeded)
  const strings = needs === undefined ? undefined : sections[needs.link]
  return needs === undefined || strings === undefined ? undefined : newestOf(bytes, {
    needs: needs.offset, count: needs.info, strings: strings.offset,
  })
}

/** Section type and tags of the dynamic section (ELF gABI, chapter "Dynamic Linking"). */
const [dynamic, tagNeeded, tagSoname, entrySize] = [6, 1n, 14n, 16]

function neededBy(bytes: Buffer, sections: readonly Section[]): Pick<ElfBinary, 'needed' | 'soname'> {
  const section = sections.find((each) => each.type === dynamic)
  const strings = section === undefined ? undefined : sections[section.link]
  if (section === undefined || strings === undefined || section.offset + section.size > bytes.length) return {
    needed: [], soname: undefined,
  }
  const needed: string[] = []
  let soname: string | undefined
  for (let at = section.offset; at + entrySize <= section.offset + section.size; at += entrySize) {
    const tag = bytes.readBigInt64LE(at)
    if (tag === tagNeeded) needed.push(nameAt(bytes, strings.offset + Number(bytes.readBigUInt64LE(at + 8))))
    else if (tag === tagSoname) soname = nameAt(bytes, strings.offset + Number(bytes.readBigUInt64LE(at + 8)))
  }
  return { needed, soname }
}

function nameAt(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(0, start)
  return bytes.toString('latin1', start, end === -1 ? start : end)
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
