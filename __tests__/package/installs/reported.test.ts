import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Env } from '../../../src/package/env.ts'
import type { CodeSpec } from '../../../src/service/service.ts'
import { buildBackend } from '../build-backend.ts'
import { codeOf, findings, newFolder, removeFolders, write, type Files } from '../support.ts'
import { makeWheel } from '../wheel.ts'
import { hostArchitecture, hostMinor, hostRuntime, install, installOptions, pnpmEnvironment, unpack, withoutUv, withUv } from './support.ts'

afterAll(removeFolders)

const app = (line = ''): string => `${line}\n\n\ndef handler(event, context):\n    return 1\n`
const python: Partial<CodeSpec> = { runtime: hostRuntime, architecture: hostArchitecture }

/** What ships, and what a user reads. */
async function result(code: CodeSpec, env: Env): Promise<{ readonly resolved: readonly string[], readonly paths: readonly string[], readonly said: readonly string[] }> {
  const said: string[] = []
  const options = installOptions({ env })
  const listening = { ...options, progress: { ...options.progress, warning: (line: string): void => void said.push(line) } }
  const found = await findings(code, listening)
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
  const made = await install(code, listening)
  return { resolved: made.resolved, paths: unpack(made).paths, said: [...found.map(({ what }) => what), ...said] }
}

/** A folder whose build makes a wheel of one module, and needs no index. */
const library = (name: string, requires: string): Files => ({
  'pyproject.toml': `[project]\nname = "${name}"\nversion = "1.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n`,
  [`${name}/__init__.py`]: 'value = 7\n', 'backend.py': buildBackend({ name, files: { [`${name}/__init__.py`]: `${name}/__init__.py` }, requires }),
})
const below = (folder: string, files: Files): Files => Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]))

test('packaging 2, 19: uv.lock with a wheel of the repository, and one for another uv', async () => {
  const env = await withUv()
  const source = write({
    '.git/HEAD': '', 'app.py': app('import pricelet'), '.lambdaignore': 'vendor\n',
    'pyproject.toml': `[project]\nname = "shop"\nversion = "0"\nrequires-python = ">=3.${hostMinor}"\ndependencies = ["pricelet"]\n[tool.uv.sources]\npricelet = { path = "vendor/pricelet-1.0-py3-none-any.whl" }\n`,
  })
  await makeWheel(path.join(write({ 'vendor/.keep': '' }, source), 'vendor'), { name: 'pricelet', files: { 'pricelet.py': '' } })
  execFileSync('uv', ['lock', '--quiet', '--offline', '--no-python-downloads'], { cwd: source, env })
  expect(await result(codeOf(source, python), env)).toMatchObject({ resolved: ['pricelet==1.0'], said: [] })
  write({ 'pyproject.toml': '[project]\nname = "shop"\nversion = "0"\n[tool.uv]\nrequired-version = ">=0.1,<0.2"\n' }, source)
  const [found] = await findings(codeOf(source, python), installOptions({ env }))
  expect(found).toMatchObject({ what: `uv cannot read ${path.join(source, 'uv.lock')}.`, cure: expect.stringMatching(/^Put that uv on PATH in a step before this one: astral-sh\/setup-uv with `version: ">=0\.1,\s?<0\.2"`/) })
})

test('packaging 47: poetry.lock with a chain of folders', async () => {
  const source = write({
    '.git/HEAD': '', ...below('libs/alib', library('alib', 'blib')), ...below('libs/blib', library('blib', 'alib')), 'svc/app.py': app('import alib, blib'),
    'svc/pyproject.toml': '[tool.poetry]\nname = "svc"\nversion = "0"\n[tool.poetry.dependencies]\nalib = { path = "../libs/alib" }\n',
    'svc/poetry.lock': `${['alib', 'blib'].map((name) => `[[package]]\nname = "${name}"\nversion = "1.0"\noptional = false\npython-versions = "*"\ngroups = ["main"]\nfiles = []\n[package.source]\ntype = "directory"\nurl = "../libs/${name}"\n`).join('\n')}[metadata]\nlock-version = "2.1"\npython-versions = "*"\n`,
  })
  expect(await result(codeOf(path.join(source, 'svc'), python), withoutUv())).toMatchObject({ resolved: ['alib==1.0', 'blib==1.0'], said: [] })
})

