import { expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, start } from '../../scripts/lib/children.mjs'

const root = join(import.meta.dirname, '..', '..')
const demo = join(root, 'scripts', 'demo', 'main.ts')
const folder = (): string => mkdtempSync(join(tmpdir(), 'demo-test-'))

test('the tour ends well and leaves its temporary folder as it was', async () => {
  const temp = folder()
  const { code, output } = await run(process.execPath, [demo], { env: { ...process.env, TMPDIR: temp } })
  expect(output).toContain('All as it should be')
  expect(code).toBe(0)
  expect((await run('ls', ['-A', temp])).output.split('\n').filter((name) => name !== '' && name !== 'node-compile-cache')).toEqual([])
  rmSync(temp, { recursive: true })
})

test.each(['SIGINT', 'SIGTERM'] as const)('a folder of one’s own is served until %s, and then nothing is left', async (signal) => {
  const home = folder()
  mkdirSync(join(home, 'my api'))
  writeFileSync(join(home, 'my api', 'lambda_function.py'), 'def lambda_handler(event, context):\n    return {"statusCode": 200, "body": event["path"]}\n')
  const child = start(process.execPath, [demo, 'my api'], { env: { ...process.env, INIT_CWD: home }, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.process.stdout?.setEncoding('utf8').on('data', (more: string) => {
      text += more
      const found = /Serving until Ctrl-C: (\S+)\n/.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    })
    void child.ended.then(() => reject(new Error(`it ended:\n${text}`)))
  })
  expect(await (await fetch(`${url}/any/path`)).text()).toBe('/any/path')
  child.process.kill(signal)
  expect((await child.ended).code).toBe(signal === 'SIGINT' ? 130 : 143)
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  rmSync(home, { recursive: true })
})

test('a folder without a handler fails with the reason, and what is no folder at once', async () => {
  const empty = folder()
  const failed = await run(process.execPath, [demo, empty])
  expect(failed.code).toBe(1)
  expect(failed.output).toContain('lambda_function')
  expect(failed.output).toContain('The demo failed: The action failed (exit code 1)')
  rmSync(empty, { recursive: true })
  const nowhere = await run(process.execPath, [demo, 'no/such/folder'], { env: { ...process.env, INIT_CWD: '/' } })
  expect(nowhere.code).toBe(1)
  expect(nowhere.output).toContain('/no/such/folder is not a folder.')
})
