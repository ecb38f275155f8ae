import { spawn, type ChildProcess } from 'node:child_process'
import { onCancel, pause, refuseCancelled } from '../../cancellation.ts'
import type { Env } from '../env.ts'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Whether there is no such program; one that was started may answer 127 for a program that it did not find itself. */
  readonly absent?: boolean
}

export interface RunOptions {
  readonly cwd: string
  readonly env: Env
  /** What the program reads from its standard input; nothing where it is not given. */
  readonly input?: string
  readonly onLine?: (line: string) => void
  /** Takes credentials out of what the program says. */
  readonly hide?: (text: string) => string
}

/** A program that is told to end may tidy up for so many milliseconds. */
const tidiesFor = 1_000

/**
 * Runs a program to its end; a program that cannot be started answers 127, as a shell would.
 * @throws Cancelled where the run is told to stop; the program, and all that it has started, is ended then
 */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  refuseCancelled()
  const ran = await runAnyway(program, args, options)
  refuseCancelled()
  return ran
}

function runAnyway(program: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  return new Promise((resolve) => {
    // A group of its own: an installer starts compilers and other installers, and they are to end with it.
    const child = spawn(
      program, args,
      { cwd: options.cwd, env: options.env, stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32' }
    )
    const forget = onCancel(() => endGroup(child))
    // A program that ends before it has read all says why in its own words.
    child.stdin.on('error', () => undefined).end(options.input ?? '')
    const hide = options.hide ?? ((text: string) => text)
    let [stdout, stderr, rest] = ['', '', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      // Whole lines only: a credential may arrive in two pieces.
      const lines = `${rest}${text}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '') options.onLine?.(hide(line))
    })
    child.on('error', (error: NodeJS.ErrnoException) => {
      forget()
      resolve({ code: 127, stdout, stderr: `${hide(stderr)}${error.message}`, absent: error.code === 'ENOENT' })
    })
    child.on('close', (code) => {
      forget()
      if (rest.trim() !== '') options.onLine?.(hide(rest))
      resolve({ code: code ?? 1, stdout, stderr: hide(stderr) })
    })
  })
}

const told = new Set<ChildProcess>()

/** Asks a program and all that it has started to end, and a moment later no longer asks. */
function endGroup(child: ChildProcess): void {
  told.add(child)
  killGroup(child, 'SIGTERM')
  setTimeout(() => killGroup(child, 'SIGKILL'), tidiesFor)
}

/** Ends at once whatever is left of the programs that were told to end: one of them may have ended without those that it had started. */
export function endPrograms(): void {
  for (const child of told) killGroup(child, 'SIGKILL')
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // All of it has ended already.
  }
}

/** Seconds to wait before each further try. */
const pauses = [1, 4]

/** Runs again after a pause when the failure is one that may pass. */
export async function runWithRetry(
  program: string, args: readonly string[], options: RunOptions & { readonly passing: (ran: Ran) => boolean }
): Promise<Ran> {
  for (const seconds of pauses) {
    const ran = await run(program, args, options)
    if (ran.code === 0 || !options.passing(ran)) return ran
    options.onLine?.(`${program} could not reach its index; trying again in ${seconds} s.`)
    await pause(seconds * 1000)
  }
  return run(program, args, options)
}
