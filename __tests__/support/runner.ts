import { awsEnvironment, type LocalJob } from '../../local-aws/environment.ts'
import { virtualTime } from '../../local-aws/testing.ts'
import { startStep, type Step, type StepOptions, type StepResult } from '../../local-runner/run.ts'

export type { Annotation } from '../../local-runner/commands.ts'
export type { LocalJob, Step, StepResult }

export interface ActionOptions extends StepOptions {
  /** Local AWS and the account to deploy into, by whose clock the action lives; without it the action has no credentials and no endpoint. */
  readonly aws?: LocalJob
}

/**
 * MiB in which a run's new objects find room from the start. A run of a third of a second outgrows Node's first MiB over and over, and a
 * tenth of its CPU time goes into that; what it does is the same.
 */
const youngSpace = ['--min-semi-space-size=32']

/** Starts the built action in a workspace, as a workflow step would; the handle can kill it. */
export function startAction(options: ActionOptions): Step {
  const { aws, env, ...step } = options
  if (aws === undefined) return startStep(options)
  const clock = virtualTime({ url: aws.endpoint, account: aws.account })
  // Compiled code is kept between the many runs of the tests: it is the same bundle every time.
  const compiled = { NODE_COMPILE_CACHE: process.env['TEST_COMPILE_CACHE'] }
  const nodeOptions = [...youngSpace, ...clock.nodeArgs, ...(step.nodeOptions ?? [])]
  return startStep({ ...step, nodeOptions, env: { ...awsEnvironment(aws), ...clock.environment, ...compiled, ...env } })
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
