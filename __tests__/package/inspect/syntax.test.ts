import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { Diagnostics, type Diagnostic } from '../../../src/diagnostics.ts'
import { checkSources } from '../../../src/package/index.ts'
import type { Env } from '../../../src/package/env.ts'
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

describe('where the function\'s own Python is not here', () => {
  const bin = write({ python3: { link: host[1] } })
  const nowhere = { PATH: '/nowhere', HOME: '/nowhere', PYENV_ROOT: '/nowhere', RUNNER_TOOL_CACHE: '/nowhere' }
  const runners: readonly [string, Env, number][] = [
    ['an older one', { ...nowhere, PATH: bin }, minor + 1], ['a newer one', { ...nowhere, PATH: bin }, minor - 1], ['none', nowhere, minor],
  ]

  async function toldBy(files: Files, [, env, theirs]: readonly [string, Env, number]): Promise<readonly Diagnostic[]> {
    const diagnostics = new Diagnostics()
    const code = codeOf(write(files), { runtime: `python3.${theirs}` })
    await checkSources([{ name: 'f', code, settings: { layers: [] } }], optionsOf({ env }), diagnostics)
    return diagnostics.all.filter(({ docs }) => docs === 'packaging.md#syntax')
  }

  test.each(runners)('%s: what neither Python nor the parser reads is an error with its line', async (...runner) => {
    const files = { 'app.py': `import core\n${good}`, 'core.py': 'x = 1\n\ndef f(:\n    pass\n' }
    expect(await toldBy(files, runner)).toMatchObject([{ severity: 'error', what: expect.stringMatching(/core\.py.* \(line 3\)\.$/), place: { file: expect.stringMatching(/core\.py$/), line: 3 } }])
    expect(await toldBy({ 'app.py': `${good}print "x"\n` }, runner)).toMatchObject([{ severity: 'error', place: { line: 3 } }])
  })

  test.each(runners)('%s: of a file that runs under a condition it is a warning', async (...runner) => {
    expect(await toldBy({ 'app.py': `try:\n    import core\nexcept Exception:\n    pass\n${good}`, 'core.py': 'def f(:\n' }, runner)).toMatchObject([{ severity: 'warning' }])
  })

  test.each(runners)('%s: what the parser reads is no error, whatever another Python says', async (...runner) => {
    // Refused by Python's compiler alone, and by no parser.
    const all = await toldBy({ 'app.py': `${good}return 1\n` }, runner)
    expect(all.map(({ severity }) => severity)).toEqual(runner[0] === 'none' ? [] : ['warning'])
  })

  test('an older one does not know the newest syntax, and nothing is said where the parser does', async () => {
    const [older] = runners
    expect((await toldBy({ 'app.py': `${good}x = t"{good}"\nlazy import json\n` }, older as [string, Env, number])).map(({ severity }) => severity)).toEqual(['warning'])
    expect(await toldBy({ 'app.py': `${good}x = t"{good}"\nlazy import json\n` }, ['none', nowhere, minor + 1])).toEqual([])
  })
})
