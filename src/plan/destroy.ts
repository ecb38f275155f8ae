import type { Stage } from '@aws-sdk/client-api-gateway'
import type { Actual } from '../actual/actual.ts'
import { neededVersions, otherRecords } from '../release/kept.ts'
import { planDeploymentPrune } from '../resources/api/deployment.ts'
import type { Foreign, WorkingCopy } from '../resources/api/definition/part.ts'
import { foreignInDefinition } from '../resources/api/definition/parts.ts'
import { planRestApiDelete } from '../resources/api/rest-api.ts'
import { planStageDelete } from '../resources/api/stage.ts'
import { parseCodeMark } from '../resources/code.ts'
import { planExecutionRoleDelete } from '../resources/iam/execution-role.ts'
import { planAliasDelete } from '../resources/lambda/alias.ts'
import { planFormerDelete, type FormerFunction } from '../resources/lambda/former-function.ts'
import { planFunctionDelete } from '../resources/lambda/function.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { planVersionPrune } from '../resources/lambda/version.ts'
import { planLogGroupDelete } from '../resources/logs/log-group.ts'
import type { Step } from '../resources/step.ts'
import { groupOfArn } from '../service/arns.ts'
import { functionLogGroup, slotAlias } from '../service/names.ts'
import type { ServiceId } from '../service/service.ts'
import { ownership } from '../service/tags.ts'

/** A plan that takes a stage away, and sentences about what stays. */
export interface DestroyPlan {
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
}

/** What a destroy starts from. */
export interface DestroyInput {
  readonly actual: Actual
  /** The working copy, and functions that the config no longer describes; read only with the last stage. */
  readonly copy: WorkingCopy | undefined
  readonly former: readonly FormerFunction[]
  readonly deleteLogs: boolean
}

/** Whether no other stage of ours is left, so that API, functions and roles go as well. */
export function isLastStage(service: ServiceId, { otherStages }: Actual): boolean {
  return !otherStages.some((stage) => ownership(stage.tags, service) === 'ours')
}

/** Removes one stage; with the last one all that was made for the service. Log groups stay unless they are asked for. */
export function planDestroy(service: ServiceId, remains: DestroyInput): DestroyPlan {
  const { actual } = remains
  const states = [...actual.functions.values()].flatMap(({ state }) => state ?? [])
  const isLast = isLastStage(service, actual)
  const logs = planLogs(service, remains, isLast ? states : [])
  const stage = actual.api?.id !== undefined && actual.stage !== undefined ? [planStageDelete(actual.api.id, service.stage)] : []
  if (!isLast) return { steps: [...stage, ...logs.steps, ...planStageRemains(service, actual, states)], notes: logs.notes }
  const last = planLast(service, remains, { states, logs: logs.steps })
  return { steps: [...stage, ...logs.steps, ...last.steps], notes: [...logs.notes, ...last.notes] }
}

/** The stage's own log, and those of functions that go with it. */
function planLogs(service: ServiceId, { actual, former, deleteLogs }: DestroyInput, states: readonly FunctionState[]): DestroyPlan {
  const going = [...states.filter((state) => foreignAliases(service, state).length === 0), ...former]
  const groups = [...accessLogGroups(actual), ...going.map(functionLogGroup)]
  if (deleteLogs) return { steps: groups.map(planLogGroupDelete), notes: [] }
  return { steps: [], notes: groups.length === 0 ? [] : [`Log groups stay: ${groups.join(', ')}. \`delete-logs: true\` removes them.`] }
}

/** Those of the access log, but for what is somebody else's, and what another stage writes to. */
function accessLogGroups({ accessLogGroup, formerLogGroups = [], otherStages }: Actual): string[] {
  const shared = otherStages.map((stage) => groupOfArn(stage.accessLogSettings?.destinationArn))
  const groups = accessLogGroup === undefined ? formerLogGroups : [accessLogGroup, ...formerLogGroups]
  return groups.filter(({ ours, name }) => ours && !shared.includes(name)).map(({ name }) => name)
}

const notOurs = 'what this service did not make'

