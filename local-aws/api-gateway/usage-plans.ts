import type { Call, Output } from '../kernel/call.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { newId } from './ids.ts'
import { page, pageOutput } from './paging.ts'
import { invalidPath, patchesOf, type Patch } from './patch.ts'
import { gatewayOf, type ApiKey, type Gateway, type UsagePlan } from './state.ts'
import { checkTags } from './tags.ts'
import { text, without } from './values.ts'

/** Recorded: test_usage_plan_crud. */
export function createUsagePlan(call: Call): Output {
  const { params } = call
  const { usagePlans } = gatewayOf(call)
  checkTags(call, params.tags as Record<string, string> | undefined)
  const plan: UsagePlan = {
    id: newId(6, usagePlans),
    name: String(params.name),
    description: params.description as string | undefined,
    apiStages: (params.apiStages ?? []) as UsagePlan['apiStages'],
    throttle: params.throttle as UsagePlan['throttle'],
    quota: withOffset(params.quota as Partial<NonNullable<UsagePlan['quota']>> | undefined),
    tags: { ...(params.tags as Record<string, string> | undefined) },
    keys: new Set(),
  }
  for (const apiStage of plan.apiStages) checkApiStage(call, plan.id, apiStage)
  usagePlans.set(plan.id, plan)
  return showPlan(plan, Object.keys(plan.tags).length > 0)
}

export function getUsagePlan(call: Call): Output {
  return showPlan(findPlan(call), true)
}

export function getUsagePlans(call: Call): Output {
  const { keyId } = call.params
  const plans = [...gatewayOf(call).usagePlans.values()].filter((plan) => keyId === undefined || plan.keys.has(text(keyId)))
  return pageOutput(page(call, plans, ({ id }) => id), (plan) => showPlan(plan, false))
}

export function updateUsagePlan(call: Call): Output {
  const plan = patchesOf(call).reduce((current, patch) => patchPlan(current, patch, call), findPlan(call))
  gatewayOf(call).usagePlans.set(plan.id, plan)
  return showPlan(plan, true)
}

/** Paths of UpdateUsagePlan: API reference, patch operations; texts recorded: test_usage_plan_crud. */
function patchPlan(plan: UsagePlan, patch: Patch, call: Call): UsagePlan {
  const [member = '', key] = patch.segments
  if (member === 'apiStages') return patchApiStages(plan, patch, call)
  if ((member === 'name' || member === 'description') && key === undefined) return { ...plan, [member]: patch.value }
  if (member === 'throttle' || member === 'quota') {
    if (patch.op === 'remove') return { ...plan, [member]: undefined }
    if (key === undefined) throw invalidPath(patch)
    const value = key === 'period' ? patch.value : Number(patch.value)
    const next = { ...plan[member], [key]: value }
    return { ...plan, [member]: member === 'quota' ? withOffset(next) : next }
  }
  throw invalidPath(patch)
}

/** Recorded: test_usage_plan_crud. */
function patchApiStages(plan: UsagePlan, patch: Patch, call: Call): UsagePlan {
  const [apiId, stage, ...more] = (patch.value ?? '').split(':')
  if (!apiId || !stage || more.length > 0) throw badRequest('Invalid API Stage specified')
  const others = plan.apiStages.filter((one) => one.apiId !== apiId || one.stage !== stage)
  if (patch.op === 'remove') return { ...plan, apiStages: others }
  checkApiStage(call, plan.id, { apiId, stage })
  return { ...plan, apiStages: [...others, { apiId, stage }] }
}

/** Recorded: test_usage_plan_crud. */
function checkApiStage(call: Call, planId: string, { apiId, stage }: { readonly apiId: string; readonly stage: string }): void {
  if (gatewayOf(call).apis.get(apiId)?.stages.has(stage)) return
  throw notFound(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${planId}`)
}

/** A plan that still serves a stage stays: developer guide; text unverified. */
export function deleteUsagePlan(call: Call): Output {
  const plan = findPlan(call)
  if (plan.apiStages.length > 0) throw badRequest(`Cannot delete usage plan ${plan.id}, because there are API stages associated with it.`)
  gatewayOf(call).usagePlans.delete(plan.id)
  return {}
}

/** Recorded: test_get_usage_plan_api_keys. */
export function createUsagePlanKey(call: Call): Output {
  const gateway = gatewayOf(call)
  const plan = findPlan(call)
  const key = gateway.apiKeys.get(String(call.params.keyId))
  if (key === undefined) throw notFound('Invalid API Key identifier specified')
  // API reference, CreateUsagePlanKey: ConflictException; text unverified.
  if (plan.keys.has(key.id)) throw conflict('Usage Plan Key already exists')
  gateway.usagePlans.set(plan.id, { ...plan, keys: new Set([...plan.keys, key.id]) })
  return showPlanKey(key)
}

export function getUsagePlanKeys(call: Call): Output {
  const gateway = gatewayOf(call)
  const plan = gateway.usagePlans.get(String(call.params.usagePlanId))
  const prefix = (call.params.nameQuery ?? '') as string
  // An unknown plan has no keys, and is no error (recorded: test_get_usage_plan_api_keys, get-up-keys-bad-usage-plan).
  const keys = plan === undefined ? [] : keysOf(gateway, plan).filter(({ name }) => (name ?? '').startsWith(prefix))
  return pageOutput(page(call, keys, ({ id }) => id), showPlanKey)
}

/** Text of a key that is not there: unverified. */
export function deleteUsagePlanKey(call: Call): Output {
  const plan = findPlan(call)
  const keyId = String(call.params.keyId)
  if (!plan.keys.has(keyId)) throw notFound('Invalid Usage Plan Key identifier specified')
  gatewayOf(call).usagePlans.set(plan.id, { ...plan, keys: new Set([...plan.keys].filter((id) => id !== keyId)) })
  return {}
}

function keysOf(gateway: Gateway, plan: UsagePlan): ApiKey[] {
  return [...plan.keys].flatMap((id) => gateway.apiKeys.get(id) ?? [])
}

/** Recorded: test_usage_plan_crud. */
function findPlan(call: Call): UsagePlan {
  const plan = gatewayOf(call).usagePlans.get(String(call.params.usagePlanId))
  if (plan === undefined) throw notFound('Invalid Usage Plan ID specified')
  return plan
}

function withOffset(quota: Partial<NonNullable<UsagePlan['quota']>> | undefined): UsagePlan['quota'] {
  return quota && { limit: Number(quota.limit), offset: quota.offset ?? 0, period: quota.period ?? 'DAY' }
}

function showPlanKey({ id, name, value }: ApiKey): Output {
  return { id, type: 'API_KEY', value, name }
}

function showPlan(plan: UsagePlan, withTags: boolean): Output {
  const { tags, ...shown } = without(plan, 'keys')
  return withTags ? { ...shown, tags: { ...tags } } : shown
}
