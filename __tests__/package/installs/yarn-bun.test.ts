import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Env } from '../../../src/package/env.ts'
import type { CodeSpec } from '../../../src/service/service.ts'
import { codeOf, findings, listener, newFolder, removeFolders, write, type Files } from '../support.ts'
import { hostArchitecture, install, installOptions, natives, otherArchitecture, toolEnvironment, unpack } from './support.ts'

afterAll(removeFolders)

const json = (value: object): string => JSON.stringify(value)

interface Maker {
  readonly name: string
  readonly lock: string
  readonly env: () => Env
  /** Makes the lock. */
  readonly command: readonly string[]
}

const yarns = { NPM_CONFIG_AUDIT: 'false', YARN_ENABLE_TELEMETRY: '0', YARN_NODE_LINKER: 'node-modules', YARN_ENABLE_IMMUTABLE_INSTALLS: '0' }
const makers: readonly Maker[] = [
  { name: 'Yarn 1', lock: 'yarn.lock', env: () => toolEnvironment('yarn', '1.22.22'), command: ['yarn', 'install', '--silent', '--ignore-scripts', '--no-progress'] },
  { name: 'Yarn 3', lock: 'yarn.lock', env: () => ({ ...toolEnvironment('@yarnpkg/cli-dist', '3.8.7'), ...yarns }), command: ['yarn', 'install', '--mode=update-lockfile'] },
  { name: 'Yarn 4', lock: 'yarn.lock', env: () => ({ ...toolEnvironment('@yarnpkg/cli-dist', '4.18.1'), ...yarns }), command: ['yarn', 'install', '--mode=update-lockfile'] },
  { name: 'bun', lock: 'bun.lock', env: () => toolEnvironment('bun', '1.4.5'), command: ['bun', 'install', '--lockfile-only'] },
]

/** A PATH with Node and npm, and none of the tools. */
function withoutTools(): Env {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => !['yarn', 'bun'].some((name) => existsSync(path.join(folder, name))))
  return { ...process.env, PATH: folders.join(path.delimiter) }
}

function project(files: Files, { env, command, lock }: Maker, { source = '', code = {} }: { readonly source?: string, readonly code?: Partial<CodeSpec> } = {}): CodeSpec {
  const folder = write({ '.git/HEAD': '', ...files })
  const [program = '', ...args] = command
  execFileSync(program, args, { cwd: folder, env: env(), stdio: 'pipe' })
  expect(existsSync(path.join(folder, lock))).toBe(true)
  return codeOf(path.join(folder, source), { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture, ...code })
}

const workspace: Files = {
  'package.json': json({ name: 'root', private: true, workspaces: ['packages/*'], dependencies: { isarray: '2.0.5' } }),
  'packages/api/package.json': json({ name: 'api', version: '1.0.0', dependencies: { '@acme/lib': '1.0.0', 'nanoid': '^3.3.0' }, devDependencies: { 'left-pad': '1.3.0' } }),
  'packages/api/index.js': 'const lib = require("@acme/lib")\nconst { nanoid } = require("nanoid")\nexports.handler = async () => [lib.ms(1000), nanoid().length]\n',
  'packages/lib/package.json': json({ name: '@acme/lib', version: '1.0.0', main: 'main.js', dependencies: { ms: '2.1.3' } }),
  'packages/lib/main.js': 'exports.ms = require("ms")\n',
  'packages/web/package.json': json({ name: 'web', version: '1.0.0', dependencies: { ms: '2.0.0' } }),
}

