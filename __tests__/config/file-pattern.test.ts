import { afterAll, describe, expect, test } from '@jest/globals'
import { openSources } from '../../src/package/index.ts'
import { codeOf, newFolder, removeFolders, write } from '../package/support.ts'
import { errorsOf, greeting, load, shortForm } from './support.ts'

afterAll(removeFolders)

const file = (exclude: string): string => `service: shop\ndefaults: { runtime: python3.13 }\nfunctions:\n  shop:\n    handler: a.b\n    exclude: ${exclude}\n`
const told = (label: string, value: string, cure: string): string =>
  `${label}: ${JSON.stringify(value)} is one pattern with a comma in it. -> Write ${cure}. A comma that is part of a file's name is written \`\\,\`.`

describe('a comma, which parts nothing in a pattern, is told', () => {
  test.each([
    ['docs, tests', '`docs`, `tests`'], ['*.md,*.txt', '`*.md`, `*.txt`'], ['*.{md,txt}', '`*.md`, `*.txt`'], ['docs/,', '`docs/`'],
  ])('in an input: %s', async (value, lines) => {
    const errors = await errorsOf({ inputs: { ...greeting, exclude: value } })
    expect(errors.map(shortForm)).toEqual([told('input "exclude"', value, `each in a line of its own: ${lines}`)])
  })

  test.each([
    ['"docs, tests"', 'docs, tests', '["docs", "tests"]', 14], ['[a, "*.{md,txt}"]', '*.{md,txt}', '["*.md", "*.txt"]', 18], ['docs, tests', 'docs, tests', '["docs", "tests"]', 14],
  ])('in the file: %s', async (written, value, list, column) => {
    const [error, another] = await errorsOf({ file: file(written) })
    expect(another).toBeUndefined()
    expect(error).toMatchObject({ what: expect.stringContaining(`${JSON.stringify(value)} is one pattern with a comma in it.`), place: { line: 6, column } })
    expect(error?.cure).toContain(`Write ${list}.`)
  })

  test('the cures work', async () => {
    expect(await errorsOf({ inputs: { ...greeting, exclude: '*.md\n*.txt', include: 'a\\,b' } })).toEqual([])
    expect(await errorsOf({ file: file('["docs", "tests"]') })).toEqual([])
  })
})

test('a comma of a name, behind a backslash, takes out that file alone', async () => {
  const { service } = await load({ inputs: { ...greeting, exclude: 'a\\,b.csv' } })
  const folder = write({ 'a,b.csv': '', 'a.csv': '', 'b.csv': '', 'app.py': '' })
  const sources = openSources({ env: {}, cacheDir: newFolder() })
  expect(sources.app(codeOf(folder, { exclude: service.functions[0]?.code.exclude ?? [] })).files.map(({ path }) => path)).toEqual(['a.csv', 'app.py', 'b.csv'])
})
