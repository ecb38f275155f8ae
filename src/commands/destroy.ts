import { applyPlan } from '../plan/apply.ts'
import { idsOf, readActual, readCopy } from '../actual/actual.ts'
import { composeDestroy, isLastStage } from '../plan/destroy.ts'
import { planLines } from '../render/index.ts'
import { readFormerFunctions } from '../resources/lambda/former.ts'
import type { Result } from '../service/result.ts'
import type { Run } from './run.ts'
import { withoutApply } from './result.ts'

/** Removes a stage, and with the last one everything that was made for the service, except logs. */
export async function destroy(run: Run): Promise<Result> {
  const { service, options, aws, progress, stopwatch } = run
  const actual = await stopwatch.time('read AWS', () => readActual(aws, service, { allowedAccountIds: options.allowedAccountIds, isDestroy: true }))
  const last = isLastStage(service, actual)
  const [copy, former] = last ? await Promise.all([readCopy(aws, actual), readFormerFunctions(aws, service, new Set(service.functions.map((spec) => spec.name)))]) : [undefined, []]
  const { steps, notes } = composeDestroy(service, { actual, copy, former, deleteLogs: options.deleteLogs })
  await progress.group('Plan', async () => planLines(steps).forEach((line) => progress.info(line)))
  const done = await progress.group('Apply', () =>
    stopwatch.time('apply', () => applyPlan(steps, { aws, account: actual.account, service, ids: idsOf(actual, service), progress })),
  )
  return {
    command: 'destroy', service: service.name, stage: service.stage, changed: done.length > 0, notes,
    functions: [], routes: [], plan: steps.map(withoutApply), timings: stopwatch.timings,
  }
}
