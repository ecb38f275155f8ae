import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DiagnosticsError } from '../../../src/diagnostics.ts'
import { UserError } from '../../../src/errors.ts'
import type { CodeSpec } from '../../../src/service/service.ts'
import { exportUvLock } from '../../../src/package/install/locks/uv.ts'
import { joined } from '../../../src/package/install/python.ts'
import { findUv } from '../../../src/package/install/tool.ts'
import { digestInputs } from '../../../src/package/index.ts'
import { runtimeNamed, type PythonRuntime } from '../../../src/package/runtimes.ts'
import { silent } from '../../../src/progress.ts'
import { anotherRun, codeOf, newFolder, removeFolders, write, type Files } from '../support.ts'
import { cleanPython, hostArchitecture, hostRuntime, install, installOptions, otherArchitecture, unpack, withoutUv, withUv } from './support.ts'

afterAll(removeFolders)

/** Real files of the index with their hashes; idna and certifi are pure Python. */
const idna = { version: '3.10', hashes: ['sha256:12f65c9b470abda6dc35cf8e63cc574b1c52b11df2c86030af0ac09b01b13ea9', 'sha256:946d195a0d259cbba61165e88e65941f16e9b36ea6ddb97f00452bae8b1287d3'] }

function project(files: Files, modules: readonly string[], target: Partial<CodeSpec> = {}): CodeSpec {
  const app = `${modules.map((name) => `import ${name}`).join('\n')}\n\n\ndef handler(event, context):\n    return 1\n`
  return codeOf(write({ 'app.py': app, ...files }), { runtime: hostRuntime, architecture: hostArchitecture, ...target })
}

const library: Files = {
  'shared/pyproject.toml': '[project]\nname = "shared-lib"\nversion = "1.2"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[tool.hatch.build.targets.wheel]\npackages = ["shared_lib"]\n',
  'shared/shared_lib/__init__.py': 'VALUE = 7\n', '.lambdaignore': 'shared\n',
}
const hashedLine = `idna==${idna.version} ${idna.hashes.map((hash) => `--hash=${hash}`).join(' ')}`

test('a local package beside hashed lines, which pip refuses to mix', async () => {
  const code = project({ ...library, 'requirements.txt': `${hashedLine}\n-e ./shared\n` }, ['idna', 'shared_lib'])
  const made = await install(code, installOptions())
  expect(made.resolved).toEqual(['idna==3.10', 'shared-lib==1.2'])
  expect(await cleanPython(unpack(made).folder, 'import idna, shared_lib\nprint(idna.__version__, shared_lib.VALUE)')).toBe('3.10 7')
})

test('a local package keeps its subpackage named build, and what a build left at its root counts for nothing', async () => {
  const code = project({ ...library, 'shared/shared_lib/build/__init__.py': 'VALUE = 9\n', 'shared/build/lib/old.py': '', 'requirements.txt': './shared\n' }, ['shared_lib.build'])
  const options = installOptions()
  expect(await cleanPython(unpack(await install(code, options)).folder, 'import shared_lib.build\nprint(shared_lib.build.VALUE)')).toBe('9')
  const { digest } = await digestInputs(code, options)
  write({ 'shared/build/lib/old.py': 'x = 1\n', 'shared/shared_lib/__pycache__/x.pyc': 'x', 'shared/shared_lib.egg-info/SOURCES.txt': 'x' }, code.source)
  expect((await digestInputs(code, anotherRun(options))).digest).toBe(digest)
  write({ 'shared/shared_lib/build/__init__.py': 'VALUE = 10\n' }, code.source)
  expect((await digestInputs(code, anotherRun(options))).digest).not.toBe(digest)
})

test.each(['pip', 'uv'] as const)('a folder alone, whose needs only its setup.py tells, brings them along (%s)', async (tool) => {
  const code = project({
    'requirements.txt': '-e ./old\n', 'old/setup.py': 'from setuptools import setup\nsetup(name="old-lib", version="1", py_modules=["old_lib"], install_requires=["idna==3.10"])\n', 'old/old_lib.py': 'import idna\n', '.lambdaignore': 'old\n',
  }, ['old_lib'])
  const made = await install(code, installOptions({ env: tool === 'uv' ? await withUv() : withoutUv() }))
  expect(made.resolved).toEqual(['idna==3.10', 'old-lib==1'])
  expect(await cleanPython(unpack(made).folder, 'import old_lib; print(old_lib.idna.__version__)')).toBe('3.10')
})

test('a uv project with a lock, a local source and a development group', async () => {
  const code = project({
    ...library, 'pyproject.toml': '[project]\nname = "app"\nversion = "0"\nrequires-python = ">=3.10"\ndependencies = ["idna==3.10", "shared-lib"]\n[dependency-groups]\ndev = ["iniconfig"]\n[tool.uv.sources]\nshared-lib = { path = "shared", editable = true }\n',
  }, ['idna', 'shared_lib'])
  const env = await withUv()
  execFileSync('uv', ['lock', '--quiet', '--no-python-downloads'], { cwd: code.source, env })
  const lock = readFileSync(path.join(code.source, 'uv.lock'), 'utf8')
  const made = await install(code, installOptions({ env }))
  expect(made.resolved).toEqual(['idna==3.10', 'shared-lib==1.2'])
  expect(await cleanPython(unpack(made).folder, 'import idna, shared_lib\nprint(shared_lib.VALUE)')).toBe('7')
  expect(readFileSync(path.join(code.source, 'uv.lock'), 'utf8')).toBe(lock)
})

