import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '../scripts/lib/children.mjs'
import { atEnd } from '../scripts/lib/lifetime.mjs'
import { root } from '../scripts/lib/requirements.mjs'
import { readCommandFile, readPrinted, type Printed } from './commands.ts'
import { jobEnvironment, makeCommandFiles, type CommandFiles, type JobOptions } from './environment.ts'
import { inputVariables, unexpectedInputs } from './inputs.ts'

export interface StepOptions extends Omit<JobOptions, 'temp' | 'actionPath'> {
  /** `with:` of the step. */
  readonly inputs: Readonly<Record<string, string>>
  /** The action's folder with action.yml and dist/; the project's own when missing. */
  readonly action?: string
  /** What runs instead of the action's dist/index.js. */
  readonly program?: string
  /** Options of Node itself, such as a preload. */
  readonly nodeOptions?: readonly string[]
  /** What `github.token` stands for in defaults. */
  readonly token?: string
  /** Hears every piece of output as it comes. */
  readonly onOutput?: (text: string) => void
}

export interface StepResult extends Printed {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** stdout and stderr as they came, masked values included. */
  readonly output: string
  readonly outputs: Readonly<Record<string, string>>
  /** The job summary's Markdown. */
  readonly summary: string
  readonly durationMs: number
}

export interface Step {
  readonly pid: number | undefined
  readonly result: Promise<StepResult>
  /** SIGKILL to the action and all that it started. */
  readonly kill: () => void
  /** SIGTERM first, as for a cancelled job. */
  readonly stop: () => Promise<void>
}

/**
 * Starts the built action as GitHub's runner does: a child process on Node 24 with `INPUT_*`, the command files and a clean environment.
 * Its temporary files are gone when `result` is there.
 */
export function startStep(options: StepOptions): Step {
  const action = options.action ?? root
  const temp = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-step-'))
  const forget = atEnd(() => rmSync(temp, { recursive: true, force: true }))
  const files = makeCommandFiles(temp)
  const job = jobEnvironment({ ...options, temp, actionPath: action }, process.env)
  const inputs = inputVariables(join(action, 'action.yml'), options.inputs, options.token ?? '')
  const started = performance.now()
  const program = options.program ?? join(action, 'dist', 'index.js')
  const child = start(process.execPath, [...(options.nodeOptions ?? []), program], {
    cwd: options.workspace,
    env: { ...job, ...inputs, ...files },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = unexpectedInputs(join(action, 'action.yml'), options.inputs).map((name) => `::warning::Unexpected input(s) '${name}'\n`).join('')
  for (const stream of [child.process.stdout, child.process.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      options.onOutput?.(text)
    })
  }
  const result = child.ended.then(({ code, signal }) => {
    const durationMs = performance.now() - started
    try {
      return { exitCode: code, signal, output, durationMs, ...readPrinted(output), ...readFiles(files, signal !== null) }
    } finally {
      rmSync(temp, { recursive: true, force: true })
      forget()
    }
  })
  return { pid: child.process.pid, result, kill: child.kill, stop: () => child.stop() }
}

/** Runs the built action to its end. */
export const runStep = (options: StepOptions): Promise<StepResult> => startStep(options).result

/** A killed action may have written half an entry; the runner reads no outputs of it. */
function readFiles(files: CommandFiles, isKilled: boolean): { outputs: Record<string, string>; summary: string } {
  return {
    outputs: isKilled ? {} : readCommandFile(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
  }
}
