import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import type { CodeSpec } from '../../../src/service/service.ts'
import { codeOf, findings, newFolder, removeFolders, write, type Files } from '../support.ts'
import { hostArchitecture, install, installOptions, pnpmEnvironment, unpack } from './support.ts'

afterAll(removeFolders)

const npmLock = ['npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund']
const pnpmLock = ['pnpm', 'install', '--lockfile-only']
const json = (value: object): string => JSON.stringify(value)

interface Project {
  readonly files: Files
  /** The folder where the lock is made, and the source, both below the folder of the files. */
  readonly root?: string
  readonly source?: string
  readonly code?: Partial<CodeSpec>
  readonly lock?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

function project({ files, root = '', source = '', code = {}, lock = npmLock, env = process.env }: Project): CodeSpec {
  const folder = write({ '.git/HEAD': '', ...files })
  const [program = '', ...args] = lock
  if (program !== '') execFileSync(program, args, { cwd: path.join(folder, root), env, stdio: 'ignore' })
  return codeOf(path.join(folder, source), { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture, ...code })
}

/** Installs, and calls the handler in a Node that has only the unpacked folder. */
async function answer(code: CodeSpec, env: NodeJS.ProcessEnv = process.env): Promise<{ readonly says: string, readonly paths: readonly string[] }> {
  const { folder, paths } = unpack(await install(code, installOptions({ env })))
  const script = `const { handler } = require(${JSON.stringify(path.join(folder, 'index.js'))}); handler({}).then((said) => process.stdout.write(JSON.stringify(said)))`
  return { says: execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { PATH: '' }, cwd: '/' }), paths }
}

const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n'
/** An app and a library of one workspace. */
const workspace = (lib: object, files: Files, dependencies: object = { lib: '1.0.0' }): Files => ({
  'package.json': json({ name: 'root', private: true, workspaces: ['packages/*'] }),
  'packages/api/package.json': json({ name: 'api', version: '1.0.0', dependencies }),
  'packages/api/index.js': 'const lib = require("lib")\nexports.handler = async () => lib\n',
  'packages/lib/package.json': json({ name: 'lib', version: '1.0.0', main: 'main.js', ...lib }),
  ...files,
})

