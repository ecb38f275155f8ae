import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { installerEnv } from '../../../src/package/install/installer-env.ts'
import { interpreterOf } from '../../../src/package/install/interpreter.ts'
import type { Env } from '../../../src/package/env.ts'
import { codeOf, findings, listener, newFolder, removeFolders, write } from '../support.ts'
import { hostArchitecture, hostRuntime, install, installOptions, otherRuntime, toolEnvironment, withoutPython, withoutUv, withUv } from './support.ts'

afterAll(removeFolders)

const nowhere = { HOME: '/nowhere', PYENV_ROOT: '/nowhere', RUNNER_TOOL_CACHE: '/nowhere', pythonLocation: undefined }

/** Programs of one name each, for a PATH that has no others. */
function pathOf(programs: Readonly<Record<string, string>>): string {
  return write(Object.fromEntries(Object.entries(programs).map(([name, link]) => [name, { link }])))
}

/** Four machines that differ in what they have to install with; each says with what it did. */
async function runners(runtime: string): Promise<Readonly<Record<string, readonly [Env, RegExp]>>> {
  const minor = Number(runtime.split('.')[1])
  const theirs = await interpreterOf(minor, installerEnv(process.env))
  const other = await interpreterOf(Number((runtime === hostRuntime ? otherRuntime : hostRuntime).split('.')[1]), installerEnv(process.env))
  const uv = path.join((await withUv()).PATH?.split(path.delimiter)[0] ?? '', 'uv')
  expect([theirs, other, existsSync(uv)]).toEqual([expect.objectContaining({ minor }), expect.objectContaining({ pip: expect.any(String) }), true])
  const [python, stranger] = [theirs?.program ?? '', other?.program ?? '']
  const tools = '/usr/bin:/bin'
  return {
    'uv and the function\'s Python': [{ ...withoutUv(), ...nowhere, PATH: `${pathOf({ uv, [`python3.${minor}`]: python })}:${tools}` }, /with uv /],
    'the function\'s Python with pip': [{ ...withoutUv(), ...nowhere, PATH: `${pathOf({ [`python3.${minor}`]: python })}:${tools}` }, /with pip /],
    'uv and another Python': [{ ...withoutUv(), ...nowhere, PATH: pathOf({ uv, python3: stranger }) }, /with uv /],
    'another Python, whose pip fetches uv': [{ ...withoutUv(), ...nowhere, PATH: pathOf({ python3: stranger }) }, /fetching uv/],
  }
}

const app = 'import greenlet, markupsafe, shared_lib\n\n\ndef handler(event, context):\n    return greenlet.__version__\n'
const project = {
  'app.py': app, 'lib/__init__.py': '', '.lambdaignore': 'shared\n',
  'shared/pyproject.toml': '[project]\nname = "shared-lib"\nversion = "1.2"\ndependencies = ["idna"]\nscripts = { shared = "shared_lib:main" }\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
  'shared/shared_lib/__init__.py': 'VALUE = 7\n',
}

test.each([hostRuntime, otherRuntime])('break 5: one zip and one digest on every runner, with headers, scripts, native code and a folder that is built (%s)', async (runtime) => {
  const made = new Map<string, readonly string[]>()
  for (const [name, [env, says]] of Object.entries(await runners(runtime))) {
    const source = write({ ...project, 'requirements.txt': 'greenlet==3.2.4\nmarkupsafe==3.0.2\ncharset-normalizer==3.4.3\npygments==2.19.2\n./shared\n' })
    const said = listener()
    const built = await install(codeOf(source, { runtime, architecture: hostArchitecture }), installOptions({ env, cacheDir: newFolder(), progress: said }))
    expect(said.lines.join('\n')).toMatch(says)
    made.set(name, [built.sha256, built.inputDigest, String(built.files), built.resolved.join(' ')])
  }
  const [first] = made.values()
  expect(Object.fromEntries(made)).toEqual(Object.fromEntries([...made.keys()].map((name) => [name, first])))
})

test('a Python service that needs no installer gives the same zip where there is no Python at all', async () => {
  const files = { 'app.py': app.replace('greenlet, markupsafe, shared_lib', 'lib').replace('greenlet.__version__', 'lib'), 'lib/__init__.py': '', 'requirements.txt': '# nothing yet\n' }
  const build = async (env: Env): Promise<readonly string[]> => {
    const built = await install(codeOf(write(files), { runtime: hostRuntime, architecture: hostArchitecture }), installOptions({ env, cacheDir: newFolder() }))
    return [built.sha256, built.inputDigest]
  }
  expect(await build(withoutPython(withoutUv()))).toEqual(await build(process.env))
})

