import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { UserError } from '../../../src/errors.ts'
import { readZip } from '../../../src/package/zip/read.ts'
import type { CodeSpec } from '../../../src/service/service.ts'
import { codeOf, listener, newFolder, removeFolders, write, type Files } from '../support.ts'
import { close, listen } from './private-index.ts'
import { hostArchitecture, install, installOptions, pnpmEnvironment, toolEnvironment } from './support.ts'

const token = 'npm_s3cret-token'
const manifest = { name: '@acme/tool', version: '1.0.0', main: 'index.js' }
let server: Server
let registry: string
let tarball: Buffer

/** A registry with one package that answers to one token. */
beforeAll(async () => {
  const folder = write({ 'package.json': JSON.stringify(manifest), 'index.js': 'exports.x = 1\n' })
  const out = newFolder()
  execFileSync('npm', ['pack', '--silent', '--pack-destination', out], { cwd: folder })
  tarball = readFileSync(path.join(out, 'acme-tool-1.0.0.tgz'))
  server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401, { 'Content-Type': 'application/json' }).end('{"error":"unauthenticated"}')
    if (request.url?.endsWith('.tgz') === true) return response.writeHead(200).end(tarball)
    const dist = { tarball: `${registry}@acme/tool/-/tool-1.0.0.tgz`, integrity: integrity() }
    return response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ name: manifest.name, 'dist-tags': { latest: '1.0.0' }, 'time': { '1.0.0': '2020-01-01T00:00:00.000Z' }, versions: { '1.0.0': { ...manifest, dist } } }))
  })
  registry = `http://127.0.0.1:${await listen(server)}/`
})
afterAll(async () => {
  await close(server)
  removeFolders()
})

function integrity(): string {
  return `sha512-${createHash('sha512').update(tarball).digest('base64')}`
}

function project(npmrc: string): CodeSpec {
  const dependencies = { '@acme/tool': '1.0.0' }
  const resolved = `${registry}@acme/tool/-/tool-1.0.0.tgz`
  return codeOf(write({
    'index.js': 'exports.handler = async () => require(\'@acme/tool\').x\n', 'package.json': JSON.stringify({ name: 'app', version: '1.0.0', dependencies }), '.npmrc': npmrc,
    'package-lock.json': JSON.stringify({ name: 'app', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'app', version: '1.0.0', dependencies }, 'node_modules/@acme/tool': { version: '1.0.0', resolved, integrity: integrity() } } }),
  }), { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture })
}

/** What lies in a cache of this machine is not asked for again. */
function emptyCaches(): Record<string, string> {
  const folder = newFolder()
  return { npm_config_cache: path.join(folder, 'npm'), npm_config_store_dir: path.join(folder, 'store') }
}

const settings = (secret: string): string => `@acme:registry=${registry}\n//${registry.slice('http://'.length)}:_authToken=${secret}\n`

