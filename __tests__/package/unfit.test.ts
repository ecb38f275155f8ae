import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Diagnostic } from '../../src/diagnostics.ts'
import type { CodeSpec } from '../../src/service/service.ts'
import { buildBackend } from './build-backend.ts'
import { withoutUv } from './installs/support.ts'
import { codeOf, findings, newFolder, optionsOf, removeFolders, write, type Files } from './support.ts'
import { makeWheel, type WheelSpec } from './wheel.ts'

afterAll(removeFolders)

const minor = Number(execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }))
const handler = '\n\ndef handler(event, context):\n    return 1\n'

async function project(made: readonly WheelSpec[], lines: string, files: Files = {}, code: Partial<CodeSpec> = {}): Promise<CodeSpec> {
  const wheels = newFolder()
  for (const wheel of made) await makeWheel(wheels, wheel)
  const folder = write({ 'app.py': handler, ...files, 'requirements.txt': `--no-index\n--find-links ${wheels}\n${lines}\n` })
  return codeOf(folder, { runtime: `python3.${minor}`, ...code })
}

const told = (code: CodeSpec): Promise<readonly Diagnostic[]> => findings(code, optionsOf({ env: withoutUv() }))

describe('packaging 17: a package that has nothing for Linux', () => {
  const wheel = (system: string): WheelSpec => ({ name: 'tool', tag: `cp3${minor}-cp3${minor}-${system}`, files: { 'tool.py': '' } })

  test.each([
    ['Windows', ['win_amd64', 'win32'], 'tool is made for Windows alone.', 'sys_platform == "win32"'],
    ['macOS', ['macosx_11_0_arm64'], 'tool is made for macOS alone.', 'sys_platform == "darwin"'],
    ['both', ['macosx_11_0_arm64', 'win_amd64'], `tool==1.0 has no wheel for python3.${minor} on x86_64.`, '--no-binary tool'],
  ])('and is for %s', async (_name, systems, what, cure) => {
    const code = await project(systems.map(wheel), 'tool==1.0')
    expect(await told(code)).toEqual([expect.objectContaining({ what, cure: expect.stringContaining(cure), place: { file: path.join(code.source, 'requirements.txt'), line: 3 } })])
    if (cure.startsWith('--')) return
    expect(await told(await project(systems.map(wheel), `tool==1.0; ${cure}`))).toEqual([])
  })
})

test('packaging 24: all packages of the list that do not fit are told at once, each with its line', async () => {
  const wheel = (name: string, system = 'manylinux_2_99_x86_64'): WheelSpec => ({ name, tag: `cp3${minor}-cp3${minor}-${system}`, files: { [`${name}.py`]: '' } })
  const code = await project([wheel('one'), wheel('two'), { name: 'fits', files: { 'fits.py': '' } }], 'one==1.0\nfits==1.0\ntwo==1.0')
  const found = await told(code)
  expect(found.map(({ what, place }) => [what.split(' ', 1)[0], place?.line])).toEqual([['one==1.0', 3], ['two==1.0', 5]])
})

test('packaging 18: a backport that a dependency asks for is told with who asks, and the cure works', async () => {
  const made = [{ name: 'enum34', files: { 'enum/__init__.py': '' } }, { name: 'report_kit', files: { 'reportkit.py': '' }, requires: ['enum34 (>=1.0)'] }]
  const [found] = await told(await project(made, 'report_kit'))
  expect(found?.what).toBe('enum/__init__.py of enum34 takes the place of Python\'s own module `enum`.')
  expect(found?.cure).toMatch(/^report_kit asks for enum34: add `site-packages\/enum\/` to `exclude`/)
  expect(await told(await project(made, 'report_kit', {}, { exclude: ['site-packages/enum/'] }))).toEqual([])
})

