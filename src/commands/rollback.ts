import { idsOf, type Actual } from '../actual/actual.ts'
import { readReleases, withVersions } from '../actual/releases.ts'
import { refuseCancelled } from '../cancellation.ts'
import type { PlannedChange } from '../change.ts'
import { planTakeBack } from '../plan/canary-end.ts'
import { planIdleProvisioned } from '../plan/provisioned.ts'
import { canaryToTakeBack } from '../release/canary-choice.ts'
import { chooseRelease, isAtHand, releaseAgain } from '../release/target.ts'
import type { OwnCanary } from '../service/canary.ts'
import type { Result } from '../service/result.ts'
import { carryOut, untilWhole } from './carry-out.ts'
import { rollbackNotes, standingResult } from './rollback-result.ts'
import { liveRoutes } from './rollback-routes.ts'
import type { Run } from './run.ts'
import { putLive } from './standing-release.ts'

/** Puts a release of the record back on its stage, code and routes of all functions together; a canary is taken back first. */
export async function rollback(run: Run): Promise<Result> {
  const { options: { to, allowedAccountIds }, aws, stopwatch } = run
  return untilWhole(run, async (done) => {
    const actual = await stopwatch.time('read AWS', async () => {
      const read = await readReleases(aws, run.service, allowedAccountIds)
      return isAtHand(to, read) ? read : withVersions(aws, run.service, read)
    })
    refuseCancelled()
    const canary = canaryToTakeBack(to, run.service, actual)
    if (canary !== undefined) return takeCanaryBack(run, { actual, canary }, done)
    const release = chooseRelease(to, run.service, actual)
    const next = releaseAgain(release, actual)
    const { deploymentId } = next
    // What is served stays the same where the deployment does, so it is read beside the rest; a failure is the rest's to tell.
    const isSame = deploymentId === actual.stage?.deploymentId
    const before = isSame ? liveRoutes(aws, { actual, deploymentId }) : undefined
    before?.catch(() => undefined)
    const live = await putLive(run, { actual, next }, done)
    const routes = await (before ?? liveRoutes(aws, { actual, deploymentId, frozen: live.change?.after }))
    return standingResult(run, { ...live, routes, notes: rollbackNotes(live, done) }, done)
  })
}

async function takeCanaryBack(
  run: Run, { actual, canary }: { readonly actual: Actual; readonly canary: OwnCanary }, done: PlannedChange[],
): Promise<Result> {
  const idle = planIdleProvisioned(run.service, actual, { isNew: true })
  const steps = [planTakeBack(run.service, canary, actual.served.record), ...idle.steps]
  const ids = idsOf(run.service, actual)
  done.push(...(await carryOut(run, { steps, guards: idle.guards, actual, ids })))
  const { number } = canary.release
  const note =
    `Release ${number} was a canary, is taken back and held: a deploy of just the same is refused until its code changes or ` +
    '`force: true` is given.'
  return standingResult(run, { steps, actual, ids, notes: [note] }, done)
}
