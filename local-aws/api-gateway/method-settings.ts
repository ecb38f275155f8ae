import { needRole } from './access-log-settings.ts'
import { badRequest } from './errors.ts'
import { unescapePointer, type Patch } from './patch.ts'
import type { MethodSetting, StageSettings } from './state.ts'
import { without } from './values.ts'

/**
 * Settings of a method that names one of them, where all methods together have none (recorded: test_update_stage_remove_wildcard,
 * test_create_update_stages).
 */
const DEFAULTS: MethodSetting = {
  cacheDataEncrypted: false,
  cacheTtlInSeconds: 300,
  cachingEnabled: false,
  dataTraceEnabled: false,
  metricsEnabled: false,
  requireAuthorizationForCacheControl: true,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
}

type Read = (value: string) => string | number | boolean

/** Patch paths after resource and method, with the member each sets. */
const SETTINGS: Readonly<Record<string, { readonly member: string; readonly read: Read }>> = {
  'metrics/enabled': { member: 'metricsEnabled', read: boolean },
  'logging/dataTrace': { member: 'dataTraceEnabled', read: boolean },
  'logging/loglevel': { member: 'loggingLevel', read: logLevel },
  'throttling/burstLimit': { member: 'throttlingBurstLimit', read: number },
  'throttling/rateLimit': { member: 'throttlingRateLimit', read: number },
  'caching/ttlInSeconds': { member: 'cacheTtlInSeconds', read: number },
  'caching/enabled': { member: 'cachingEnabled', read: boolean },
  'caching/dataEncrypted': { member: 'cacheDataEncrypted', read: boolean },
  'caching/requireAuthorizationForCacheControl': { member: 'requireAuthorizationForCacheControl', read: boolean },
  'caching/unauthorizedCacheControlHeaderStrategy': { member: 'unauthorizedCacheControlHeaderStrategy', read: String },
}

/** A patch such as `/~1pets/GET/throttling/rateLimit`; undefined where the path names no method setting. */
export function patchMethodSetting(
  settings: StageSettings,
  patch: Patch,
  { cloudwatchRoleArn }: { readonly cloudwatchRoleArn: string | undefined },
): StageSettings | undefined {
  const match = /^\/([^/]+\/[^/]+)\/([^/]+\/[^/]+)$/.exec(patch.path)
  const setting = SETTINGS[match?.[2] ?? '']
  if (match === null || setting === undefined) return undefined
  const value = setting.read(patch.value ?? '')
  if (setting.member === 'loggingLevel' && value !== 'OFF') needRole(cloudwatchRoleArn)
  const key = match[1] ?? ''
  const next = { ...(settings.methodSettings[key] ?? settings.methodSettings['*/*'] ?? DEFAULTS), [setting.member]: value }
  return { ...settings, methodSettings: { ...settings.methodSettings, [key]: next } }
}

/** `remove` takes all settings of one method; undefined where it has none (recorded: test_update_stage_remove_wildcard). */
export function removeMethodSettings(settings: StageSettings, patch: Patch): StageSettings | undefined {
  const key = patch.path.slice(1)
  if (!(key in settings.methodSettings)) return undefined
  return { ...settings, methodSettings: without(settings.methodSettings, key) }
}

/** The setting that applies to a method of a resource path: its own, else that of all methods. */
export function methodSettingFor(settings: StageSettings, resourcePath: string, httpMethod: string): MethodSetting | undefined {
  const own = Object.entries(settings.methodSettings).find(([key]) => normalKey(key) === `${resourcePath} ${httpMethod}`)
  return own?.[1] ?? settings.methodSettings['*/*']
}

/** `~1pets~1{id}/GET` and `pets~1{id}/GET` are one method (Terraform writes the second form). */
function normalKey(key: string): string {
  const at = key.lastIndexOf('/')
  const path = unescapePointer(key.slice(0, at))
  return `${path.startsWith('/') ? path : `/${path}`} ${key.slice(at + 1)}`
}

function boolean(value: string): boolean {
  return value.toLowerCase() === 'true'
}

/** Text unverified. */
function number(value: string): number {
  if (value.trim() === '' || !Number.isFinite(Number(value))) throw badRequest(`Invalid method setting value: ${value}`)
  return Number(value)
}

/** Text unverified; the three levels are the service model's. */
function logLevel(value: string): string {
  if (!['OFF', 'ERROR', 'INFO'].includes(value)) throw badRequest(`Invalid logging level: ${value}. Must be one of: [OFF, ERROR, INFO]`)
  return value
}
