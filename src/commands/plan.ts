import { planAfterJoin } from '../plan/after-join.ts'
import type { FunctionCode } from '../resources/code.ts'
import { known } from '../resources/step.ts'
import type { Result } from '../service/result.ts'
import { prepare } from './prepare.ts'
import { deployResult } from './result.ts'
import { showPlan, type Run } from './run.ts'

/** Shows the changes that `deploy` would make, and makes none. */
export async function plan(run: Run): Promise<Result> {
  const preparation = await prepare(run)
  const { actual, handover, code, service, joins } = preparation
  const codeOf = (name: string): FunctionCode => known(code.get(name), `the code of ${name}`)
  const then = joins ? planAfterJoin(service, { actual, handover, codeOf }) : []
  const steps = [...preparation.steps, ...then]
  await showPlan(run, steps, preparation.smoke.results)
  const changes = steps.filter((step) => step.action !== 'keep')
  return deployResult(run, { ...preparation, steps }, { command: 'plan', done: changes })
}
