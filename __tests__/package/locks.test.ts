import { afterAll, describe, expect, test } from '@jest/globals'
import path from 'node:path'
import { findDependencies } from '../../src/package/install/find.ts'
import { readWanted } from '../../src/package/install/wanted.ts'
import type { DependencyKind } from '../../src/package/types.ts'
import { runtimeNamed } from '../../src/package/runtimes.ts'
import { codeOf, removeFolders, write, type Files } from './support.ts'

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

test('an old poetry.lock is an error that says what to run', () => {
  expect(() => read('poetry.lock', '[metadata]\nlock-version = "2.0"\n')).toThrow(/does not say what each package is for/)
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
