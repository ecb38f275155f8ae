import type { Stage } from '@aws-sdk/client-api-gateway'
import { planDeploymentPrune } from '../resources/api/deployment.ts'
import { planRestApiDelete } from '../resources/api/rest-api.ts'
import { planStageDelete } from '../resources/api/stage.ts'
import type { Foreign, WorkingCopy } from '../resources/api/definition/part.ts'
import { foreignInDefinition } from '../resources/api/definition/parts.ts'
import type { Step } from '../resources/step.ts'
import { planExecutionRoleDelete } from '../resources/iam/execution-role.ts'
import type { RoleState } from '../resources/iam/role.ts'
import { planAliasDelete, planFunctionDelete } from '../resources/lambda/delete.ts'
import { parseCodeMark } from '../resources/code.ts'
import { planFormerDelete, type FormerFunction } from '../resources/lambda/former.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { planVersionPrune } from '../resources/lambda/version.ts'
import { planLogGroupDelete } from '../resources/logs/log-group.ts'
import { accessLogGroup } from '../service/access-log.ts'
import { functionLogGroup, releaseVariable, slotAlias } from '../service/names.ts'
import { parseRecord } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import { ownership } from '../service/tags.ts'
import type { Actual } from '../actual/actual.ts'

/** A plan that takes a stage away, and sentences about what stays. */
export interface Destruction {
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
}

/** Whether no other stage of ours is left, so that API, functions and roles go as well. */
export function isLastStage(service: Service, actual: Actual): boolean {
  return !actual.stages.some((stage) => stage.stageName !== service.stage && ownership(stage.tags, service) === 'ours')
}

/** Removes one stage; with the last one all that was made for the service. Log groups stay unless they are asked for. */
export function composeDestroy(service: Service, { actual, copy, former, deleteLogs }: { actual: Actual; copy: WorkingCopy | undefined; former: readonly FormerFunction[]; deleteLogs: boolean }): Destruction {
  const notes: string[] = []
  const last = isLastStage(service, actual)
  const apiId = actual.api?.id
  const logGroups = groupsOf(service, { actual, functions: last ? [...actual.functions.values()].filter((state) => foreignAliases(service, state).length === 0) : [] })
  const logSteps = deleteLogs ? logGroups.map(planLogGroupDelete) : []
  if (!deleteLogs && logGroups.length > 0) notes.push(`Log groups stay: ${logGroups.join(', ')}. \`delete-logs: true\` removes them.`)
  const stage = apiId !== undefined && actual.stage !== undefined ? [planStageDelete(apiId, service.stage)] : []
  if (!last) return { steps: [...stage, ...logSteps, ...stageRemains(service, actual)], notes }

  const definition = copy === undefined ? [] : foreignInDefinition(service, copy)
  const foreign = [...definition.map(({ name }) => name), ...foreignStages(service, actual).map((stage) => `stage ${stage.stageName}`)]
  const used = functionsOfOthers(service, actual, definition)
  if (foreign.length > 0) notes.push(`API ${apiId} stays, because it holds what this service did not make: ${foreign.join(', ')}.`)
  const api = actual.api !== undefined && foreign.length === 0 ? [planRestApiDelete(actual.api, logSteps)] : []
  const functions = [...actual.functions.values()].flatMap((state) => {
    const others = [...foreignAliases(service, state), ...(used.has(state.name) ? ['routes or stages of others'] : [])]
    if (others.length === 0) return [planFunctionDelete(state.name)]
    notes.push(`Function ${state.name} stays, because what this service did not make hangs on it: ${others.join(', ')}.`)
    return []
  })
  const deleted = new Set(functions.map((each) => each.name))
  const formerRoles = [...actual.formerRoles].flatMap(([name, { state }]): [string, RoleState][] => (state === undefined ? [] : [[name, state]]))
  const roles = [...actual.roles, ...formerRoles].filter(([name]) => deleted.has(name) || !actual.functions.has(name))
  const roleSteps = roles.map(([name, role]) => planExecutionRoleDelete(role, functions.filter((each) => each.name === name)))
  const formerSteps = used.size > 0 ? [] : former.flatMap((each) => planFormerDelete(each, 'its last stage is gone'))
  const kept = [...actual.functions.values()].filter((state) => !deleted.has(state.name))
  const remains = kept.length === 0 ? [] : stageRemains(service, { ...actual, functions: new Map(kept.map((state) => [state.name, state])), deployments: [] })
  return { steps: [...stage, ...logSteps, ...api, ...functions, ...roleSteps, ...formerSteps, ...remains], notes }
}

