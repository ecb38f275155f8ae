import { afterAll, describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { namedOutside } from '../../src/package/install/surroundings.ts'
import { digestLocal, readWanted } from '../../src/package/install/wanted.ts'
import { localPath } from '../../src/package/install/local-path.ts'
import type { DependencyKind } from '../../src/package/install/dependency-source.ts'
import { codeOf, findings, removeFolders, write } from './support.ts'

afterAll(removeFolders)

describe('packaging 1, 1c, 3: a requirement that is a path', () => {
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
])('packaging 2, 50, 51, 53: %s: files and folders of the repository, however the lock writes them', (kind, name, text) => {
  const folder = write({ [name]: text, 'vendor/a-1-py3-none-any.whl': '', 'vendor/b-1.tar.gz': '', 'libs/c/pyproject.toml': '' })
  const wanted = readWanted({ file: path.join(folder, name), kind, why: '' }, {})
  expect(wanted.locals.map((local) => path.relative(folder, local.path))).toEqual(['vendor/a-1-py3-none-any.whl', 'vendor/b-1.tar.gz', 'libs/c'])
  expect(wanted.lines).toHaveLength(1)
})

test('packaging 3: a file that is not the one whose hash the list has is told at its line', async () => {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  const files = { 'app.py': 'def handler(e, c): pass\n', 'a-1-py3-none-any.whl': 'a', 'b-1-py3-none-any.whl': 'b' }
  const source = write({ ...files, 'requirements.txt': `./a-1-py3-none-any.whl --hash=sha256:${hash('a')}\n./b-1-py3-none-any.whl --hash=sha256:${hash('a')}\n` })
  expect(await findings(codeOf(source))).toMatchObject([{ severity: 'error', what: expect.stringMatching(/\/b-1-py3-none-any\.whl is not the file that requirements\.txt was made with\./), place: { line: 2 } }])
})

describe('packaging 5, 6a, 6b: what a build reads outside of its folder counts for the package', () => {
  const root = (): string => write({ 'VERSION': '1', 'shared/data/a.txt': 'a', 'libs/b/pyproject.toml': '', 'libs/core/core/__init__.py': '', 'libs/VERSION': '1' })
  test.each([
    ['setup.py', "version = open('../../VERSION').read()", ['VERSION']], ['setup.py', "open(os.path.join(here, '..', '..', 'VERSION'))", ['VERSION']], ['setup.py', 'version = (Path(__file__).parent.parent.parent / "VERSION").read_text()', ['VERSION']],
    ['setup.py', 'version = (Path(__file__).resolve().parents[2] / "VERSION").read_text()', ['VERSION']], ['setup.py', 'here = Path(__file__).parent\nx = here / ".." / "VERSION"', ['libs/VERSION']],
    ['pyproject.toml', '[tool.hatch.build.targets.wheel.force-include]\n"../../shared/data" = "core/data"\n', ['shared/data']], ['pyproject.toml', 'dependencies = ["b @ {root:uri}/../b"]\n', ['libs/b']], ['setup.cfg', '[metadata]\nversion = file: ../VERSION\n', ['libs/VERSION']],
    ['pyproject.toml', '[tool.setuptools_scm]\nroot = "../.."\n', []], ['pyproject.toml', 'description = "see ../gone.txt"\n', []], ['setup.py', 'x = Path(__file__).parent / "core"', []],
  ])('%s: %s', (name, text, expected) => {
    const workspace = root()
    const core = path.join(workspace, 'libs/core')
    write({ [name]: text }, core)
    expect(namedOutside(core).map((place) => path.relative(workspace, place))).toEqual(expected)
    const before = digestLocal({ path: core })
    write({ 'unrelated.txt': 'x' }, workspace)
    expect(digestLocal({ path: core })).toBe(before)
    for (const place of expected) write(/VERSION/.test(place) ? { [place]: '2' } : { [`${place}/more.py`]: 'x' }, workspace)
    expect(digestLocal({ path: core }) === before).toBe(expected.length === 0)
  })

  test.each([['[build-system]\nrequires = ["setuptools-scm"]\n', true], ['[build-system]\nrequires = ["setuptools"]\n', false]])('a tag, where the version is made of it (%#)', (text, counts) => {
    const workspace = root()
    const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: workspace, stdio: 'pipe' })
    const core = path.join(workspace, 'libs/core')
    write({ 'pyproject.toml': text }, core)
    git('init', '-q')
    git('add', '-A')
    git('commit', '-q', '-m', 'x')
    const before = digestLocal({ path: core })
    git('tag', 'v2')
    expect(digestLocal({ path: core }) !== before).toBe(counts)
  })
})
