import { accessLogRoot, patchAccessLog, type AccessLogRules } from './access-log-settings.ts'
import { patchCanary, promote, removeCanary } from './canary.ts'
import { badRequest } from './errors.ts'
import { patchMethodSetting, removeMethodSettings } from './method-settings.ts'
import { withKey, type Patch } from './patch.ts'
import { checkVariables } from './stage-variables.ts'
import type { StageSettings } from './state.ts'

/** What a stage's patches are judged by. */
export interface StageRules extends AccessLogRules {
  readonly deployments: { has(id: string): boolean }
}

// terraform and serverless-api-gateway-caching issue 46 give the text; the number is ours (they met it at some hundred operations).
const MAXIMUM_OPERATIONS = 80

/** A stage's settings with all patches applied, or AWS's refusal of the first bad one (recorded: the stage and canary tests). */
export function patchStage(settings: StageSettings, patches: readonly Patch[], rules: StageRules): StageSettings {
  if (rules.strict && patches.length > MAXIMUM_OPERATIONS) {
    throw badRequest('Update size too large. Try updating stage in multiple UpdateStage operations')
  }
  return patches.reduce((current, patch) => patchOne(current, patch, rules), settings)
}

function patchOne(settings: StageSettings, patch: Patch, rules: StageRules): StageSettings {
  if (patch.op === 'copy') return promote(settings, patch)
  if (patch.op === 'remove') return removeOne(settings, patch)
  if (patch.op !== 'add' && patch.op !== 'replace') throw invalidSetting(patch)
  const [head = '', name, ...more] = patch.segments
  if (head === 'accessLogSettings') return patchAccessLog(settings, patch, rules)
  if (head === 'canarySettings') return patchCanary(settings, patch, (id) => rules.deployments.has(id)) ?? refuse(patch)
  if (head === 'variables' && name !== undefined && more.length === 0) return setVariable(settings, name, patch.value ?? '')
  if (name === undefined) return patchMember(settings, patch, rules)
  return patchMethodSetting(settings, patch, rules) ?? refuse(patch)
}

function patchMember(settings: StageSettings, patch: Patch, rules: StageRules): StageSettings {
  const value = patch.value ?? ''
  switch (patch.path) {
    case '/deploymentId':
      // Recorded: test_update_stage_canary_deployment_validation, update-stage-no-deployment.
      if (!rules.deployments.has(value)) throw badRequest('Deployment id does not exist')
      return { ...settings, deploymentId: value }
    case '/description':
    case '/cacheClusterSize':
    case '/clientCertificateId':
      return { ...settings, [patch.path.slice(1)]: value || undefined }
    case '/cacheClusterEnabled':
    case '/tracingEnabled':
      return { ...settings, [patch.path.slice(1)]: value.toLowerCase() === 'true' }
    default:
      return refuse(patch)
  }
}

function setVariable(settings: StageSettings, name: string, value: string): StageSettings {
  const variables = { ...settings.variables, [name]: value }
  checkVariables(variables)
  return { ...settings, variables }
}

/**
 * Whatever is not there cannot be removed, and AWS calls all of it a method setting (recorded: test_stage_access_log_settings_validation,
 * test_update_stage_canary_deployment_validation; that variables are treated alike is unverified).
 */
function removeOne(settings: StageSettings, patch: Patch): StageSettings {
  const next = removed(settings, patch)
  if (next !== undefined) return next
  throw badRequest(`Cannot remove method setting ${patch.path.slice(1)} because there is no method setting for this method `)
}

function removed(settings: StageSettings, patch: Patch): StageSettings | undefined {
  const [head = '', name] = patch.segments
  if (patch.path === accessLogRoot) return { ...settings, accessLogSettings: undefined }
  if (head === 'canarySettings') return removeCanary(settings, patch)
  if (head === 'variables') {
    if (name === undefined || !(name in (settings.variables ?? {}))) return undefined
    return { ...settings, variables: withKey(settings.variables, name, undefined) }
  }
  // API reference, patch operations of a stage: description takes `remove`… of nothing else is it known.
  if (patch.path === '/description') return { ...settings, description: undefined }
  return removeMethodSettings(settings, patch)
}

function refuse(patch: Patch): never {
  throw invalidSetting(patch)
}

/** AWS's own list, missing commas and all (recorded: test_create_update_stages). */
function invalidSetting(patch: Patch): Error {
  return badRequest(`Invalid method setting path: ${patch.path}. Must be one of: [${VALID_PATHS}]`)
}

const EACH = '/{resourcePath}/{httpMethod}'
const ALL = '/*/*'
const VALID_PATHS = [
  '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId',
  '/accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format',
  `${EACH}/metrics/enabled, ${EACH}/logging/dataTrace, ${EACH}/logging/loglevel`,
  `${EACH}/throttling/burstLimit${EACH}/throttling/rateLimit${EACH}/caching/ttlInSeconds`,
  `${EACH}/caching/enabled, ${EACH}/caching/dataEncrypted`,
  `${EACH}/caching/requireAuthorizationForCacheControl, ${EACH}/caching/unauthorizedCacheControlHeaderStrategy`,
  `${ALL}/metrics/enabled, ${ALL}/logging/dataTrace, ${ALL}/logging/loglevel`,
  `${ALL}/throttling/burstLimit ${ALL}/throttling/rateLimit ${ALL}/caching/ttlInSeconds`,
  `${ALL}/caching/enabled, ${ALL}/caching/dataEncrypted`,
  `${ALL}/caching/requireAuthorizationForCacheControl, ${ALL}/caching/unauthorizedCacheControlHeaderStrategy`,
  '/variables/{variable_name}, /tracingEnabled',
].join(', ')
