import type { PlannedChange } from '../change.ts'
import type { Actual } from '../actual/actual.ts'
import { AwsRefusal } from '../aws/refusal.ts'
import { Interrupted, SeveralErrors } from '../errors.ts'
import { applyPlan } from '../plan/apply.ts'
import type { SmokeReport } from '../release/smoke/report.ts'
import { coolAfterFailure } from '../release/cooled.ts'
import { TakenBack } from '../release/smoke/verify.ts'
import { refuseOtherRelease, servesOwnAlias } from '../resources/api/stage.ts'
import { newClaim } from '../resources/claim.ts'
import { asOtherRun, OtherRunWon } from '../resources/other-run.ts'
import type { ApplyContext, Guard, Ids, Step, Task } from '../resources/step.ts'
import { applyContext, showPlan, type Run } from './run.ts'

/** What is to be applied, and what it starts from. */
interface Work {
  readonly steps: readonly Step[]
  readonly guards: readonly Guard[]
  readonly actual: Actual
  readonly ids: Ids
  /** The release's smoke tests, where it has some. */
  readonly smoke?: SmokeReport
}

/** Shows a plan and applies it. */
export async function carryOut(run: Run, { steps, guards, actual, ids, smoke }: Work): Promise<readonly PlannedChange[]> {
  const { service, progress, stopwatch } = run
  await showPlan(run, steps, smoke?.results)
  if (steps.every((step) => step.action === 'keep')) return []
  const claim = newClaim(run.env, service, actual)
  const context = applyContext(run, { service, account: actual.account, ids, claim })
  try {
    const tasks = [...steps, ...guards]
    return await progress.group('Apply', () => stopwatch.time('apply', () => applyPlan([...tasks, ...lastLook(run, tasks)], context)))
  } catch (error) {
    const failure = await orOtherRun(error, context, actual)
    await coolAfterFailure(context, Interrupted.from(failure).cause)
    throw orTakenBack(failure, service.stage)
  }
}

/** Comes after everything else that is looked at before a release goes live, however long that takes. */
function lastLook({ beforeLive }: Run, tasks: readonly Task[]): Guard[] {
  if (beforeLive === undefined || tasks.every(({ phase }) => phase !== 'go live')) return []
  return [{ id: 'last look', phase: 'check', needs: tasks.filter(({ phase }) => phase === 'check'), check: beforeLive }]
}

/** How often a run begins again. */
const attempts = 5

/**
 * Does its work, and once more where what is live then is half another run's, or may be.
 * @param once does it; adds to `done` what it has changed
 * @throws Interrupted which says whether it was another run that was in the way
 */
export async function untilWhole<T>({ progress, service }: Run, once: (done: PlannedChange[]) => Promise<T>): Promise<T> {
  const done: PlannedChange[] = []
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(done)
    } catch (error) {
      const { cause, done: before } = Interrupted.from(error)
      done.push(...before)
      const beginsAgain = cause instanceof OtherRunWon && cause.beginsAgain
      if (!beginsAgain || attempt === attempts) throw new Interrupted(done, asOtherRun(cause, service))
      progress.warning(
        'Another run has changed what this one stands on. Beginning again, so that what is live is not half of each.',
      )
    }
  }
}

/** A release that was taken back is among what was done: callers get again what they got before. */
function orTakenBack(error: unknown, stage: string): unknown {
  const { cause, done } = Interrupted.from(error)
  if (!(cause instanceof TakenBack)) return error
  const back: PlannedChange = {
    id: 'stage/back', kind: 'stage', name: stage, action: 'update', phase: 'verify', reason: 'the release before is live again', fields: [],
  }
  return new Interrupted([...done, back], cause)
}

/**
 * Where AWS does not show what this run has made, the stage tells whether another run has gone live, and with that removed it. A run that
 * has lost and has moved aliases which callers get to now, by the other's going live, begins again.
 */
async function orOtherRun(error: unknown, context: ApplyContext, { stage }: Actual): Promise<unknown> {
  const { cause, done } = Interrupted.from(error)
  if (cause instanceof OtherRunWon) {
    if (cause.beginsAgain || !(await servesOwnAlias(context))) return error
    return new Interrupted(done, new OtherRunWon(context.service, cause.text.why ?? '', { cause, beginsAgain: true }))
  }
  const causes = cause instanceof SeveralErrors ? cause.errors : [cause]
  if (context.ids.apiId === undefined || !causes.some((each) => each instanceof AwsRefusal && each.sighting === 'made')) return error
  const look: unknown = await refuseOtherRelease(context, stage, { looksAtCanary: false }).catch((reason: unknown) => reason)
  return look instanceof OtherRunWon ? new Interrupted(done, look) : error
}
