import { idsOf, readActual, readCopy } from '../actual/actual.ts'
import type { StandingPreview } from '../actual/previews.ts'
import type { PlannedChange } from '../change.ts'
import { applyPlan } from '../plan/apply.ts'
import { planDestroy } from '../plan/destroy.ts'
import { planLostApis } from '../resources/api/lost-api.ts'
import { refuseUsagePlan } from '../resources/api/usage-plan.ts'
import { newClaim } from '../resources/claim.ts'
import { planExecutionRoleDelete } from '../resources/iam/execution-role.ts'
import { readFormerFunctions } from '../resources/lambda/former-function.ts'
import { planLogGroupDelete } from '../resources/logs/log-group.ts'
import { planPreviewPackages } from '../resources/s3/preview-packages.ts'
import type { Step } from '../resources/step.ts'
import type { Account } from '../service/arns.ts'
import { bareService } from '../service/preview.ts'
import { applyContext, type Run } from './run.ts'

/** How a preview is taken away. */
export interface Removal {
  readonly account: Account
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
  readonly apply: () => Promise<readonly PlannedChange[]>
}

/**
 * Plans to take away all that stands of a preview, with its logs. It needs no config: what belongs to it stands in its tags, and a run that
 * was killed may have made any part of it.
 */
export async function planRemoval(run: Run, { id, apis, logGroups, roles }: StandingPreview): Promise<Removal> {
  const { aws, options: { allowedAccountIds } } = run
  const service = bareService(id)
  const actual = await readActual(aws, service, { allowedAccountIds, isDestroy: true })
  const apiId = actual.stage === undefined ? undefined : actual.api?.id
  const [copy, former, packages] = await Promise.all([
    readCopy(aws, actual),
    readFormerFunctions(aws, id, { described: new Set(), everywhere: false }),
    planPreviewPackages(aws, id, actual.account),
    apiId === undefined ? undefined : refuseUsagePlan(aws, { apiId, stage: id.stage }),
  ])
  const input = { actual: { ...actual, lostApis: [] }, copy, former, besides: [], users: new Map(), deleteLogs: true } as const
  const { steps: planned, notes } = planDestroy(id, input)
  const known = new Set(planned.map((each) => each.id))
  const rest = [
    ...logGroups.map(planLogGroupDelete),
    ...roles.map((role) => planExecutionRoleDelete(role, [])),
    ...planLostApis(apis.filter((api) => api.id !== actual.api?.id)),
    ...packages,
  ]
  const steps = [...planned, ...rest.filter((each) => !known.has(each.id))].map(inWords)
  const claim = newClaim(run.env, service, actual)
  const context = applyContext(run, { service: id, account: actual.account, ids: idsOf(service, actual), claim })
  return { account: actual.account, steps, notes, apply: () => applyPlan(steps, context) }
}

/** Everything goes for one reason. */
function inWords(each: Step): Step {
  return each.action === 'delete' && each.phase === 'prune' ? { ...each, reason: 'its preview is gone' } : each
}