test('a member of a uv workspace takes along the member that it needs', async () => {
  const root = write({
    '.git/HEAD': '', 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["apps/*", "libs/*"]\n',
    'apps/api/app.py': 'import shared_lib\n\n\ndef handler(event, context):\n    return 1\n',
    'apps/api/pyproject.toml': '[project]\nname = "api"\nversion = "0"\nrequires-python = ">=3.10"\ndependencies = ["shared-lib"]\n[tool.uv.sources]\nshared-lib = { workspace = true }\n',
    'libs/shared/pyproject.toml': `${library['shared/pyproject.toml'] as string}`.replace('version = "1.2"', 'version = "1.2"\nrequires-python = ">=3.10"'), 'libs/shared/shared_lib/__init__.py': 'VALUE = 8\n',
  })
  const env = await withUv()
  execFileSync('uv', ['lock', '--quiet', '--no-python-downloads'], { cwd: root, env })
  const made = await install(codeOf(path.join(root, 'apps/api'), { runtime: hostRuntime, architecture: hostArchitecture }), installOptions({ env }))
  expect(made.resolved).toEqual(['shared-lib==1.2'])
  expect(await cleanPython(unpack(made).folder, 'import shared_lib\nprint(shared_lib.VALUE)')).toBe('8')
})

test('a uv.lock is read by uv as its own export says', async () => {
  const locked = path.join(import.meta.dirname, '..', 'locks', 'uv')
  const env = await withUv()
  const tool = await findUv(runtimeNamed(hostRuntime) as PythonRuntime, { ...installOptions(), env })
  const target = { runtime: runtimeNamed(hostRuntime) as PythonRuntime, architecture: hostArchitecture }
  const read = await exportUvLock(path.join(locked, 'uv.lock'), locked, { target, tool, python: undefined, fetchesPython: false, folder: newFolder(), env, hide: (text) => text, workspace: locked, copies: new Map(), options: { env, progress: silent } })
  const expected = joined(readFileSync(path.join(locked, 'export.txt'), 'utf8')).filter((line) => line !== './shared')
  expect(expected.length).toBeGreaterThan(5)
  expect(read.lines).toEqual(expected)
  expect(read.locals.map((local) => local.path)).toEqual([path.join(locked, 'shared')])
})

describe('locks of other tools, with real hashes', () => {
  const quoted = idna.hashes.map((hash) => `{file = "f", hash = "${hash}"}`).join(', ')
  test.each([
    ['poetry.lock', `[[package]]\nname = "idna"\nversion = "3.10"\noptional = false\ngroups = ["main"]\nfiles = [${quoted}]\n[metadata]\nlock-version = "2.1"\n`],
    ['pdm.lock', `[[package]]\nname = "idna"\nversion = "3.10"\ngroups = ["default"]\nfiles = [${quoted}]\n`],
    ['Pipfile.lock', JSON.stringify({ default: { idna: { version: '==3.10', hashes: idna.hashes } } })],
    ['pylock.toml', `lock-version = "1.0"\n[[packages]]\nname = "idna"\nversion = "3.10"\nwheels = [${idna.hashes.map((hash) => `{name = "f", hashes = {sha256 = "${hash.slice(7)}"}}`).join(', ')}]\n`],
    ['requirements.txt', `${hashedLine}\n`],
  ])('%s', async (name, text) => {
    const made = await install(project({ [name]: text }, ['idna']), installOptions())
    expect(made.resolved).toEqual(['idna==3.10'])
    expect(await cleanPython(unpack(made).folder, 'import idna; print(idna.__version__)')).toBe('3.10')
  })

  test('pyproject.toml without a lock floats, and says what it came to', async () => {
    const made = await install(project({ 'pyproject.toml': '[project]\nname = "app"\nversion = "0"\ndependencies = ["idna>=3.7,<3.11"]\n' }, ['idna']), installOptions())
    expect(made.resolved).toEqual([expect.stringMatching(/^idna==3\.(?:[7-9]|10)$/)])
  })
})

describe('a package without any wheel', () => {
  const line = 'docopt==0.6.2'

  test('is an error that names it and the way out', async () => {
    const failing = install(project({ 'requirements.txt': `${line}\n` }, ['docopt']), installOptions())
    await expect(failing).rejects.toBeInstanceOf(UserError)
    await expect(failing).rejects.toMatchObject({ text: { what: expect.stringMatching(/^docopt(?:==0\.6\.2)? has no wheel for/), cure: expect.stringContaining('--no-binary docopt') } })
  })

  test.each([['this machine', {}], ['the other architecture', { architecture: otherArchitecture }]] as const)('is built where the list allows it, for %s, because it is pure Python', async (_name, target) => {
    const made = await install(project({ 'requirements.txt': `--no-binary docopt\n${line}\n` }, ['docopt'], target), installOptions({ env: await withUv() }))
    expect(made.resolved).toEqual(['docopt==0.6.2'])
    expect(await cleanPython(unpack(made).folder, 'import docopt; print(docopt.__version__)')).toBe('0.6.2')
  })

  test('with native code that is built for this machine does not pass for the other', async () => {
    const code = project({
      'requirements.txt': './native\n', 'native/pyproject.toml': '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n', '.lambdaignore': 'native\n',
      'native/setup.py': 'from setuptools import setup\nsetup(name="native-lib", version="1", packages=["native_lib"], package_data={"native_lib": ["x.so"]})\n', 'native/native_lib/__init__.py': '',
    }, [], { architecture: otherArchitecture })
    const host = Buffer.alloc(64)
    host.write('\x7fELF\x02\x01\x01', 0, 'latin1')
    host.writeUInt16LE(hostArchitecture === 'x86_64' ? 62 : 183, 18)
    writeFileSync(path.join(code.source, 'native/native_lib/x.so'), host)
    const failing = install(code, installOptions({ env: await withUv() }))
    await expect(failing).rejects.toBeInstanceOf(DiagnosticsError)
    await expect(failing).rejects.toThrow(/x\.so of native-lib is built for/)
  })
})
