import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { buildSettings, optionsIn } from '../../src/package/install/list-options.ts'
import { readRequirements } from '../../src/package/install/requirements.ts'
import { hostArchitecture, hostRuntime, install, installOptions, unpack, withoutUv, withUv } from './installs/support.ts'
import { codeOf, findings, newFolder, removeFolders, write } from './support.ts'
import { makeWheel } from './wheel.ts'

const app = 'def handler(event, context):\n    return 1\n'
const tools = [['uv', withUv], ['pip', () => Promise.resolve(withoutUv())]] as const
let archives: string

/** A backend that writes down the settings that it is built with; it needs no index. */
const backend = (name: string): string => `
import io, json, tarfile, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    wheel, info = "${name}-1.0-py3-none-any.whl", "${name}-1.0.dist-info/"
    with zipfile.ZipFile(folder + "/" + wheel, "w") as z:
        z.writestr("${name}.py", "settings = " + json.dumps(config_settings or {}) + "\\n")
        z.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1.0\\n")
        z.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        z.writestr(info + "RECORD", "".join(n + ",,\\n" for n in ["${name}.py", *(info + part for part in ("METADATA", "WHEEL", "RECORD"))]))
    return wheel
`
const project = (name: string): Record<string, string> => ({
  'backend.py': backend(name),
  'pyproject.toml': `[project]\nname = "${name}"\nversion = "1.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n`,
})

beforeAll(async () => {
  archives = newFolder()
  for (const name of ['built', 'other']) {
    const folder = newFolder()
    mkdirSync(path.join(folder, `${name}-1.0`))
    write({ ...project(name), 'PKG-INFO': `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n` }, path.join(folder, `${name}-1.0`))
    execFileSync('tar', ['-czf', path.join(archives, `${name}-1.0.tar.gz`), `${name}-1.0`], { cwd: folder })
  }
  await makeWheel(archives, { name: 'other', version: '0.9', files: { 'other.py': 'settings = "a wheel"\n' } })
})
afterAll(removeFolders)

describe.each(tools)('with %s', (_tool, environment) => {
  async function settingsIn(lines: string, files: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
    const source = write({ 'app.py': app, '.git/HEAD': '', ...files, 'requirements.txt': `--no-index -f ${archives}\n${lines}` })
    const code = codeOf(source, { runtime: hostRuntime, architecture: hostArchitecture })
    const { folder, paths } = unpack(await install(code, installOptions({ env: await environment(), cacheDir: newFolder() })))
    const modules = paths.filter((file) => /^(?:built|other|lib)\.py$/.test(file))
    return Object.fromEntries(modules.map((file) => [file.slice(0, -3), readFileSync(path.join(folder, file), 'utf8').trim().replace('settings = ', '')]))
  }

  test('settings for a build reach it, and it alone (astral-sh/uv#13375)', async () => {
    const lines = '--no-binary built,other --pre\nbuilt==1.0 --config-settings="a=b c" -C d=e\nother==1.0 --global-option="--quick"\n'
    expect(await settingsIn(lines)).toEqual({ built: '{"a": "b c", "d": "e"}', other: '{"--global-option": "--quick"}' })
  }, 60_000)

  test('settings for a folder reach its build', async () => {
    const lib = Object.fromEntries(Object.entries(project('lib')).map(([name, text]) => [`lib/${name}`, text]))
    expect(await settingsIn('./lib --config-settings "a=b"\n', { ...lib, '.lambdaignore': 'lib\n' })).toEqual({ lib: '{"a": "b"}' })
  }, 60_000)

  test('where a wheel is taken they say nothing; the later of two options for a name counts', async () => {
    expect(await settingsIn('--no-binary :all: --only-binary=other\nbuilt\nother --config-settings a=b\n')).toEqual({ built: '{}', other: '"a wheel"' })
    expect(await settingsIn('--no-binary=other\n--no-binary :none:\nother<1 --config-settings a=b\n')).toEqual({ other: '"a wheel"' })
  }, 60_000)

  test('--require-hashes without a hash is told at the line', async () => {
    const source = write({ 'app.py': app, 'requirements.txt': `--no-index -f ${archives}\n--require-hashes\nother==0.9\n` })
    expect(await findings(codeOf(source, { runtime: hostRuntime }), installOptions({ env: await environment() }))).toMatchObject([
      { severity: 'error', what: '`other==0.9` has no hash, and the list says `--require-hashes`.', place: { file: path.join(source, 'requirements.txt'), line: 3 } },
    ])
  })
})

describe('options in a line of their own', () => {
  test.each<[string, string]>([
    ['-i https://example.com/simple --trusted-host example.com', 'index-url=https://example.com/simple trusted-host=example.com'],
    ['-ihttps://example.com/simple', 'index-url=https://example.com/simple'], ['--extra-index https://example.com', 'extra-index-url=https://example.com'],
    ['--find-links="my wheels" --no-index', 'find-links=my wheels no-index='], ['-r base.txt -c limits.txt', 'requirement=base.txt constraint=limits.txt'],
    ['-rbase.txt', 'requirement=base.txt'], ['--pre --prefer-binary --require-hashes', 'pre= prefer-binary= require-hashes='],
    ['--no-binary=a,b --only-binary c', 'no-binary=a,b only-binary=c'], ['--use-feature fast-deps', 'use-feature=fast-deps'],
  ])('%s', (line, expected) => {
    const options = optionsIn(line)
    expect(typeof options === 'string' ? options : options.map(({ name, value }) => `${name}=${value}`).join(' ')).toBe(expected)
  })

  test.each([['--platform win_amd64', '--platform'], ['--pre --target=x', '--target'], ['-U', '-U'], ['--no', '--no']])('%s cannot be had', (line, option) => {
    expect(optionsIn(line)).toBe(option)
  })

  test('all of a line are taken, in the file and in those that it names', () => {
    const folder = write({ 'requirements.txt': '-i https://a.example --trusted-host a.example\n-r more.txt --pre\na==1\n', 'more.txt': 'b==1\n' })
    expect(readRequirements(path.join(folder, 'requirements.txt'), {})).toMatchObject({
      options: ['--index-url https://a.example', '--trusted-host a.example', '--pre'], lines: ['b==1', 'a==1'],
    })
  })
})

test.each([
  ['scipy==1.10.1; --config-settings="setup-args=-Dblas=blas"', 'scipy==1.10.1', ['setup-args=-Dblas=blas']],
  ['p4==1 --global-option="--apidir=/tmp/p4api" --global-option=b --hash=sha256:aa', 'p4==1 --hash=sha256:aa', ['--global-option=--apidir=/tmp/p4api', '--global-option=b']],
  ['tool==1.0 --config-settings editable_mode=strict', 'tool==1.0', ['editable_mode=strict']], ['tool==1.0 --install-option=x', 'tool==1.0', []],
])('what a line says to a build: %s', (line, plain, settings) => {
  expect(buildSettings(line)).toEqual({ plain, settings })
})
