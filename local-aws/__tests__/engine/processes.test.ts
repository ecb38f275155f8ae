import { afterEach, describe, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '../../client.ts'
import { root } from '../../../scripts/lib/requirements.mjs'
import { cleanUp, eventually, exit, main, processesOf, silent, startProgram, warmUp } from './program.ts'

afterEach(cleanUp)

/** Whether nothing of it is left, some moments later: no process, no folder. */
const isGone = (folder: string): Promise<boolean> => eventually(() => processesOf(folder).length === 0 && leftIn(folder).length === 0)
/** Node keeps compiled code where npm runs; that is no work of ours. */
const leftIn = (folder: string): string[] => readdirSync(folder).filter((name) => name !== 'node-compile-cache')

describe('local AWS in the foreground', () => {
  test.each([
    ['SIGTERM', (pid: number) => process.kill(pid, 'SIGTERM')],
    ['Ctrl-C', (pid: number) => process.kill(-pid, 'SIGINT')],
  ])('ends on %s with everything that it started, warm functions too', async (_, stop) => {
    const { child, folder, engine, url } = await startProgram()
    await warmUp(url)
    // Front, engine, and a process for each function.
    expect(processesOf(folder).length).toBeGreaterThanOrEqual(4)
    expect(leftIn(folder)).not.toEqual([])
    const ended = exit(child)
    stop(child.pid ?? 0)
    expect(await ended).toBe(0)
    expect([await silent(url), await silent(engine), processesOf(folder), leftIn(folder)]).toEqual([true, true, [], []])
  })

  test.each([
    ['it alone', (pid: number) => process.kill(pid, 'SIGKILL')],
    ['its whole group', (pid: number) => process.kill(-pid, 'SIGKILL')],
  ])('killed without a word, %s: its engine and warm functions end too and its folders go', async (_, kill) => {
    const { child, folder, engine, url } = await startProgram()
    await warmUp(url)
    // A folder that it was about to fill.
    mkdirSync(join(folder, `local-aws-lambda-${child.pid}-x`, 'code'), { recursive: true })
    kill(child.pid ?? 0)
    expect(await isGone(folder)).toBe(true)
    expect(await silent(engine)).toBe(true)
  })

  test('ends when who started it with a channel is killed without a word', async () => {
    const starter = `const child = require('node:child_process').fork(${JSON.stringify(main)}, ['--port', '0'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }); setInterval(() => {}, 1000)`
    const { child, folder, url } = await startProgram([], [process.execPath, '-e', starter])
    await warmUp(url)
    child.kill('SIGKILL')
    expect(await isGone(folder)).toBe(true)
  })

  test.each([
    ['Ctrl-C', (pid: number) => process.kill(-pid, 'SIGINT')],
    ['SIGTERM to npm', (pid: number) => process.kill(pid, 'SIGTERM')],
    ['SIGKILL to npm', (pid: number) => process.kill(pid, 'SIGKILL')],
  ])('npm run local-aws sets itself up and serves, and nothing is left after %s', async (_, stop) => {
    const { child, folder, url } = await startProgram(['--port', '0'], ['npm', 'run', '--silent', '--prefix', root, 'local-aws', '--'])
    expect((await fetch(`${url}/_local-aws/health`)).status).toBe(200)
    stop(child.pid ?? 0)
    expect(await isGone(folder)).toBe(true)
  })

  test('listens on 127.0.0.1 only, front and engine', async () => {
    const { url, engine } = await startProgram()
    const listening = ['tcp', 'tcp6'].flatMap((table) => (existsSync(`/proc/net/${table}`) ? readFileSync(`/proc/net/${table}`, 'utf8').split('\n') : [])).map((line) => line.trim().split(/\s+/))
    for (const port of [url, engine].map((address) => Number(new URL(address).port).toString(16).toUpperCase().padStart(4, '0'))) {
      const sockets = listening.filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${port}`) === true)
      expect(sockets.map(([, local]) => local)).toEqual([`0100007F:${port}`])
    }
  })

  test('two at once on ports of their own are two worlds', async () => {
    const [one, other] = await Promise.all([startProgram(), startProgram()])
    expect([one.url === other.url, one.engine === other.engine]).toEqual([false, false])
    await warmUp(one.url)
    expect(await connect(one.url, '123456789012').state()).toMatchObject({ lambda: { 'eu-west-1': { functions: { p: expect.anything() } } }, iam: { roles: { runs: expect.anything() } } })
    expect(await connect(other.url, '123456789012').state()).toMatchObject({ lambda: {}, iam: { roles: {} } })
    one.child.kill('SIGKILL')
    expect(await isGone(one.folder)).toBe(true)
    expect((await connect(other.url, '123456789012').state())['lambda']).toEqual({})
  })
})

describe('its options', () => {
  const run = async (...args: string[]): Promise<{ code: number | null; complaint: string }> => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    return { code: await exit(child), complaint }
  }

  test('a port that is taken is named with the cure, and the one that has it lives on', async () => {
    const { url, engine } = await startProgram()
    for (const taken of [url, engine]) {
      const { port } = new URL(taken)
      const { code, complaint } = await run('--port', port)
      expect(code).toBe(1)
      expect(complaint).toBe(`Port ${port} of 127.0.0.1 is taken. Stop what listens there, or choose another with --port.\n`)
    }
    expect((await fetch(`${url}/_local-aws/health`)).status).toBe(200)
  })

  test.each([
    [['--port', 'x'], /^--port must be a port number, not "x"\.\nUsage: /],
    [['--port', '65536'], /^--port must be a port number/],
    [['--clock-rate', '-1'], /--clock-rate/],
    [['--clock-rate', '1001'], /^--clock-rate must be a number from 0 to 1000, not "1001"/],
    [['--colck-rate', '2'], /--colck-rate/],
    [['--port', '1', '--reset'], /^Nothing to wipe: no local AWS answers on http:\/\/127\.0\.0\.1:1\.\n$/],
  ])('%j is refused in words', async (args, words) => {
    const { code, complaint } = await run(...args)
    expect(code).toBe(1)
    expect(complaint).toMatch(words)
    expect(complaint).not.toMatch(/^\s+at /m)
  })

  test('--reset wipes all accounts of the one that runs', async () => {
    const { url } = await startProgram()
    await warmUp(url)
    await connect(url, '111111111111').fault({}, { kind: 'slow', ms: 1 })
    expect((await run('--reset', '--port', new URL(url).port)).code).toBe(0)
    expect(await connect(url, '111111111111').faults()).toEqual([])
    expect(await connect(url, '123456789012').state()).toMatchObject({ lambda: {}, iam: { roles: {} } })
  })

  test('--clock-rate and --documented-only are as they say, for every account and after a reset', async () => {
    const { url } = await startProgram(['--port', '0', '--clock-rate', '50', '--documented-only'])
    const control = connect(url, '111111111111')
    const started = performance.now()
    const from = await control.clock()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const to = await control.clock()
    const passed = performance.now() - started
    expect(to.rate).toBe(50)
    expect(to.now - from.now).toBeGreaterThanOrEqual(5000)
    expect(to.now - from.now).toBeLessThan(50 * (passed + 100))
    expect((await control.settings()).unverified).toBe(false)
    await control.configure({ unverified: true })
    await control.reset()
    expect((await control.settings()).unverified).toBe(false)
  })
})
