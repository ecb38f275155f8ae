import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { CodeSpec } from '../../../src/service/service.ts'
import { codeOf, listener, removeFolders, write, type Files } from '../support.ts'
import { hostArchitecture, install, installOptions, natives, otherArchitecture, pnpmEnvironment, unpack } from './support.ts'

afterAll(removeFolders)

/** Runs the handler in a Node that has only the unpacked folder. */
function call(folder: string, file: string): string {
  const script = `const { handler } = await import(${JSON.stringify(path.join(folder, file))}); process.stdout.write(JSON.stringify(await handler({})))`
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env: { PATH: '' }, cwd: '/' })
}

const app = 'import { crc32 } from \'@node-rs/crc32\'\nimport { nanoid } from \'nanoid\'\nexport const handler = async () => [crc32(\'hello\'), nanoid().length]\n'

/** An ES module with a native optional dependency; every file of the lock has its hash. */
function nativeProject(target: Partial<CodeSpec>): CodeSpec {
  const source = write({
    'index.js': app,
    'package.json': JSON.stringify({ name: 'n', version: '1.0.0', type: 'module', dependencies: { '@node-rs/crc32': '1.10.6', nanoid: '5.1.5' }, devDependencies: { typescript: '5.9.2' } }),
  })
  copyFileSync(path.join(import.meta.dirname, 'node-package-lock.json'), path.join(source, 'package-lock.json'))
  return codeOf(source, { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture, ...target })
}

describe('an ES module with a native optional dependency', () => {
  test('runs from the unpacked zip, without development tools, and nothing of it reaches the user\'s folder', async () => {
    const code = nativeProject({})
    const made = await install(code, installOptions())
    const { folder, paths, entries } = unpack(made)
    expect(call(folder, 'index.js')).toBe('[907060870,21]')
    expect(natives(entries)).toMatchObject({ machines: [hostArchitecture === 'x86_64' ? 62 : 183], count: 1 })
    expect(paths.filter((file) => /typescript|\.bin|package-lock/.test(file))).toEqual([])
    expect(readdirSync(code.source).sort()).toEqual(['index.js', 'package-lock.json', 'package.json'])
  })

  test('for the other architecture its binary is the other one', async () => {
    const { entries, paths } = unpack(await install(nativeProject({ architecture: otherArchitecture }), installOptions()))
    expect(natives(entries)).toMatchObject({ machines: [otherArchitecture === 'x86_64' ? 62 : 183], count: 1 })
    expect(paths.filter((file) => file.includes(otherArchitecture === 'x86_64' ? 'linux-arm64' : 'linux-x64'))).toEqual([])
  })

  test('the same bytes from another place', async () => {
    const [first, second] = [await install(nativeProject({}), installOptions()), await install(nativeProject({}), installOptions())]
    expect(second.sha256).toBe(first.sha256)
  })
})

/** A workspace with an app and a library of its own; `install` makes its lock. */
function workspace(files: Files, lockWith: readonly string[], env: NodeJS.ProcessEnv = process.env): CodeSpec {
  const root = write({
    'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }),
    'packages/api/package.json': JSON.stringify({ name: 'api', version: '1.0.0', dependencies: { lib: files['pnpm-workspace.yaml'] === undefined ? '1.0.0' : 'workspace:*', nanoid: '3.3.11' } }),
    'packages/api/index.js': 'const { double } = require(\'lib\')\nconst { nanoid } = require(\'nanoid\')\nexports.handler = async () => [double(21), nanoid().length]\n',
    'packages/lib/package.json': JSON.stringify({ name: 'lib', version: '1.0.0', main: 'main.js' }),
    'packages/lib/main.js': 'exports.double = (x) => 2 * x\n', ...files,
  })
  execFileSync(lockWith[0] as string, lockWith.slice(1), { cwd: root, env, stdio: 'pipe' })
  return codeOf(path.join(root, 'packages/api'), { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture })
}

