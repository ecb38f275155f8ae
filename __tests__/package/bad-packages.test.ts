import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { badFiles, badHandlers, badImports, badNatives, badSettings } from './bad-packages.ts'
import { codeOf, findings, newFolder, removeFolders, write, type Files } from './support.ts'

afterAll(removeFolders)

const app = 'def handler(event, context):\n    return 1\n'

describe.each([['handlers', badHandlers], ['imports', badImports], ['files', badFiles], ['native files', badNatives], ['settings', badSettings]] as const)('%s', (_name, rows) => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', async (_title, row) => {
    const folder = write(row.files)
    const found = await findings(codeOf(folder, row.code ?? {}))
    const errors = found.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ what }) => what)).toEqual([expect.stringMatching(row.says)])
    expect(errors[0]?.cure ?? errors[0]?.why).toBeDefined()
    if (row.place !== undefined) expect(errors[0]?.place).toMatchObject({ ...row.place, file: path.join(folder, row.place.file) })
  })
})

test('the good package that all of these are made from passes', async () => {
  expect(await findings(codeOf(write({ 'app.py': app })))).toEqual([])
  expect(await findings(codeOf(write({ 'index.mjs': 'export const handler = async () => 1\n' }), { runtime: 'nodejs22.x', handler: 'index.handler' }))).toEqual([])
})

test('break 21: a requirements file that is missing, or cannot be read, hides no other mistake', async () => {
  const lists = [{ 'requirements.txt': '-r missing.txt\n' }, { 'requirements.txt': 'no requirement at all !\n' }, { 'uv.lock': 'version = "' }]
  for (const [files, named] of [...lists.map((each) => [each, undefined] as const), [{}, 'missing.txt'] as const]) {
    const folder = write({ 'app.py': 'def handle(event, context):\n    return 1\n', '.env': 'A=1', ...files })
    const found = await findings(codeOf(folder, named === undefined ? {} : { requirements: path.join(folder, named) }))
    expect(found.filter(({ severity }) => severity === 'error').map(({ what }) => what)).toEqual(expect.arrayContaining([
      expect.stringMatching(/missing\.txt|is no requirement|uv\.lock/), expect.stringContaining('would hold .env'), expect.stringMatching(/app\.py .*handler/),
    ]))
  }
})

test('several mistakes are told at once', async () => {
  const found = await findings(codeOf(write({ 'ap.py': app, '.env': 'A=1', 'gone': { link: 'nowhere' } })))
  expect(found.filter(({ severity }) => severity === 'error').map(({ what }) => what)).toEqual(expect.arrayContaining([
    expect.stringContaining('which does not exist'), expect.stringContaining('would hold .env'), expect.stringContaining('holds no app.py'),
  ]))
})

test('a source folder one too high: the cure names the app\'s own module, not one of a library that is called the same', async () => {
  const folder = write({ 'lib/main.py': 'x = 1\n', 'src/shop/__init__.py': '', 'src/shop/main.py': app })
  const [found] = await findings(codeOf(folder, { handler: 'shop.main.handler' }))
  expect(found?.cure).toBe('It lies in src/shop/main.py: set `source` to the folder `src`, and, where the list of dependencies lies beside that folder, `requirements` to the list.')
})

test('a handler with the folder that it lies in is told without it', async () => {
  const [found] = await findings(codeOf(write({ 'app.py': app }), { handler: 'src.app.handler' }))
  expect(found?.cure).toBe('It lies in app.py: write `app.handler`.')
})

