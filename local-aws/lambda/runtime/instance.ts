import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { OutputReader } from './output.ts'

/** How an instance is started. */
export interface InstanceSetting {
  readonly language: 'python' | 'node'
  readonly command: string
  readonly handler: string
  readonly environment: Readonly<Record<string, string>>
  readonly folder: string
  /** Of the interpreter, before its script. */
  readonly options: readonly string[]
  /** Only for Python: what comes before the standard library. */
  readonly path: readonly string[]
}

/** One request as the runtime client reads it. */
export interface InstanceRequest {
  readonly requestId: string
  readonly functionArn: string
  readonly payload: string
  readonly deadlineMs: number
  readonly traceId: string
  readonly clientContext?: unknown
}

/** What the runtime client or its end says. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: unknown; readonly init: boolean }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** How long after a reply its last output may come: past that, the handler has closed or redirected its standard output. */
const OUTPUT_GRACE_MS = 100
const CHANNEL = 3
const CLIENTS = { python: 'python/client.py', node: 'node/client.mjs' } as const

/** A process that runs one handler, one request at a time. */
export class Instance {
  readonly #child: ChildProcess
  readonly #channel: Duplex
  readonly #lines: string[] = []
  #held = ''
  #messages = 0
  #reply: Reply | undefined
  #exited: Reply | undefined
  #outputDone = false
  #wake: () => void = () => {}

  constructor(setting: InstanceSetting) {
    const client = fileURLToPath(new URL(CLIENTS[setting.language], import.meta.url))
    this.#child = spawn(setting.command, [...setting.options, client, '--channel', String(CHANNEL)], {
      cwd: setting.folder,
      env: setting.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    this.#channel = this.#child.stdio[CHANNEL] as Duplex
    this.#listen(setting)
  }

  get alive(): boolean {
    return this.#exited === undefined
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** What the runtime client was heard to say last, and how much was read of what it says now. */
  get heard(): string {
    return `${this.#messages} messages heard, ${this.#held.length} characters of the next`
  }

  /** Lines written since they were last taken, which stay there. */
  peekLines(): readonly string[] {
    return this.#lines
  }

  /** Lines written since they were last taken. */
  takeLines(): string[] {
    return this.#lines.splice(0)
  }

  send(request: InstanceRequest): void {
    this.#outputDone = false
    this.#channel.write(`${JSON.stringify(request)}\n`)
  }

  /** The next reply, with all output that belongs to it read; `undefined` when none came in time. */
  async reply(timeoutMs: number): Promise<Reply | undefined> {
    const deadline = performance.now() + timeoutMs
    while (this.#reply === undefined && this.#exited === undefined) {
      const left = deadline - performance.now()
      if (left <= 0) return undefined
      await this.#change(left)
    }
    const reply = this.#reply ?? this.#exited
    this.#reply = undefined
    if (!this.#outputDone && this.alive) await this.#change(OUTPUT_GRACE_MS)
    return reply
  }

  /** Ends the process, whatever it is doing; resolves when it is gone. */
  stop(): Promise<void> {
    if (!this.alive) return Promise.resolve()
    const gone = new Promise<void>((resolve) => this.#child.once('close', () => resolve()))
    this.#child.kill('SIGKILL')
    return gone
  }

  #listen(setting: InstanceSetting): void {
    const token = randomBytes(12).toString('hex')
    const reader = new OutputReader(token, (output) => {
      if (output.kind === 'line') this.#lines.push(output.text)
      else this.#notice(() => (this.#outputDone = true))
    })
    this.#child.stdout?.on('data', (chunk: Buffer) => reader.read(chunk))
    // Only what is written before the runtime client joins both streams, such as a Python that cannot start.
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#lines.push(chunk.toString()))
    this.#channel.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk))
    this.#channel.on('error', () => {})
    this.#child.once('error', (error) => this.#lines.push(`[LOCAL AWS] ${setting.command} cannot be started: ${error.message}\n`))
    this.#child.once('close', (code, signal) => {
      reader.flush()
      this.#notice(() => (this.#exited = { kind: 'exit', code, signal }))
    })
    const { handler, path } = setting
    this.#channel.write(`${JSON.stringify({ token, handler, path })}\n`)
  }

  #read(chunk: string): void {
    this.#held += chunk
    const end = this.#held.indexOf('\n')
    if (end < 0) return
    const message = JSON.parse(this.#held.slice(0, end)) as { ready?: boolean; payload?: string; error?: unknown; initError?: unknown }
    this.#held = this.#held.slice(end + 1)
    this.#messages += 1
    this.#notice(() => (this.#reply = replyOf(message)))
  }

  #notice(change: () => void): void {
    change()
    this.#wake()
  }

  /** Resolves when something was noticed, or after that long. */
  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function replyOf(message: { ready?: boolean; payload?: string; error?: unknown; initError?: unknown }): Reply {
  if (message.ready === true) return { kind: 'ready' }
  if (message.payload !== undefined) return { kind: 'result', payload: message.payload }
  return { kind: 'error', error: message.error ?? message.initError, init: message.error === undefined }
}
