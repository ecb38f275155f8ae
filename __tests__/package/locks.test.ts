import { afterAll, describe, expect, test } from '@jest/globals'
import path from 'node:path'
import { findDependencies } from '../../src/package/install/find.ts'
import { readWanted } from '../../src/package/install/wanted.ts'
import type { DependencyKind } from '../../src/package/install/dependency-source.ts'
import { runtimeNamed } from '../../src/package/runtimes.ts'
import { codeOf, findings, removeFolders, write, type Files } from './support.ts'

afterAll(removeFolders)

describe('which file wins', () => {
  const everything: Files = {
    'uv.lock': '', 'pylock.toml': '', 'poetry.lock': '', 'pdm.lock': '', 'Pipfile.lock': '{}', 'requirements.txt': '', 'pyproject.toml': '[project]\ndependencies = ["idna"]\n',
  }

  test('each one comes before the rest', () => {
    const names = Object.keys(everything)
    for (const [index, name] of names.entries()) {
      const folder = write(Object.fromEntries(names.slice(index).map((file) => [file, everything[file] as string])))
      expect(path.basename(findDependencies(codeOf(folder), runtimeNamed('python3.13'), folder)?.file ?? '')).toBe(name)
    }
  })

  test('the user\'s word beats all', () => {
    const folder = write({ ...everything, 'deps/base.txt': '' })
    expect(findDependencies(codeOf(folder, { requirements: path.join(folder, 'deps/base.txt') }), runtimeNamed('python3.13'), folder)).toMatchObject({ kind: 'requirements', why: expect.stringContaining('requirements') as unknown })
  })

  test('a workspace\'s lock above a member counts, and a lone requirements.txt above does not', () => {
    const workspace = write({ 'uv.lock': '[[package]]\nname = "member"\nsource = { virtual = "member" }\n', 'requirements.txt': '', 'outside/pyproject.toml': '[project]\ndependencies = ["idna"]\n', 'member/pyproject.toml': '[project]\ndependencies = ["idna"]\n', 'plain/app.py': '' })
    const find = (name: string): string | undefined => findDependencies(codeOf(path.join(workspace, name)), runtimeNamed('python3.13'), workspace)?.file
    expect(find('member')).toBe(path.join(workspace, 'uv.lock'))
    expect(find('plain')).toBeUndefined()
    expect(find('outside')).toBe(path.join(workspace, 'outside/pyproject.toml'))
  })

  test('a pyproject.toml with tools only asks for nothing', () => {
    const folder = write({ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' })
    expect(findDependencies(codeOf(folder), runtimeNamed('python3.13'), folder)).toBeUndefined()
  })

  test.each([
    ['package-lock.json', JSON.stringify({ packages: { '': {}, 'packages/api': {}, 'node_modules/api': { link: true } } })], ['pnpm-lock.yaml', 'importers:\n  .: {}\n  packages/api: {}\n'],
  ])('%s above a folder counts where it lists the folder, and not for build output with a package.json', (name, lock) => {
    const workspace = write({ [name]: lock, 'packages/api/package.json': '{}', 'dist/package.json': '{"type":"module"}' })
    const find = (folder: string): string | undefined => findDependencies(codeOf(path.join(workspace, folder)), runtimeNamed('nodejs22.x'), workspace)?.file
    expect([find('packages/api'), find('dist')]).toEqual([path.join(workspace, name), undefined])
  })

  test('bun.lock counts beside the binary form of old, which alone is told', async () => {
    const files = { 'package.json': '{"dependencies":{"ms":"2"}}', 'bun.lockb': '', 'index.js': 'exports.handler = 1' }
    const folder = write({ ...files, 'bun.lock': '{}' })
    expect(findDependencies(codeOf(folder), runtimeNamed('nodejs22.x'), folder)).toMatchObject({ kind: 'bun', file: path.join(folder, 'bun.lock') })
    const alone = codeOf(write(files), { runtime: 'nodejs22.x', handler: 'index.handler' })
    expect(await findings(alone)).toMatchObject([{ severity: 'error', what: expect.stringMatching(/their lock bun\.lockb is not read\.$/), cure: expect.stringContaining('--save-text-lockfile') }])
  })

  test('npm\'s lock before pnpm\'s', () => {
    const folder = write({ 'package.json': '{}', 'package-lock.json': '{}', 'pnpm-lock.yaml': '' })
    expect(findDependencies(codeOf(folder), runtimeNamed('nodejs22.x'), folder)?.kind).toBe('npm')
  })
})

function read(name: string, text: string): ReturnType<typeof readWanted> & { readonly folder: string } {
  const kinds: Readonly<Record<string, DependencyKind>> = { 'poetry.lock': 'poetry', 'pdm.lock': 'pdm', 'Pipfile.lock': 'pipfile', 'pylock.toml': 'pylock', 'pyproject.toml': 'pyproject', 'uv.lock': 'uv' }
  const folder = write({ [name]: text })
  return { ...readWanted({ file: path.join(folder, name), kind: kinds[name] as DependencyKind, why: '' }, {}), folder }
}

test('poetry.lock: main packages with markers and hashes, local folders, repositories', () => {
  const { folder, ...wanted } = read('poetry.lock', `
[[package]]
name = "idna"
version = "3.10"
optional = false
groups = ["main", "dev"]
markers = {main = "python_version >= \\"3.9\\"", dev = "sys_platform == \\"win32\\""}
files = [{file = "idna-3.10-py3-none-any.whl", hash = "sha256:bb"}, {file = "idna-3.10.tar.gz", hash = "sha256:aa"}]
[[package]]
name = "pytest"
version = "8.0"
optional = false
groups = ["dev"]
files = [{file = "x", hash = "sha256:cc"}]
[[package]]
name = "extra"
version = "1"
optional = true
groups = ["main"]
files = []
[[package]]
name = "shared"
version = "0.1"
optional = false
groups = ["main"]
files = []
[package.source]
type = "directory"
url = "../shared"
[[package]]
name = "tool"
version = "1"
optional = false
groups = ["main"]
files = []
[package.source]
type = "git"
url = "https://example.com/tool.git"
resolved_reference = "${'a'.repeat(40)}"
[metadata]
lock-version = "2.1"
`)
  expect(wanted.lines).toEqual(['idna==3.10 ; python_version >= "3.9" --hash=sha256:aa --hash=sha256:bb'])
  expect(wanted.locals.map((local) => local.path)).toEqual([path.resolve(folder, '../shared')])
  expect(wanted.repositories).toEqual([`tool @ git+https://example.com/tool.git@${'a'.repeat(40)}`])
  expect(wanted.hashed).toBe(true)
})

function errorOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('poetry.lock of Poetry 1, which tells no groups', () => {
  const entry = (name: string, rest = ''): string => `[[package]]\nname = "${name}"\nversion = "1"\noptional = false\nfiles = [{file = "x", hash = "sha256:aa"}]\n${rest}`
  const read1 = (packages: string, dependencies: string, end = '[metadata]\nlock-version = "2.0"\n'): readonly string[] => {
    const folder = write({ 'poetry.lock': packages + end, 'pyproject.toml': `[tool.poetry.dependencies]\n${dependencies}` })
    return readWanted({ file: path.join(folder, 'poetry.lock'), kind: 'poetry', why: '' }, {}).lines.map((line) => line.replace(' --hash=sha256:aa', ''))
  }

  test('what the project asks for is followed, with the markers of every way to it', () => {
    const lock = [
      entry('Web_App', '[package.dependencies]\ndeep = {version = "*", markers = "sys_platform == \\"linux\\""}\ngone = {version = "*", markers = "python_version < \\"3.8\\""}\n'),
      entry('other', '[package.dependencies]\ndeep = [{version = ">1", markers = "os_name == \\"a\\""}, {version = "<2", markers = "os_name == \\"b\\""}]\nround = "*"\n'),
      entry('round', '[package.dependencies]\nother = "*"\n'), entry('deep'), entry('pytest'), entry('late'),
    ].join('')
    expect(read1(lock, 'python = "^3.11"\nweb-app = "^1"\nother = { version = "*", python = "~3.12" }\nlate = { version = "*", python = "^3.9.1 || 3.7.*" }\n')).toEqual([
      'Web_App==1',
      'other==1 ; (python_version >= "3.12" and python_version < "3.13")',
      'round==1 ; (python_version >= "3.12" and python_version < "3.13")',
      'deep==1 ; ((os_name == "a") and (python_version >= "3.12" and python_version < "3.13")) or ((os_name == "b") and (python_version >= "3.12" and python_version < "3.13")) or ((sys_platform == "linux"))',
      'late==1 ; ((python_full_version >= "3.9.1" and python_version < "4") or (python_version >= "3.7" and python_version < "3.8"))',
    ])
  })

  test('extras bring what they name, alone or beside a marker', () => {
    const lock = [entry('client', '[package.dependencies]\nsocks = {version = "*", optional = true, markers = "extra == \\"socks\\""}\nfast = {version = "*", optional = true, markers = "os_name == \\"a\\" and extra == \\"socks\\""}\nslow = {version = "*", optional = true, markers = "extra == \\"slow\\""}\n'), entry('socks'), entry('fast'), entry('slow')].join('')
    expect(read1(lock, 'client = { version = "*", extras = ["socks"] }\n')).toEqual(['client==1', 'socks==1', 'fast==1 ; (os_name == "a" and python_version >= "0")'])
    expect(read1(lock, 'client = "*"\n')).toEqual(['client==1'])
  })

  test('hashes of the oldest form are found', () => {
    const folder = write({ 'poetry.lock': '[[package]]\nname = "idna"\nversion = "3.10"\ncategory = "main"\noptional = false\n[metadata]\nlock-version = "1.1"\n[metadata.files]\nidna = [{file = "x", hash = "sha256:bb"}]\n', 'pyproject.toml': '[tool.poetry.dependencies]\nidna = "*"\n' })
    expect(readWanted({ file: path.join(folder, 'poetry.lock'), kind: 'poetry', why: '' }, {}).lines).toEqual(['idna==3.10 --hash=sha256:bb'])
  })

  test('what leaves a choice, and a lock without its project, are errors that say what to run', () => {
    const refused = (why: RegExp): object => ({ text: expect.objectContaining({ what: expect.stringMatching(/poetry\.lock is a lock of Poetry 1/), why: expect.stringMatching(why), cure: expect.stringMatching(/`poetry lock`/) }) })
    expect(errorOf(() => read1(entry('idna') + entry('idna'), 'idna = "*"\n'))).toMatchObject(refused(/idna in two versions/))
    expect(errorOf(() => read1('', 'idna = "*"\n'))).toMatchObject(refused(/It lacks idna/))
    expect(errorOf(() => read('poetry.lock', '[metadata]\nlock-version = "2.0"\n'))).toMatchObject(refused(/pyproject\.toml, which would say it, is not there/))
  })
})

test('pdm.lock: the default group', () => {
  const { lines } = read('pdm.lock', '[[package]]\nname = "idna"\nversion = "3.10"\ngroups = ["default"]\nmarker = "python_version > \\"3\\""\nfiles = [{file = "a", hash = "sha256:aa"}]\n[[package]]\nname = "pytest"\nversion = "8"\ngroups = ["test"]\nfiles = []\n')
  expect(lines).toEqual(['idna==3.10 ; python_version > "3" --hash=sha256:aa'])
})

test('Pipfile.lock: the default section', () => {
  const { lines, locals } = read('Pipfile.lock', JSON.stringify({ default: { idna: { version: '==3.10', hashes: ['sha256:aa'], markers: "python_version >= '3.6'" }, own: { path: './own' } }, develop: { pytest: { version: '==8' } } }))
  expect(lines).toEqual(["idna==3.10 ; python_version >= '3.6' --hash=sha256:aa"])
  expect(locals).toHaveLength(1)
})

test('pylock.toml: hashes of wheels and archive, groups decided', () => {
  const { lines } = read('pylock.toml', `
lock-version = "1.0"
default-groups = ["main"]
[[packages]]
name = "idna"
version = "3.10"
marker = "'main' in dependency_groups"
wheels = [{name = "x", hashes = {sha256 = "aa"}}]
sdist = {name = "y", hashes = {sha256 = "bb"}}
[[packages]]
name = "pytest"
version = "8"
marker = "'dev' in dependency_groups or 'x' in extras"
wheels = [{name = "x", hashes = {sha256 = "cc"}}]
`)
  expect(lines).toEqual(['idna==3.10 ; python_version >= "3" --hash=sha256:aa --hash=sha256:bb', 'pytest==8 ; python_version < "3" or python_version < "3" --hash=sha256:cc'])
})

test('uv.lock: the folders of the repository that it needs', () => {
  const { folder, locals } = read('uv.lock', '[[package]]\nname = "app"\nsource = { virtual = "." }\n[[package]]\nname = "lib"\nsource = { editable = "../lib" }\n[[package]]\nname = "idna"\nsource = { registry = "https://index.example/simple" }\n')
  expect(locals.map((local) => local.path)).toEqual([path.resolve(folder, '../lib')])
})

test('a Poetry project without a lock is an error that says what to run', () => {
  expect(() => read('pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.11"\nidna = "^3"\n')).toThrow(/for Poetry alone/)
})

test.each([['poetry.lock', '= ='], ['Pipfile.lock', '{'], ['pylock.toml', '[[']])('a broken %s is named', (name, text) => {
  expect(() => read(name, text)).toThrow(new RegExp(`${name} cannot be read`))
})
