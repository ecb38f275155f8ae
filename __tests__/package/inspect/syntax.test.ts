import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { Diagnostics, type Diagnostic } from '../../../src/diagnostics.ts'
import { checkSources } from '../../../src/package/index.ts'
import { checkPythonSyntax } from '../../../src/package/inspect/python-syntax.ts'
import { codeOf, optionsOf, removeFolders, write, type Files } from '../support.ts'

afterAll(removeFolders)

const host = execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1], sys.executable)'], { encoding: 'utf8' }).trim().split(' ') as [string, string]
const minor = Number(host[0])
const good = 'def handler(event, context):\n    return 1\n'

async function found(files: Files, given: Parameters<typeof codeOf>[1] = {}): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics()
  await checkSources([{ name: 'f', code: codeOf(write(files), { runtime: `python3.${minor}`, ...given }), settings: { layers: [] } }], optionsOf(), diagnostics)
  return diagnostics.all.filter(({ docs }) => docs === 'packaging.md#syntax')
}

describe('the function\'s own Python', () => {
  test.each<[string, Files, string, number | undefined]>([
    ['of Python 2', { 'app.py': `${good}    print "x"\n` }, 'app.py', 3],
    ['of an open bracket', { 'app.py': `${good}x = (1,\n` }, 'app.py', 3],
    ['two files away', { 'app.py': `from core import x\n${good}`, 'core/__init__.py': 'from .deep import x\n', 'core/deep.py': 'x = 1\nreturn x\n' }, 'core/deep.py', 2],
    ['of a merge', { 'app.py': `import core\n${good}`, 'core.py': 'x = 1\n<<<<<<< HEAD\n' }, 'core.py', 2],
    ['beside dependencies', { 'app.py': `import requests\n${good}def\n`, 'requirements.txt': 'requests\n' }, 'app.py', 4],
  ])('refuses a mistake %s: an error with its place', async (_name, files, name, line) => {
    const all = await found(files)
    expect(all).toMatchObject([{ severity: 'error', what: expect.stringMatching(`^Python 3\\.${minor} cannot load ${name}: .* \\(line ${line}\\)\\.$`), place: { file: expect.stringMatching(`/${name}$`), line } }])
  })

  test('a file in an encoding of its own is read as Python does, and one that nothing imports is nobody\'s business', async () => {
    expect(await found({ 'app.py': Buffer.from(`# -*- coding: latin-1 -*-\nname = "caf\xe9"\n${good}`, 'latin1'), 'template.py': 'def {{ name }}():\n' })).toEqual([])
  })

  test('what is imported inside try or a function is a warning', async () => {
    const all = await found({ 'app.py': `try:\n    import fast\nexcept Exception:\n    import slow\n${good}`, 'fast.py': 'print "x"\n', 'slow.py': '' })
    expect(all).toMatchObject([{ severity: 'warning', what: expect.stringContaining('cannot load fast.py') }])
  })

  test('where the runtime is not named, nothing is certain', async () => {
    const code = codeOf(write({ 'app.py': `${good}def\n` }))
    const diagnostics = new Diagnostics()
    const { runtime: _runtime, ...unnamed } = code
    await checkSources([{ name: 'f', code: unnamed, settings: { layers: [] } }], optionsOf(), diagnostics)
    expect(diagnostics.all).toMatchObject([{ severity: 'warning', what: expect.stringMatching(/^Python 3\.\d+ cannot load app\.py/) }])
  })
})

describe('Node', () => {
  const ours = Number(process.versions.node.split('.', 1)[0])
  const node = (major: number): Parameters<typeof codeOf>[1] => ({ runtime: `nodejs${major}.x`, handler: 'index.handler' })

  test.each<[string, Files, number]>([
    ['CommonJS', { 'index.js': 'exports.handler = async () => {\n  retrun 1\n}\n' }, 2],
    ['a module by its name', { 'index.mjs': 'export const handler = async () => {\n  const x = ;\n}\n' }, 2],
    ['a module by package.json', { 'package.json': '{"type":"module"}', 'index.js': 'export const handler = 1\n\nawait (\n' }, 4],
  ])('of the function\'s own major refuses a mistake in %s, another warns', async (_name, files, line) => {
    const what = expect.stringMatching(`^Node ${ours} cannot load index\\.m?js: .+ \\(line ${line}\\)\\.$`)
    expect(await found(files, node(ours))).toMatchObject([{ severity: 'error', what, place: { line } }])
    expect(await found(files, node(ours - 2))).toMatchObject([{ severity: 'warning', what, why: `The function runs on Node ${ours - 2}, which is not here to be asked.` }])
  })

  test('has nothing to say of what is right', async () => {
    expect(await found({ 'index.js': '#!/usr/bin/env node\nexports.handler = async () => 1\n' }, node(ours))).toEqual([])
    expect(await found({ 'index.mjs': 'export const handler = await Promise.resolve(async () => 1)\n' }, node(ours))).toEqual([])
  })
})

describe('another Python, the only one that is there,', () => {
  const bin = write({ python3: { link: host[1] } })
  const env = { PATH: bin, HOME: '/nowhere', PYENV_ROOT: '/nowhere', RUNNER_TOOL_CACHE: '/nowhere' }

  test.each([['an older function', minor - 1], ['a newer function', minor + 1]])('warns, and says who it is, for %s', async (_name, other) => {
    const folder = write({ 'app.py': 'print "x"\n' })
    const diagnostics = new Diagnostics()
    await checkPythonSyntax([{ path: 'app.py', file: path.join(folder, 'app.py'), minor: other, isCertain: true, when: 'always' }], env, diagnostics)
    expect(diagnostics.all).toMatchObject([{ severity: 'warning', what: expect.stringContaining(`Python 3.${minor} cannot load app.py`), why: expect.stringContaining(`runs on Python 3.${other}, which is not here`) }])
  })

  test('none at all says nothing', async () => {
    const diagnostics = new Diagnostics()
    await checkPythonSyntax([{ path: 'app.py', file: '/nowhere/app.py', minor, isCertain: true, when: 'always' }], { ...env, PATH: '/nowhere' }, diagnostics)
    expect(diagnostics.all).toEqual([])
  })
})
