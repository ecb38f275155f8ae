import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/requirements.mjs'
import { awsEnvironment, type LocalJob } from '../../local-aws/environment.ts'
import { runStep, type StepResult } from '../../local-runner/run.ts'
import { heading, liveLog, say, stepLines } from './show.ts'

/** A folder that the built action deploys, and the step's `with:` and `env:`. */
export interface Demo {
  readonly workspace: string
  readonly repository: string
  readonly inputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Deploys with the built action, and shows its log as it comes.
 * @throws Error when the step fails; its log has said why
 */
export async function deploy(demo: Demo, job: LocalJob, title: string): Promise<StepResult> {
  if (!existsSync(join(root, 'dist', 'index.js'))) throw new Error('dist/index.js is missing: run `npm run build`.')
  heading(title)
  const env = { ...awsEnvironment(job), LAMBDA_API_DEPLOY_CACHE: join(root, '.cache', 'dependencies'), ...demo.env }
  const result = await runStep({ ...demo, env, onOutput: liveLog() })
  if (result.exitCode !== 0) throw new Error(`The action failed (${result.signal ?? `exit code ${result.exitCode}`}); its log stands above.`)
  say(`   took ${(result.durationMs / 1000).toFixed(1)} s`)
  return result
}

/** What the workflow's step would look like. */
export function showStep(demo: Demo): void {
  say(...stepLines(demo.inputs))
}
