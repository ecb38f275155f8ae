import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Package } from '../../src/package/index.ts'
import { readZip, type ZipEntry } from '../../src/package/zip/read.ts'
import type { CodeSpec } from '../../src/service/service.ts'
import { build, codeOf, findings, listener, newFolder, optionsOf, removeFolders, write, type Files } from './support.ts'
import { buildBackend } from './build-backend.ts'
import { withoutUv } from './installs/support.ts'
import { elf, elfNeeding, makeWheel, type WheelSpec } from './wheel.ts'

const minor = Number(execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }))
const runtime = `python3.${minor}`
const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64'
const wheelMachine = architecture === 'arm64' ? 'aarch64' : 'x86_64'
const machine = architecture === 'arm64' ? 183 : 62
const app = 'def handler(event, context):\n    return 1\n'

let wheels: string

beforeAll(() => { wheels = newFolder() })
afterAll(removeFolders)

/** A project whose index is a folder of wheels made for the test. */
async function project(made: readonly WheelSpec[], requirements: string, files: Files = {}): Promise<CodeSpec> {
  const folder = path.join(wheels, String(readdirSync(wheels).length))
  execFileSync('mkdir', [folder])
  for (const wheel of made) await makeWheel(folder, wheel)
  return codeOf(write({ 'app.py': app, ...files, 'requirements.txt': `--no-index\n--find-links ${folder}\n${requirements}\n` }), { runtime, architecture })
}

async function entriesOf(code: CodeSpec): Promise<ReadonlyMap<string, ZipEntry>> {
  const made = await build(code)
  return new Map(readZip(readFileSync(made.path), made.path).map((entry) => [entry.path, entry]))
}

test('the tree has one form: no notes, no scripts, RECORD without them, metadata kept', async () => {
  const code = await project([{ name: 'tool', files: {
    'tool/__init__.py': 'x = 1\n', 'tool-1.0.dist-info/entry_points.txt': '[console_scripts]\ntool = tool:main\n', 'tool-1.0.dist-info/licenses/LICENSE': 'MIT', 'tool/__pycache__/__init__.cpython-38.pyc': 'stale', 'tool/old.py': '', 'tool/old.pyc': 'stale',
    'tool-1.0.data/scripts/run-tool': '#!python\nprint(1)\n', 'tool-1.0.data/headers/tool.h': '#pragma once\n', 'tool-1.0.data/data/share/tool/a,b.txt': 'x', 'sauce.pyc': 'the source is not shipped',
  } }], 'tool')
  const entries = await entriesOf(code)
  const paths = [...entries.keys()]
  expect(paths).toEqual(expect.arrayContaining(['tool/__init__.py', 'tool-1.0.dist-info/METADATA', 'tool-1.0.dist-info/entry_points.txt', 'tool-1.0.dist-info/licenses/LICENSE', 'share/tool/a,b.txt', 'sauce.pyc']))
  expect(paths.filter((file) => /^bin\/|^include\/|INSTALLER|REQUESTED|direct_url|__pycache__|old\.pyc/.test(file))).toEqual([])
  const record = entries.get('tool-1.0.dist-info/RECORD')?.read().toString() ?? ''
  expect(record.trim().split('\n').map((row) => row.replace(/^"(.*)".*|,.*$/, '$1'))).toEqual(['share/tool/a,b.txt', ...paths.filter((file) => file !== 'app.py' && file !== 'share/tool/a,b.txt')].sort((a, b) => a === 'share/tool/a,b.txt' ? -1 : b === 'share/tool/a,b.txt' ? 1 : a < b ? -1 : 1))
})

test('the newest wheel that the target can load is taken, of all its tags', async () => {
  const native = (glibc: number): WheelSpec => ({ name: 'fast', version: `1.${glibc}`, tag: `cp3${minor}-cp3${minor}-manylinux_2_${glibc}_${wheelMachine}`, files: { 'fast.so': elf(machine), 'fast_marker.py': `glibc = ${glibc}` } })
  // uv has no name for Amazon Linux 2's glibc and takes the next lower one first; pip is told to do the same.
  const newest = minor <= 11 ? 17 : 24
  expect((await build(await project([native(17), native(24), native(99)], 'fast'), optionsOf({ env: withoutUv() }))).resolved).toEqual([`fast==1.${newest}`])
  expect((await build(await project([native(24), native(99)], 'fast'), optionsOf({ env: withoutUv() }))).resolved).toEqual(['fast==1.24'])
})

