import { idsOf } from '../actual/actual.ts'
import { readReleases, withVersions } from '../actual/releases.ts'
import { refuseCancelled } from '../cancellation.ts'
import { planIdleProvisioned } from '../plan/provisioned.ts'
import { canaryToPromote } from '../release/canary-choice.ts'
import { canaryAgain } from '../release/target.ts'
import type { Result } from '../service/result.ts'
import { carryOut, untilWhole } from './carry-out.ts'
import { deploy } from './deploy.ts'
import { standingResult } from './rollback-result.ts'
import type { Run } from './run.ts'
import { putLive } from './standing-release.ts'

/** Gives the canary of a stage all requests, by one UpdateStage; or puts on the stage what another one serves. */
export async function promote(run: Run): Promise<Result> {
  return run.options.fromStage === undefined ? promoteCanary(run) : deploy(run)
}

async function promoteCanary(run: Run): Promise<Result> {
  const { options: { allowedAccountIds }, aws, stopwatch } = run
  return untilWhole(run, async (done) => {
    const actual = await stopwatch.time('read AWS', async () => {
      return withVersions(aws, run.service, await readReleases(aws, run.service, allowedAccountIds))
    })
    refuseCancelled()
    const canary = canaryToPromote(run.service, actual)
    if (canary === undefined) {
      const note = `Release ${actual.served.record[0]?.number} is live, and there is no canary: nothing is to be promoted.`
      const ids = idsOf(run.service, actual)
      const idle = planIdleProvisioned(run.service, actual, { isNew: false })
      if (idle.steps.length > 0) done.push(...(await carryOut(run, { ...idle, actual, ids })))
      return standingResult(run, { steps: idle.steps, actual, ids, notes: [note] }, done)
    }
    const next = canaryAgain(canary, actual)
    const reason = `the canary, release ${canary.release.number}, gets all requests`
    return standingResult(run, { ...(await putLive(run, { actual, next, reason }, done)), notes: [] }, done)
  })
}
