import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { UserError } from '../../../src/errors.ts'
import { digestInputs, type Package } from '../../../src/package/index.ts'
import { readZip } from '../../../src/package/zip/read.ts'
import type { CodeSpec } from '../../../src/service/service.ts'
import { buildBackend } from '../build-backend.ts'
import { codeOf, listener, newFolder, removeFolders, write } from '../support.ts'
import { makeWheel } from '../wheel.ts'
import { close, listen } from './private-index.ts'
import { hostArchitecture, hostRuntime, install, installOptions, withoutUv, withUv } from './support.ts'

const backend = buildBackend({ name: 'tool', files: { 'tool.py': 'tool.py' }, requires: 'needed' })
const token = 'git-s3cret-token'
let repository: string
let wheels: string
let server: Server
let port: number

function git(...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: repository, encoding: 'utf8' }).trim()
}

function commit(value: number): string {
  writeFileSync(path.join(repository, 'sub/tool.py'), `VALUE = ${value}\n`)
  git('add', '-A')
  git('commit', '-q', '-m', String(value))
  git('update-server-info')
  return git('rev-parse', 'HEAD')
}

beforeAll(async () => {
  wheels = newFolder()
  await makeWheel(wheels, { name: 'needed', files: { 'needed.py': '' } })
  repository = write({ 'sub/pyproject.toml': '[project]\nname = "tool"\nversion = "1.0"\ndependencies = ["needed"]\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n', 'sub/backend.py': backend })
  git('init', '-q', '-b', 'main')
  server = createServer((request, response) => {
    if (request.url?.startsWith('/tool.git') === true && request.headers.authorization !== `Basic ${Buffer.from(`${token}:`).toString('base64')}`) return response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end()
    const file = path.join(repository, '.git', (request.url ?? '').replace(/^\/(?:tool|open)\.git|\?.*$/g, ''))
    return existsSync(file) ? response.writeHead(200).end(readFileSync(file)) : response.writeHead(404).end()
  })
  port = await listen(server)
})
afterAll(async () => {
  await close(server)
  removeFolders()
})

function project(where: string): CodeSpec {
  return codeOf(write({ 'app.py': 'import needed\nimport tool\n\n\ndef handler(event, context):\n    return 1\n', 'requirements.txt': `--no-index\n--find-links ${wheels}\ntool @ ${where}#subdirectory=sub\n` }), { runtime: hostRuntime, architecture: hostArchitecture })
}

function files(zip: string): ReadonlyMap<string, string> {
  return new Map(readZip(readFileSync(zip), zip).map((entry) => [entry.path, entry.read().toString('latin1')]))
}

describe.each(['pip', 'uv'] as const)('%s', (tool) => {
  const environment = async (): Promise<Record<string, string | undefined>> => tool === 'uv' ? await withUv() : withoutUv()

  test('a commit and a branch of a repository give the same bytes, with what the package needs, and no note of the place', async () => {
    const sha = commit(1)
    const env = await environment()
    const made = await Promise.all([sha, 'main'].map(async (revision) => install(project(`git+http://127.0.0.1:${port}/open.git@${revision}`), installOptions({ env }))))
    expect(made[0]?.resolved).toEqual(['needed==1.0', 'tool==1.0'])
    expect(made[1]?.sha256).toBe(made[0]?.sha256)
    const content = files(made[0]?.path ?? '')
    expect(content.get('tool.py')).toBe('VALUE = 1\n')
    expect([...content.keys()].filter((name) => name.includes('direct_url'))).toEqual([])
    expect([...content.values()].filter((text) => text.includes('open.git'))).toEqual([])
  })

  test('a branch is looked up on every run, a commit stays', async () => {
    const options = installOptions({ env: await environment() })
    const old = commit(2)
    const [branch, fixed] = [project(`git+http://127.0.0.1:${port}/open.git@main`), project(`git+http://127.0.0.1:${port}/open.git@${old}`)]
    const both = async (): Promise<Package[]> => [await install(branch, options), await install(fixed, { ...options, functionName: 'fixed' })]
    const before = await both()
    commit(3)
    const after = await both()
    expect(after.map((made) => files(made.path).get('tool.py'))).toEqual(['VALUE = 3\n', 'VALUE = 2\n'])
    expect(after.map((made, index) => made.inputDigest === before[index]?.inputDigest)).toEqual([false, true])
    expect((await digestInputs(branch, options)).pinned).toBe(false)
  })

  test('over HTTP with a token, which is never shown', async () => {
    commit(4)
    const said = listener()
    const env = await environment()
    const made = await install(project(`git+http://${token}:@127.0.0.1:${port}/tool.git@main`), installOptions({ env, progress: said }))
    expect(files(made.path).get('tool.py')).toBe('VALUE = 4\n')
    expect([...said.lines, JSON.stringify(made), ...files(made.path).values()].filter((text) => text.includes(token))).toEqual([])
    const refused = install(project(`git+http://wrong-token:@127.0.0.1:${port}/tool.git@main`), installOptions({ env, progress: said }))
    const error = await refused.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).text.what).toMatch(/^The repository http:\/\/\S+ refused the credentials/)
    expect(JSON.stringify((error as UserError).text) + said.lines.join('\n')).not.toContain('wrong-token')
  })

  test('without git the error says that it is missing', async () => {
    const env = await environment()
    const bin = newFolder()
    const wanted = tool === 'uv' ? ['uv'] : []
    const found = (name: string): string => (env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? ''
    mkdirSync(path.join(bin, 'only'))
    for (const name of wanted) symlinkSync(found(name), path.join(bin, 'only', name))
    const failing = install(project(`git+http://127.0.0.1:${port}/open.git@main`), installOptions({ env: { ...env, PATH: path.join(bin, 'only'), pythonLocation: pythonHome() } }))
    await expect(failing).rejects.toMatchObject({ text: { what: expect.stringMatching(/^git is not here to fetch tool @ git\+http:/), cure: expect.stringContaining('git') } })
  })
})

/** Where the machine's own Python lies, as actions/setup-python says it. */
function pythonHome(): string {
  return execFileSync('python3', ['-c', 'import sys; print(sys.base_prefix)'], { encoding: 'utf8' }).trim()
}

test('a hashed list that leaves out what a repository needs is told', async () => {
  const sha = commit(5)
  const other = newFolder()
  const hash = execFileSync('sha256sum', [await makeWheel(other, { name: 'other', files: { 'other.py': '' } })], { encoding: 'utf8' }).split(' ')[0]
  const source = write({ 'app.py': 'import tool\n\n\ndef handler(event, context):\n    return 1\n', 'requirements.txt': `--no-index\n--find-links ${other}\nother==1.0 --hash=sha256:${hash}\ntool @ git+http://127.0.0.1:${port}/open.git@${sha}#subdirectory=sub\n` })
  const said = listener()
  const code = codeOf(source, { runtime: hostRuntime, architecture: hostArchitecture })
  const options = installOptions({ progress: said, env: await withUv() })
  expect((await digestInputs(code, options)).pinned).toBe(true)
  expect((await install(code, options)).resolved).toEqual(['other==1.0', 'tool==1.0'])
  expect(said.lines.join('\n')).toContain('tool needs needed, which requirements.txt does not bring.')
})
