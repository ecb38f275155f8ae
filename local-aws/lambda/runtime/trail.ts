import { readFileSync } from 'node:fs'
import type { Instance } from './instance.ts'

/** The step in which the function's own code runs. */
export const handlerRuns = 'the handler runs'

/** Where one invocation has come to: for whoever waits for it longer than the function itself may take. */
export class Trail {
  #step = 'its role is looked up'
  #since = performance.now()
  #instance: Instance | undefined

  /** From now on, this is what it waits for. */
  at(step: string, instance?: Instance): void {
    this.#step = step
    this.#since = performance.now()
    this.#instance = instance ?? this.#instance
  }

  /** Whether it is the function's own code that has not ended yet. */
  get isInHandler(): boolean {
    return this.#step === handlerRuns
  }

  /** What it waits for, since when, and how its process is. */
  tell(): string {
    const seconds = ((performance.now() - this.#since) / 1000).toFixed(1)
    return `for ${seconds} s: ${this.#step}; ${this.#instance === undefined ? 'no process yet' : processOf(this.#instance)}`
  }
}

/** The state that Linux knows of the process (proc_pid_status(5)), and what it has printed that nobody has read yet. */
function processOf(instance: Instance): string {
  const lines = instance.peekLines().join('').trim()
  const state = instance.alive ? `${instance.heard}, ${kernelState(instance.pid)}` : 'ended'
  return `process ${instance.pid ?? 'not started'}, ${state}${lines === '' ? '' : `; its output:\n${lines}`}`
}

function kernelState(pid: number | undefined): string {
  try {
    const state = /^State:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return `${state}, waits in ${readFileSync(`/proc/${pid}/wchan`, 'utf8') || 'nothing'}`
  } catch {
    return 'unknown to the kernel'
  }
}
