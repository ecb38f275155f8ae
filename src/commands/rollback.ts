import { idsOf, readServed, type Actual } from '../actual/actual.ts'
import { readReleases, withVersions } from '../actual/releases.ts'
import { refuseCancelled } from '../cancellation.ts'
import type { PlannedChange } from '../change.ts'
import { planTakeBack } from '../plan/canary-end.ts'
import { planRollback, type RouteChange } from '../plan/rollback.ts'
import { canaryToTakeBack } from '../release/canary-choice.ts'
import type { NextRelease } from '../release/next.ts'
import { chooseRelease, isAtHand, releaseAgain } from '../release/target.ts'
import { readFrozenMethods } from '../resources/api/definition/frozen-methods.ts'
import type { OwnCanary } from '../service/canary.ts'
import type { Result } from '../service/result.ts'
import type { Service } from '../service/service.ts'
import { carryOut, untilWhole } from './carry-out.ts'
import { rollbackNotes, standingResult } from './rollback-result.ts'
import { liveRoutes } from './rollback-routes.ts'
import type { Run } from './run.ts'

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
    const service = keepingAll(run.service, actual)
    const plan = planRollback(service, { actual, next, routes: await routeChange(run, actual, next) })
    const ids = idsOf(service, actual)
    done.push(...(await carryOut(run, { ...plan, actual, ids })))
    const routes = await liveRoutes(aws, actual, next.deploymentId)
    const notes = rollbackNotes({ ...plan, actual, next }, done)
    return standingResult(run, { ...plan, actual, next, ids, routes, notes }, done)
  })
}

async function takeCanaryBack(
  run: Run, { actual, canary }: { readonly actual: Actual; readonly canary: OwnCanary }, done: PlannedChange[],
): Promise<Result> {
  const steps = [planTakeBack(run.service, canary, actual.served.record)]
  const ids = idsOf(run.service, actual)
  done.push(...(await carryOut(run, { steps, guards: [], actual, ids })))
  const { number } = canary.release
  const note =
    `Release ${number} was a canary, is taken back and held: a deploy of just the same is refused until its code changes or ` +
    '`force: true` is given.'
  return standingResult(run, { steps, actual, ids, notes: [note] }, done)
}

/** How many releases are kept is said by the config, which these commands work without: they take none away. */
export function keepingAll(service: Service, { served: { record } }: Actual): Service {
  return { ...service, release: { ...service.release, keepReleases: Math.max(record.length, 1) } }
}

/** What callers notice of other routes; not known where AWS does not show one of the two. */
export async function routeChange({ aws }: Run, actual: Actual, { deploymentId }: NextRelease): Promise<RouteChange | undefined> {
  const { api, stage } = actual
  if (api?.id === undefined || deploymentId === undefined || deploymentId === stage?.deploymentId) return undefined
  const [served, after] = await Promise.all([readServed(aws, actual), readFrozenMethods(aws, api.id, deploymentId)])
  return served === undefined || after === undefined ? undefined : { before: new Set(served.keys()), after }
}
