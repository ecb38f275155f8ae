import { idsOf, readActual, readCopy } from '../actual/actual.ts'
import { applyPlan } from '../plan/apply.ts'
import { isLastStage, planDestroy } from '../plan/destroy.ts'
import { newClaim } from '../resources/claim.ts'
import { isJoinedStage } from '../resources/api/joined-stage.ts'
import { refuseUsagePlan } from '../resources/api/usage-plan.ts'
import { readFormerFunctions } from '../resources/lambda/former-function.ts'
import { readFunction } from '../resources/lambda/state.ts'
import { readUsers } from '../resources/lambda/users.ts'
import { removeLateGroups } from '../resources/logs/log-group.ts'
import type { Result } from '../service/result.ts'
import { withoutApply } from './result.ts'
import { applyContext, showPlan, type Run } from './run.ts'

/** Removes a stage, and with the last one everything that was made for the service, except logs. */
export async function destroy(run: Run): Promise<Result> {
  const { service, options: { allowedAccountIds, deleteLogs }, aws, progress, stopwatch } = run
  const actual = await stopwatch.time('read AWS', () => readActual(aws, service, { allowedAccountIds, isDestroy: true }))
  const described = new Set(actual.functions.keys())
  const states = [...actual.functions.values()].flatMap(({ state }) => state ?? [])
  const isLast = isLastStage(service, actual)
  const isGoing = actual.stage !== undefined && !isJoinedStage(actual.stage)
  const stage = actual.api?.id === undefined || !isGoing ? undefined : { apiId: actual.api.id, stage: service.stage }
  const [copy, undescribed] = await Promise.all([
    isLast ? readCopy(aws, actual) : undefined,
    readFormerFunctions(aws, service, { described, everywhere: true }),
    stage === undefined ? undefined : refuseUsagePlan(aws, stage),
  ])
  // The stage has its slots on these, too, whether the config of this run knows them or not.
  const readings = isLast ? [] : undescribed.map(({ name }) => readFunction(aws, name, service))
  const besides = (await Promise.all(readings)).flatMap((each) => each ?? [])
  const users = await readUsers(aws, [...states, ...besides])
  const { steps, guards, notes } = planDestroy(service, { actual, copy, former: isLast ? undescribed : [], besides, users, deleteLogs })
  await showPlan(run, steps)
  const claim = newClaim(run.env, service, actual)
  const context = applyContext(run, { service, account: actual.account, ids: idsOf(service, actual), claim })
  const done = await progress.group('Apply', () => stopwatch.time('apply', () => applyPlan([...steps, ...guards], context)))
  await removeLateGroups(aws, done.filter(({ kind }) => kind === 'log group').map(({ name }) => name))
  return {
    command: 'destroy', service: service.name, stage: service.stage, account: actual.account, changed: done.length > 0, notes,
    functions: [], routes: [], plan: steps.map(withoutApply), timings: stopwatch.timings,
  }
}
