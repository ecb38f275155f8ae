import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runAction, type StepResult } from '../support/runner.ts'

const src = join(import.meta.dirname, '..', '..', 'src')

/** Runs a few lines of TypeScript, with everything of src/github in scope, as an action's step. */
export async function runProgram(lines: string, env: Record<string, string | undefined> = {}): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'github-test-'))
  try {
    writeFileSync(join(folder, 'action.yml'), 'inputs: {}\n')
    const program = join(folder, 'program.ts')
    writeFileSync(
      program,
      `import * as github from '${src}/github/index.ts'
       import { Interrupted, SeveralErrors, UserError } from '${src}/errors.ts'
       import { DiagnosticsError } from '${src}/diagnostics.ts'
       const progress = github.createProgress()
       ${lines}`,
    )
    return await runAction({ workspace: folder, action: folder, program, inputs: {}, env })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