test('a member of an npm workspace takes its neighbours along', async () => {
  const code = workspace({ '.git/HEAD': '' }, ['npm', 'install', '--package-lock-only', '--no-audit', '--no-fund'])
  const { folder, paths } = unpack(await install(code, installOptions()))
  expect(call(folder, 'index.js')).toBe('[42,21]')
  expect(paths).toContain('node_modules/lib/main.js')
})

test('build output with a package.json of its own takes the dependencies of the lock that is named', async () => {
  const root = write({
    'package.json': JSON.stringify({ name: 'root', dependencies: { nanoid: '3.3.11' } }), 'dist/package.json': '{"type":"commonjs"}',
    'dist/index.js': 'const { nanoid } = require(\'nanoid\')\nexports.handler = async () => nanoid().length\n',
  })
  execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { cwd: root, stdio: 'pipe' })
  const code = codeOf(path.join(root, 'dist'), { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture, requirements: path.join(root, 'package-lock.json') })
  const { folder } = unpack(await install(code, installOptions()))
  expect(call(folder, 'index.js')).toBe('21')
})

test('pnpm, too', async () => {
  const env = pnpmEnvironment()
  const code = workspace({ '.git/HEAD': '', 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' }, ['pnpm', 'install', '--lockfile-only'], env)
  const { folder, paths } = unpack(await install(code, installOptions({ env })))
  expect(call(folder, 'index.js')).toBe('[42,21]')
  expect(paths.filter((file) => /\.pnpm|\.modules\.yaml/.test(file))).toEqual([])
})

describe('scripts of the repository\'s own packages want tools that are not there', () => {
  const scripts = { prepare: 'husky', postinstall: 'exit 3', prepublish: 'exit 4' }
  const files: Files = {
    '.git/HEAD': '',
    'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'], scripts }),
    'packages/lib/package.json': JSON.stringify({ name: 'lib', version: '1.0.0', main: 'main.js', scripts }),
  }
  const own = { name: 'api', version: '1.0.0', scripts }

  test.each(['npm', 'pnpm'])('%s runs none of them, and those that belong to an install are told', async (program) => {
    const env = program === 'pnpm' ? pnpmEnvironment() : { ...process.env }
    const api = JSON.stringify({ ...own, dependencies: { lib: program === 'pnpm' ? 'workspace:*' : '1.0.0', nanoid: '3.3.11' } })
    const lockWith = program === 'pnpm' ? ['pnpm', 'install', '--lockfile-only'] : ['npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund']
    const code = workspace({ ...files, 'packages/api/package.json': api, ...(program === 'pnpm' ? { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' } : {}) }, lockWith, env)
    const said = listener()
    expect(call(unpack(await install(code, installOptions({ env, progress: said }))).folder, 'index.js')).toBe('[42,21]')
    expect(said.lines.join('\n')).toMatch(/The script postinstall of \S+packages\/api\/package\.json is not run/)
    expect(said.lines.join('\n')).toMatch(/The script postinstall of \S+packages\/lib\/package\.json is not run/)
    expect(said.lines.join('\n')).not.toContain('husky')
  })

  test('those of a dependency are run, and one that fails is not taken for a missing npm', async () => {
    const archive = write({ 'package/package.json': JSON.stringify({ name: 'dep', version: '1.0.0', scripts: { postinstall: 'no-such-tool' } }) })
    execFileSync('tar', ['-czf', 'dep.tgz', 'package'], { cwd: archive })
    const source = write({ 'index.js': 'exports.handler = 1\n', 'package.json': JSON.stringify({ name: 'app', version: '1.0.0', dependencies: { dep: `file:${path.join(archive, 'dep.tgz')}` } }) })
    execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { cwd: source, stdio: 'pipe' })
    const failing = install(codeOf(source, { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture }), installOptions())
    await expect(failing).rejects.toMatchObject({ text: { what: 'npm cannot install package-lock.json.', why: expect.stringContaining('no-such-tool') } })
  })
})
