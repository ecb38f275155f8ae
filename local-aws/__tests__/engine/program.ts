import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipOf } from '../lambda/support.ts'

export const main = fileURLToPath(new URL('../../main.ts', import.meta.url))

/** A local AWS of its own, started as a program. */
export interface Started {
  readonly child: ChildProcess
  readonly url: string
  /** Its own TMPDIR: what is left in it was left behind. */
  readonly folder: string
  readonly engine: string
}

const cleanups: (() => void)[] = []

/** Ends what the tests have started, and removes its folders. */
export function cleanUp(): void {
  for (const clean of cleanups.splice(0)) clean()
}

/** Starts the program as a person would, without a channel, unless `command` starts it in another way; its first URL is its own. */
export async function startProgram(args: readonly string[] = ['--port', '0', '--clock-rate', '20'], command: readonly [string, ...string[]] = [process.execPath, main]): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'local-aws-test-'))
  const [file, ...before] = command
  // A process group of its own, as a terminal gives it.
  const child = spawn(file, [...before, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: folder }, detached: true })
  cleanups.push(() => {
    child.kill('SIGKILL')
    for (const { pid } of processesOf(folder)) kill(pid)
    rmSync(folder, { recursive: true, force: true })
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        output += text.toString()
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? []
        if (found !== undefined) resolve(found)
      })
    }
    child.once('exit', () => reject(new Error(`It ended: ${output}`)))
  })
  const { engine } = (await (await fetch(`${url}/_local-aws/health`)).json()) as { engine: string }
  return { child, url, folder, engine }
}

/** Processes that know this folder: by their command, their environment or as where they work. */
export function processesOf(folder: string): readonly { readonly pid: number; readonly command: string }[] {
  if (!existsSync('/proc/self')) {
    const lines = execFileSync('ps', ['-Ao', 'pid=,args=']).toString().split('\n').filter((line) => line.includes(folder))
    return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+ /, '') }))
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const read = (pid: string, what: string): string => attempt(() => (what === 'cwd' ? readlinkSync(`/proc/${pid}/cwd`) : readFileSync(`/proc/${pid}/${what}`, 'utf8').replaceAll('\0', ' ')))
  return pids.filter((pid) => ['cmdline', 'environ', 'cwd'].some((what) => read(pid, what).includes(folder))).map((pid) => ({ pid: Number(pid), command: read(pid, 'cmdline') }))
}

/** A process may end while we look. */
function attempt(work: () => string): string {
  try {
    return work()
  } catch {
    return ''
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** Deploys a function of each runtime and runs it, so that its processes stay warm. */
export async function warmUp(url: string): Promise<void> {
  const client = { endpoint: url, region: 'eu-west-1', credentials: { accessKeyId: '123456789012', secretAccessKey: 'any' }, maxAttempts: 1 }
  const lambda = new LambdaClient(client)
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
  await new IAMClient(client).send(new CreateRoleCommand({ RoleName: 'runs', AssumeRolePolicyDocument: JSON.stringify(trust) }))
  const code = zipOf({ 'a.py': 'def handler(event, context):\n    return event\n', 'b.mjs': 'export const handler = async (event) => event\n' })
  for (const [name, Runtime, Handler] of [['p', 'python3.12', 'a.handler'], ['n', 'nodejs24.x', 'b.handler']] as const) {
    await lambda.send(new CreateFunctionCommand({ FunctionName: name, Role: 'arn:aws:iam::123456789012:role/runs', Runtime, Handler, Code: { ZipFile: code } }))
    while ((await lambda.send(new GetFunctionCommand({ FunctionName: name }))).Configuration?.State !== 'Active') await new Promise((resolve) => setTimeout(resolve, 50))
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from('1') }))
    if (Buffer.from(Payload ?? []).toString() !== '1') throw new Error(`${name} answered ${Buffer.from(Payload ?? []).toString()}`)
  }
}

export async function eventually(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 8000; tries++) {
    if (await holds()) return true
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return false
}

/** Sends bytes over a connection of their own and returns what comes back until it is closed, or until `patience` milliseconds have passed. */
export function sendBytes(url: string, bytes: string | Buffer, patience = 500): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    const impatience = setTimeout(() => socket.destroy(), patience)
    socket.on('error', () => undefined).on('close', () => {
      clearTimeout(impatience)
      resolve(answer)
    })
  })
}

export const silent = (url: string): Promise<boolean> => fetch(url).then(() => false, () => true)
export const exit = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', (code) => resolve(code)))
