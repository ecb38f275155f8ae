import type { PlannedChange } from '../change.ts'
import { applyPlan, type Applied } from '../plan/apply.ts'
import { planLines } from '../render/index.ts'
import { OtherRunWon } from '../resources/other-run.ts'
import type { Outcome, Run } from './run.ts'
import { prepare, type Prepared } from './prepare.ts'
import { deployResult } from './result.ts'

/** How often a run goes live anew where another one has moved its slot under it. */
const attempts = 3

/** Leads a stage to what the config asks for. Nothing changed means nothing written. */
export async function deploy(run: Run): Promise<Outcome> {
  const done: PlannedChange[] = []
  for (let attempt = 1; ; attempt++) {
    const prepared = await prepare(run)
    const applied = await carryOut(run, prepared)
    done.push(...applied.done)
    const again = applied.failure instanceof OtherRunWon && applied.failure.isMixed && attempt < attempts
    if (!again) return { result: deployResult(run, prepared, { command: 'deploy', done }), ...applied, done }
    run.progress.warning('Another run has moved the slot that this one has put live. Deploying once more, so that what is live is not half of each.')
  }
}

async function carryOut({ service, aws, progress, stopwatch }: Run, { steps, guards, actual, ids }: Prepared): Promise<Applied> {
  await progress.group('Plan', async () => planLines(steps).forEach((line) => progress.info(line)))
  if (steps.every((step) => step.action === 'keep')) return { done: [] }
  return progress.group('Apply', () => stopwatch.time('apply', () => applyPlan([...steps, ...guards], { aws, account: actual.account, service, ids, progress })))
}
