import { afterAll, describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { moduleIndex } from '../../src/package/inspect/modules.ts'
import { readNode } from '../../src/package/inspect/node-source.ts'
import { filesOf } from '../../src/package/inspect/python-reach.ts'
import { readPython } from '../../src/package/inspect/python-source.ts'
import { withoutUv } from './installs/support.ts'
import { codeOf, findings, optionsOf, removeFolders, write, type Files } from './support.ts'

afterAll(removeFolders)

const app = 'import tool\n\n\ndef handler(event, context):\n    return tool.x\n'
const theirs = { 'tool/__init__.py': 'import nobody_has_this\nfrom tool.old import x\n', 'tool/old.py': 'print "Python 2"\nx = 1\n', 'tool/a,b.py': 'import nor_this\n' }

/** The files with the record that an installer leaves beside them. */
function installed(files: Readonly<Record<string, string>>, folder = ''): Files {
  const rows = Object.entries(files).map(([name, text]) => `${name.includes(',') ? `"${name}"` : name},sha256=${createHash('sha256').update(text).digest('base64url')},${text.length}`)
  const all = { ...files, 'tool-1.0.dist-info/RECORD': `${[...rows, '../../bin/tool,,', 'tool-1.0.dist-info/RECORD,,'].join('\n')}\n` }
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [`${folder}${name}`, text]))
}

async function told(files: Files): Promise<readonly string[]> {
  return (await findings(codeOf(write(files)), optionsOf({ env: withoutUv() }))).map(({ what }) => what)
}

describe('packages that were installed into the source folder', () => {
  test('are not read as the user\'s own code', async () => {
    expect(await told({ 'app.py': app, ...installed(theirs) })).toEqual([])
  })

  test('nor are those in a folder of it', async () => {
    expect(await told({ 'app.py': 'import sys\nsys.path.insert(0, "vendor")\nfrom vendor import tool\n\n\ndef handler(event, context):\n    return 1\n', ...installed(theirs, 'vendor/') })).toEqual([])
  })

  test('are the user\'s own where somebody changed them', async () => {
    expect(await told({ 'app.py': app, ...installed(theirs), 'tool/old.py': 'import nobody_has_that\nx = 1\n' })).toEqual([])
    const changed = { ...installed(theirs), 'tool/__init__.py': 'import nobody_has_that\nx = 1\n' }
    expect(await told({ 'app.py': app, ...changed })).toEqual([expect.stringContaining('tool/__init__.py imports `nobody_has_that`')])
  })

  test('and without a record all is the user\'s own', async () => {
    expect(await told({ 'app.py': app, ...theirs })).toEqual(expect.arrayContaining([expect.stringContaining('imports `nobody_has_this`')]))
  })

  test('answer the names that own code takes, and own code is still looked at', async () => {
    const own = 'from tool import anything\nimport other\n\n\ndef handler(event, context):\n    return anything\n'
    expect(await told({ 'app.py': own, 'other.py': 'import missing\n', ...installed(theirs) })).toEqual([expect.stringContaining('other.py imports `missing`')])
  })
})

describe('breaks 8, 20: what a generator has written is read in one pass', () => {
  const many = 100_000
  test.each([
    ['heads that never close', `def old():\n    """${'with (a,\n'.repeat(many)}"""\n    yield\n`],
    ['very many statements', `${Array.from({ length: many }, (_, index) => `x${index} = ${index}`).join('\n')}\n`],
  ])('%s', async (_name, text) => {
    expect(await told({ 'app.py': `${text}\n\ndef handler(event, context):\n    return 1\n` })).toEqual([])
  }, 120_000)

  test('a name of very many parts', () => {
    const name = `${'a.'.repeat(2 * many)}a`
    const index = moduleIndex(['a/b.py', 'a/__init__.py'])
    expect(readPython(`from ${name} import b\n`).imports.map(({ module }) => filesOf(index, module))).toEqual([['a/__init__.py']])
  }, 120_000)

  test('very many lines of JavaScript', () => {
    const calls = Array.from({ length: many }, (_, index) => `require("m${index}")`)
    expect(readNode(calls.join('\n'))?.imports.at(-1)).toMatchObject({ name: `m${many - 1}`, line: many })
  }, 120_000)
})
