import { badRequest } from './errors.ts'
import type { Patch } from './patch.ts'
import { checkVariables } from './stage-variables.ts'
import type { CanarySettings, StageSettings } from './state.ts'
import { without } from './values.ts'

/**
 * Canary settings from the members of CreateStage's or CreateDeployment's input (recorded: test_create_update_stages of the canary tests).
 */
export function canaryOf(deploymentId: string, given: Readonly<Record<string, unknown>>): CanarySettings {
  const overrides = given.stageVariableOverrides as Record<string, string> | undefined
  checkVariables(overrides)
  return {
    deploymentId,
    percentTraffic: percent(given.percentTraffic ?? 0),
    stageVariableOverrides: overrides,
    useStageCache: given.useStageCache === true,
  }
}

/**
 * A `replace` below /canarySettings; the first one makes the canary, from the stage's own deployment and at 0 percent
 * (recorded: test_create_canary_deployment_by_stage_update). Undefined for a path that AWS does not know.
 */
export function patchCanary(settings: StageSettings, patch: Patch, exists: (deploymentId: string) => boolean): StageSettings | undefined {
  const [, member, name] = patch.segments
  const canary = settings.canarySettings ?? { deploymentId: settings.deploymentId, percentTraffic: 0, useStageCache: false }
  const value = patch.value ?? ''
  switch (member) {
    case 'percentTraffic':
      return { ...settings, canarySettings: { ...canary, percentTraffic: percent(value) } }
    case 'useStageCache':
      return { ...settings, canarySettings: { ...canary, useStageCache: value === 'true' } }
    case 'deploymentId':
      // Recorded: test_update_stage_canary_deployment_validation.
      if (patch.op === 'add') throw badRequest(`Invalid add operation with path: ${patch.path}`)
      if (!exists(value)) throw badRequest('Deployment id does not exist')
      return { ...settings, canarySettings: { ...canary, deploymentId: value } }
    case 'stageVariableOverrides': {
      if (name === undefined) return undefined
      const stageVariableOverrides = { ...canary.stageVariableOverrides, [name]: value }
      checkVariables(stageVariableOverrides)
      return { ...settings, canarySettings: { ...canary, stageVariableOverrides } }
    }
    default:
      return undefined
  }
}

/**
 * `remove` of the whole canary or of one override; undefined where there is nothing of the kind. All overrides at once cannot be removed
 * (recorded: test_update_stage_canary_deployment_validation, update-stage-canary-settings-remove-overrides).
 */
export function removeCanary(settings: StageSettings, patch: Patch): StageSettings | undefined {
  const [, member, name] = patch.segments
  const canary = settings.canarySettings
  if (member === undefined) return { ...settings, canarySettings: undefined }
  if (member !== 'stageVariableOverrides' || canary?.stageVariableOverrides === undefined) return undefined
  if (name === undefined || !(name in canary.stageVariableOverrides)) return undefined
  return { ...settings, canarySettings: { ...canary, stageVariableOverrides: without(canary.stageVariableOverrides, name) } }
}

const COPY_PATHS = ['/deploymentId', '/variables']
const COPY_FROMS = ['/canarySettings/deploymentId', '/canarySettings/stageVariableOverrides']

/**
 * Promotion: `copy` from the canary to the stage; variables are merged, and the canary stays (recorded: test_update_stage_with_copy_ops).
 */
export function promote(settings: StageSettings, patch: Patch): StageSettings {
  const at = COPY_PATHS.indexOf(patch.path)
  if (at === -1 || COPY_FROMS[at] !== patch.from) {
    const valid = `Valid copy:path are [${COPY_PATHS.join(', ')}] and valid copy:from are [${COPY_FROMS.join(', ')}]`
    throw badRequest(`Invalid copy operation with path: ${patch.path} and from ${patch.from}. ${valid}`)
  }
  const canary = settings.canarySettings
  if (canary === undefined) throw badRequest('Promotion not available. Canary does not exist.')
  if (patch.path === '/deploymentId') return { ...settings, deploymentId: canary.deploymentId }
  if (canary.stageVariableOverrides === undefined) return settings
  return { ...settings, variables: { ...settings.variables, ...canary.stageVariableOverrides } }
}

/** 0.0 to 100.0 (developer guide, canary release); the text is unverified. */
function percent(value: unknown): number {
  const number = Number(value)
  if (value === '' || !(number >= 0 && number <= 100)) throw badRequest('Canary percent traffic must be between 0.0 and 100.0')
  return number
}
