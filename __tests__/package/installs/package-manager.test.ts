import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Env } from '../../../src/package/env.ts'
import { codeOf, newFolder, removeFolders, write } from '../support.ts'
import { hostArchitecture, install, installOptions, toolEnvironment, unpack } from './support.ts'

afterAll(removeFolders)

const app = { 'index.js': 'exports.handler = async () => require("ms")(1000)\n', '.git/HEAD': '' }
const manifest = (packageManager: string): string => JSON.stringify({ name: 'app', version: '1.0.0', packageManager, dependencies: { ms: '2.1.3' } })

/** The lock that the named tool writes for the project. */
function lockOf(files: Readonly<Record<string, string>>, lock: string, { env, command }: { readonly env: Env; readonly command: readonly string[] }): string {
  const folder = write(files)
  const [program = '', ...args] = command
  execFileSync(program, args, { cwd: folder, env, stdio: 'pipe' })
  return readFileSync(path.join(folder, lock), 'utf8')
}

function withoutTool(name: string): Env {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => !existsSync(path.join(folder, name)))
  return { ...process.env, PATH: folders.join(path.delimiter) }
}

async function answer(files: Readonly<Record<string, string>>, env: Env): Promise<string> {
  const code = codeOf(write({ ...app, ...files }), { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture })
  const { folder } = unpack(await install(code, installOptions({ env, cacheDir: newFolder() })))
  return execFileSync(process.execPath, ['-e', `require('${folder}/index.js').handler().then(console.log)`], { encoding: 'utf8', env: {}, cwd: '/' }).trim()
}

const yarns = { YARN_ENABLE_TELEMETRY: '0', YARN_NODE_LINKER: 'node-modules', YARN_ENABLE_IMMUTABLE_INSTALLS: '0' }

test.each<[string, () => Env]>([
  ['Yarn 1, which refuses the project (Azure/static-web-apps#1513)', () => toolEnvironment('yarn', '1.22.22')],
  ['another Yarn 4', () => toolEnvironment('@yarnpkg/cli-dist', '4.18.1')],
  ['no Yarn', () => withoutTool('yarn')],
])('a project of Yarn 4.9.2 on a runner with %s', async (_name, env) => {
  const files = { 'package.json': manifest('yarn@4.9.2') }
  const lock = lockOf(files, 'yarn.lock', { env: { ...toolEnvironment('@yarnpkg/cli-dist', '4.9.2'), ...yarns }, command: ['yarn', 'install', '--mode=update-lockfile'] })
  expect(await answer({ ...files, 'yarn.lock': lock }, env())).toBe('1s')
}, 120_000)

test.each<[string, () => Env]>([
  ['Yarn 4', () => toolEnvironment('@yarnpkg/cli-dist', '4.18.1')], ['Yarn 1', () => toolEnvironment('yarn', '1.22.22')],
])('a project of Yarn 1 that names another tool, on a runner with %s (yarnpkg/yarn#9015)', async (_name, env) => {
  const files = { 'package.json': manifest('yarn@1.22.19') }
  const lock = lockOf(files, 'yarn.lock', { env: toolEnvironment('yarn', '1.22.22'), command: ['yarn', 'install', '--silent', '--ignore-scripts'] })
  expect(await answer({ 'package.json': manifest('pnpm@10.14.0'), 'yarn.lock': lock }, env())).toBe('1s')
}, 120_000)

const pnpms: readonly (readonly [string, () => Env])[] = [
  ['pnpm 10', () => toolEnvironment('pnpm', '10.14.0')], ['pnpm 9', () => toolEnvironment('pnpm', '9.15.9')], ['no pnpm', () => withoutTool('pnpm')],
]

test.each(pnpms)('a project of pnpm 9.15.9 on a runner with %s', async (_name, env) => {
  const files = { 'package.json': manifest('pnpm@9.15.9') }
  const lock = lockOf(files, 'pnpm-lock.yaml', { env: toolEnvironment('pnpm', '9.15.9'), command: ['pnpm', 'install', '--lockfile-only'] })
  expect(await answer({ ...files, 'pnpm-lock.yaml': lock }, env())).toBe('1s')
}, 120_000)

test('a pnpm that is not told the machine by options takes the packages for it all the same', async () => {
  const files = { 'package.json': JSON.stringify({ name: 'app', version: '1.0.0', packageManager: 'pnpm@9.15.9', dependencies: { esbuild: '0.25.9' } }) }
  const lock = lockOf(files, 'pnpm-lock.yaml', { env: toolEnvironment('pnpm', '9.15.9'), command: ['pnpm', 'install', '--lockfile-only'] })
  const source = write({ ...app, 'index.js': 'exports.handler = async () => 1\n', ...files, 'pnpm-lock.yaml': lock })
  for (const [architecture, cpu] of [['arm64', 'arm64'], ['x86_64', 'x64']] as const) {
    const code = codeOf(source, { runtime: 'nodejs22.x', handler: 'index.handler', architecture })
    const { paths } = unpack(await install(code, installOptions({ env: toolEnvironment('pnpm', '9.15.9'), cacheDir: newFolder() })))
    const natives = paths.map((file) => /^node_modules\/@esbuild\/([^/]+)\//.exec(file)?.[1])
    expect([...new Set(natives.filter((name) => name !== undefined))]).toEqual([`linux-${cpu}`])
  }
}, 120_000)