/** What goes with the last stage: the API, the functions and their roles, as far as nothing of others hangs on them. */
function planLast(
  service: ServiceId, { actual, copy, former }: DestroyInput, { states, logs }: { states: readonly FunctionState[]; logs: readonly Step[] },
): DestroyPlan {
  const definition = copy === undefined ? [] : foreignInDefinition(service, copy)
  const foreign = [...definition.map(({ name }) => name), ...foreignStages(service, actual).map((stage) => `stage ${stage.stageName}`)]
  const called = calledByOthers(service, actual, definition)
  const users = (state: FunctionState): string[] => {
    const callers = called.has(state.name) ? ['routes or stages of others'] : []
    return [...foreignAliases(service, state), ...callers]
  }
  const kept = states.filter((state) => users(state).length > 0)
  const api = actual.api !== undefined && foreign.length === 0 ? [planRestApiDelete(actual.api, logs)] : []
  const functions = states.filter((state) => !kept.includes(state)).map(({ name }) => planFunctionDelete(name))
  const formerSteps = called.size > 0 ? [] : former.flatMap((each) => planFormerDelete(each, 'its last stage is gone'))
  return {
    steps: [
      ...api, ...functions, ...planRoles(actual, { kept, deletions: functions }), ...formerSteps,
      ...(kept.length === 0 ? [] : planStageRemains(service, { ...actual, deployments: [] }, kept)),
    ],
    notes: [
      ...(foreign.length > 0 ? [`API ${actual.api?.id} stays, because it holds ${notOurs}: ${foreign.join(', ')}.`] : []),
      ...kept.map((state) => `Function ${state.name} stays, because ${notOurs} hangs on it: ${users(state).join(', ')}.`),
    ],
  }
}

/** The roles of functions that go, and of those that are gone already. */
function planRoles({ functions }: Actual, { kept, deletions }: { kept: readonly FunctionState[]; deletions: readonly Step[] }): Step[] {
  const going = [...functions.values()].filter(({ state }) => state === undefined || !kept.includes(state))
  const former = going.map(({ name, formerRole }) => ({ name, role: formerRole?.state }))
  return [...going, ...former].flatMap(({ name, role }) => {
    const needs = deletions.filter((each) => each.name === name)
    return role === undefined ? [] : [planExecutionRoleDelete(role, needs)]
  })
}

/** What one stage of several leaves behind: its slots, the versions that only it needed, and its deployments. */
function planStageRemains(service: ServiceId, actual: Actual, states: readonly FunctionState[]): Step[] {
  const freed = ownSlots(service)
  const users = { freed, moving: new Set<string>(), records: otherRecords(service, actual), names: states.map(({ name }) => name) }
  const functions = states.flatMap((state) => {
    const own = state.aliases.flatMap(({ Name = '' }) => (freed.has(Name) ? [Name] : [])).sort()
    const aliases = own.map((alias) => planAliasDelete(state.name, alias))
    return [...aliases, ...planVersionPrune(state, neededVersions(state, users)).map((each) => ({ ...each, needs: aliases }))]
  })
  const held = actual.otherStages.map((stage) => stage.deploymentId ?? '')
  return [...functions, ...planDeploymentPrune(service, actual.deployments, new Set(held))]
}

/** Stages of the API without our tags. */
function foreignStages(service: ServiceId, { otherStages }: Actual): Stage[] {
  return otherStages.filter((stage) => ownership(stage.tags, service) !== 'ours')
}

/** Functions that others call through the API; all of them where a stage of others stands, because it serves a snapshot of our routes. */
function calledByOthers(service: ServiceId, actual: Actual, foreign: readonly Foreign[]): ReadonlySet<string> {
  const names = [...actual.functions.values()].flatMap(({ state }) => state?.name ?? [])
  if (foreignStages(service, actual).length > 0) return new Set(names)
  return new Set(names.filter((name) => foreign.some(({ functionName }) => functionName === name)))
}

/** Aliases that are neither this stage's slots nor bear our mark: the slots of our other stages bear it, also when the stage is gone. */
function foreignAliases(service: ServiceId, { aliases }: FunctionState): string[] {
  const foreign = aliases.filter(({ Name = '', Description }) => !ownSlots(service).has(Name) && parseCodeMark(Description) === undefined)
  return foreign.map(({ Name = '' }) => Name)
}

function ownSlots({ stage }: ServiceId): ReadonlySet<string> {
  return new Set([slotAlias(stage, 'a'), slotAlias(stage, 'b')])
}
