import type { PlannedChange } from '../change.ts'
import { Interrupted, SeveralErrors } from '../errors.ts'
import { applyPlan } from '../plan/apply.ts'
import type { Actual } from '../actual/actual.ts'
import { AwsRefusal } from '../aws/refusal.ts'
import { refuseOtherRelease } from '../resources/api/stage.ts'
import { asOtherRun, OtherRunWon } from '../resources/other-run.ts'
import type { ApplyContext } from '../resources/step.ts'
import type { Result } from '../service/result.ts'
import { placed } from './placed.ts'
import { prepare, type Preparation } from './prepare.ts'
import { deployResult } from './result.ts'
import { showPlan, type Run } from './run.ts'

/** How often a run goes live again where another one has moved its slot under it. */
const attempts = 3

/** Leads a stage to what the config asks for. Nothing changed means nothing written. */
export async function deploy(run: Run): Promise<Result> {
  const done: PlannedChange[] = []
  for (let attempt = 1; ; attempt++) {
    try {
      const preparation = await prepare(run)
      done.push(...(await carryOut(run, preparation)))
      return deployResult(run, preparation, { command: 'deploy', done })
    } catch (error) {
      const { cause, done: before } = Interrupted.from(error)
      done.push(...before)
      if (!isMixed(cause) || attempt === attempts) {
        throw new Interrupted(done, placed(asOtherRun(cause, run.service), run.service.functions))
      }
      run.progress.warning(
        'Another run has moved the slot that this one has put live. Deploying once more, so that what is live is not half of each.',
      )
    }
  }
}

function isMixed(cause: unknown): boolean {
  return cause instanceof OtherRunWon && cause.isMixed
}

async function carryOut(run: Run, { steps, guards, actual, ids }: Preparation): Promise<readonly PlannedChange[]> {
  const { service, aws, progress, stopwatch } = run
  await showPlan(run, steps)
  if (steps.every((step) => step.action === 'keep')) return []
  const context = { aws, account: actual.account, service, ids, progress }
  try {
    return await progress.group('Apply', () => stopwatch.time('apply', () => applyPlan([...steps, ...guards], context)))
  } catch (error) {
    throw await orOtherRun(error, context, actual)
  }
}

/** Where AWS does not show what this run has made, the stage tells whether another run has gone live, and with that removed it. */
async function orOtherRun(error: unknown, context: ApplyContext, { stage }: Actual): Promise<unknown> {
  const { cause, done } = Interrupted.from(error)
  const causes = cause instanceof SeveralErrors ? cause.errors : [cause]
  if (context.ids.apiId === undefined || !causes.some((each) => each instanceof AwsRefusal && each.sighting === 'made')) return error
  const look: unknown = await refuseOtherRelease(context, stage).catch((reason: unknown) => reason)
  return look instanceof OtherRunWon ? new Interrupted(done, look) : error
}
