import { idsOf, readCopy, readServed, withFound, type Actual } from '../actual/actual.ts'
import { readConsistently } from '../actual/consistent.ts'
import { joiningFunctions } from '../actual/joining.ts'
import { refuseCancelled } from '../cancellation.ts'
import type { Package } from '../package/index.ts'
import { planDeploy, type DeployPlan } from '../plan/deploy.ts'
import { definitionDiffers, formerSearch, mayHaveFormer, needsWorkingCopy } from '../release/differs.ts'
import { refuseHeld } from '../release/held.ts'
import { accountRoleWarning } from '../resources/api/account-role.ts'
import { isJoiningStage } from '../resources/api/joined-stage.ts'
import { readForeignEdits, refuseForeignEdits } from '../resources/api/foreign-edits.ts'
import { isOwnApi } from '../resources/api/rest-api.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { definitionDigest } from '../resources/api/definition/parts.ts'
import { readAlarms } from '../resources/cloudwatch/alarms.ts'
import type { FunctionCode } from '../resources/code.ts'
import { readCallers } from '../resources/lambda/callers.ts'
import { readFormerFunctions } from '../resources/lambda/former-function.ts'
import { withRoles } from '../resources/lambda/role-of.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { stackWarning } from '../resources/stack-warning.ts'
import type { Ids } from '../resources/step.ts'
import { hasLogGroup } from '../service/access-log.ts'
import type { Service } from '../service/service.ts'
import { managedBy } from '../service/tags.ts'
import { refuseOlder } from './order.ts'
import type { Run } from './run.ts'
import { sourceOf } from './source.ts'

/** Everything that is known before the first write. */
export interface Preparation extends DeployPlan {
  /** Whether functions are taken over: then this plan makes them ours, with what they were, and another one gives them what is new. */
  readonly joins: boolean
  /** What the config asks for, with what stays as found. */
  readonly service: Service
  readonly actual: Actual
  readonly ids: Ids
  /** By function name. */
  readonly code: ReadonlyMap<string, FunctionCode>
  /** By function name; only what had to be built. */
  readonly packages: ReadonlyMap<string, Package>
}

/**
 * Reads AWS, learns what the release is made of, and plans. Writes nothing to AWS.
 * @param before what has been carried out of it in this run already
 */
export async function prepare(run: Run, before?: Pick<Preparation, 'packages'>): Promise<Preparation> {
  const { options, aws, progress, stopwatch } = run
  const source = sourceOf(run, before?.packages)
  const wanted = { ...run.service, functions: await withRoles(aws, run.service.functions) }
  const actual = await stopwatch.time('read AWS', () => readConsistently(aws, wanted, options))
  const found = withFound(wanted, actual)
  const joining = joiningFunctions(found, actual)
  warnOfStacks(run, actual, joining)
  const { accessLog } = found
  const warning = hasLogGroup(accessLog) ? accountRoleWarning(accessLog.cloudwatchRole, actual.accountRole) : undefined
  if (warning !== undefined) progress.warning(warning)
  refuseCancelled()
  const { service, code, packages, origin } = await source(found, actual)
  const goal = { service, digest: definitionDigest(service) }
  const [copy, servedMethods, former, callers] = await Promise.all([
    needsWorkingCopy(goal, actual) ? readCopy(aws, actual) : undefined,
    definitionDiffers(goal, actual) ? readServed(aws, actual) : undefined,
    mayHaveFormer(goal, actual) ? readFormerFunctions(aws, service, formerSearch(goal, actual)) : [],
    Promise.all(joining.map(async (state) => [state.name, await readCallers(aws, state)] as const)),
  ])
  refuseCancelled()
  await refuseUndeployed(run, actual, copy)
  const plan = planDeploy({ ...goal, code, origin }, { actual, copy, servedMethods, former, callers: new Map(callers) })
  if (plan.handover.isNew) {
    if (!options.force) refuseHeld(plan.next, actual.served.record, service)
    await refuseOlder({ ...run, service }, actual)
  }
  // A name that is not there is told before anything is written.
  await readAlarms(aws, plan.course.canary?.alarms ?? [])
  return { ...plan, joins: joining.length > 0, service, actual, ids: idsOf(service, actual), code, packages }
}

/** On an API that is joined a deployment would publish what others have edited and not deployed. */
async function refuseUndeployed(run: Run, actual: Actual, copy: WorkingCopy | undefined): Promise<void> {
  const { aws, options } = run
  const { api } = actual
  if (api?.id === undefined || isOwnApi(api) || copy === undefined || options.allowForeignChanges) return
  const { stage, otherStages } = actual
  const theirs = otherStages.filter(({ tags }) => tags?.[managedBy.key] !== managedBy.value)
  const stages = [...theirs, ...(isJoiningStage(run.service, stage) ? [stage ?? {}] : [])]
  refuseForeignEdits(await readForeignEdits(aws, api.id, { stages, tree: copy.methods }), api.id)
}

/** Where things are taken over that a stack goes on owning. */
function warnOfStacks({ progress }: Run, { api, served }: Actual, joining: readonly FunctionState[]): void {
  const functions = joining.map(({ name, tags }) => stackWarning(`function ${name}`, tags))
  const apis = api === undefined || isOwnApi(api) || !served.isFirst ? [] : [stackWarning(`API ${api.id}`, api.tags)]
  for (const warning of [...functions, ...apis]) if (warning !== undefined) progress.warning(warning)
}