test('a wheel for a newer glibc alone is an error that names it', async () => {
  const code = await project([{ name: 'fast', tag: `cp3${minor}-cp3${minor}-manylinux_2_99_${wheelMachine}`, files: { 'fast.so': elf(machine) } }], 'fast')
  const [found] = await findings(code)
  expect(found?.what).toBe(`fast has no wheel for ${runtime} on ${architecture}.`)
  expect(found?.cure).toContain('--no-binary fast')
})

test('a wheel whose binary is for another machine is found out, with its name', async () => {
  const code = await project([{ name: 'liar', files: { 'liar/x.so': elf(machine === 62 ? 183 : 62) } }], 'liar')
  expect((await findings(code)).map(({ what }) => what)).toEqual([expect.stringMatching(/liar\/x\.so of liar is built for/)])
})

test('a wheel that brings files for other systems along passes', async () => {
  const code = await project([{ name: 'many', files: { 'many/a.so': elf(machine), 'many/b.so': elf(machine === 62 ? 183 : 62), 'many/launch.exe': Buffer.from(`MZ${'\0'.repeat(80)}`) } }], 'many')
  expect(await findings(code)).toEqual([])
})

test('packaging 25, 25b: pure Python with launchers for Windows passes, also where it was copied into the source', async () => {
  const windows = Buffer.from(`MZ${'\0'.repeat(80)}`)
  const launchers = { 'shim/__init__.py': '', 'shim/cli-32.exe': windows, 'shim/gui-arm64.dll': windows, 'shim/fast.pyd': windows, 'shim/lib.dylib': Buffer.from('cffaedfe'.padEnd(160, '0'), 'hex') }
  expect(await findings(await project([{ name: 'shim', files: launchers }], 'shim'))).toEqual([])
  const { 'shim/fast.pyd': _extension, ...copied } = launchers
  expect(await findings(codeOf(write({ 'app.py': app, ...copied }), { runtime, architecture }))).toEqual([])
  const debuggers = { 'debug/a.so': elf(machine), 'debug/b.so': elf(3), 'debug-1.0.dist-info/RECORD': 'debug/a.so,,\ndebug/b.so,,\n' }
  expect(await findings(codeOf(write({ 'app.py': app, ...debuggers }), { runtime, architecture }))).toEqual([])
})

test.each<[string, Record<string, Buffer>, readonly string[]]>([
  ['nobody has', { 'client/_client.so': elfNeeding(machine, ['libmysqlclient.so.21', 'libc.so.6']) }, ['client/_client.so of client needs the library libmysqlclient.so.21, which neither the package nor']],
  ['nobody has, of several files once', { 'client/a.so': elfNeeding(machine, ['libGL.so.1']), 'client/b.so': elfNeeding(machine, ['libGL.so.1', 'libgomp.so.1']) }, ['needs the library libGL.so.1', 'needs the library libgomp.so.1']],
  ['the wheel brings along', { 'client/_client.so': elfNeeding(machine, ['libpq-9d.so.5.16']), 'client.libs/libpq-9d.so.5.16': elf(machine) }, []],
  ['Lambda has', { 'client/_client.so': elfNeeding(machine, ['libc.so.6', 'libpthread.so.0', 'libstdc++.so.6', 'libgcc_s.so.1', 'ld-linux-x86-64.so.2', 'libz.so.1', `libpython3.${minor}.so.1.0`, 'libssl.so.3']) }, []],
])('packaging 7: a library that a native file needs and %s', async (_name, files, expected) => {
  const said = listener()
  await build(await project([{ name: 'client', tag: `cp38-abi3-manylinux_2_17_${wheelMachine}`, files }], 'client'), optionsOf({ progress: said }))
  expect(said.lines.flatMap((line) => line.split('\n')).filter((line) => line.includes('needs the library'))).toEqual(expected.map((text): unknown => expect.stringContaining(text)))
})

