import { awsEnvironment, type LocalJob } from '../../local-aws/environment.ts'
import { startStep, type Step, type StepOptions, type StepResult } from '../../local-runner/run.ts'

export type { Annotation } from '../../local-runner/commands.ts'
export type { LocalJob, Step, StepResult }

export interface ActionOptions extends StepOptions {
  /** Local AWS and the account to deploy into; without it the action has no credentials and no endpoint. */
  readonly aws?: LocalJob
}

/** Starts the built action in a workspace, as a workflow step would; the handle can kill it. */
export function startAction(options: ActionOptions): Step {
  const { aws, env, ...step } = options
  return startStep({ ...step, env: { ...(aws === undefined ? {} : awsEnvironment(aws)), ...env } })
}

/** Runs the built action to its end. */
export const runAction = (options: ActionOptions): Promise<StepResult> => startAction(options).result

/** The same, and fails unless the action succeeded. */
export const runActionWell = async (options: ActionOptions): Promise<StepResult> => succeeded(await runAction(options))

/** Fails with the whole log, and with what the log hides, unless the run succeeded. */
export function succeeded(result: StepResult): StepResult {
  if (result.exitCode !== 0) throw new Error(`the action ended with ${result.signal ?? `exit code ${result.exitCode}`}:\n${result.log.join('\n')}\n${result.output}`)
  return result
}