describe.each(['npm', 'pnpm'] as const)('%s', (tool) => {
  /** pnpm's own lock is made with the right token, whatever token the run has. */
  async function attempt(given: string): Promise<{ readonly made: ReturnType<typeof install>, readonly said: ReturnType<typeof listener> }> {
    const code = project(settings('${NPM_TOKEN}'))
    const env = tool === 'pnpm' ? pnpmEnvironment() : process.env
    if (tool === 'pnpm') await promisify(execFile)('sh', ['-c', 'pnpm install --lockfile-only --silent && rm package-lock.json'], { cwd: code.source, env: { ...env, NPM_TOKEN: token } })
    const said = listener()
    return { made: install(code, installOptions({ env: { ...env, NPM_TOKEN: given, ...emptyCaches() }, progress: said })), said }
  }

  test('a token in .npmrc by its variable installs, is masked, and .npmrc does not ship', async () => {
    const { made, said } = await attempt(token)
    const result = await made
    expect(result.resolved).toEqual(['@acme/tool==1.0.0'])
    expect(said.masked).toContain(token)
    expect(said.lines.join('\n')).toContain(`with ${tool}.`)
    const entries = readZip(readFileSync(result.path), result.path)
    expect(entries.map((entry) => entry.path).filter((name) => !/^node_modules\/@acme\/tool\//.test(name))).toEqual(['index.js', 'package.json'])
    expect([...said.lines, JSON.stringify(result), ...entries.map((entry) => entry.read().toString('latin1'))].filter((text) => text.includes(token))).toEqual([])
  })

  test('a wrong token is an error that names the registry and not the token', async () => {
    const { made, said } = await attempt('wrong-npm-token')
    const error = await made.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    const { text } = error as UserError
    expect(text.what).toMatch(new RegExp(`^The package registry ${registry}\\S* refused the credentials\\.$`))
    expect(JSON.stringify(text) + said.lines.join('\n')).not.toContain('wrong-npm-token')
  })
})

interface Maker {
  readonly name: string
  readonly lock: string
  readonly env: () => Record<string, string | undefined>
  /** Makes the lock. */
  readonly command: string
  /** Where the tool has its registries; the token stands in a variable. */
  readonly settings: () => Files
}

const berry = (): Files => ({ '.yarnrc.yml': `enableGlobalCache: false\nnpmScopes:\n  acme:\n    npmRegistryServer: "${registry.slice(0, -1)}"\n    npmAuthToken: "\${NPM_TOKEN}"\n    npmAlwaysAuth: true\nunsafeHttpWhitelist:\n  - "127.0.0.1"\n` })
const quiet = { YARN_ENABLE_TELEMETRY: '0', YARN_ENABLE_IMMUTABLE_INSTALLS: '0' }
const makers: readonly Maker[] = [
  { name: 'Yarn 1', lock: 'yarn.lock', env: () => toolEnvironment('yarn', '1.22.22'), command: 'yarn install --silent --ignore-scripts --no-progress', settings: () => ({ '.npmrc': settings('${NPM_TOKEN}') }) },
  { name: 'Yarn 2, which plugs and plays', lock: 'yarn.lock', env: () => ({ ...toolEnvironment('@yarnpkg/cli-dist', '2.4.2'), ...quiet }), command: 'yarn install', settings: berry },
  { name: 'Yarn 4', lock: 'yarn.lock', env: () => ({ ...toolEnvironment('@yarnpkg/cli-dist', '4.18.1'), ...quiet }), command: 'yarn install --mode=update-lockfile', settings: () => ({ '.yarnrc.yml': `${String(berry()['.yarnrc.yml'])}npmMinimalAgeGate: 0\n` }) },
  { name: 'bun', lock: 'bun.lock', env: () => toolEnvironment('bun', '1.4.5'), command: 'bun install --lockfile-only', settings: () => ({ 'bunfig.toml': `[install.scopes]\n"@acme" = { url = "${registry}", token = "$NPM_TOKEN" }\n` }) },
]

describe.each(makers)('$name', (maker) => {
  const env = (given: string): Record<string, string | undefined> => {
    const folder = newFolder()
    return { ...maker.env(), ...emptyCaches(), YARN_CACHE_FOLDER: path.join(folder, 'yarn'), YARN_GLOBAL_FOLDER: path.join(folder, 'global'), BUN_INSTALL_CACHE_DIR: path.join(folder, 'bun'), NPM_TOKEN: given }
  }

  /** The lock, and what plugs and plays with it, are made with the right token. */
  const made = async (): Promise<CodeSpec> => {
    const files = { '.git/HEAD': '', 'package.json': '{"name":"app","version":"1.0.0","dependencies":{"@acme/tool":"1.0.0"}}', 'index.js': 'exports.handler = async () => require(\'@acme/tool\').x\n', ...maker.settings() }
    const source = write(files)
    await promisify(execFile)('sh', ['-c', maker.command], { cwd: source, env: env(token) })
    return codeOf(source, { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture })
  }

  test('a token by its variable installs into node_modules, is never shown, and neither settings nor caches ship', async () => {
    const said = listener()
    const result = await install(await made(), installOptions({ env: env(token), progress: said }))
    expect(result.resolved).toEqual(['@acme/tool==1.0.0'])
    const entries = readZip(readFileSync(result.path), result.path)
    expect(entries.map((entry) => entry.path).sort()).toEqual(['index.js', 'node_modules/@acme/tool/index.js', 'node_modules/@acme/tool/package.json', 'package.json'])
    expect([...said.lines, JSON.stringify(result), ...entries.map((entry) => entry.read().toString('latin1'))].filter((text) => text.includes(token))).toEqual([])
  })

  test('a wrong token is an error, without the token', async () => {
    const said = listener()
    const error = await install(await made(), installOptions({ env: env('wrong-npm-token'), progress: said })).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    const { text } = error as UserError
    expect(text.what).toMatch(/^The package registry.* refused the credentials\.$/)
    expect(JSON.stringify(text) + said.lines.join('\n')).not.toContain('wrong-npm-token')
  })
})
