import { expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { guessHandler } from '../../scripts/demo/handler.ts'
import { stepLines } from '../../scripts/demo/show.ts'
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

test('newcomer 1.3: the step that the demo shows is valid YAML, with its inputs below it', () => {
  const [step] = parse(stepLines({ 'function-name': 'hello', routes: 'GET /a\nGET /b' }).join('\n')) as [{ uses: string; with: Record<string, string> }]
  expect(step.uses).toMatch(/^your-org\//)
  expect(step.with).toEqual({ 'function-name': 'hello', routes: 'GET /a\nGET /b' })
})

test.each([
  ['the default of Python', { 'lambda_function.py': 'def lambda_handler(event, context): ...', 'other.py': 'def handler(event, context): ...' }, { family: 'python' }],
  ['the default of Node', { 'index.mjs': 'export const handler = async () => ({})' }, { family: 'node' }],
  ['one Python file', { 'greeting.py': 'import json\ndef lambda_handler(event, context):\n  return {}\n', 'tool.py': 'def help(): ...' }, { family: 'python', handler: 'greeting.lambda_handler' }],
  ['one Node file', { 'app.js': 'exports.handler = async () => ({})\n' }, { family: 'node', handler: 'app.handler' }],
  ['two files that could be meant', { 'a.py': 'def handler(e, c): ...', 'b.py': 'def handler(e, c): ...' }, { family: 'python' }],
])('a folder without a config file: %s', (_name, files, guess) => {
  const home = folder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text)
  expect(guessHandler(home)).toEqual(guess)
  rmSync(home, { recursive: true })
})

test('a folder of one’s own is called, its log is shown where that fails, and a change is deployed', async () => {
  const home = folder()
  const code = (body: string): string => `def lambda_handler(event, context):\n    ${body}\n`
  writeFileSync(join(home, 'hello.py'), code("raise RuntimeError('not yet')"))
  const child = start(process.execPath, [demo, home], { env: process.env, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  const reached = (pattern: RegExp): Promise<void> => new Promise((resolve, reject) => {
    const look = (): void => void (pattern.test(text) && resolve())
    child.process.stdout?.on('data', look)
    void child.ended.then(() => reject(new Error(`it ended:\n${text}`)))
    look()
  })
  child.process.stdout?.setEncoding('utf8').on('data', (more: string) => (text += more))
  await reached(/502 [\s\S]*The log of [\s\S]*not yet[\s\S]*Serving until Ctrl-C/)
  expect(text).toContain('handler: hello.lambda_handler')
  writeFileSync(join(home, 'hello.py'), code("return {'statusCode': 200, 'body': 'now it does'}"))
  await reached(/hello\.py has changed[\s\S]*200 now it does/)
  child.process.kill('SIGTERM')
  await child.ended
  rmSync(home, { recursive: true })
})

test('a folder without a handler fails with the reason, and what is no folder at once', async () => {
  const empty = folder()
  const failed = await run(process.execPath, [demo, empty])
  expect(failed.code).toBe(1)
  expect(failed.output).toContain('The workspace is empty.')
  expect(failed.output).toContain('The demo failed: The action failed (exit code 1)')
  writeFileSync(join(empty, 'notes.txt'), 'no code yet\n')
  const without = await run(process.execPath, [demo, empty])
  expect(without.code).toBe(1)
  expect(without.output).toContain('lambda_function')
  rmSync(empty, { recursive: true })
  const nowhere = await run(process.execPath, [demo, 'no/such/folder'], { env: { ...process.env, INIT_CWD: '/' } })
  expect(nowhere.code).toBe(1)
  expect(nowhere.output).toContain('/no/such/folder is not a folder.')
})