describe('packaging 10: metadata that the app asks for when it is loaded', () => {
  const tool = { name: 'tool', files: { 'tool.py': '' } }
  test.each([
    ['a name of importlib.metadata', 'from importlib.metadata import version\nv = version("shop-api")\n', true],
    ['the module', 'import importlib.metadata\nv = importlib.metadata.version("shop_api")\n', true],
    ['the module by its last name', 'from importlib import metadata\nv = metadata.distribution("shop.api").version\n', true],
    ['what is installed', 'from importlib.metadata import version\nv = version("Tool")\n', false],
    ['what the runtime has', 'from importlib.metadata import version\nv = version("boto3")\n', false],
    ['in try', 'from importlib.metadata import version\ntry:\n    v = version("shop-api")\nexcept Exception:\n    v = "0"\n', false],
    ['in a function', 'from importlib.metadata import version\ndef v():\n    return version("shop-api")\n', false],
    ['another function of that name', 'from tool import version\nv = version("shop-api")\n', false],
  ])('%s', async (_name, text, isTold) => {
    const found = (await told(await project([{ ...tool, files: { 'tool.py': 'def version(x):\n    return x\n' } }], 'tool', { 'app.py': text + handler }))).map(({ what, severity }) => [severity, what])
    expect(found).toEqual(isTold ? [['error', expect.stringMatching(/^app\.py asks for the metadata of `shop[-_.]api`, and no such distribution/)]] : [])
  })
})

describe('a folder of the repository that is built is the user\'s own code', () => {
  const pyproject = '[project]\nname = "core"\nversion = "1.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
  const core = (text: string): Files => ({
    'app.py': `import core\n${handler}`, '.lambdaignore': 'libs\n', 'libs/core/pyproject.toml': pyproject, 'libs/core/core/__init__.py': text,
    'libs/core/backend.py': buildBackend({ name: 'core', files: { 'core/__init__.py': 'core/__init__.py' }, requires: 'tool' }),
  })

  test.each([
    ['imports what nobody brings', 'import idna\n', ['core/__init__.py imports `idna`, which nothing in the package or the runtime']],
    ['imports what the list brings', 'import tool\n', []],
    ['imports it in try', 'try:\n    import idna\nexcept ImportError:\n    idna = None\n', []],
    ['cannot be read', 'def f(:\n', [`Python 3.${minor} cannot load core/__init__.py: `]],
  ])('packaging 31c: %s', async (_name, text, expected) => {
    const code = await project([{ name: 'tool', files: { 'tool.py': '' } }], 'tool\n./libs/core', core(text))
    const found = await told(code)
    expect(found.map(({ what }) => what)).toEqual(expected.map((each): unknown => expect.stringContaining(each)))
    for (const { place } of found) expect(place).toMatchObject({ file: path.join(code.source, 'libs/core/core/__init__.py'), line: 1 })
  })

  test('packaging 31: its secrets and pointers of Git LFS are told with their place, and `exclude` and `include` reach them', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n'
    const names = ['core/__init__.py', 'core/.env', 'core/model.bin', 'core/cacert.pem']
    const files = {
      ...core(''), 'libs/core/core/.env': 'TOKEN=1\n', 'libs/core/core/model.bin': pointer, 'libs/core/core/cacert.pem': '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n',
      'libs/core/backend.py': buildBackend({ name: 'core', files: Object.fromEntries(names.map((name) => [name, name])), requires: 'tool' }),
    }
    const lines: string[] = []
    const look = async (code: Partial<CodeSpec>): Promise<readonly Diagnostic[]> => {
      const options = optionsOf({ env: withoutUv() })
      return findings(await project([{ name: 'tool', files: { 'tool.py': '' } }], './libs/core', files, code), { ...options, progress: { ...options.progress, warning: (line) => { lines.push(line) } } })
    }
    const [secret, ...more] = (await look({})).filter(({ severity }) => severity === 'error')
    expect([secret?.what, path.basename(secret?.place?.file ?? ''), more]).toEqual(['The package would hold site-packages/core/.env.', '.env', []])
    expect(await look({ exclude: ['site-packages/core/.env'] })).toEqual([])
    expect(await look({ include: ['site-packages/core/.env'] })).toEqual([])
    expect(lines.filter((line) => line.startsWith('site-packages/core/model.bin: only the pointer of Git LFS is there'))).toHaveLength(2)
  })
})