describe('two distributions', () => {
  test('packaging 23, 60: of one namespace of the old kinds, written differently, are no error and have one form', async () => {
    const one = { 'space/__init__.py': '# one\n__path__ = __import__("pkgutil").extend_path(__path__, __name__)\n', 'space/one.py': '' }
    const two = { 'space/__init__.py': 'try:\n    __import__("pkg_resources").declare_namespace(__name__)\nexcept ImportError:\n    from pkgutil import extend_path\n    __path__ = extend_path(__path__, __name__)\n', 'space/two.py': '', 'space_two-1.0-nspkg.pth': 'import sys\n' }
    const code = await project([{ name: 'space-one', files: one }, { name: 'space-two', files: two }], 'space-one\nspace-two')
    const said = listener()
    const made = await build(code, optionsOf({ progress: said }))
    expect(said.lines.filter((line) => /both bring|no effect/.test(line))).toEqual([])
    const init = readZip(readFileSync(made.path), made.path).find((entry) => entry.path === 'space/__init__.py')
    expect(init?.read().toString()).toBe('__path__ = __import__(\'pkgutil\').extend_path(__path__, __name__)\n')
  })

  test('share a namespace, and both parts arrive, also from a local folder', async () => {
    const setup = '[project]\nname = "space-two"\nversion = "1"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    const backend = `
import zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "space_two-1-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as z:
        z.writestr("space/two.py", open("two.py").read())
        z.writestr("space_two-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: space-two\\nVersion: 1\\n")
        z.writestr("space_two-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        z.writestr("space_two-1.dist-info/RECORD", "space/two.py,,\\nspace_two-1.dist-info/METADATA,,\\nspace_two-1.dist-info/WHEEL,,\\nspace_two-1.dist-info/RECORD,,\\n")
    return name
`
    const code = await project([{ name: 'space-one', files: { 'space/one.py': 'x = 1\n' } }], 'space-one\n-e ./two', { 'two/pyproject.toml': setup, 'two/backend.py': backend, 'two/two.py': 'y = 2\n', '.lambdaignore': 'two\n' })
    const made = await build(code)
    const paths = readZip(readFileSync(made.path), made.path).map((entry) => entry.path)
    expect(paths).toEqual(expect.arrayContaining(['space/one.py', 'space/two.py']))
    expect(paths.filter((file) => file.endsWith('.pth') || file.includes('direct_url'))).toEqual([])
    expect(made.resolved).toEqual(['space-one==1.0', 'space-two==1'])
    expect(readdirSync(path.join(code.source, 'two')).sort()).toEqual(['backend.py', 'pyproject.toml', 'two.py'])
  })

  test('that bring one path with different content are an error that names both', async () => {
    const code = await project([{ name: 'first', files: { 'util/__init__.py': 'a = 1\n' } }, { name: 'second', files: { 'util/__init__.py': 'b = 2\n' } }], 'first\nsecond')
    expect((await findings(code)).map(({ what }) => what)).toEqual(['first and second both bring util/__init__.py, with different content.'])
  })

  test('that bring the same bytes, or tests only, are no error', async () => {
    const same = { 'LICENSE': 'MIT', 'common/__init__.py': '' }
    const code = await project([{ name: 'first', files: { ...same, 'tests/test_a.py': 'a = 1\n' } }, { name: 'second', files: { ...same, 'tests/test_a.py': 'b = 2\n' } }], 'first\nsecond')
    const said = listener()
    await build(code, optionsOf({ progress: said }))
    expect(said.lines.join('\n')).toContain('first and second both bring tests/test_a.py')
  })
})

test('the app\'s own file wins over a dependency\'s, and the run says so', async () => {
  const code = await project([{ name: 'tool', files: { 'settings.py': 'x = "theirs"\n' } }], 'tool', { 'settings.py': 'x = "ours"\n' })
  const said = listener()
  const made = await build(code, optionsOf({ progress: said }))
  const settings = readZip(readFileSync(made.path), made.path).find((entry) => entry.path === 'settings.py')
  expect(settings?.read().toString()).toContain('ours')
  expect(said.lines.join('\n')).toContain('The app\'s settings.py takes the place of tool\'s')
})

test('a backport that shadows the standard library is an error that names its package', async () => {
  const code = await project([{ name: 'enum34', files: { 'enum/__init__.py': '' } }], 'enum34')
  expect((await findings(code)).map(({ what }) => what)).toEqual(['enum/__init__.py of enum34 takes the place of Python\'s own module `enum`.'])
})

test('an app\'s folder named env or tests ships, a library\'s too', async () => {
  const code = await project([{ name: 'tool', files: { 'tool/env/x.py': '', 'tool/tests/y.py': '', 'tool/venv/z.py': '' } }], 'tool', { 'env/a.py': '', 'tests/b.py': '', 'data.so.txt': '' })
  expect([...(await entriesOf(code)).keys()]).toEqual(expect.arrayContaining(['env/a.py', 'tests/b.py', 'tool/env/x.py', 'tool/tests/y.py', 'tool/venv/z.py']))
})

test('exclude lines for site-packages reach into dependencies, others do not', async () => {
  const code = await project([{ name: 'tool', files: { 'tool/__init__.py': '', 'tool/tests/y.py': '', 'tool/docs/z.py': '' } }], 'tool', { 'docs/own.md': '' })
  const paths = [...(await entriesOf({ ...code, exclude: ['docs', 'site-packages/**/tests/'] })).keys()]
  expect(paths).toEqual(expect.arrayContaining(['tool/docs/z.py']))
  expect(paths.filter((file) => /tests|own\.md/.test(file))).toEqual([])
})

describe('what is resolved', () => {
  test('a new version on the index is taken on the next run, and the digest moves', async () => {
    const code = await project([{ name: 'tool', files: { 'tool.py': '' } }], 'tool')
    const options = optionsOf()
    const first = await build(code, options)
    const again = await build(code, options)
    await makeWheel(path.join(wheels, String(readdirSync(wheels).length - 1)), { name: 'tool', version: '2.0', files: { 'tool.py': 'new = 1\n' } })
    const later = await build(code, options)
    expect([first.resolved, again.resolved, later.resolved]).toEqual([['tool==1.0'], ['tool==1.0'], ['tool==2.0']])
    expect([first.reused, again.reused, later.reused]).toEqual([false, true, false])
    expect(new Set([first.inputDigest, again.inputDigest, later.inputDigest]).size).toBe(2)
  })

  test('hashes are kept: other bytes under a pinned name are refused', async () => {
    const code = await project([{ name: 'tool', files: { 'tool.py': '' } }], `tool==1.0 --hash=sha256:${'a'.repeat(64)}`)
    const [found] = await findings(code)
    expect(found?.severity).toBe('error')
    expect(found?.why).toMatch(/hash/i)
  })
})

describe('what lies damaged in the cache is made anew', () => {
  const options = optionsOf({ env: withoutUv() })
  const only = (folder: string, suffix: string): string => {
    const place = path.join(options.cacheDir, folder)
    return path.join(place, readdirSync(place).find((name) => name.endsWith(suffix)) ?? '')
  }
  let code: CodeSpec
  let first: Package

  beforeAll(async () => {
    code = await project([{ name: 'tool', files: { 'tool.py': 'x = 1\n'.repeat(100) } }], 'tool==1.0')
    const index = path.join(wheels, String(readdirSync(wheels).length - 1))
    const hash = createHash('sha256').update(readFileSync(path.join(index, readdirSync(index)[0] as string))).digest('hex')
    writeFileSync(path.join(code.source, 'requirements.txt'), `--no-index\n--find-links ${index}\ntool==1.0 --hash=sha256:${hash}\n`)
    first = await build(code, options)
  })

  test.each([
    ['nothing', () => undefined, true],
    ['a zip that was cut', () => truncateSync(only('zips', '.zip'), 100), false],
    ['a zip of the same size with another byte', () => flip(only('zips', '.zip')), false],
    ['a zip that is gone', () => rmSync(only('zips', '.zip')), false],
    ['an empty note', () => writeFileSync(only('zips', '.json'), ''), false],
    ['a note that was cut', () => truncateSync(only('zips', '.json'), 100), false],
    ['a note of something else', () => writeFileSync(only('zips', '.json'), '{}'), false],
    ['a note that is gone', () => rmSync(only('zips', '.json')), false],
    ['zip and a file of the dependencies', () => [rmSync(only('zips', '.zip')), rmSync(path.join(only('dependencies', ''), 'tree', 'tool.py'))], false],
    ['zip and half a file of the dependencies', () => [rmSync(only('zips', '.zip')), truncateSync(path.join(only('dependencies', ''), 'tree', 'tool.py'), 6)], false],
    ['zip and the dependencies\' note', () => [rmSync(only('zips', '.zip')), truncateSync(path.join(only('dependencies', ''), 'installed.json'), 5)], false],
  ] satisfies [string, () => unknown, boolean][])('%s', async (_name, damage, reused) => {
    damage()
    const again = await build(code, options)
    expect([again.sha256, again.reused]).toEqual([first.sha256, reused])
    expect(createHash('sha256').update(readFileSync(again.path)).digest('base64')).toBe(first.sha256)
    expect(readZip(readFileSync(again.path), again.path).map((entry) => entry.path)).toContain('tool.py')
    expect((await build(code, options)).reused).toBe(true)
  })

  function flip(file: string): void {
    const bytes = readFileSync(file)
    bytes[60] = (bytes[60] as number) ^ 1
    writeFileSync(file, bytes)
  }
})

test('an index that nobody answers at is told apart from a missing package', async () => {
  const folder = write({ 'app.py': app, 'requirements.txt': '--index-url http://127.0.0.1:9/simple\nidna==3.10\n' })
  const [found] = await findings(codeOf(folder, { runtime, architecture }), optionsOf({ env: { ...process.env, PIP_RETRIES: '1', PIP_DEFAULT_TIMEOUT: '1', PIP_FIND_LINKS: '' } }))
  expect(found?.what).toBe('The package index could not be reached.')
})

describe('break 10: what an install script sees of the step', () => {
  const step = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session', GITHUB_TOKEN: 'token', GITHUB_ENV: '/nowhere', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc', 'INPUT_GITHUB-TOKEN': 'token', STRIPE_KEY: 'sk', OTHER: 'x' }
  const secrets = Object.keys(step).filter((name) => name !== 'OTHER')

  async function seenBy(code: CodeSpec, file: string, env: Record<string, string>): Promise<string[]> {
    const made = await build(code, optionsOf({ env: { ...withoutUv(), ...step, ...env }, secrets: ['STRIPE_KEY'] }))
    const text = readZip(readFileSync(made.path), made.path).find((entry) => entry.path === file)?.read().toString() ?? ''
    expect(text).toContain('OTHER')
    return text.split('\n').filter((name) => secrets.includes(name)).sort()
  }

  const pyproject = '[project]\nname = "local"\nversion = "1.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
  const backend = buildBackend({ name: 'local', files: { 'seen.txt': 'seen.txt' }, requires: 'local' }).replace('    name, info =', '    import os\n    open("seen.txt", "w").write("\\n".join(os.environ))\n    name, info =')
  const local: Files = { 'local/pyproject.toml': pyproject, 'local/backend.py': backend, '.lambdaignore': 'local\n' }

  test.each([
    ['a build backend', '', {}, []],
    ['a build backend, of a token that the list names', '# ${GITHUB_TOKEN} reads the index\n', {}, ['GITHUB_TOKEN']],
    ['a build backend beside a keyring', '', { PIP_KEYRING_PROVIDER: 'subprocess' }, ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']],
  ] as const)('%s', async (_name, line, env, expected) => {
    expect(await seenBy(await project([], `${line}./local`, local), 'seen.txt', env)).toEqual(expected)
  })

  test.each([['a script of npm', '', []], ['a script of npm, of a token that .npmrc names', '//npm.example/:_authToken=${GITHUB_TOKEN}\n', ['GITHUB_TOKEN']]] as const)('%s', async (_name, npmrc, expected) => {
    const install = 'node -e "require(\'fs\').writeFileSync(\'seen.txt\', Object.keys(process.env).join(\'\\n\'))"'
    const packed = write({ 'package/package.json': JSON.stringify({ name: 'local', version: '1.0.0', scripts: { install } }) })
    execFileSync('tar', ['-czf', 'local.tgz', 'package'], { cwd: packed })
    const manifest = { name: 'app', version: '1.0.0', dependencies: { local: `file:${path.join(packed, 'local.tgz')}` } }
    const folder = write({ 'index.js': 'exports.handler = async () => 1\n', 'package.json': JSON.stringify(manifest) })
    execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' })
    write({ '.npmrc': npmrc }, folder)
    expect(await seenBy(codeOf(folder, { runtime: 'nodejs22.x', handler: 'index.handler', architecture }), 'node_modules/local/seen.txt', {})).toEqual(expected)
  })
})

test('the user\'s own folder gains nothing from a build', async () => {
  const code = await project([{ name: 'tool', files: { 'tool.py': '' } }], 'tool')
  await build(code)
  expect(readdirSync(code.source).sort()).toEqual(['app.py', 'requirements.txt'])
  expect(existsSync(path.join(code.source, '__pycache__'))).toBe(false)
})
