import { planLines } from '../render/index.ts'
import type { Result } from '../service/result.ts'
import type { Run } from './run.ts'
import { prepare } from './prepare.ts'
import { deployResult } from './result.ts'

/** Shows the changes that `deploy` would make, and makes none. */
export async function plan(run: Run): Promise<Result> {
  const prepared = await prepare(run)
  await run.progress.group('Plan', async () => planLines(prepared.steps).forEach((line) => run.progress.info(line)))
  const changes = prepared.steps.filter((step) => step.action !== 'keep')
  return deployResult(run, prepared, { command: 'plan', done: changes })
}