test.each(['pip', 'uv'] as const)('packaging 62, 65, 74: a label behind the version, modules that only strings name, and a line of Ubuntu\'s pip (%s)', async (tool) => {
  const env = tool === 'uv' ? await withUv() : withoutUv()
  const wheels = newFolder()
  await makeWheel(wheels, { name: 'torchlet', version: '1.0+cpu', files: { 'torchlet.py': '' } })
  const files = {
    'app.py': app('import importlib\nimport torchlet\nurls = importlib.import_module("shop.urls")'), 'shop/urls.py': '', 'shop/__init__.py': '', 'shop/templates/shop/index.html': '<h1>{{ x }}</h1>\n',
    'requirements.txt': `--no-index\n--find-links ${wheels}\ntorchlet==1.0+cpu\n`,
  }
  const { resolved, paths, said } = await result(codeOf(write(files), python), env)
  expect([resolved, said]).toEqual([['torchlet==1.0+cpu'], []])
  expect(paths).toEqual(expect.arrayContaining(['shop/urls.py', 'shop/templates/shop/index.html']))
  const frozen = codeOf(write({ ...files, 'requirements.txt': `${files['requirements.txt']}pkg_resources==0.0.0\n` }), python)
  expect(await findings(frozen, installOptions({ env }))).toMatchObject([{ severity: 'error', what: expect.stringMatching(/^The package index has no package pkg[_-]resources\.$/), place: { line: 4 } }])
})

test('packaging 82: the project itself by `.`, whose files are the app\'s, says nothing', async () => {
  const source = write({ '.git/HEAD': '', ...library('shop', 'shop'), 'shop/api.py': app(), 'requirements.txt': '.\n', '.lambdaignore': 'backend.py\n' })
  expect(await result(codeOf(source, { ...python, handler: 'shop.api.handler' }), withoutUv())).toMatchObject({ resolved: ['shop==1.0'], said: [] })
})

test('a file that is not the one whose hash a list has is told as such (pypa/pipenv#143)', async () => {
  const wheels = newFolder()
  await makeWheel(wheels, { name: 'alpha', files: { 'alpha.py': '' } })
  const list = `--no-index\n--find-links ${wheels}\nalpha==1.0 --hash=sha256:${'a'.repeat(64)}\n`
  for (const env of [withoutUv(), await withUv()]) {
    const found = await findings(codeOf(write({ 'app.py': app(), 'requirements.txt': list }), python), installOptions({ env }))
    expect(found).toMatchObject([{ what: 'The index gives another file for alpha==1.0 than requirements.txt has the hash of.', cure: expect.stringMatching(/^Where the list is yours, make it again with its tool/) }])
  }
})

test('packaging 42: a catalog of pnpm, and a patch in a folder of its own', async () => {
  const env = pnpmEnvironment()
  const patch = 'diff --git a/index.js b/index.js\nindex 0000000..1111111 100644\n--- a/index.js\n+++ b/index.js\n@@ -1,3 +1,4 @@\n+// patched\n /**\n  * Helpers.\n  */\n'
  const source = write({
    '.git/HEAD': '', 'package.json': '{"name":"app","version":"1.0.0","dependencies":{"ms":"catalog:"}}', 'infra/ms.patch': patch, '.lambdaignore': 'infra\n',
    'pnpm-workspace.yaml': 'packages: []\ncatalog:\n  ms: 2.1.2\npatchedDependencies:\n  ms@2.1.2: infra/ms.patch\n', 'index.js': 'require("ms")\nexports.handler = async () => 1\n',
  })
  execFileSync('pnpm', ['install', '--lockfile-only', '--silent'], { cwd: source, env, stdio: 'pipe' })
  const { resolved, said } = await result(codeOf(source, { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture }), env)
  expect([resolved, said]).toEqual([['ms==2.1.2'], []])
})
