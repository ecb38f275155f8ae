import type { Call, Output } from '../kernel/call.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { newId } from './ids.ts'
import { page, pageOutput } from './paging.ts'
import { booleanValue, expectReplaceOf, patchesOf } from './patch.ts'
import { gatewayOf, seconds, type ApiKey } from './state.ts'
import { checkTags } from './tags.ts'
import { text } from './values.ts'

/** Recorded: test_get_api_keys, test_create_api_key_with_invalid_value. */
export function createApiKey(call: Call): Output {
  const { params } = call
  const { apiKeys } = gatewayOf(call)
  const value =
    (params.value as string | undefined) || `${newId(10, apiKeys)}${newId(10, apiKeys)}${newId(10, apiKeys)}${newId(10, apiKeys)}`
  checkValue(value)
  checkName(params.name)
  checkDescription(params.description)
  // API reference, CreateApiKey: ConflictException; text unverified.
  if ([...apiKeys.values()].some((key) => key.value === value)) throw conflict('API Key already exists')
  checkTags(call, params.tags as Record<string, string> | undefined)
  const now = seconds(call.now)
  const key: ApiKey = {
    id: newId(10, apiKeys),
    value,
    name: (params.name as string | undefined) || undefined,
    customerId: params.customerId as string | undefined,
    description: params.description as string | undefined,
    enabled: params.enabled === true,
    createdDate: now,
    lastUpdatedDate: now,
    tags: { ...(params.tags as Record<string, string> | undefined) },
  }
  apiKeys.set(key.id, key)
  return showKey(key, { value: true, tags: Object.keys(key.tags).length > 0 })
}

export function getApiKey(call: Call): Output {
  return showKey(findKey(call), { value: call.params.includeValue === true, tags: true })
}

/** `nameQuery` is a case-sensitive prefix (recorded: test_get_api_keys). */
export function getApiKeys(call: Call): Output {
  const prefix = (call.params.nameQuery ?? '') as string
  const keys = [...gatewayOf(call).apiKeys.values()].filter(({ name }) => (name ?? '').startsWith(prefix))
  return pageOutput(page(call, keys, ({ id }) => id), (key) => showKey(key, { value: call.params.includeValues === true, tags: false }))
}

/** Recorded: test_update_api_key_immutable_field, test_update_api_key_invalid_enabled_type. */
export function updateApiKey(call: Call): Output {
  let key = findKey(call)
  for (const patch of patchesOf(call)) {
    expectReplaceOf(patch, ['/description', '/enabled', '/name', '/customerId'])
    if (patch.path === '/description') checkDescription(patch.value)
    if (patch.path === '/name') checkName(patch.value)
    key = { ...key, [patch.path.slice(1)]: patch.path === '/enabled' ? booleanValue(patch) : patch.value }
  }
  const next = { ...key, lastUpdatedDate: seconds(call.now) }
  gatewayOf(call).apiKeys.set(next.id, next)
  return showKey(next, { value: false, tags: true })
}

export function deleteApiKey(call: Call): Output {
  const key = findKey(call)
  const { apiKeys, usagePlans } = gatewayOf(call)
  apiKeys.delete(key.id)
  for (const plan of usagePlans.values()) {
    usagePlans.set(plan.id, { ...plan, keys: new Set([...plan.keys].filter((id) => id !== key.id)) })
  }
  return {}
}

/** Text: Zappa issue 1876. */
function findKey(call: Call): ApiKey {
  const key = gatewayOf(call).apiKeys.get(String(call.params.apiKey))
  if (key === undefined) throw notFound('Invalid API Key identifier specified')
  return key
}

/** Recorded: test_create_api_key_with_invalid_value. */
function checkValue(value: string): void {
  if (value.length < 20) throw badRequest('API Key value should be at least 20 characters')
  if (value.length > 128) throw badRequest('API Key value exceeds maximum size of 128 characters')
}

/** Recorded: test_create_api_key_with_invalid_name. */
function checkName(name: unknown): void {
  if (text(name).length > 1024) throw badRequest('Invalid API Key name, can be at most 1024 characters.')
}

/** Recorded: test_update_api_key_invalid_description_length; the limit of 125,000 characters is the developer guide's. */
function checkDescription(description: unknown): void {
  if (text(description).length > 125_000) throw badRequest('Invalid API Key description specified.')
}

function showKey(key: ApiKey, shown: { readonly value: boolean; readonly tags: boolean }): Output {
  const { value, tags, ...rest } = key
  return { ...rest, stageKeys: [], ...(shown.value ? { value } : {}), ...(shown.tags ? { tags: { ...tags } } : {}) }
}
