import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readZip } from '../../../src/package/zip/read.ts'
import { newFolder, removeFolders, write } from '../support.ts'

afterAll(removeFolders)

test('reads what zip writes', () => {
  const folder = write({ 'app.py': 'x = 1\n', 'pkg/data.txt': 'abc'.repeat(1000), 'run.sh': { text: '#!/bin/sh', mode: 0o750 } })
  const file = path.join(newFolder(), 'made.zip')
  execFileSync('zip', ['-q', '-r', file, '.'], { cwd: folder })
  const entries = readZip(readFileSync(file), file).filter((entry) => !entry.path.endsWith('/'))
  expect(entries.map(({ path: name, size, mode }) => [name, size, (mode & 0o777).toString(8)]).sort()).toEqual([['app.py', 6, '644'], ['pkg/data.txt', 3000, '644'], ['run.sh', 9, '750']])
  expect(entries.find((entry) => entry.path === 'pkg/data.txt')?.read().toString()).toBe('abc'.repeat(1000))
})

test.each([
  ['text', Buffer.from('this is no zip at all, however long it may be')],
  ['nothing', Buffer.alloc(0)],
  ['a cut zip', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(40)])],
  ['a directory that points nowhere', Buffer.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 46, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0])],
])('%s is refused by name', (_name, bytes) => {
  expect(() => readZip(bytes, 'bad.zip')).toThrow(/bad\.zip is no zip that Lambda can use/)
})
