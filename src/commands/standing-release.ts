import { idsOf, readServed, type Actual } from '../actual/actual.ts'
import type { PlannedChange } from '../change.ts'
import { planRollback, type RollbackPlan, type RouteChange } from '../plan/rollback.ts'
import type { NextRelease } from '../release/next.ts'
import { readFrozenMethods } from '../resources/api/definition/frozen-methods.ts'
import type { Ids } from '../resources/step.ts'
import type { Service } from '../service/service.ts'
import { carryOut } from './carry-out.ts'
import type { Run } from './run.ts'

/** A release of which all stands already, and that is to go live. */
interface StandingRelease {
  readonly actual: Actual
  readonly next: NextRelease
  /** Why it goes live, where another sentence says it better. */
  readonly reason?: string
}

/** What put it on its stage. */
interface StandingGoLive extends RollbackPlan {
  readonly actual: Actual
  readonly next: NextRelease
  readonly ids: Ids
  /** What callers notice of other routes; undefined where they are the same or not known. */
  readonly change: RouteChange | undefined
}

/**
 * Puts a release on its stage of which all stands already: one of the record, or a canary.
 * @param done takes what was carried out
 */
export async function putLive(run: Run, release: StandingRelease, done: PlannedChange[]): Promise<StandingGoLive> {
  const { actual, next } = release
  const service = keepingAll(run.service, actual)
  const ids = idsOf(service, actual)
  const change = await routeChange(run, actual, next)
  const plan = planRollback(service, { ...release, routes: change })
  done.push(...(await carryOut(run, { ...plan, actual, ids })))
  return { ...plan, actual, next, ids, change }
}

/** How many releases are kept is said by the config, which these commands work without: they take none away. */
function keepingAll(service: Service, { served: { record } }: Actual): Service {
  return { ...service, release: { ...service.release, keepReleases: Math.max(record.length, 1) } }
}

/** What callers notice of other routes; not known where AWS does not show one of the two. */
async function routeChange({ aws }: Run, actual: Actual, { deploymentId }: NextRelease): Promise<RouteChange | undefined> {
  const { api, stage } = actual
  if (api?.id === undefined || deploymentId === undefined || deploymentId === stage?.deploymentId) return undefined
  const [served, after] = await Promise.all([readServed(aws, actual), readFrozenMethods(aws, api.id, deploymentId)])
  return served === undefined || after === undefined ? undefined : { before: new Set(served.keys()), after }
}
