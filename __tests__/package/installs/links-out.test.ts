import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { digestLocal } from '../../../src/package/install/wanted.ts'
import { codeOf, findings, newFolder, removeFolders, write } from '../support.ts'
import { hostArchitecture, install, installOptions, unpack } from './support.ts'

afterAll(removeFolders)

test.each([
  ['a file of a neighbour', '../../other/a.py', 'other/a.py'],
  ['a folder of a neighbour', '../../other', 'other/a.py'],
  ['a file that is not part of the package itself', '../build/a.py', 'lib/build/a.py'],
  ['a folder that is not part of the package itself', '../build', 'lib/build/a.py'],
])('a Python folder that is built counts what its links lead to: %s', (_name, link, file) => {
  const root = write({ 'lib/pkg/linked': { link }, 'lib/build/a.py': 'A = 1\n', 'other/a.py': 'A = 1\n' })
  const before = digestLocal({ path: path.join(root, 'lib') })
  writeFileSync(path.join(root, file), 'A = 2\n')
  expect(digestLocal({ path: path.join(root, 'lib') })).not.toBe(before)
})

const lib = {
  'lib/package.json': JSON.stringify({ name: 'lib', version: '1.0.0', main: 'lib.js' }),
  'lib/lib.js': 'exports.a = require("./a.js").a + require("./deep/b.js").b + require("./own.js").c\n',
  'lib/c.js': 'exports.c = 100\n', 'lib/own.js': { link: 'c.js' }, 'lib/a.js': { link: '../other/a.js' }, 'lib/deep': { link: '../other/deep' },
}
const app = {
  '.git/HEAD': '', 'other/a.js': 'exports.a = 1\n', 'other/deep/b.js': 'exports.b = 10\n',
  'api/package.json': JSON.stringify({ name: 'app', version: '1.0.0', dependencies: { lib: 'file:../lib' } }),
  'api/index.js': 'const lib = require("lib")\nexports.handler = async () => lib.a\n',
}

function locked(root: string): string {
  const folder = path.join(root, 'api')
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' })
  return folder
}

const forNode = { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture } as const

test('a linked folder of Node ships what its links lead to, and counts it', async () => {
  const folder = locked(write({ ...app, ...lib }))
  const options = installOptions({ cacheDir: newFolder() })
  const run = async (): Promise<string> => {
    const script = `require('${unpack(await install(codeOf(folder, forNode), options)).folder}/index.js').handler().then(console.log)`
    return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: {}, cwd: '/' }).trim()
  }
  expect(await run()).toBe('111')
  writeFileSync(path.join(folder, '../other/a.js'), 'exports.a = 2\n')
  writeFileSync(path.join(folder, '../other/deep/b.js'), 'exports.b = 20\n')
  expect(await run()).toBe('122')
})

test('a link of a linked folder that leaves the workspace is told by its own name', async () => {
  const folder = locked(write({ ...app, ...lib, 'lib/outside': { link: write({ 'a.js': '' }) } }))
  expect(await findings(codeOf(folder, forNode))).toContainEqual(expect.objectContaining({
    severity: 'error', what: expect.stringMatching(/\/lib\/outside is a link to .*, which lies outside the workspace\.$/),
  }))
})

test('what a generator has linked into its folder comes along', async () => {
  const root = write({
    '.git/HEAD': '', 'engines/engine.js': 'exports.a = 7\n', 'api/node_modules/.client/index.js': 'exports.a = require("./engine.js").a\n',
    'api/node_modules/.client/engine.js': { link: '../../../engines/engine.js' },
    'api/package.json': JSON.stringify({ name: 'app', version: '1.0.0' }), 'api/index.js': 'exports.handler = async () => require(".client").a\n',
  })
  const { folder } = unpack(await install(codeOf(locked(root), forNode), installOptions({ cacheDir: newFolder() })))
  const script = `require('${folder}/index.js').handler().then(console.log)`
  expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: {}, cwd: '/' }).trim()).toBe('7')
})