test('without any Python a handler that no Python can read is told all the same', async () => {
  const source = write({ 'app.py': 'def handler(event, context:\n    return 1\n' })
  const env = withoutPython(withoutUv())
  expect(await findings(codeOf(source, { runtime: hostRuntime }), installOptions({ env }))).toMatchObject([{ severity: 'error', place: { file: path.join(source, 'app.py') } }])
})

test('without any Python and without uv, and with uv that gets none, it is told what to add', async () => {
  const source = write({ 'app.py': 'import idna\n\n\ndef handler(event, context):\n    return 1\n', 'requirements.txt': 'idna==3.10\n' })
  const code = codeOf(source, { runtime: hostRuntime, architecture: hostArchitecture })
  const cure = expect.stringContaining(`actions/setup-python with python-version ${hostRuntime.slice(6)}`)
  expect(await findings(code, installOptions({ env: withoutPython(withoutUv()) }))).toContainEqual(expect.objectContaining({ what: expect.stringMatching(/^There is nothing here to install/), cure }))
  const asked: string[] = []
  const mirror = createServer((request, response) => { asked.push(request.url ?? ''); response.writeHead(404).end() })
  await new Promise<void>((resolve) => { mirror.listen(0, '127.0.0.1', resolve) })
  const env = { ...withoutPython(await withUv()), UV_PYTHON_INSTALL_MIRROR: `http://127.0.0.1:${(mirror.address() as AddressInfo).port}` }
  const said = listener()
  expect(await findings(code, installOptions({ env, progress: said }))).toContainEqual(expect.objectContaining({ what: 'There is no Python here for uv to work with, and it could not fetch one.', cure }))
  await new Promise((resolve) => { mirror.close(resolve) })
  // With a network it would have got the function's own, as astral-sh/setup-uv promises.
  expect(asked).toContainEqual(expect.stringContaining(`cpython-${hostRuntime.slice(6)}.`))
  expect(said.lines).toContainEqual(expect.stringContaining('There is no Python here: uv works with one of its own'))
  expect(await findings(code, installOptions({ env: { ...env, UV_PYTHON_DOWNLOADS: 'never' } }))).toContainEqual(expect.objectContaining({ cure }))
})

test('one zip and one digest on every runner for Node, whatever Python is there, and with another npm', async () => {
  const packed = write({ 'package/package.json': JSON.stringify({ name: 'tool', version: '1.0.0', main: 'main.js', bin: { tool: 'main.js' } }), 'package/main.js': '#!/usr/bin/env node\nexports.a = 1\n' })
  execFileSync('tar', ['-czf', 'tool.tgz', 'package'], { cwd: packed })
  const project = write({
    'package.json': JSON.stringify({ name: 'app', version: '1.0.0', workspaces: ['lib'], dependencies: { tool: 'file:vendor/tool.tgz', lib: '1.0.0' } }), '.lambdaignore': 'vendor\nlib\n', 'vendor/tool.tgz': readFileSync(path.join(packed, 'tool.tgz')),
    'lib/package.json': JSON.stringify({ name: 'lib', version: '1.0.0', main: 'lib.js' }), 'lib/lib.js': 'exports.b = 2\n', 'index.js': 'require("tool"), require("lib")\nexports.handler = async () => 1\n',
  })
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: project, stdio: 'pipe' })
  const files = Object.fromEntries(['package.json', 'package-lock.json', '.lambdaignore', 'vendor/tool.tgz', 'lib/package.json', 'lib/lib.js', 'index.js'].map((name) => [name, readFileSync(path.join(project, name))]))
  const made = new Map<string, readonly string[]>()
  const machines: Readonly<Record<string, Env>> = {
    ...Object.fromEntries(Object.entries(await runners(hostRuntime)).map(([name, [env]]) => [name, { ...env, PATH: `${env['PATH'] ?? ''}${path.delimiter}${process.env['PATH'] ?? ''}` }])),
    'no Python at all': withoutPython(process.env), 'another npm': toolEnvironment('npm', '10.9.3'),
  }
  for (const [name, env] of Object.entries(machines)) {
    const built = await install(codeOf(write(files), { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture }), installOptions({ env, cacheDir: newFolder() }))
    made.set(name, [built.sha256, built.inputDigest, String(built.files), built.resolved.join(' ')])
  }
  const [first] = made.values()
  expect(first?.[3]).toBe('lib==1.0.0 tool==1.0.0')
  expect(Object.fromEntries(made)).toEqual(Object.fromEntries([...made.keys()].map((name) => [name, first])))
})
