import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { enginePython, engineVenv, ensureEngineVenv, pythonSdk } from '../../engine/venv.mjs'

const here = (path: string): string => fileURLToPath(new URL(`../../../local-aws/engine/${path}`, import.meta.url))

test('what stands and is current is not made again, not even by many at once', async () => {
  const mark = join(engineVenv, 'installed-from')
  const before = statSync(mark).mtimeMs
  await Promise.all([ensureEngineVenv(), ensureEngineVenv(), ensureEngineVenv()])
  expect(statSync(mark).mtimeMs).toBe(before)
})

const pinned = (file: string): string[] => readFileSync(here(file), 'utf8').replaceAll('\\\n', ' ').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))

test('every package is pinned to one version with its hashes', () => {
  const lines = pinned('requirements.txt')
  expect(lines.length).toBeGreaterThan(10)
  for (const line of [...lines, ...pinned('sdk-requirements.txt')]) expect(line).toMatch(/^[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}/)
  expect(lines.filter((line) => line.startsWith('ministack=='))).toHaveLength(1)
})

test("the SDK of Python handlers stands in a folder of its own, whole, and in the engine's versions", async () => {
  const sdk = pinned('sdk-requirements.txt').map((line) => line.split(' ')[0] ?? '')
  expect(sdk.map((pin) => pin.split('=')[0])).toEqual(['boto3', 'botocore', 'jmespath', 'python-dateutil', 's3transfer', 'six', 'urllib3'])
  const shared = pinned('requirements.txt').map((line) => line.split(' ')[0] ?? '').filter((pin) => sdk.some((own) => own.split('=')[0] === pin.split('=')[0]))
  expect(sdk.filter((pin) => !/^(boto3|s3transfer)=/.test(pin))).toEqual(shared)
  const show = 'import boto3, botocore, importlib.metadata as m; print(boto3.__file__, *sorted(d.name + "==" + d.version for d in m.distributions()))'
  const { stdout } = await promisify(execFile)(enginePython, ['-S', '-c', show], { env: { PYTHONPATH: pythonSdk } })
  expect(stdout.trim().split(' ')).toEqual([join(pythonSdk, 'boto3/__init__.py'), ...sdk])
})

test('a machine without Python 3.10 gets the cure, not a stack', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'no-python-'))
  try {
    const script = `import(${JSON.stringify(pathToFileURL(here('venv.mjs')).href)}).then((m) => m.ensureEngineVenv()).catch((error) => console.log(error.message))`
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env: { PATH: empty } })
    expect(stdout).toMatch(/^Local AWS needs Python 3\.10 or newer with venv, and none was found in PATH\.\nInstall it/)
  } finally {
    rmSync(empty, { recursive: true, force: true })
  }
})
