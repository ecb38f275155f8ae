import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Entry } from '../../src/package/tree/entry.ts'
import { byPath } from '../../src/package/tree/entry.ts'
import { writeZip } from '../../src/package/zip/write.ts'

export interface WheelSpec {
  readonly name: string
  readonly version?: string
  /** `py3-none-any` where none is given. */
  readonly tag?: string
  readonly files: Readonly<Record<string, string | Buffer>>
  readonly requires?: readonly string[]
}

/** Makes a wheel (PEP 427) in `folder`, so that installers can be tested without an index. Answers its path. */
export async function makeWheel(folder: string, spec: WheelSpec): Promise<string> {
  const { name, version = '1.0', tag = 'py3-none-any' } = spec
  const info = `${name.replaceAll('-', '_')}-${version}.dist-info`
  const files: Record<string, string | Buffer> = {
    ...spec.files,
    [`${info}/METADATA`]: ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...(spec.requires ?? []).map((line) => `Requires-Dist: ${line}`), ''].join('\n'),
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: ${tag.endsWith('any')}\nTag: ${tag}\n`,
  }
  const record = [...Object.entries(files).map(([file, content]) => `${file},sha256=${createHash('sha256').update(content).digest('base64url')},${Buffer.byteLength(content)}`), `${info}/RECORD,,`]
  const entries = Object.entries({ ...files, [`${info}/RECORD`]: `${record.join('\n')}\n` }).map(([file, content]): Entry => {
    const bytes = Buffer.from(content)
    return { path: file, mode: 0o644, size: bytes.length, owner: '', content: { kind: 'bytes', bytes } }
  })
  const place = path.join(folder, `${name.replaceAll('-', '_')}-${version}-${tag}.whl`)
  await writeZip(place, entries.sort(byPath))
  return place
}

/** The shortest thing that counts as a shared library of a machine (62 is x86_64, 183 aarch64). */
export function elf(machine: number, glibc?: number): Buffer {
  const head = Buffer.alloc(64)
  head.write('\x7fELF\x02\x01\x01', 0, 'latin1')
  head.writeUInt16LE(3, 16)
  head.writeUInt16LE(machine, 18)
  return glibc === undefined ? head : withVersions(head, `GLIBC_2.${glibc}`)
}

/** A shared library that needs others by these names. */
export function elfNeeding(machine: number, needed: readonly string[]): Buffer {
  const strings = Buffer.from(`\0${needed.map((name) => `${name}\0`).join('')}`)
  const entries = Buffer.alloc((needed.length + 1) * 16)
  let at = 1
  for (const [index, name] of needed.entries()) {
    entries.writeBigInt64LE(1n, index * 16)
    entries.writeBigUInt64LE(BigInt(at), index * 16 + 8)
    at += name.length + 1
  }
  const sections = Buffer.alloc(3 * 64)
  section(sections, 1, { type: 3, offset: 64, size: strings.length, link: 0, info: 0 })
  section(sections, 2, { type: 6, offset: 64 + strings.length, size: entries.length, link: 1, info: 0 })
  const head = elf(machine)
  head.writeBigUInt64LE(BigInt(64 + strings.length + entries.length), 40)
  head.writeUInt16LE(3, 60)
  return Buffer.concat([head, strings, entries, sections])
}

/** Adds a section `.gnu.version_r` that needs one version, and the strings it names (ELF gABI and the GNU extension). */
function withVersions(head: Buffer, version: string): Buffer {
  const strings = Buffer.from(`\0libc.so.6\0${version}\0`)
  const need = Buffer.alloc(32)
  need.writeUInt16LE(1, 0)
  need.writeUInt16LE(1, 2)
  need.writeUInt32LE(1, 4)
  need.writeUInt32LE(16, 8)
  need.writeUInt32LE(strings.indexOf(version), 16 + 8)
  const sections = Buffer.alloc(3 * 64)
  section(sections, 1, { type: 3, offset: 64, size: strings.length, link: 0, info: 0 })
  section(sections, 2, { type: 0x6ffffffe, offset: 64 + strings.length, size: need.length, link: 1, info: 1 })
  head.writeBigUInt64LE(BigInt(64 + strings.length + need.length), 40)
  head.writeUInt16LE(3, 60)
  return Buffer.concat([head, strings, need, sections])
}

function section(table: Buffer, index: number, { type, offset, size, link, info }: Record<'type' | 'offset' | 'size' | 'link' | 'info', number>): void {
  const at = index * 64
  table.writeUInt32LE(type, at + 4)
  table.writeBigUInt64LE(BigInt(offset), at + 24)
  table.writeBigUInt64LE(BigInt(size), at + 32)
  table.writeUInt32LE(link, at + 40)
  table.writeUInt32LE(info, at + 44)
}