/** What one stage of several leaves behind: its slots, the versions that only it needed, and its deployments. */
function stageRemains(service: Service, actual: Actual): Step[] {
  const slots = [slotAlias(service.stage, 'a'), slotAlias(service.stage, 'b')]
  const functions = [...actual.functions.values()].flatMap((state) => {
    const aliases = slots.filter((slot) => state.aliases.some((alias) => alias.Name === slot)).map((slot) => planAliasDelete(state.name, slot))
    const needed = neededElsewhere(service, actual, state)
    return [...aliases, ...planVersionPrune(state, needed).map((each) => ({ ...each, needs: aliases }))]
  })
  const kept = actual.stages.filter((stage) => stage.stageName !== service.stage).map((stage) => stage.deploymentId ?? '')
  return [...functions, ...planDeploymentPrune(service, actual.deployments, new Set(kept))]
}

/** Versions that other aliases name, or that other stages' kept releases served. */
function neededElsewhere(service: Service, actual: Actual, state: FunctionState): Set<string> {
  const slots = new Set([slotAlias(service.stage, 'a'), slotAlias(service.stage, 'b')])
  const aliased = state.aliases.filter((alias) => !slots.has(alias.Name ?? '')).map((alias) => alias.FunctionVersion ?? '')
  const others = actual.stages.filter((stage) => stage.stageName !== service.stage)
  const recorded = others.flatMap((stage) => parseRecord(stage.variables?.[releaseVariable(service.name)]).flatMap((release) => release.versions))
  return new Set([...aliased, ...recorded])
}

/** Log groups that would go with the stage; one that is somebody else's, or that another stage writes to, is none of them. */
function groupsOf(service: Service, { actual, functions }: { actual: Actual; functions: readonly FunctionState[] }): string[] {
  const group = actual.accessLogGroup
  const others = actual.stages.filter((stage) => stage.stageName !== service.stage)
  const shared = others.some((stage) => stage.accessLogSettings?.destinationArn?.endsWith(`:log-group:${group?.name}`) === true)
  const foreign = shared || (service.accessLog.group !== undefined && group?.ours !== true)
  const access = group === undefined || foreign ? [] : [accessLogGroup(service, actual.api?.id ?? '')]
  return [...access, ...functions.map(functionLogGroup)]
}

/** Stages of the API without our tags. */
function foreignStages(service: Service, { stages }: Actual): Stage[] {
  return stages.filter((stage) => stage.stageName !== service.stage && ownership(stage.tags, service) !== 'ours')
}

/** Functions that others call through the API; all of them where a stage of others stands, because it serves a snapshot of our routes. */
function functionsOfOthers(service: Service, actual: Actual, foreign: readonly Foreign[]): ReadonlySet<string> {
  if (foreignStages(service, actual).length > 0) return new Set(actual.functions.keys())
  return new Set(foreign.flatMap(({ functionName = '' }) => (actual.functions.has(functionName) ? [functionName] : [])))
}

/** Aliases that are neither this stage's slots nor bear our mark: the slots of our other stages bear it, also when the stage is gone. */
function foreignAliases(service: Service, state: FunctionState): string[] {
  const slots = new Set([slotAlias(service.stage, 'a'), slotAlias(service.stage, 'b')])
  return state.aliases.filter((alias) => !slots.has(alias.Name ?? '') && parseCodeMark(alias.Description) === undefined).map((alias) => alias.Name ?? '')
}
