import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../../src/errors.ts'
import { readZip } from '../../../src/package/zip/read.ts'
import { newFolder, removeFolders, write } from '../support.ts'

afterAll(removeFolders)

test.each([
  ['into a file', (folder: string, file: string) => execFileSync('zip', ['-q', '-r', file, '.'], { cwd: folder })],
  ['into a pipe, with sizes behind the content', (folder: string, file: string) => execFileSync('sh', ['-c', `zip -q -r - . | cat > ${file}`], { cwd: folder })],
] as const)('packaging 70: reads what zip writes %s', (_name, zip) => {
  const folder = write({ 'app.py': 'x = 1\n', 'pkg/data.txt': 'abc'.repeat(1000), 'run.sh': { text: '#!/bin/sh', mode: 0o750 } })
  const file = path.join(newFolder(), 'made.zip')
  zip(folder, file)
  const entries = readZip(readFileSync(file), file).filter((entry) => !entry.path.endsWith('/'))
  expect(entries.map(({ path: name, size, mode }) => [name, size, (mode & 0o777).toString(8)]).sort()).toEqual([['app.py', 6, '644'], ['pkg/data.txt', 3000, '644'], ['run.sh', 9, '750']])
  expect(entries.find((entry) => entry.path === 'pkg/data.txt')?.read().toString()).toBe('abc'.repeat(1000))
})

/** What a reader is told of a file that cannot be used, listed and read whole; nothing where all is well. Whatever is thrown beside fails the test. */
function refusal(bytes: Buffer): string | undefined {
  try {
    for (const entry of readZip(bytes, 'bad.zip')) entry.read()
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return /^bad\.zip is no zip that Lambda can use: (.*)\.$/.exec(error.text.what)?.[1] ?? 'another error'
  }
}

function zipped(args: readonly string[], folder = write({ 'app.py': 'x = 1\n', 'data.txt': 'abc'.repeat(1000) })): Buffer {
  const file = path.join(newFolder(), 'made.zip')
  execFileSync('zip', ['-q', '-r', ...args, file, '.'], { cwd: folder })
  return readFileSync(file)
}

describe('a zip that holds a zip', () => {
  let whole: Buffer

  beforeAll(() => { whole = zipped(['-0'], write({ 'app.py': 'x = 1\n', 'inner.zip': zipped([]), 'z.txt': 'z' })) })

  test('cut anywhere is refused when it is listed', () => {
    expect(refusal(whole)).toBeUndefined()
    const passed = Array.from({ length: whole.length }, (_, length) => length).filter((length) => refusal(whole.subarray(0, length)) === undefined)
    expect(passed).toEqual([])
    expect(() => readZip(whole.subarray(0, whole.length - 30), 'bad.zip')).toThrow(UserError)
  })

  test('with any byte changed gives a readable error or a list, and never other content', () => {
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] as number) ^ 0xff
      refusal(bytes)
    }
    const bytes = Buffer.from(whole)
    bytes.write('y', whole.lastIndexOf('x = 1'))
    expect(refusal(bytes)).toMatch(/^\S+ is damaged$/)
  })
})

test.each([
  ['text', () => Buffer.from('this is no zip at all, however long it may be'), /^it is a file of another kind$/],
  ['nothing', () => Buffer.alloc(0), /^it is empty$/],
  ['a cut zip', () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(40)]), /^its end is missing, so it was cut short$/],
  ['bytes behind the end', () => Buffer.concat([zipped([]), Buffer.from('<html>')]), /^6 bytes stand behind its end$/],
  ['bytes before the first entry', () => Buffer.concat([Buffer.from('#!/bin/sh\n'), zipped([])]), /^its directory is not where it says/],
  ['an encrypted entry', () => zipped(['-P', 'secret']), /^\S+ is encrypted$/],
  ['zip64', () => zipped(['-fz']), /zip64/],
  ['too many entries', () => crafted('for i in range(65536): z.writestr(str(i), "")'), /zip64/],
  ['an unusual compression', () => crafted('z.writestr("app.py", "x = 1\\n" * 99, zipfile.ZIP_BZIP2)'), /^app\.py is compressed in a way \(12\)/],
  ['a directory that points nowhere', () => Buffer.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 46, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0]), /^its directory is not where it says/],
] as const)('%s is refused in a reader\'s words', (_name, make, says) => {
  expect(refusal(make())).toMatch(says)
})

test('a comment, and what zipapp puts before a zip, are no damage', () => {
  const file = path.join(newFolder(), 'made.zip')
  appendFileSync(file, '#!/usr/bin/env python3\n')
  execFileSync('python3', ['-c', 'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1], "a")\nz.writestr("app.py", "x = 1")\nz.comment = b"PK\\x05\\x06 of the build"\nz.close()', file])
  expect(refusal(readFileSync(file))).toBeUndefined()
})

/** A zip as only a program would write it. */
function crafted(script: string): Buffer {
  const file = path.join(newFolder(), 'made.zip')
  execFileSync('python3', ['-c', `import zipfile, sys\nz = zipfile.ZipFile(sys.argv[1], "w")\n${script}\nz.close()`, file])
  return readFileSync(file)
}