describe('a linked folder is the user\'s own code', () => {
  test('packaging 31: its secrets are an error at their place, settings with tokens never ship, and `exclude` and `include` reach it', async () => {
    const files = workspace({}, { 'packages/lib/main.js': 'exports.a = 1\n', 'packages/lib/.env': 'TOKEN=1\n', 'packages/lib/keys/own.pem': key, 'packages/lib/.npmrc': '_authToken=x\n', 'packages/lib/.git-credentials': 'x\n' })
    const code = project({ files, source: 'packages/api' })
    const errors = (await findings(code, installOptions())).filter(({ severity }) => severity === 'error')
    expect(errors.map(({ what }) => what)).toEqual(['The package would hold node_modules/lib/.env.', 'The package would hold node_modules/lib/keys/own.pem.'])
    expect(errors[0]?.place?.file).toBe(path.join(code.source, '..', 'lib', '.env'))
    const meant = { ...code, exclude: ['node_modules/lib/.env'], include: ['node_modules/lib/keys/own.pem'] }
    const { paths } = await answer(meant)
    expect(paths.filter((file) => file.startsWith('node_modules/lib/'))).toEqual(['node_modules/lib/keys/own.pem', 'node_modules/lib/main.js', 'node_modules/lib/package.json'])
  })

  test.each<readonly [string, object, Files, RegExp]>([
    ['nobody has built it', { main: 'dist/main.js' }, { 'packages/lib/src/main.ts': '' }, /imports `lib`, which leads to node_modules\/lib\/dist\/main\.js, and that is not in the package/],
    ['it exports TypeScript', { main: undefined, exports: './src/main.ts' }, { 'packages/lib/src/main.ts': 'export const a = 1\n' }, /imports `lib`, which leads to node_modules\/lib\/src\/main\.ts/],
    ['it imports what nobody lists', {}, { 'packages/lib/main.js': 'exports.ms = require("ms")\n' }, /^node_modules\/lib\/main\.js imports `ms`, which nothing/],
  ])('%s: an error', async (_name, lib, files, says) => {
    const code = project({ files: workspace(lib, files), source: 'packages/api' })
    const errors = (await findings(code, installOptions())).filter(({ severity }) => severity === 'error')
    expect(errors.map(({ what }) => what)).toEqual([expect.stringMatching(says)])
  })

  test('packaging 38b: a member that nobody asks for does not ship, and neither its secrets nor its dependencies count', async () => {
    const files = { ...workspace({}, { 'packages/lib/main.js': 'exports.a = 1\n' }), 'packages/web/package.json': json({ name: 'web', version: '1.0.0', dependencies: { ms: '2.1.3' } }), 'packages/web/.env': 'TOKEN=1\n' }
    const { says, paths } = await answer(project({ files, source: 'packages/api' }))
    expect(says).toBe('{"a":1}')
    expect(paths.filter((file) => /node_modules\/(?:web|ms)\//.test(file))).toEqual([])
  })

  test('packaging 38: pnpm installs the one member, too', async () => {
    const env = pnpmEnvironment()
    const files = { ...workspace({}, { 'packages/lib/main.js': 'exports.a = require("isarray")([])\n' }, { lib: 'workspace:*' }), 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
      'packages/lib/package.json': json({ name: 'lib', version: '1.0.0', main: 'main.js', dependencies: { isarray: '2.0.5' } }), 'packages/web/package.json': json({ name: 'web', version: '1.0.0', dependencies: { ms: '2.1.3' } }) }
    const { says, paths } = await answer(project({ files, source: 'packages/api', lock: pnpmLock, env }), env)
    expect(says).toBe('{"a":true}')
    expect(paths.filter((file) => /node_modules\/(?:web|ms)\//.test(file))).toEqual([])
  })
})

describe('what a lock names by its path', () => {
  /** A tarball as `npm pack` makes it. */
  const tarball = (): Buffer => {
    const folder = write({ 'package.json': json({ name: 'pricelib', version: '1.0.0', main: 'main.js' }), 'main.js': 'exports.a = 7\n' })
    const file = execFileSync('npm', ['pack', '--silent'], { cwd: folder, encoding: 'utf8' }).trim()
    return execFileSync('cat', [path.join(folder, file)], { encoding: 'buffer' })
  }
  const app = { 'index.js': 'exports.handler = async () => require("pricelib")\n' }

  test.each(['npm', 'pnpm'])('packaging 43: a tarball in the repository (%s)', async (program) => {
    const env = program === 'pnpm' ? pnpmEnvironment() : process.env
    const files = { ...app, 'vendor/pricelib-1.0.0.tgz': tarball(), 'package.json': json({ name: 'app', dependencies: { pricelib: 'file:vendor/pricelib-1.0.0.tgz' } }), '.lambdaignore': 'vendor\n' }
    expect((await answer(project({ files, lock: program === 'pnpm' ? pnpmLock : npmLock, env }), env)).says).toBe('{"a":7}')
  })

  test.each([['npm', npmLock], ['npm, a lock of version 1', [...npmLock, '--lockfile-version=1']], ['pnpm', pnpmLock]] as const)('packaging 39, 43: a folder beside the app (%s)', async (program, lock) => {
    const env = program === 'pnpm' ? pnpmEnvironment() : process.env
    const files = { 'api/index.js': app['index.js'], 'api/package.json': json({ name: 'app', dependencies: { pricelib: 'file:../shared' } }), 'shared/package.json': json({ name: 'pricelib', version: '1.0.0' }), 'shared/index.js': 'exports.a = 8\n' }
    expect((await answer(project({ files, root: 'api', source: 'api', lock, env }), env)).says).toBe('{"a":8}')
  })
})

test('packaging 80: the build output of a member gets the member\'s versions, and not the root\'s', async () => {
  const files = {
    'package.json': json({ name: 'root', private: true, workspaces: ['packages/*'], dependencies: { ms: '0.7.3' } }),
    'packages/api/package.json': json({ name: 'api', version: '1.0.0', dependencies: { ms: '2.1.3' } }),
    'packages/api/dist/index.js': 'exports.handler = async () => require("ms/package.json").version\n',
  }
  const code = project({ files, source: 'packages/api/dist' })
  const named = { ...code, requirements: path.join(code.source, '..', '..', '..', 'package-lock.json') }
  expect((await answer(named)).says).toBe('"2.1.3"')
})

describe('packaging 30, 30b: a client that is generated into a folder of node_modules whose name begins with a dot', () => {
  const client: Files = { 'client/package.json': json({ name: 'quill-client', version: '1.0.0' }), 'client/index.js': 'module.exports = require(".quill/client")\n' }
  const files: Files = { ...client, 'index.js': 'const client = require("quill-client")\nexports.handler = async () => client\n', 'package.json': json({ name: 'app', dependencies: { 'quill-client': 'file:client' } }), '.lambdaignore': 'client\n' }

  test('by an earlier step: it ships, and a change of it is a change of the package', async () => {
    const code = project({ files })
    write({ 'node_modules/.quill/client/index.js': 'exports.models = ["Order"]\n', 'node_modules/.cache/x/index.js': '' }, code.source)
    const { says, paths } = await answer(code)
    expect(says).toBe('{"models":["Order"]}')
    expect(paths.filter((file) => file.includes('.cache'))).toEqual([])
    write({ 'node_modules/.quill/client/index.js': 'exports.models = ["Item"]\n' }, code.source)
    expect((await answer(code)).says).toBe('{"models":["Item"]}')
    rmSync(path.join(code.source, 'node_modules'), { recursive: true })
    expect((await findings(code, installOptions())).map(({ what }) => what)).toEqual([expect.stringMatching(/imports `\.quill\/client`/)])
  })
})

test('packaging 41: a dependency of the root alone is told with where it is listed', async () => {
  const files = { ...workspace({}, { 'packages/lib/main.js': 'exports.a = 1\n' }), 'package.json': json({ name: 'root', private: true, workspaces: ['packages/*'], dependencies: { ms: '2.1.3' } }), 'packages/api/index.js': 'const ms = require("ms")\nexports.handler = async () => ms\n' }
  const code = project({ files, source: 'packages/api' })
  const found = await findings(code, installOptions({ cacheDir: newFolder() }))
  expect(found[0]?.cure).toMatch(/^Only .*package\.json lists it, and a member of a workspace gets its own dependencies/)
})

test('a package.json without a lock installs what fits now, with a warning, and floats', async () => {
  const files = { 'index.js': 'exports.handler = async () => require("ms")("2h")\n', 'package.json': json({ name: 'app', dependencies: { ms: '^2.1.0' } }) }
  const [code, options] = [project({ files, lock: [] }), installOptions()]
  expect(await findings(code, options)).toMatchObject([{ severity: 'warning', what: expect.stringMatching(/package\.json lists dependencies, and no lock pins them\.$/) }])
  const { says, paths } = await answer(code)
  expect([says, paths.includes('package-lock.json')]).toEqual(['7200000', false])
  const again = await install(code, options)
  expect([again.reused, again.resolved]).toEqual([true, [expect.stringMatching(/^ms==2\./)]])
})
