import { applyPlan } from '../plan/apply.ts'
import { planLines } from '../render/index.ts'
import type { Outcome, Run } from './run.ts'
import { prepare } from './prepare.ts'
import { deployResult } from './result.ts'

/** Leads a stage to what the config asks for. Nothing changed means nothing written. */
export async function deploy(run: Run): Promise<Outcome> {
  const { service, aws, progress, stopwatch } = run
  const prepared = await prepare(run)
  await progress.group('Plan', async () => planLines(prepared.steps).forEach((line) => progress.info(line)))
  const changed = prepared.steps.some((step) => step.action !== 'keep')
  if (!changed) return { result: deployResult(run, prepared, { command: 'deploy', done: [] }), done: [] }
  const applied = await progress.group('Apply', () =>
    stopwatch.time('apply', () => applyPlan(prepared.steps, { aws, service, born: prepared.born, progress })),
  )
  return { result: deployResult(run, prepared, { command: 'deploy', done: applied.done }), ...applied }
}