describe.each(makers)('$name', (maker) => {
  test('packaging 77: a member of a workspace ships with what it needs, with the tool on PATH and without, and no development tools', async () => {
    const made = await Promise.all([maker.env(), withoutTools()].map(async (env) =>
      install(project(workspace, maker, { source: 'packages/api' }), installOptions({ env, cacheDir: newFolder() }))))
    const [{ folder, paths }] = made.map(unpack) as [ReturnType<typeof unpack>]
    const script = `require(${JSON.stringify(path.join(folder, 'index.js'))}).handler().then((said) => process.stdout.write(JSON.stringify(said)))`
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { PATH: '' }, cwd: '/' })).toBe('["1s",21]')
    const packages = [...new Set(paths.map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]))].filter((name) => name !== undefined).sort()
    expect(packages).toEqual(['@acme/lib', 'ms', 'nanoid'])
    expect(new Set(made.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(new Set(made.map(({ inputDigest }) => inputDigest)).size).toBe(1)
  })

  test.each([hostArchitecture, otherArchitecture])('native packages for %s alone, and a tarball of the repository', async (architecture) => {
    const packed = write({ 'package/package.json': json({ name: 'tool', version: '1.0.0', main: 'main.js' }), 'package/main.js': 'exports.a = 1\n' })
    execFileSync('tar', ['-czf', 'tool.tgz', 'package'], { cwd: packed })
    const files: Files = {
      'package.json': json({ name: 'app', version: '1.0.0', dependencies: { esbuild: '0.25.8', tool: 'file:./vendor/tool.tgz' } }),
      'index.js': 'require("esbuild"), require("tool")\nexports.handler = async () => 1\n', 'vendor/tool.tgz': readFileSync(path.join(packed, 'tool.tgz')), '.lambdaignore': 'vendor\n',
    }
    const { entries, paths } = unpack(await install(project(files, maker, { code: { architecture } }), installOptions({ env: maker.env() })))
    expect(paths).toContain('node_modules/tool/main.js')
    const node = architecture === 'arm64' ? 'arm64' : 'x64'
    expect([...new Set(paths.flatMap((file) => /^node_modules\/(@esbuild\/[^/]+)/.exec(file)?.[1] ?? []))]).toEqual([`@esbuild/linux-${node}`])
    expect(natives(entries).machines.filter((machine) => machine !== (architecture === 'arm64' ? 183 : 62))).toEqual([])
  })

  test('a lock that does not fit package.json is an error with a cure', async () => {
    const files: Files = { 'package.json': json({ name: 'app', version: '1.0.0', dependencies: { ms: '2.1.3' } }), 'index.js': 'require("ms")\nexports.handler = async () => 1\n' }
    const code = project(files, maker)
    writeFileSync(path.join(code.source, 'package.json'), json({ name: 'app', version: '1.0.0', dependencies: { ms: '2.1.3', isarray: '2.0.5' } }))
    const errors = (await findings(code, installOptions({ env: maker.env() }))).filter(({ severity }) => severity === 'error')
    expect(errors).toEqual([expect.objectContaining({ what: expect.stringMatching(new RegExp(`^${maker.lock} does not fit package\\.json: it lacks isarray`)), cure: expect.stringMatching(/^Run `(?:yarn|bun) install` and commit the lock/) })])
  })
})

test.each([['yarn.lock', /actions\/setup-node/], ['bun.lock', /oven-sh\/setup-bun/]])('%s where neither the tool nor npm is there is an error with a cure', async (lock, cure) => {
  const files = { 'package.json': json({ name: 'app', version: '1.0.0', dependencies: { ms: '2.1.3' } }), 'index.js': 'require("ms")\nexports.handler = async () => 1\n', [lock]: '' }
  const said = listener()
  const errors = (await findings(codeOf(write(files), { runtime: 'nodejs22.x', handler: 'index.handler' }), installOptions({ env: { PATH: '/nowhere', HOME: '/nowhere' }, progress: said })))
    .filter(({ severity }) => severity === 'error')
  expect(errors).toEqual([expect.objectContaining({ what: `There is nothing here to install ${lock} with.`, cure: expect.stringMatching(cure) })])
})

test('where the Yarn on PATH reads another form of lock, the one that `packageManager` names is fetched', async () => {
  const [, berry] = makers as [Maker, Maker]
  const packed = write({ 'package/package.json': json({ name: 'tool', version: '1.0.0' }), 'package/index.js': '' })
  execFileSync('tar', ['-czf', 'tool.tgz', 'package'], { cwd: packed })
  const manifest = { name: 'app', version: '1.0.0', packageManager: 'yarn@3.8.7', dependencies: { tool: 'file:./vendor/tool.tgz' } }
  const code = project({ 'package.json': json(manifest), 'index.js': 'require("tool")\nexports.handler = async () => 1\n', 'vendor/tool.tgz': readFileSync(path.join(packed, 'tool.tgz')), '.lambdaignore': 'vendor\n' }, berry)
  const said = listener()
  const made = await install(code, installOptions({ env: toolEnvironment('yarn', '1.22.22'), cacheDir: newFolder(), progress: said }))
  expect(made.resolved).toEqual(['tool==1.0.0'])
  expect(said.lines.join('\n')).toContain('Nothing here reads yarn.lock: fetching @yarnpkg/cli-dist 3.8.7 into the cache.')
})
