import { unverified } from '../kernel/unverified.ts'
import type { Call, Output } from '../kernel/call.ts'
import { refuseMappedStage } from './base-path-mappings.ts'
import { canaryOf } from './canary.ts'
import { badRequest, conflict, notFound, quotaReached } from './errors.ts'
import { findApi, findApiOf } from './find.ts'
import { patchesOf } from './patch.ts'
import { patchStage } from './stage-patch.ts'
import { checkVariables } from './stage-variables.ts'
import { gatewayOf, seconds, type Api, type Stage, type StageSettings } from './state.ts'
import { checkTags } from './tags.ts'
import { text } from './values.ts'
import { seen } from './visible.ts'

// Developer guide, quotas.
const MAXIMUM_STAGES = 10
// Text: aws-api-gateway-developer-portal issue 310.
const NO_STAGE = 'Invalid stage identifier specified'

/** CreateStage knows no access log, client certificate or method settings: those need an UpdateStage (service model). */
export function createStage(call: Call): Output {
  const api = findApi(call)
  const { params } = call
  const deploymentId = String(params.deploymentId)
  const settings = newSettings(deploymentId, params)
  checkDeployments(call, api, settings)
  checkTags(call, params.tags as Record<string, string> | undefined)
  const stage = addStage(api, String(params.stageName), { call, settings })
  stage.tags = { ...(params.tags as Record<string, string> | undefined) }
  return showStage(stage)
}

/** Settings of a new stage; `given` has the members of CreateStage. */
export function newSettings(deploymentId: string, given: Readonly<Record<string, unknown>>): StageSettings {
  const variables = given.variables as Record<string, string> | undefined
  checkVariables(variables)
  const canary = given.canarySettings as Record<string, unknown> | undefined
  return {
    deploymentId,
    description: (given.description as string | undefined) || undefined,
    cacheClusterEnabled: given.cacheClusterEnabled === true,
    cacheClusterSize: given.cacheClusterSize as string | undefined,
    methodSettings: {},
    variables,
    documentationVersion: given.documentationVersion as string | undefined,
    canarySettings: canary === undefined ? undefined : canaryOf(text(canary.deploymentId, deploymentId), canary),
    tracingEnabled: given.tracingEnabled === true,
  }
}

/** Enters a new stage, under AWS's rules for names and numbers. */
export function addStage(api: Api, name: string, made: { call: Call; settings: StageSettings }): Stage {
  // klotho issue 235; hyphens are allowed since 2019, the text never followed.
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_')
  if (api.stages.has(name)) throw conflict('Stage already exists')
  if (api.stages.size >= MAXIMUM_STAGES) throw quotaReached('stages')
  const { call, settings } = made
  const createdDate = seconds(call.now)
  const stage: Stage = { name, createdDate, lastUpdatedDate: createdDate, settings, tags: {}, history: [] }
  serveLater(stage, call)
  api.stages.set(name, stage)
  return stage
}

/** Gives a stage new settings; the invoke URL follows after the window `stageVisible`. */
export function changeStage(stage: Stage, call: Call, settings: StageSettings): void {
  stage.settings = settings
  stage.lastUpdatedDate = seconds(call.now)
  serveLater(stage, call)
}

/** Real traffic follows seconds later: LocalStack's tests against AWS poll up to 12 s after CreateDeployment and UpdateStage. */
function serveLater(stage: Stage, call: Call): void {
  stage.history.push({ from: call.now + call.account.settings.windows.stageVisible, settings: stage.settings })
}

export function getStage(call: Call): Output {
  return showStage(findStage(call).stage)
}

/** GetStages has no pages and calls its list `item` (service model). */
export function getStages(call: Call): Output {
  const stages = [...findApi(call).stages.values()]
  const { deploymentId } = call.params
  return { item: stages.filter((stage) => deploymentId === undefined || stage.settings.deploymentId === deploymentId).map(showStage) }
}

/** UpdateStage applies all its patches or none, so that deployment, variables and canary move together. */
export function updateStage(call: Call): Output {
  const { api, stage } = findStage(call)
  const patches = patchesOf(call)
  const { cloudwatchRoleArn: role, cloudwatchRoleFrom = 0 } = gatewayOf(call)
  const cloudwatchRoleArn = call.now < cloudwatchRoleFrom ? undefined : role
  const deployments = { has: (id: string) => seen(call, api.deployments.get(id)) !== undefined }
  const patched = (strict: boolean): StageSettings => patchStage(stage.settings, patches, { deployments, cloudwatchRoleArn, strict })
  changeStage(stage, call, unverified(call.account, () => patched(true)) ?? patched(false))
  return showStage(stage)
}

export function deleteStage(call: Call): Output {
  const { api, stage } = findStage(call)
  refuseMappedStage(call, api, stage.name)
  api.stages.delete(stage.name)
  return {}
}

/** Recorded: test_create_canary_deployment, bad-canary-deployment-id. */
function checkDeployments(call: Call, api: Api, settings: StageSettings): void {
  const named = [settings.deploymentId, settings.canarySettings?.deploymentId ?? settings.deploymentId]
  if (!named.every((id) => seen(call, api.deployments.get(id)) !== undefined)) throw badRequest('Deployment id does not exist')
}

/** An unknown API has the stage's text here, as with resources; that it is so for stages is unverified. */
export function findStage(call: Call): { api: Api; stage: Stage } {
  const api = findApiOf(call, NO_STAGE)
  const stage = api.stages.get(String(call.params.stageName))
  if (stage === undefined) throw notFound(NO_STAGE)
  return { api, stage }
}

/** Recorded: test_create_update_stages of the canary tests. */
function showStage(stage: Stage): Output {
  const { settings } = stage
  return {
    stageName: stage.name,
    ...settings,
    cacheClusterStatus: settings.cacheClusterEnabled ? 'AVAILABLE' : 'NOT_AVAILABLE',
    createdDate: stage.createdDate,
    lastUpdatedDate: stage.lastUpdatedDate,
    tags: Object.keys(stage.tags).length === 0 ? undefined : { ...stage.tags },
  }
}
