import { afterAll, expect, test } from '@jest/globals'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics } from '../../src/diagnostics.ts'
import { buildPackage, checkSources, digestInputs } from '../../src/package/index.ts'
import type { CodeSpec } from '../../src/service/service.ts'
import { build, codeOf, optionsOf, removeFolders, write } from './support.ts'

afterAll(removeFolders)

const handler = 'const { name } = require("./lib/name")\nexports.handler = async () => ({ statusCode: 200, body: name })\n'
const files = { 'index.js': handler, 'lib/name.js': 'exports.name = "Ada"\n', 'page.html': '<p>Hello</p>\n', 'data/empty.txt': '', 'package.json': '{"name":"app"}' }

function nodeApp(more: Readonly<Record<string, Buffer | string>> = {}): CodeSpec {
  return codeOf(write({ ...files, ...more }), { runtime: 'nodejs24.x', handler: 'index.handler' })
}

async function check(code: CodeSpec, options: ReturnType<typeof optionsOf>): Promise<void> {
  const diagnostics = new Diagnostics()
  await checkSources([{ name: 'greeting', code, settings: { layers: [] } }], options, diagnostics)
  expect(diagnostics.all).toEqual([])
}

test('after the checks nothing of the app is read again: digest, imports and zip need no source folder', async () => {
  const [code, options] = [nodeApp(), optionsOf()]
  const expected = await build(code)
  await check(code, options)
  rmSync(code.source, { recursive: true })
  const made = await buildPackage(code, await digestInputs(code, options), options)
  expect([made.sha256, made.inputDigest]).toEqual([expected.sha256, expected.inputDigest])
})

test('functions of one folder share what was read, and other patterns have a look of their own', () => {
  const [code, options] = [nodeApp(), optionsOf()]
  const tree = options.sources.app(code)
  expect(options.sources.app({ ...code, handler: 'lib/name.name' })).toBe(tree)
  expect(options.sources.app({ ...code, exclude: ['*.html'] }).files).toHaveLength(tree.files.length - 1)
})

test('a file that is too large to be kept is read twice, once of these for the zip, and never a third time', async () => {
  const size = 40 * 1024 * 1024
  const code = nodeApp({ 'model.bin': Buffer.alloc(size, 'no key in here ') })
  const options = optionsOf()
  const before = bytesRead()
  await check(code, options)
  const inputs = await digestInputs(code, options)
  const read = bytesRead() - before
  await buildPackage(code, inputs, options)
  expect(Math.round(read / size)).toBe(1)
  expect(Math.round((bytesRead() - before) / size)).toBe(2)
})

test('a large file that is written to between digest and zip is refused, also where its size stays', async () => {
  const code = nodeApp({ 'model.bin': Buffer.alloc(1024 * 1024, 'a') })
  const options = optionsOf()
  const inputs = await digestInputs(code, options)
  writeFileSync(path.join(code.source, 'model.bin'), Buffer.alloc(1024 * 1024, 'b'))
  await expect(buildPackage(code, inputs, options)).rejects.toThrow(/model\.bin changed while it was packed/)
})

/** Bytes that this process has asked the system for, from any file. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
}
