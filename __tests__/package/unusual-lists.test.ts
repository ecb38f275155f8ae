import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { buildBackend } from './build-backend.ts'
import { withoutUv, withUv } from './installs/support.ts'
import { build, codeOf, findings, listener, newFolder, optionsOf, removeFolders, write, type Files } from './support.ts'
import { makeWheel } from './wheel.ts'

const runtime = `python3.${execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }).trim()}`
const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64'
const app = 'def handler(event, context):\n    return 1\n'
let wheels: string

beforeAll(async () => {
  wheels = newFolder()
  for (const version of ['1.0', '2.0']) await makeWheel(wheels, { name: 'tool', version, files: { 'tool.py': `v = "${version}"\n` } })
  await makeWheel(wheels, { name: 'Py-Other_Name', files: { 'other/__init__.py': 'import tool\n', 'other-hook.pth': 'import other\n', 'py_other_name-1.0.data/scripts/run': '#!python\n' }, requires: ['tool<2; python_version >= "3"', 'never; sys_platform == "win32"'] })
  await makeWheel(wheels, { name: 'extra-part', files: { 'extra_part.py': '' } })
})
afterAll(removeFolders)

async function resolvedOf(requirements: string | Buffer, files: Files = {}, env: Record<string, string> = {}): Promise<{ readonly resolved: readonly string[], readonly said: string }> {
  const head = `--no-index\n--find-links ${wheels}\n`
  const text = Buffer.isBuffer(requirements) ? requirements : `${head}${requirements}`
  const said = listener()
  const made = await build(codeOf(write({ 'app.py': app, ...files, 'requirements.txt': text }), { runtime, architecture }), optionsOf({ progress: said, env: { ...process.env, ...env } }))
  return { resolved: made.resolved, said: said.lines.join('\n') }
}

describe('lists that people really write', () => {
  test.each<readonly [string, string, readonly string[], Files?, Record<string, string>?]>([
    ['comments, blanks, Windows lines, continued lines', '# head\r\n\r\ntool \\\r\n  == 1.0  # why\r\n', ['tool==1.0']],
    ['a file that names others, without a space', '-rsub/base.txt\n', ['extra-part==1.0', 'tool==1.0'], { 'sub/base.txt': 'tool==1.0\n--requirement=../more.txt\n', 'more.txt': 'extra-part\n' }],
    ['constraints', '-c limits.txt\ntool\n', ['tool==1.0'], { 'limits.txt': 'tool<2\nnever==1\n' }],
    ['a variable', 'tool==${TOOL_VERSION}\n', ['tool==1.0'], {}, { TOOL_VERSION: '1.0' }],
    ['options that choose no target', '--use-feature=fast-deps\n--prefer-binary\n--pre\n--trusted-host example.com\ntool==1.0\n', ['tool==1.0']],
    ['a library whose import has another name, with a marker for another system', 'py.other-name\n', ['py-other-name==1.0', 'tool==1.0']],
    ['a wheel of the repository', './wheels/local_part-1.0-py3-none-any.whl\n', ['local-part==1.0']],
    ['an exact version written with three signs, and an unused marker', 'tool===1.0\nnever ; python_version < "3"\n', ['tool==1.0']],
  ])('%s', async (name, requirements, resolved, files = {}, env = {}) => {
    const local = newFolder()
    const wheel = name.includes('wheel of the repository') ? { 'wheels/local_part-1.0-py3-none-any.whl': (await import('node:fs')).readFileSync(await makeWheel(local, { name: 'local-part', files: { 'local_part.py': '' } })) } : {}
    expect((await resolvedOf(requirements, { ...files, ...wheel }, env)).resolved).toEqual(resolved)
  })

  test('UTF-16, as PowerShell writes it', async () => {
    const text = `\uFEFF--no-index\r\n--find-links ${wheels}\r\ntool==1.0\r\n`
    expect((await resolvedOf(Buffer.from(text, 'utf16le'))).resolved).toEqual(['tool==1.0'])
    expect((await resolvedOf(Buffer.from(text, 'utf16le').swap16())).resolved).toEqual(['tool==1.0'])
  })

  test('constraints and lists on the web are read on every run', async () => {
    let limit = 'tool<2\n'
    const server = createServer((request, response) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end(request.url === '/limits.txt' ? limit : 'extra-part\n'))
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const list = `-c ${host}/limits.txt\n-r ${host}/more.txt\ntool\n`
    expect((await resolvedOf(list)).resolved).toEqual(['extra-part==1.0', 'tool==1.0'])
    limit = 'tool>1\n'
    expect((await resolvedOf(list)).resolved).toEqual(['extra-part==1.0', 'tool==2.0'])
    await new Promise((resolve) => { server.close(resolve) })
  })

  test('the project itself, with its package below src, brings its dependencies', async () => {
    const backend = buildBackend({ name: 'mine', files: { 'mine/__init__.py': 'src/mine/__init__.py' }, requires: 'tool==1.0' })
    const files = { 'src/mine/__init__.py': app, 'backend.py': backend, 'pyproject.toml': '[project]\nname = "mine"\nversion = "1.0"\ndependencies = ["tool==1.0"]\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n' }
    expect((await resolvedOf('-e .\n', files)).resolved).toEqual(['mine==1.0', 'tool==1.0'])
  })

  test('scripts stay out, and a .pth file that Lambda never reads is told', async () => {
    const { said } = await resolvedOf('Py-Other_Name\n')
    expect(said).toMatch(/other-hook\.pth of py-other-name has no effect on Lambda/)
  })
})

test('a path of the machine that the list was made on is an error that names it and the line', async () => {
  const folder = write({ 'app.py': app, 'requirements.txt': 'tool @ file:///home/conda/feedstock/tool\n' })
  const [found] = await findings(codeOf(folder, { runtime, architecture }))
  expect(found).toMatchObject({ severity: 'error', what: 'requirements.txt asks for /home/conda/feedstock/tool, which does not exist.', place: { file: path.join(folder, 'requirements.txt'), line: 1 } })
})

test.each(['pip', 'uv'] as const)('hashes for some lines only: pip refuses such a list, and with uv a wrong hash is found out (%s)', async (tool) => {
  const folder = write({ 'app.py': app, 'requirements.txt': `--no-index\n--find-links ${wheels}\nextra-part\ntool==1.0 --hash=sha256:${'a'.repeat(64)}\n` })
  const [found] = await findings(codeOf(folder, { runtime, architecture }), optionsOf({ env: tool === 'uv' ? await withUv() : withoutUv() }))
  expect(found?.severity).toBe('error')
  expect(found?.why).toMatch(/hash/i)
})
