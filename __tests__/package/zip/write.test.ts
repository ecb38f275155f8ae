import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ZipArchive } from 'archiver'
import { byPath, type Entry } from '../../../src/package/tree/entry.ts'
import { preDeflated } from '../../../src/package/zip/engine.ts'
import { readZip } from '../../../src/package/zip/read.ts'
import { writeZip } from '../../../src/package/zip/write.ts'
import { newFolder, removeFolders } from '../support.ts'

afterAll(removeFolders)

/** Small, empty, large enough for the pool, incompressible, executable, linked, and named beyond ASCII. */
function entries(): Entry[] {
  const folder = newFolder()
  const bytes = (name: string, content: Buffer, mode: 0o644 | 0o755 = 0o644): Entry => {
    const file = path.join(folder, createHash('sha256').update(name).digest('hex'))
    writeFileSync(file, content)
    return { path: name, mode, size: content.length, owner: '', content: { kind: 'disk', file } }
  }
  const noise = Buffer.concat(Array.from({ length: 8192 }, (_, index) => createHash('sha256').update(String(index)).digest()))
  return [
    bytes('app.py', Buffer.from('def handler(event, context):\n    return 1\n')), bytes('empty', Buffer.alloc(0)), bytes('large.txt', Buffer.from('lambda '.repeat(60_000))),
    bytes('noise.bin', noise), bytes('run.sh', Buffer.from('#!/bin/sh\n'), 0o755), bytes('größe/日本.txt', Buffer.from('unicode')),
    ...Array.from({ length: 300 }, (_, index) => bytes(`many/${index}.txt`, Buffer.from(`file ${index}`))),
    { path: 'link', mode: 0o120777 as const, size: 6, owner: '', content: { kind: 'link' as const, target: 'app.py' } },
  ].sort(byPath)
}

async function zipped(given: readonly Entry[], way?: 'fast' | 'public'): Promise<{ readonly file: string, readonly bytes: Buffer, readonly sha256: string, readonly size: number }> {
  const file = path.join(newFolder(), 'package.zip')
  const written = await writeZip(file, given, way)
  return { file, bytes: readFileSync(file), ...written }
}

describe.each(['fast', 'public'] as const)('the %s way', (way) => {
  test('unzip and Python accept the zip and find every byte', async () => {
    const given = entries()
    const { file } = await zipped(given, way)
    expect(execFileSync('unzip', ['-t', '-q', file], { encoding: 'utf8' })).toContain('No errors detected')
    const script = 'import zipfile, sys, json, hashlib\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(json.dumps([[i.filename, i.external_attr >> 16, hashlib.sha256(z.read(i)).hexdigest(), list(i.date_time), i.flag_bits & 8] for i in z.infolist()]))'
    const listed = JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' })) as [string, number, string, number[], number][]
    expect(listed.map(([name]) => name)).toEqual(given.map((entry) => entry.path))
    expect(listed.map(([, mode]) => mode.toString(8))).toEqual(given.map((entry) => (entry.mode === 0o120777 ? 0o120777 : 0o100000 | entry.mode).toString(8)))
    expect(new Set(listed.map(([, , , date]) => date.join('-')))).toEqual(new Set(['1980-1-1-0-0-0']))
    const content = (entry: Entry): Buffer => entry.content.kind === 'disk' ? readFileSync(entry.content.file) : Buffer.from('app.py')
    expect(listed.map(([, , digest]) => digest)).toEqual(given.map((entry) => createHash('sha256').update(content(entry)).digest('hex')))
  })

  test('answers the size and digest of what it wrote, the same each time', async () => {
    const given = entries()
    const [first, second] = [await zipped(given, way), await zipped(given, way)]
    expect(first.size).toBe(first.bytes.length)
    expect(first.sha256).toBe(createHash('sha256').update(first.bytes).digest('base64'))
    expect(second.bytes.equals(first.bytes)).toBe(true)
  })

  test('content that becomes a hundredth of itself is waited for, not for ever', async () => {
    const given = ['a', 'b', 'c'].map((name): Entry => ({ path: name, mode: 0o644, size: 3_000_000, owner: '', content: { kind: 'bytes', bytes: Buffer.alloc(3_000_000, name) } }))
    const { file } = await zipped(given, way)
    expect(readZip(readFileSync(file), file).map((entry) => entry.read().length)).toEqual([3_000_000, 3_000_000, 3_000_000])
  })
})

test('both ways hold the same files', async () => {
  const given = entries()
  const contents = ({ bytes, file }: { bytes: Buffer, file: string }): [string, number, string][] => readZip(bytes, file).map((entry) => [entry.path, entry.mode, entry.read().toString('base64')])
  expect(contents(await zipped(given, 'fast'))).toEqual(contents(await zipped(given, 'public')))
})

