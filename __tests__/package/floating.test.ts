import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { buildPackage, digestInputs, resolveInputs } from '../../src/package/index.ts'
import type { CodeSpec } from '../../src/service/service.ts'
import { withoutUv } from './installs/support.ts'
import { codeOf, listener, newFolder, optionsOf, removeFolders, write } from './support.ts'
import { makeWheel } from './wheel.ts'

afterAll(removeFolders)

async function pythonApp(): Promise<CodeSpec> {
  const wheels = newFolder()
  await makeWheel(wheels, { name: 'Other_Tool', files: { 'other.py': '' } })
  await makeWheel(wheels, { name: 'tool', files: { 'tool.py': '' }, requires: ['other-tool'] })
  return codeOf(write({ 'app.py': 'def handler(event, context):\n    return 1\n', 'requirements.txt': `--no-index\n--find-links ${wheels}\ntool\n` }))
}

function nodeApp(): CodeSpec {
  const packed = write({ 'package/package.json': '{"name":"tool","version":"1.0.0"}' })
  execFileSync('tar', ['-czf', 'tool.tgz', 'package'], { cwd: packed })
  const manifest = { name: 'app', version: '1.0.0', dependencies: { tool: `file:${path.join(packed, 'tool.tgz')}` } }
  const folder = write({ 'index.js': 'exports.handler = async () => 1\n', 'package.json': JSON.stringify(manifest) })
  return codeOf(folder, { runtime: 'nodejs22.x', handler: 'index.handler' })
}

test.each([
  ['a requirements.txt', pythonApp, 'other-tool==1.0, tool==1.0'],
  ['a package.json', nodeApp, 'tool==1.0.0'],
])('%s without pins is resolved once a run and before anything is installed; the digest is that of the package', async (_name, app, packages) => {
  const said = listener()
  const code = await app()
  const options = optionsOf({ env: withoutUv(), progress: said })
  const inputs = await digestInputs(code, options)
  const resolved = await Promise.all([resolveInputs(code, inputs, options), resolveInputs(code, inputs, options)])
  expect([inputs.pinned, ...resolved.map(({ pinned }) => pinned)]).toEqual([false, true, true])
  expect(resolved[0]?.digest).not.toBe(inputs.digest)
  expect(said.lines.filter((line) => line.startsWith('Resolved to: '))).toEqual([`Resolved to: ${packages}`])
  expect(said.lines.filter((line) => line.startsWith('Installing '))).toEqual([])
  expect(existsSync(path.join(options.cacheDir, 'dependencies'))).toBe(false)
  for (const each of [resolved[1] ?? inputs, inputs])
    expect(await buildPackage(code, each, options)).toMatchObject({ inputDigest: resolved[0]?.digest, resolved: packages.split(', ') })
  expect(said.lines.filter((line) => line.startsWith('Installing '))).toHaveLength(1)
})
