import { afterAll, describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { readWanted } from '../../src/package/install/wanted.ts'
import { localPath } from '../../src/package/install/local-path.ts'
import type { DependencyKind } from '../../src/package/install/dependency-source.ts'
import { codeOf, findings, removeFolders, write } from './support.ts'

afterAll(removeFolders)

describe('a requirement that is a path', () => {
  const folder = write({ 'libs/core/pyproject.toml': '', 'services/api/requirements.txt': '' })
  const here = path.join(folder, 'services/api')

  test.each([
    ['.', '', '', ''], ['./shared', 'shared', '', ''], ['../../libs/core', '../../libs/core', '', ''], ['.[fast]', '', '[fast]', ''], ['./shared[a,b] ; python_version > "3.8"', 'shared', '[a,b]', 'python_version > "3.8"'],
    ['file:.', '', '', ''], ['file:./shared', 'shared', '', ''], ['file:shared', 'shared', '', ''], ['file:../x#egg=x', '../x', '', ''], ['file:///opt/x%20y', '/opt/x y', '', ''], ['file://localhost/opt/x', '/opt/x', '', ''],
    ['file:///${PROJECT_ROOT}/vendor/x-1-py3-none-any.whl', 'vendor/x-1-py3-none-any.whl', '', ''], ['shared @ file:./shared', 'shared', '', ''], ['shared[a] @ file:///opt/x ; python_version > "3"', '/opt/x', '[a]', 'python_version > "3"'], ['shared@file:shared', 'shared', '', ''],
    ['.\\shared', 'shared', '', ''], ['..\\..\\libs\\core', '../../libs/core', '', ''], ['vendor\\x-1-py3-none-any.whl', 'vendor/x-1-py3-none-any.whl', '', ''], ['vendor/x-1-py3-none-any.whl', 'vendor/x-1-py3-none-any.whl', '', ''], ['x-1.tar.gz', 'x-1.tar.gz', '', ''],
    ['./shared#egg=shared', 'shared', '', ''], ['./x-1-py3-none-any.whl --hash=sha256:aa --hash=sha256:bb', 'x-1-py3-none-any.whl', '', ''], ['./shared --config-settings="a=b"', 'shared', '', ''], ['./x-1-py3-none-any.whl ; sys_platform == "linux" --hash=sha256:aa', 'x-1-py3-none-any.whl', '', 'sys_platform == "linux"'],
  ])('%s', (text, place, extras, marker) => {
    expect(localPath(text, here)).toMatchObject({ path: path.resolve(here, place), extras, marker })
  })

  test('a folder that is there, without a dot, as pip takes it', () => {
    expect(localPath('libs/core', folder)?.path).toBe(path.join(folder, 'libs/core'))
    expect(localPath('libs/other', folder)).toBeUndefined()
  })

  test.each(['idna', 'idna==3.10', 'idna ; python_version > "3"', 'x @ https://example.com/x-1-py3-none-any.whl', 'https://example.com/x-1-py3-none-any.whl', 'git+https://example.com/x.git', 'x @ git+https://example.com/x.git@main', 'zope.event'])('%s is none', (text) => {
    expect(localPath(text, here)).toBeUndefined()
  })
})

test.each<[DependencyKind, string, string]>([
  ['pipfile', 'Pipfile.lock', '{"default":{"a":{"file":"vendor/a-1-py3-none-any.whl","hashes":["sha256:aa"]},"b":{"file":"file:vendor/b-1.tar.gz"},"c":{"path":"./libs/c","editable":true,"extras":["x"]},"d":{"file":"https://example.com/d.whl"}}}'],
  ['pylock', 'pylock.toml', '[[packages]]\nname = "a"\nversion = "1"\nwheels = [{ path = "vendor/a-1-py3-none-any.whl", hashes = {sha256 = "aa"} }]\n[[packages]]\nname = "b"\n[packages.archive]\nurl = "file:vendor/b-1.tar.gz"\n[[packages]]\nname = "c"\ndirectory = { path = "libs/c", editable = true }\n[[packages]]\nname = "d"\nversion = "1"\nwheels = [{ url = "https://example.com/d.whl", hashes = {sha256 = "aa"} }]\n'],
  ['pdm', 'pdm.lock', '[[package]]\nname = "a"\nurl = "file:///${PROJECT_ROOT}/vendor/a-1-py3-none-any.whl"\n[[package]]\nname = "b"\npath = "./vendor/b-1.tar.gz"\n[[package]]\nname = "c"\npath = "./libs/c"\n[[package]]\nname = "d"\nversion = "1"\n'],
  ['poetry', 'poetry.lock', '[[package]]\nname = "a"\ngroups = ["main"]\noptional = false\n[package.source]\ntype = "file"\nurl = "vendor/a-1-py3-none-any.whl"\n[[package]]\nname = "b"\ngroups = ["main"]\noptional = false\n[package.source]\ntype = "url"\nurl = "file:vendor/b-1.tar.gz"\n[[package]]\nname = "c"\ngroups = ["main"]\noptional = false\n[package.source]\ntype = "directory"\nurl = "libs/c"\n[[package]]\nname = "d"\nversion = "1"\ngroups = ["main"]\noptional = false\n[metadata]\nlock-version = "2.1"\n'],
])('%s: files and folders of the repository, however the lock writes them', (kind, name, text) => {
  const folder = write({ [name]: text, 'vendor/a-1-py3-none-any.whl': '', 'vendor/b-1.tar.gz': '', 'libs/c/pyproject.toml': '' })
  const wanted = readWanted({ file: path.join(folder, name), kind, why: '' }, {})
  expect(wanted.locals.map((local) => path.relative(folder, local.path))).toEqual(['vendor/a-1-py3-none-any.whl', 'vendor/b-1.tar.gz', 'libs/c'])
  expect(wanted.lines).toHaveLength(1)
})

test('a file that is not the one whose hash the list has is told at its line', async () => {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  const files = { 'app.py': 'def handler(e, c): pass\n', 'a-1-py3-none-any.whl': 'a', 'b-1-py3-none-any.whl': 'b' }
  const source = write({ ...files, 'requirements.txt': `./a-1-py3-none-any.whl --hash=sha256:${hash('a')}\n./b-1-py3-none-any.whl --hash=sha256:${hash('a')}\n` })
  expect(await findings(codeOf(source))).toMatchObject([{ severity: 'error', what: expect.stringMatching(/\/b-1-py3-none-any\.whl is not the file that requirements\.txt was made with\./), place: { line: 2 } }])
})
