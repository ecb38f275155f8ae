import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { enginePython, ensureEngineVenv } from './venv.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const readyWithinMs = 300_000
const attempts = 5

export interface RunningEngine {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Starts an engine of its own on a free port of 127.0.0.1; it ends, and its folder goes, with `stop()` or with this process. */
export async function startEngine(): Promise<RunningEngine> {
  await ensureEngineVenv()
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(await freePort())
    } catch (error) {
      // Another process may take the port between our look and the engine's bind.
      if (attempt === attempts) throw error
    }
  }
}

async function startOnce(port: number): Promise<RunningEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'local-aws-'))
  const child = spawn(enginePython, [join(here, 'watched.py')], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // A group of its own: it clears up after us, also when our whole group is killed at once.
    detached: true,
    // What stands in the server's environment would reach the engine's answers, so it gets its own.
    env: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_ACCOUNT_ID: '000000000000',
      MINISTACK_REGION: 'us-east-1',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      LOG_LEVEL: 'ERROR',
    },
  })
  const stop = async (): Promise<void> => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const url = `http://127.0.0.1:${port}`
    await ready(child, url)
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)))
  let failure: string | undefined
  child.once('error', (error) => (failure = error.message))
  child.once('exit', (code, signal) => (failure = `it ended with ${signal ?? `exit code ${code}`}`))
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline && failure === undefined) {
    const healthy = await fetch(`${url}/_ministack/health`).then((answer) => answer.ok, () => false)
    if (healthy) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`The engine of local AWS did not start: ${failure ?? `no answer within ${readyWithinMs / 1000} s`}.\n${complaint}`)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
