import { isOtherRuns } from '../other-run.ts'
import type { ApplyContext } from '../step.ts'
import { isAtGoal, type FunctionGoal } from './goal.ts'
import { waitUntilSettled } from './readiness.ts'

/*
 * Two runs at once may each be the first to write another function. All write the first function of the service first, by name, and one
 * after another; whose work stands in that one goes on, and writes the others again where a run that gives way has written them.
 */

/** Whether it is this run whose work stands in the function that all write first. */
export async function holdsFirst({ aws, ids }: ApplyContext, { first }: FunctionGoal): Promise<boolean> {
  if (first === undefined) return false
  const roleArn = ids.roleArns.get(first.spec.name) ?? first.roleArn
  return isAtGoal({ ...first, roleArn }, await waitUntilSettled(aws, first.spec.name))
}

/**
 * A write of $LATEST that another run has made impossible is left to the publication, which writes it again, if this is the run that goes
 * on.
 * @throws AwsRefusal where it is the other one
 */
export async function orWrittenAgain(context: ApplyContext, goal: FunctionGoal, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isOtherRuns(error) || !(await holdsFirst(context, goal))) throw error
  }
}
