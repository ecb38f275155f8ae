import type { Result } from '../service/result.ts'
import { prepare } from './prepare.ts'
import { deployResult } from './result.ts'
import { showPlan, type Run } from './run.ts'

/** Shows the changes that `deploy` would make, and makes none. */
export async function plan(run: Run): Promise<Result> {
  const preparation = await prepare(run)
  await showPlan(run, preparation.steps, preparation.smoke.results)
  const changes = preparation.steps.filter((step) => step.action !== 'keep')
  return deployResult(run, preparation, { command: 'plan', done: changes })
}