test.each([
  ['a swapped letter', { 'app.py': app.replace('handler', 'hanlder') }, {}, 'Did you mean `app.hanlder`?'],
  ['words joined in another way', { 'app.py': app.replace('handler', 'lambda_handler') }, { handler: 'app.lambdaHandler' }, 'Did you mean `app.lambda_handler`?'],
  ['a module in Node', { 'indx.js': 'exports.handler = 1' }, { runtime: 'nodejs22.x', handler: 'index.handler' }, 'Did you mean `indx.handler`?'],
  ['nothing near', { 'app.py': 'x = 1\n' }, { handler: 'app.f' }, 'Define `f` there, or name another function as the handler.'],
] as const)('the cure of a handler that is not there: %s', async (_name, files, code, cure) => {
  expect((await findings(codeOf(write(files), code)))[0]?.cure).toBe(cure)
})

test.each<readonly [string, Files, RegExp | undefined]>([
  ['Pipfile', { 'Pipfile': '[packages]\nidna = "*"\n' }, /Pipfile lists packages, and there is no Pipfile\.lock/],
  ['pyproject.toml', { 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version", "dependencies"]\n' }, /pyproject\.toml leaves its dependencies to the build/],
  ['Pipfile', { 'Pipfile': '[dev-packages]\npytest = "*"\n' }, undefined],
  ['pyproject.toml', { 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n' }, undefined],
])('a %s whose packages nothing can install is a warning (%#)', async (file, files, says) => {
  const folder = write({ 'app.py': app, ...files })
  expect(await findings(codeOf(folder))).toMatchObject(says === undefined ? [] : [{ severity: 'warning', what: expect.stringMatching(says), place: { file: path.join(folder, file) } }])
})

describe('a source that is a link, or lies behind one', () => {
  const workspace = write({ '.git/HEAD': '', 'real/sub/app.py': app, 'alias': { link: 'real' }, 'out': { link: write({ 'sub/app.py': app }) } })

  test.each(['real', 'alias'])('inside the workspace ships (%s)', async (name) => {
    expect(await findings(codeOf(path.join(workspace, name, 'sub')))).toEqual([])
  })

  test.each([['out', 'sub.app.handler'], ['out/sub', 'app.handler']])('out of it is an error with its place, before anything is packed (%s)', async (name, handler) => {
    const place = { file: 'lambda-api.yml', line: 3 }
    const found = await findings(codeOf(path.join(workspace, name), { handler, places: { source: place } }))
    expect(found).toMatchObject([{ severity: 'error', what: expect.stringMatching(/^The source folder .*out.* of greeting leads through a link to .*, which lies outside the workspace\.$/), place }])
  })
})

test('251 MB unpacked: the message has the ten largest parts', async () => {
  const folder = write({ 'app.py': app, ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`part${index}/x`, ''])) })
  for (let index = 0; index < 12; index++) truncateSync(path.join(folder, `part${index}/x`), 22 * 1024 * 1024)
  const [found] = await findings(codeOf(folder))
  expect(found?.what).toMatch(/264\.0 MB unpacked; Lambda takes less than 250\.0 MB/)
  expect(found?.why?.match(/part\d+ 22\.0 MB/g)).toHaveLength(10)
})

test('65,536 files', async () => {
  const folder = write({ 'app.py': app })
  for (let index = 0; index < 256; index++) {
    mkdirSync(path.join(folder, `d${index}`))
    for (let inner = 0; inner < 256; inner++) writeFileSync(path.join(folder, `d${index}`, `${inner}`), '')
  }
  expect((await findings(codeOf(folder)))[0]?.what).toMatch(/has 65537 files; a zip holds 65535/)
})

describe('prebuilt zips', () => {
  function zipOf(files: Files, args: readonly string[] = ['.']): string {
    const file = path.join(newFolder(), 'made.zip')
    execFileSync('zip', ['-q', '-r', '-y', file, ...args], { cwd: write(files) })
    return file
  }

  function cut(file: string, length = 100): string {
    truncateSync(file, length)
    return file
  }

  /** A zip as only a program would write it. */
  function crafted(script: string): string {
    const file = path.join(newFolder(), 'made.zip')
    execFileSync('python3', ['-W', 'ignore', '-c', `import zipfile, sys\nz = zipfile.ZipFile(sys.argv[1], "w")\n${script}\nz.close()`, file])
    return file
  }

  /** The zip with one byte of an entry's stored CRC turned over, in its central directory. */
  function damaged(file: string, name: string): string {
    const bytes = readFileSync(file)
    const at = bytes.subarray(0, bytes.lastIndexOf(name)).lastIndexOf('PK\x01\x02')
    bytes[at + 16] = (bytes[at + 16] as number) ^ 0xff
    writeFileSync(file, bytes)
    return file
  }

  test.each([
    ['no zip', () => path.join(write({ 'a.zip': 'text' }), 'a.zip'), /is no zip that Lambda can use/],
    ['empty', () => path.join(write({ 'a.zip': '' }), 'a.zip'), /is no zip that Lambda can use/],
    ['cut short', () => cut(zipOf({ 'app.py': app })), /is no zip that Lambda can use: its end is missing, so it was cut short/],
    ['larger than any buffer', () => cut(path.join(write({ 'a.zip': 'PK' }), 'a.zip'), 2 ** 32), /has 4096\.0 MB; Lambda takes less than 250\.0 MB/],
    ['all in one folder', () => zipOf({ 'proj/app.py': app }, ['proj']), /lies in one folder, proj\//],
    ['packaging 69: all in one folder, zipped by macOS', () => zipOf({ 'proj/app.py': app, '__MACOSX/proj/._app.py': 'x', '.DS_Store': 'x' }), /^All of .* lies in one folder, proj\/\.$/],
    ['break 28: a damaged entry that nothing else reads', () => damaged(zipOf({ 'app.py': app, 'data/blob.bin': Buffer.alloc(3000, 'x') }), 'blob.bin'), /data\/blob\.bin is damaged/],
    ['handler misspelt', () => zipOf({ 'app.py': app.replace('handler', 'hanlder') }), /defines no `handler`/],
    ['wrong machine', () => zipOf({ 'app.py': app, 'x.so': Buffer.from('7f454c4602010100000000000000000003 00b700'.replace(' ', '').padEnd(128, '0'), 'hex') }), /built for arm64/],
    ['.env at the root', () => zipOf({ 'app.py': app, '.env': 'A=1' }), /\.env in .* looks like a secret/],
    ['.env in a folder', () => zipOf({ 'app.py': app, 'cfg/.env': 'A=1' }), /cfg\/\.env in .* looks like a secret/],
    ['a key in a folder', () => zipOf({ 'app.py': app, 'certs/server.key': 'x' }), /certs\/server\.key in .* looks like a secret/],
    ['unreadable for others', () => zipOf({ 'app.py': { text: app, mode: 0o600 } }), /app\.py in .* may not be read by others/],
    ['a path that climbs out', () => crafted(`z.writestr("app.py", ${JSON.stringify(app)})\nz.writestr("../evil", "x")`), /\.\.\/evil in .* leads out/],
    ['the same path twice', () => crafted(`z.writestr("app.py", ${JSON.stringify(app)})\nz.writestr("app.py", "x = 1")`), /app\.py in .* is there twice/],
    ['stdlib shadowed', () => zipOf({ 'app.py': app, 'types.py': '' }), /types\.py takes the place/],
  ] as const)('%s', async (_name, make, says) => {
    const found = await findings(codeOf('/nowhere', { package: make() }))
    expect(found.filter(({ severity }) => severity === 'error').map(({ what }) => what).join('\n')).toMatch(says)
  })

  test('a good one passes with its own bytes', async () => {
    expect(await findings(codeOf('/nowhere', { package: zipOf({
      'app.py': app, 'lib/x.py': 'import nothing_here', 'node_modules/x/test.key': 'x', 'alpha/tests/.env': 'A=1', 'alpha-1.0.dist-info/RECORD': 'alpha/tests/.env,,\nalpha-1.0.dist-info/RECORD,,\n',
    }) }))).toEqual([])
  })
})
