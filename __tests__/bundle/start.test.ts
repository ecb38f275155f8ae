import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const dist = path.join(import.meta.dirname, '..', '..', 'dist')

/** The files of dist/ that a run of the bundle has loaded, as V8 notes them. */
async function loaded(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-test-'))
  try {
    await new Promise((resolve) => {
      const around = { PATH: process.env['PATH'], HOME: folder, RUNNER_TEMP: folder, NODE_V8_COVERAGE: path.join(folder, 'loaded'), ...env }
      execFile(process.execPath, [path.join(dist, 'index.js')], { cwd: folder, env: around }, resolve)
    })
    const notes = readdirSync(path.join(folder, 'loaded')).map((name) => JSON.parse(readFileSync(path.join(folder, 'loaded', name), 'utf8')) as { result: { url: string }[] })
    return notes.flatMap(({ result }) => result.map(({ url }) => url)).filter((url) => url.startsWith(`file://${dist}/`)).map((url) => path.basename(url)).sort()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a mistake in the config is told before the clients of AWS and the package room are even loaded', async () => {
  expect(await loaded({})).toEqual(['index.js'])
})
