import type { Call, Output } from '../kernel/call.ts'
import { canaryOf } from './canary.ts'
import { badRequest, notFound } from './errors.ts'
import { findApi, findApiOf } from './find.ts'
import { newId } from './ids.ts'
import { page, pageOutput } from './paging.ts'
import { expectReplaceOf, patchesOf } from './patch.ts'
import { pathOf } from './path-parts.ts'
import { addStage, changeStage, newSettings } from './stages.ts'
import { seconds, type Api, type Definition, type Deployment, type Stage } from './state.ts'
import { text } from './values.ts'
import { born } from './visible.ts'

// Unverified: after the words of the other resources.
const NO_DEPLOYMENT = 'Invalid Deployment identifier specified'

/** CreateDeployment freezes the working copy and, with a stage name, points that stage (or its canary) at it. */
export function createDeployment(call: Call): Output {
  const api = findApi(call)
  checkCanaryRelease(api, call)
  checkDeployable(api.definition)
  const deployment: Deployment = {
    id: newId(6, api.deployments),
    createdDate: seconds(call.now),
    description: call.params.description as string | undefined,
    snapshot: structuredClone(api.definition),
  }
  const undo = () => api.deployments.delete(deployment.id)
  api.deployments.set(deployment.id, born(call, deployment))
  try {
    if (call.params.stageName) point(api, deployment, call)
  } catch (refusal) {
    undo()
    throw refusal
  }
  return showDeployment(deployment, false)
}

/** moto issue 9466 and terraform-provider-aws issue 21210: both are BadRequestException. */
function checkDeployable(definition: Definition): void {
  const methods = [...definition.resources.values()].flatMap((resource) => [...resource.methods.values()])
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods")
  if (methods.some((method) => method.methodIntegration === undefined)) throw badRequest('No integration defined for method')
}

/** Recorded: test_create_canary_deployment_validation. The plain deployment onto a canary stage: serverless issue 11518. */
function checkCanaryRelease(api: Api, call: Call): void {
  const { stageName, canarySettings } = call.params
  const refuse = (reason: string) => badRequest(`Invalid deployment content specified.${reason}`)
  const stage = api.stages.get(String(stageName))
  if (canarySettings === undefined) {
    if (stage?.settings.canarySettings === undefined) return
    throw refuse(
      `Non canary deployment not supported on stage ${stage.name} because Canary is enabled. Provide CanarySettings in deploymentInput.`,
    )
  }
  if (!stageName) {
    throw refuse(
      `Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName === undefined ? 'null' : ''}`,
    )
  }
  if (stage === undefined) throw refuse(`Stage ${text(stageName)} must already be created before making a canary release deployment`)
}

/**
 * Creates the stage, repoints it, or gives its canary the new deployment and leaves the stage's own (recorded:
 * test_create_canary_deployment_with_stage).
 */
function point(api: Api, deployment: Deployment, call: Call): void {
  const { params } = call
  const name = String(params.stageName)
  const stage = api.stages.get(name)
  if (stage === undefined) {
    addStage(api, name, { call, settings: newSettings(deployment.id, { ...params, description: params.stageDescription }) })
    return
  }
  changeStage(stage, call, pointed(stage, deployment, params))
}

function pointed(stage: Stage, deployment: Deployment, params: Call['params']): Stage['settings'] {
  const { settings } = stage
  if (params.canarySettings !== undefined) {
    return { ...settings, canarySettings: canaryOf(deployment.id, params.canarySettings as Record<string, unknown>) }
  }
  // That variables of the call replace those of an existing stage key by key is unverified.
  const variables =
    params.variables === undefined ? settings.variables : { ...settings.variables, ...(params.variables as Record<string, string>) }
  const description = (params.stageDescription as string | undefined) ?? settings.description
  return { ...settings, deploymentId: deployment.id, variables, description }
}

export function getDeployment(call: Call): Output {
  const { deployment } = findDeployment(call)
  return showDeployment(deployment, wantsSummary(call))
}

export function getDeployments(call: Call): Output {
  const api = findApi(call)
  const summary = wantsSummary(call)
  return pageOutput(
    page(call, api.deployments.values(), (deployment) => deployment.id),
    (deployment) => showDeployment(deployment, summary),
  )
}

/** Only the description can be changed (recorded: test_update_rest_api_deployment). */
export function updateDeployment(call: Call): Output {
  const { deployment } = findDeployment(call)
  for (const patch of patchesOf(call)) {
    expectReplaceOf(patch, ['/description'])
    deployment.description = patch.value || undefined
  }
  return showDeployment(deployment, false)
}

/** Recorded: test_create_delete_deployments; the canary's text: terraform-provider-aws, apigateway/deployment.go. */
export function deleteDeployment(call: Call): Output {
  const { api, deployment } = findDeployment(call)
  const stages = [...api.stages.values()].map(({ settings }) => settings)
  if (stages.some((settings) => settings.deploymentId === deployment.id)) {
    throw badRequest('Active stages pointing to this deployment must be moved or deleted')
  }
  if (stages.some((settings) => settings.canarySettings?.deploymentId === deployment.id)) {
    throw badRequest('Active stages with canary settings pointing to this deployment must be moved or deleted')
  }
  api.deployments.delete(deployment.id)
  return {}
}

function findDeployment(call: Call): { api: Api; deployment: Deployment } {
  const api = findApiOf(call, NO_DEPLOYMENT)
  const deployment = api.deployments.get(String(call.params.deploymentId))
  if (deployment === undefined) throw notFound(NO_DEPLOYMENT)
  return { api, deployment }
}

function wantsSummary(call: Call): boolean {
  return ((call.params.embed ?? []) as readonly string[]).includes('apisummary')
}

/** The API summary stands in the answer only when it is asked for (API reference, GetDeployment, embed). */
function showDeployment(deployment: Deployment, summary: boolean): Output {
  const { id, description, createdDate, snapshot } = deployment
  return { id, description, createdDate, apiSummary: summary ? apiSummary(snapshot) : undefined }
}

function apiSummary(definition: Definition): Output {
  const withMethods = [...definition.resources.values()].filter((resource) => resource.methods.size > 0)
  return Object.fromEntries(
    withMethods.map((resource) => [
      pathOf(definition, resource),
      Object.fromEntries(
        [...resource.methods.values()].map(({ httpMethod, authorizationType, apiKeyRequired }) => [
          httpMethod,
          { authorizationType, apiKeyRequired },
        ]),
      ),
    ]),
  )
}
