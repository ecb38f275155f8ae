import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { engineVenv, ensureEngineVenv } from '../../../local-aws/engine/venv.mjs'

const here = (path: string): string => fileURLToPath(new URL(`../../../local-aws/engine/${path}`, import.meta.url))

test('what stands and is current is not made again, not even by many at once', async () => {
  const mark = join(engineVenv, 'installed-from')
  const before = statSync(mark).mtimeMs
  await Promise.all([ensureEngineVenv(), ensureEngineVenv(), ensureEngineVenv()])
  expect(statSync(mark).mtimeMs).toBe(before)
})

test('every package is pinned to one version with its hashes', () => {
  const lines = readFileSync(here('requirements.txt'), 'utf8').replaceAll('\\\n', ' ').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  expect(lines.length).toBeGreaterThan(10)
  for (const line of lines) expect(line).toMatch(/^[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}/)
  expect(lines.filter((line) => line.startsWith('ministack=='))).toHaveLength(1)
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