/** A tree that no clock and no machine has a part in. */
function fixed(): Entry[] {
  const noise = Buffer.concat(Array.from({ length: 64 }, (_, index) => createHash('sha256').update(String(index)).digest()))
  const bytes = (name: string, content: Buffer | string, mode: 0o644 | 0o755 = 0o644): Entry => ({ path: name, mode, size: content.length, owner: '', content: { kind: 'bytes', bytes: Buffer.from(content) } })
  return [
    bytes('app.py', 'def handler(event, context):\n    return 1\n'), bytes('empty', ''), bytes('noise.bin', noise), bytes('run.sh', '#!/bin/sh\n', 0o755),
    bytes('text/long.txt', Array.from({ length: 500 }, (_, index) => `line ${index * index}\n`).join('')),
    { path: 'link', mode: 0o120777 as const, size: 6, owner: '', content: { kind: 'link' as const, target: 'app.py' } },
  ].sort(byPath)
}

/** zlib's own speedups differ between processors' families, and so may what it makes; the digest is that of x64. */
const forX64 = process.arch === 'x64' ? test : test.skip
forX64.each([['fast', 'X7Pf4McwlcV8fBK5Tr8Kh1Pcw0OYFCNYrUIM3V+exqY='], ['public', 'lXItPKwcXeD65xzyLvR1yMRXKA96EV5tPScbv911O8U=']] as const)('the %s way makes the bytes of a known digest (on x64 alone: deflate may differ elsewhere)', async (way, digest) => {
  expect((await zipped(fixed(), way)).sha256).toBe(digest)
})

test('the fast way has sizes in front of the content and no descriptors, also for empty files', async () => {
  const { bytes } = await zipped(entries())
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    expect(bytes.readUInt16LE(at + 6) & 8).toBe(0)
    at += 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28) + bytes.readUInt32LE(at + 18)
  }
})

test('archiver still has the method that takes deflated entries', () => {
  expect(preDeflated(new ZipArchive())).toBeDefined()
})

test('an archiver without that method is noticed', () => {
  const other = new ZipArchive()
  Object.assign((other as unknown as { _module: { engine: object } })._module.engine, { _appendBuffer: undefined })
  expect(preDeflated(other)).toBeUndefined()
})

test('a file that disappears meanwhile fails the zip', async () => {
  const gone: Entry = { path: 'gone.py', mode: 0o644, size: 3, owner: '', content: { kind: 'disk', file: path.join(newFolder(), 'gone.py') } }
  await expect(zipped([gone])).rejects.toThrow('ENOENT')
})

test.each([['longer', 4], ['shorter', 2]])('a file that became %s meanwhile fails the zip', async (_name, length) => {
  const file = path.join(newFolder(), 'changing.py')
  writeFileSync(file, 'x'.repeat(length))
  await expect(zipped([{ path: 'changing.py', mode: 0o644, size: 3, owner: '', content: { kind: 'disk', file } }])).rejects.toThrow(/changed while it was packed/)
})

/** Enough small files for the second thread. */
function manySmall(): Entry[] {
  const folder = newFolder()
  return Array.from({ length: 2500 }, (_, index): Entry => {
    const file = path.join(folder, String(index))
    const content = index % 7 === 0 ? Buffer.alloc(0) : index % 5 === 0 ? createHash('sha256').update(file).digest() : Buffer.from(`file ${index} `.repeat(index % 90))
    writeFileSync(file, content)
    return { path: `many/${index}`, mode: 0o644, size: content.length, owner: '', content: { kind: 'disk', file } }
  }).sort(byPath)
}

test('the second thread makes the same bytes as the first', async () => {
  const many = manySmall()
  const whole = await zipped(many)
  const apart = await Promise.all(Array.from({ length: 10 }, (_, index) => zipped(many.slice(index * 250, (index + 1) * 250))))
  const raw = ({ bytes, file }: { bytes: Buffer, file: string }): [string, string][] => readZip(bytes, file).map((entry) => [entry.path, entry.read().toString('base64')])
  expect(raw(whole)).toEqual(apart.flatMap(raw))
  // The payload of the whole is the payloads of the parts: every local record stands in it as it is.
  for (const part of apart) expect(whole.bytes.includes(part.bytes.subarray(0, part.bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'))))).toBe(true)
})

test('a failure in the second thread fails the zip and ends the thread', async () => {
  const many = manySmall()
  const gone: Entry = { path: 'many/0', mode: 0o644, size: 3, owner: '', content: { kind: 'disk', file: path.join(newFolder(), 'gone') } }
  await expect(zipped([...many.slice(1), gone].sort(byPath))).rejects.toThrow('ENOENT')
})

test('a disk that takes no more fails the zip', async () => {
  await expect(writeZip('/dev/full', manySmall())).rejects.toThrow('ENOSPC')
})
