import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { chmodSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../../src/errors.ts'
import { readZip } from '../../../src/package/zip/read.ts'
import { codeOf, listener, newFolder, removeFolders, write, type Files } from '../support.ts'
import { makeWheel } from '../wheel.ts'
import { password, startPrivateIndex, user, type PrivateIndex } from './private-index.ts'
import { hostArchitecture, hostRuntime, install, installOptions, withoutUv, withUv } from './support.ts'

let index: PrivateIndex
let wheels: string

beforeAll(async () => {
  wheels = newFolder()
  await makeWheel(wheels, { name: 'acme-private-tool', files: { 'acme_private_tool.py': 'x = 1\n' } })
  await makeWheel(wheels, { name: 'acme-windows-tool', tag: 'py3-none-win_amd64', files: { 'acme_windows_tool.py': 'x = 1\n' } })
  index = await startPrivateIndex(wheels)
})
afterAll(async () => {
  await index.close()
  removeFolders()
})

type Env = Record<string, string | undefined>

/** How users tell an installer of a private index: files of the project, of the home folder, and variables. */
interface Way {
  readonly requirements?: string
  readonly home?: Files
  readonly env?: Env
}

const ways: readonly (readonly [string, (credentials: readonly [string, string]) => Way])[] = [
  ['--extra-index-url in requirements.txt', (by) => ({ requirements: `--extra-index-url ${index.url(...by)}` })],
  ['--index-url with variables', ([name, secret]) => ({ requirements: `--index-url http://\${INDEX_USER}:\${INDEX_PASSWORD}@127.0.0.1:${index.port}/simple`, env: { INDEX_USER: name, INDEX_PASSWORD: encodeURIComponent(secret) } })],
  ['PIP_INDEX_URL', (by) => ({ env: { PIP_INDEX_URL: index.url(...by) } })],
  ['PIP_EXTRA_INDEX_URL', (by) => ({ env: { PIP_EXTRA_INDEX_URL: index.url(...by) } })],
  ['UV_DEFAULT_INDEX', (by) => ({ env: { UV_DEFAULT_INDEX: index.url(...by) } })],
  ['UV_INDEX with a name, user and password apart', ([name, secret]) => ({ env: { UV_INDEX: `acme=${index.url()}`, UV_INDEX_ACME_USERNAME: name, UV_INDEX_ACME_PASSWORD: secret } })],
  ['pip.conf', (by) => ({ home: { '.config/pip/pip.conf': `[global]\nindex-url = ${index.url(...by)}\n` } })],
  ['.netrc', ([name, secret]) => ({ requirements: `--index-url ${index.url()}`, home: { '.netrc': `machine 127.0.0.1 login ${name} password ${secret}\n` } })],
]

/** Without the settings of this machine, which would answer in the index's place. */
async function environment(tool: 'pip' | 'uv', home: string): Promise<Env> {
  const env = tool === 'uv' ? await withUv() : withoutUv()
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:PIP|UV)_(?:.*INDEX|FIND_LINKS|CONFIG_FILE)/.test(name)))
  return { ...own, HOME: home, XDG_CONFIG_HOME: undefined, PYENV_ROOT: process.env['PYENV_ROOT'] ?? path.join(process.env['HOME'] ?? '', '.pyenv') }
}

async function attempt(tool: 'pip' | 'uv', way: Way): Promise<{ readonly made: ReturnType<typeof install>, readonly said: ReturnType<typeof listener> }> {
  const home = write(way.home ?? {})
  if (way.home?.['.netrc'] !== undefined) chmodSync(path.join(home, '.netrc'), 0o600)
  const code = codeOf(write({ 'app.py': 'import acme_private_tool\n\n\ndef handler(event, context):\n    return 1\n', 'requirements.txt': `${way.requirements ?? ''}\nacme-private-tool\n` }), { runtime: hostRuntime, architecture: hostArchitecture })
  const said = listener()
  return { made: install(code, installOptions({ progress: said, env: { ...await environment(tool, home), ...way.env } })), said }
}

function secretsIn(text: string, secret = password): boolean {
  return text.includes(secret) || text.includes(encodeURIComponent(secret))
}

describe.each(['pip', 'uv'] as const)('%s', (tool) => {
  test.each(ways)('%s: installs, and no word of the password in log and zip', async (_name, wayOf) => {
    const { made, said } = await attempt(tool, wayOf([user, password]))
    const result = await made
    expect(result.resolved).toEqual(['acme-private-tool==1.0'])
    expect(said.lines.join('\n')).toContain(`with ${tool} `)
    expect(said.masked.some((text) => text.includes(password))).toBe(true)
    expect(said.lines.filter((line) => secretsIn(line))).toEqual([])
    const entries = readZip(readFileSync(result.path), result.path)
    expect(entries.map((entry) => entry.path).filter((name) => /direct_url|requirements|pip\.conf|netrc/.test(name))).toEqual([])
    expect(entries.filter((entry) => secretsIn(entry.read().toString('latin1'))).map((entry) => entry.path)).toEqual([])
    expect(secretsIn(JSON.stringify(result))).toBe(false)
  })

  test.each(ways)('%s with a wrong password: the error names the index and not the password', async (_name, wayOf) => {
    const wrong = 'wr@ng-secret'
    const { made, said } = await attempt(tool, wayOf([user, wrong]))
    const error = await made.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    const { text } = error as UserError
    expect(text.what).toMatch(new RegExp(`^The package index http://127\\.0\\.0\\.1:${index.port}/simple\\S* refused the credentials\\.$`))
    expect(secretsIn(JSON.stringify(text) + said.lines.join('\n'), wrong)).toBe(false)
  })

  test.each([
    ['a name', 'acme-privat-tool', /^The package index has no package acme-privat-tool\.$/],
    ['a version', 'acme-private-tool==9.0', /^The package index has no version of acme-private-tool for `acme-private-tool==9\.0`\.$/],
    ['a wheel', 'acme-windows-tool==1.0', /^acme-windows-tool is made for Windows alone\./],
  ] as const)('%s that the index does not have is told as such', async (_name, requirement, says) => {
    const { made } = await attempt(tool, { requirements: `--index-url ${index.url(user, password)}\n${requirement}` })
    await expect(made).rejects.toMatchObject({ text: { what: expect.stringMatching(says), why: expect.stringContaining('acme-'), cure: expect.anything() } })
  })

  test('a wheel by its URL with credentials', async () => {
    const file = `http://${user}:${encodeURIComponent(password)}@127.0.0.1:${index.port}/files/acme_private_tool-1.0-py3-none-any.whl`
    const good = await attempt(tool, { requirements: `acme-private-tool @ ${file}\n` })
    const result = await good.made
    expect(result.resolved).toEqual(['acme-private-tool==1.0'])
    const bad = await attempt(tool, { requirements: `acme-private-tool @ ${file.replace(encodeURIComponent(password), 'wr%40ng-secret')}\n` })
    await expect(bad.made).rejects.toMatchObject({ text: { what: expect.stringMatching(/^The package index http:\S+ refused the credentials/) } })
    const said = [...good.said.lines, ...bad.said.lines, ...readZip(readFileSync(result.path), result.path).map((entry) => entry.read().toString('latin1'))].join('\n')
    expect(secretsIn(said) || secretsIn(said, 'wr@ng-secret')).toBe(false)
  })
})
