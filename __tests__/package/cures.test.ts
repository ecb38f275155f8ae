import { afterAll, describe, expect, test } from '@jest/globals'
import path from 'node:path'
import type { CodeSpec } from '../../src/service/service.ts'
import { badFiles, badHandlers, badImports, type BadPackage } from './bad-packages.ts'
import { codeOf, findings, newFolder, optionsOf, removeFolders, write, type Files } from './support.ts'

afterAll(removeFolders)

const good = 'def handler(event, context):\n    return 1\n'

/** Apps whose mistake has a cure that names something to write. */
const more: readonly BadPackage[] = [
  { name: 'a file as handler', files: { 'app.py': good.replace('handler', 'lambda_handler') }, code: { handler: 'app.py' }, says: /defines no `py`/ },
  { name: 'one other handler', files: { 'shop.py': good.replace('handler', 'lambda_handler'), 'lib.py': 'x = 1\n' }, says: /holds no app\.py/ },
  { name: 'a handler of another name in the file', files: { 'app.py': good.replace('handler', 'main') }, code: { handler: 'app.process_it' }, says: /defines no/ },
  { name: 'two other handlers', files: { 'orders.py': good, 'items.py': good }, code: { handler: 'lambda_function.lambda_handler' }, says: /holds no/ },
  { name: 'a handler in a package', files: { 'shop/__init__.py': '', 'shop/api.py': good }, code: { handler: 'lambda_function.lambda_handler' }, says: /holds no/ },
  { name: 'another Node handler', files: { 'shop.mjs': 'export const handler = async () => 1\n' }, code: { runtime: 'nodejs22.x', handler: 'index.handler' }, says: /holds no/ },
  { name: 'a Node export of another name', files: { 'index.mjs': 'export const lambdaHandler = async () => 1\n' }, code: { runtime: 'nodejs22.x', handler: 'index.run' }, says: /exports no/ },
]

interface Fixed {
  readonly files: Files
  readonly code: Partial<CodeSpec>
  readonly base?: string
}

/** The app as the cure tells to change it; undefined where it is no thing to write. */
function followed({ files, code = {} }: BadPackage, cure: string): Fixed | undefined {
  const handler = /(?:Did you mean|[Ww]rite) `(?:handler: )?([\w./-]+\.\w+)`/.exec(cure)?.[1]
  if (handler !== undefined && !cure.includes('import')) return { files, code: { ...code, handler } }
  const excluded = /^Add `(.+)` to \.lambdaignore/.exec(cure)?.[1]
  if (excluded !== undefined) return { files, code: { ...code, exclude: [...(code.exclude ?? []), excluded] } }
  const brought = /^Take the `include` line `(.+)` out/.exec(cure)?.[1]
  if (brought !== undefined) return { files, code: { ...code, include: (code.include ?? []).filter((line) => line !== brought) } }
  const source = /set `source` to the folder `([\w/]+)`/.exec(cure)?.[1]
  if (source !== undefined) return { files, code, base: source }
  const renamed = /^Name it (\.cjs|\.mjs)/.exec(cure)?.[1]
  if (renamed !== undefined) return { files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name.replace(/\.js$/, renamed), text])), code }
  const defined = /^(Define|Export) `(\w+)` there/.exec(cure)
  const [file, text] = Object.entries(files).at(-1) ?? []
  if (defined === null || file === undefined || typeof text !== 'string') return undefined
  const name = defined[2] ?? ''
  const line = file.endsWith('.py') ? `def ${name}(event, context):\n    return 1\n` : file.endsWith('.mjs') ? `export const ${name} = 1\n` : `exports.${name} = 1\n`
  return { files: { ...files, [file]: `${text}\n${line}` }, code }
}

const rows = [...badHandlers, ...badImports, ...badFiles, ...more]

describe('a cure of the package that is a thing to write is taken when it is written', () => {
  test.each(more.map((row) => [row.name, row] as const))('%s has one', async (_name, row) => {
    const [error] = await findings(codeOf(write(row.files), row.code))
    expect(error?.what).toMatch(row.says)
    expect(followed(row, error?.cure ?? '')).toBeDefined()
  })

  let taken = 0
  test.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const [error] = await findings(codeOf(write(row.files), row.code))
    const fixed = followed(row, error?.cure ?? '')
    if (fixed === undefined) return
    taken++
    const folder = write(fixed.files)
    const again = await findings(codeOf(fixed.base === undefined ? folder : path.join(folder, fixed.base), fixed.code))
    expect(again.filter(({ severity }) => severity === 'error').map(({ what, cure }) => `${what} ${cure}`)).toEqual([])
  })
  test('most have one', () => expect(taken).toBeGreaterThan(40))
})

test.each(['scr', 'Src', 'srcs'])('newcomer: a source folder %s that is not there is told with the one that was meant, which is taken', async (wrong) => {
  const folder = write({ 'src/app.py': good, 'docs/a.md': '' })
  const [error] = await findings(codeOf(path.join(folder, wrong)))
  const meant = /^Did you mean "(\w+)"\?$/.exec(error?.cure ?? '')?.[1] ?? 'nothing'
  expect(meant).toBe('src')
  expect(await findings(codeOf(path.join(folder, meant)))).toEqual([])
})

test('newcomer 3: the cure for an import names the list that the package belongs into', async () => {
  const [bare] = await findings(codeOf(write({ 'app.py': `import requests\n${good}` })))
  expect(bare?.cure).toMatch(/^Add .*requests.* to requirements\.txt, beside the code\.$/)
})

test('an empty workspace, where the checkout was forgotten, is told as that', async () => {
  const workspace = newFolder()
  const options = optionsOf({ env: { ...process.env, GITHUB_WORKSPACE: workspace } })
  expect((await findings(codeOf(workspace), options)).map(({ what, cure }) => `${what} ${cure}`)).toEqual([
    'The workspace is empty. In a workflow run actions/checkout in this job, before this step; where it has a `path`, name the folder with ' +
      '`source`. Elsewhere put the code into that folder.',
  ])
})
