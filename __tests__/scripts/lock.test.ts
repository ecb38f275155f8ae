import { afterAll, expect, test } from '@jest/globals'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../scripts/lib/children.mjs'
import { withLock } from '../../scripts/lib/lock.mjs'

const folder = mkdtempSync(join(tmpdir(), 'lock-test-'))
const path = join(folder, 'held')
afterAll(() => rmSync(folder, { recursive: true }))

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('works in turn, and gives the lock back after a failure', async () => {
  const seen: string[] = []
  const work = (name: string) => async (): Promise<void> => {
    seen.push(`${name} starts`)
    await wait(50)
    seen.push(`${name} ends`)
  }
  await Promise.all([withLock(path, work('a')), withLock(path, work('b'))])
  expect(seen).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
  await expect(withLock(path, () => Promise.reject(new Error('x')))).rejects.toThrow('x')
  expect(existsSync(path)).toBe(false)
})

test('a holder that was killed is not waited for', async () => {
  const { output } = await run(process.execPath, ['-e', 'console.log(process.pid)'])
  writeFileSync(path, output)
  expect(await withLock(path, () => Promise.resolve('mine'))).toBe('mine')
})

test('a process of its own waits for this one', async () => {
  const script = `const { withLock } = await import('${join(import.meta.dirname, '../../scripts/lib/lock.mjs')}'); await withLock('${path}', async () => console.log(Date.now()))`
  const { other, freed } = await withLock(path, async () => {
    const other = run(process.execPath, ['--input-type=module', '-e', script])
    await wait(600)
    return { other, freed: Date.now() }
  })
  expect(Number((await other).stdout)).toBeGreaterThanOrEqual(freed)
})
