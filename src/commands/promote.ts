import { idsOf } from '../actual/actual.ts'
import { readReleases, withVersions } from '../actual/releases.ts'
import { refuseCancelled } from '../cancellation.ts'
import { planRollback } from '../plan/rollback.ts'
import { canaryToPromote } from '../release/canary-choice.ts'
import { canaryAgain } from '../release/target.ts'
import type { Result } from '../service/result.ts'
import { carryOut, untilWhole } from './carry-out.ts'
import { standingResult } from './rollback-result.ts'
import { keepingAll, routeChange } from './rollback.ts'
import type { Run } from './run.ts'

/** Gives the canary of a stage all requests, by one UpdateStage. */
export async function promote(run: Run): Promise<Result> {
  const { options: { allowedAccountIds }, aws, stopwatch } = run
  return untilWhole(run, async (done) => {
    const actual = await stopwatch.time('read AWS', async () => {
      return withVersions(aws, run.service, await readReleases(aws, run.service, allowedAccountIds))
    })
    refuseCancelled()
    const canary = canaryToPromote(run.service, actual)
    const service = keepingAll(run.service, actual)
    const ids = idsOf(service, actual)
    if (canary === undefined) {
      const note = `Release ${actual.served.record[0]?.number} is live, and there is no canary: nothing is to be promoted.`
      return standingResult(run, { actual, ids, notes: [note] }, done)
    }
    const next = canaryAgain(canary, actual)
    const reason = `the canary, release ${canary.release.number}, gets all requests`
    const plan = planRollback(service, { actual, next, routes: await routeChange(run, actual, next), reason })
    done.push(...(await carryOut(run, { ...plan, actual, ids })))
    return standingResult(run, { ...plan, actual, next, ids, notes: [] }, done)
  })
}
