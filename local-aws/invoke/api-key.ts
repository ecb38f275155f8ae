import { gatewayIn, type UsagePlan } from '../api-gateway/state.ts'
import { sideNotes } from '../kernel/side-notes.ts'
import { header, type Exchange } from './exchange.ts'
import { GatewayFailure, invalidApiKey } from './failure.ts'
import { take } from './throttle.ts'

/** Requests that a plan's quota has counted, by plan, key and period. */
const counted = sideNotes<object, Map<string, number>>()

/**
 * Lets a request pass only with an enabled API key in a usage plan of the stage, within the plan's throttle and quota (developer guide,
 * usage plans).
 */
export function checkApiKey(exchange: Exchange): void {
  const { account, api, definition, stageName } = exchange
  const { apiKeys, usagePlans } = gatewayIn(account, api.region)
  const value = definition.apiKeySource === 'AUTHORIZER' ? exchange.notes.get('usageIdentifierKey') : header(exchange.request, 'x-api-key')
  const key = [...apiKeys.values()].find((candidate) => candidate.value === value)
  if (key === undefined || !key.enabled) throw invalidApiKey()
  const plan = [...usagePlans.values()].find(
    (candidate) => candidate.keys.has(key.id) && candidate.apiStages.some((one) => one.apiId === api.id && one.stage === stageName),
  )
  if (plan === undefined) throw invalidApiKey()
  exchange.apiKey = { id: key.id, value: key.value }
  const { rateLimit, burstLimit } = plan.throttle ?? {}
  if (rateLimit !== undefined && burstLimit !== undefined)
    take(exchange, { key: `plan ${plan.id} ${key.id}`, rate: rateLimit, burst: burstLimit })
  countQuota(plan, key.id, exchange)
}

/** Developer guide, QUOTA_EXCEEDED. */
function countQuota(plan: UsagePlan, keyId: string, exchange: Exchange): void {
  if (plan.quota === undefined) return
  const counts = counted.get(exchange.api) ?? new Map<string, number>()
  counted.set(exchange.api, counts)
  const name = `${plan.id} ${keyId} ${periodOf(plan.quota.period, exchange.startedAt)}`
  const used = counts.get(name) ?? plan.quota.offset
  if (used >= plan.quota.limit) throw new GatewayFailure('QUOTA_EXCEEDED', 'Limit Exceeded', { errorType: 'LimitExceededException' })
  counts.set(name, used + 1)
}

function periodOf(period: string, at: number): string {
  const day = new Date(at).toISOString().slice(0, 10)
  if (period === 'MONTH') return day.slice(0, 7)
  return period === 'WEEK' ? String(Math.floor(at / (7 * 86_400_000))) : day
}
