import { afterEach, describe, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../../local-aws/main.ts', import.meta.url))
const cleanups: (() => void)[] = []
afterEach(() => cleanups.splice(0).forEach((clean) => clean()))

interface Started {
  readonly child: ChildProcess
  readonly url: string
  /** The child's own TMPDIR: what is left in it was left behind. */
  readonly folder: string
  readonly engine: string
}

/** Starts the program as a person would, without a channel. */
async function start(args: readonly string[] = ['--port', '0']): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'local-aws-test-'))
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: folder } })
  cleanups.push(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      output += text.toString()
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`It ended: ${output}`)))
  })
  const { engine } = (await (await fetch(`${url}/_local-aws/health`)).json()) as { engine: string }
  return { child, url, folder, engine }
}

async function eventually(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return true
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return false
}

const silent = (url: string): Promise<boolean> => fetch(url).then(() => false, () => true)
const exit = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', (code) => resolve(code)))

describe('local AWS in the foreground', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('ends on %s with everything that it started', async (signal) => {
    const { child, folder, engine, url } = await start()
    expect(readdirSync(folder)).not.toEqual([])
    const ended = exit(child)
    child.kill(signal)
    expect(await ended).toBe(0)
    expect(await silent(url)).toBe(true)
    expect(await silent(engine)).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })

  test('killed without a word, its engine ends too and its folders go', async () => {
    const { child, folder, engine } = await start()
    // As Lambda's workspace names its folders.
    mkdirSync(join(folder, `local-aws-lambda-${child.pid}-x`, 'code'), { recursive: true })
    child.kill('SIGKILL')
    expect(await eventually(() => silent(engine))).toBe(true)
    expect(await eventually(() => readdirSync(folder).length === 0)).toBe(true)
  })

  test('listens on 127.0.0.1 only, front and engine', async () => {
    const { url, engine } = await start()
    const listening = ['tcp', 'tcp6'].flatMap((table) => (existsSync(`/proc/net/${table}`) ? readFileSync(`/proc/net/${table}`, 'utf8').split('\n') : [])).map((line) => line.trim().split(/\s+/))
    for (const port of [url, engine].map((address) => Number(new URL(address).port).toString(16).toUpperCase().padStart(4, '0'))) {
      const sockets = listening.filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${port}`) === true)
      expect(sockets.map(([, local]) => local)).toEqual([`0100007F:${port}`])
    }
  })

  test('a taken port and a wrong option are named with their cure', async () => {
    const { url } = await start()
    const second = spawn(process.execPath, [main, '--port', new URL(url).port], { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    second.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    expect(await exit(second)).toBe(1)
    expect(complaint).toMatch(/^Port \d+ of 127\.0\.0\.1 is taken\. .*--port/m)
  })

  test('--reset wipes the one that runs', async () => {
    const { url } = await start()
    await fetch(`${url}/_local-aws/faults?account=111111111111`, { method: 'POST', body: JSON.stringify({ match: {}, action: { kind: 'slow', ms: 1 } }) })
    expect(await exit(spawn(process.execPath, [main, '--reset', '--port', new URL(url).port], { stdio: 'ignore' }))).toBe(0)
    expect(await (await fetch(`${url}/_local-aws/faults?account=111111111111`)).json()).toEqual([])
  })

  test('survives garbage', async () => {
    const { url } = await start()
    const { port } = new URL(url)
    const garbage = ['\0\x01\x02\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'POST // HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{', 'GET /restapis/%E0%A4%A/x/_user_request_/%zz HTTP/1.1\r\nHost: x\r\n\r\n', 'PUT /_local-aws/settings HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n{{{', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`]
    for (const bytes of garbage) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes))
        socket.on('error', () => undefined).on('close', () => resolve()).resume()
        setTimeout(() => socket.destroy(), 500).unref()
      })
    }
    const credential = 'AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1'
    for (const [service, method, path, body] of [['lambda', 'PATCH', '/%', ''], ['logs', 'POST', '/', '[]'], ['iam', 'POST', '/', 'Action='], ['s3', 'DELETE', '/', ''], ['sts', 'GET', '/?Action=No', ''], ['apigateway', 'POST', '/restapis', 'null']] as const) {
      const answer = await fetch(`${url}${path}`, { method, headers: { authorization: `${credential}/${service}/aws4_request, SignedHeaders=host, Signature=0` }, ...(body === '' ? {} : { body }) })
      expect([service, answer.status >= 400 && answer.status < 500]).toEqual([service, true])
    }
    expect((await fetch(`${url}/_local-aws/health`)).status).toBe(200)
  })
})
