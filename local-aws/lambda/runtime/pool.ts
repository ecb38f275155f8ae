import { rm } from 'node:fs/promises'
import { pythonSdk } from '../../engine/venv.mjs'
import type { Code } from '../code.ts'
import type { Served } from '../state.ts'
import { environmentOf, pythonPath, type Folders, type Identity } from './environment.ts'
import { Instance } from './instance.ts'
import type { Interpreter } from './interpreters.ts'
import { nodeOptions } from './node-options.ts'
import { linkNodeSdk } from './node-sdk.ts'
import { unpack } from './unpack.ts'
import { subfolder, workspace } from './workspace.ts'

/** Processes of one version that run at once here; more requests wait, which on AWS they would not. */
const MOST_INSTANCES = 16
/** Real milliseconds after which an idle process is ended. */
const IDLE_MS = 60_000

/** What a pool runs. */
export interface Program {
  readonly served: Served
  readonly layers: readonly Code[]
  readonly interpreter: Interpreter
  readonly identity: Omit<Identity, 'logStream'>
}

/** A process with the log stream it writes to. */
export interface Worker {
  readonly instance: Instance
  readonly logStream: string
  /** Whether it has answered a request before. */
  warm: boolean
}

/** The warm processes of one version's code and configuration. */
export class Pool {
  readonly program: Program
  readonly #idle = new Map<Worker, NodeJS.Timeout>()
  readonly #busy = new Set<Worker>()
  readonly #waiting: (() => void)[] = []
  #starting = 0
  #unpacked: Promise<Omit<Folders, 'temporary'> & { readonly root: string }> | undefined
  #retired = false

  constructor(program: Program) {
    this.program = program
  }

  /** A process for one request: the one that was idle last, else a new one; waits while there are too many. */
  async take(logStream: () => string): Promise<Worker> {
    for (;;) {
      const warm = this.#lastAlive()
      if (warm !== undefined) return this.#wake(warm)
      if (this.#busy.size + this.#starting < MOST_INSTANCES) return this.#start(logStream())
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Gives a process back for the next request; one that ended is forgotten. */
  async release(worker: Worker): Promise<void> {
    this.#busy.delete(worker)
    worker.warm = true
    if (worker.instance.alive && !this.#retired) {
      const timer = setTimeout(() => void this.#reap(worker), IDLE_MS)
      timer.unref()
      this.#idle.set(worker, timer)
    } else await worker.instance.stop()
    this.#waiting.shift()?.()
    await this.#cleanUp()
  }

  /** Lets running requests end, and then nothing is left. */
  async retire(): Promise<void> {
    this.#retired = true
    await Promise.all([...this.#idle.keys()].map((worker) => this.#reap(worker)))
    await this.#cleanUp()
  }

  /** Ends everything now. */
  async stop(): Promise<void> {
    await Promise.all([...this.#busy].map(({ instance }) => instance.stop()))
    await this.retire()
  }

  /** One that died in its sleep, of what the handler left running, is passed over: on AWS the next request gets a new one, too. */
  #lastAlive(): Worker | undefined {
    for (const [worker, timer] of [...this.#idle].reverse()) {
      if (worker.instance.alive) return worker
      clearTimeout(timer)
      this.#idle.delete(worker)
    }
    return undefined
  }

  #wake(worker: Worker): Worker {
    clearTimeout(this.#idle.get(worker))
    this.#idle.delete(worker)
    this.#busy.add(worker)
    return worker
  }

  async #start(logStream: string): Promise<Worker> {
    this.#starting += 1
    try {
      const worker = { instance: await this.#spawn(logStream), logStream, warm: false }
      this.#busy.add(worker)
      return worker
    } finally {
      this.#starting -= 1
    }
  }

  async #spawn(logStream: string): Promise<Instance> {
    const { served, interpreter, identity } = this.program
    const { configuration } = served
    const { root, task, layers, runtime } = await (this.#unpacked ??= this.#unpack())
    const folders = { task, layers, runtime, temporary: await subfolder(root, `tmp-${logStream.slice(-8)}`) }
    const setting = { configuration, interpreter, folders, identity: { ...identity, logStream } }
    return new Instance({
      language: interpreter.language,
      command: interpreter.command,
      handler: configuration.Handler ?? '',
      environment: environmentOf(setting),
      folder: task,
      // Python without site-packages (-S), the environment's PYTHON* (-I), .pyc files beside the handler's (-B) and buffers (-u).
      options: interpreter.language === 'python' ? ['-I', '-S', '-B', '-u'] : nodeOptions(configuration, interpreter),
      path: interpreter.language === 'python' ? pythonPath(setting) : [],
    })
  }

  async #unpack(): Promise<Omit<Folders, 'temporary'> & { readonly root: string }> {
    const { served, layers, identity, interpreter } = this.program
    const root = await workspace.folder(identity.name)
    const runtime = interpreter.language === 'python' ? pythonSdk : await linkNodeSdk(await subfolder(root, 'runtime'))
    const folders = { root, task: await subfolder(root, 'task'), layers: await subfolder(root, 'opt'), runtime }
    await unpack(served.code.zip, folders.task)
    // One after the other: a later layer writes over an earlier one (developer guide, layers).
    for (const layer of layers) await unpack(layer.zip, folders.layers)
    return folders
  }

  async #reap(worker: Worker): Promise<void> {
    clearTimeout(this.#idle.get(worker))
    this.#idle.delete(worker)
    await worker.instance.stop()
  }

  async #cleanUp(): Promise<void> {
    if (!this.#retired || this.#busy.size + this.#starting > 0) return
    const unpacked = this.#unpacked
    this.#unpacked = undefined
    if (unpacked !== undefined) await rm((await unpacked).root, { recursive: true, force: true })
  }
}
