import type { Actual } from '../actual/actual.ts'
import { neededDeployments, neededVersions, otherRecords } from '../release/kept.ts'
import { after } from '../release/settle.ts'
import { planDeploymentPrune } from '../resources/api/deployment.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { foreignInDefinition } from '../resources/api/definition/parts.ts'
import { planLostApis } from '../resources/api/lost-api.ts'
import { isOwnApi, planRestApiDelete } from '../resources/api/rest-api.ts'
import { planApiGiveBack } from './api-give-back.ts'
import { planExecutionRoleDelete } from '../resources/iam/execution-role.ts'
import { planAliasDelete } from '../resources/lambda/alias.ts'
import { planFormerDelete, type FormerFunction } from '../resources/lambda/former-function.ts'
import { planGiveBack } from '../resources/lambda/give-back.ts'
import { isJoined } from '../resources/lambda/joined.ts'
import { planFunctionDelete } from '../resources/lambda/function.ts'
import { rememberedProvisioned } from '../resources/lambda/provisioned.ts'
import { planProvisionedForget } from '../resources/lambda/provisioned-steps.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import type { FunctionUsers } from '../resources/lambda/users.ts'
import { planVersionPrune } from '../resources/lambda/version.ts'
import { planLogGroupDelete } from '../resources/logs/log-group.ts'
import type { Guard, Step } from '../resources/step.ts'
import { canaryGroup } from '../service/access-log.ts'
import { groupOfArn } from '../service/arns.ts'
import { functionLogGroup } from '../service/names.ts'
import type { ServiceId } from '../service/service.ts'
import { ownership } from '../service/tags.ts'
import { planStageEnd } from './stage-end.ts'
import { foreignStages, heldSlots, holdersOf, ownSlots, type Others } from './left.ts'

/** A plan that takes a stage away. */
export interface DestroyPlan extends Remains {
  readonly guards: readonly Guard[]
}

/** Steps, and sentences about what stays. */
interface Remains {
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
}

/** What a destroy starts from. */
export interface DestroyInput {
  readonly actual: Actual
  /** The working copy, and functions that the config no longer describes; read only with the last stage. */
  readonly copy: WorkingCopy | undefined
  readonly former: readonly FormerFunction[]
  /** Functions that other stages of ours keep, and that the config of this run does not describe. */
  readonly besides: readonly FunctionState[]
  /** What others have hung on the functions, by name. */
  readonly users: ReadonlyMap<string, FunctionUsers>
  readonly deleteLogs: boolean
}

/** Whether no other stage of ours is left, so that API, functions and roles go as well. */
export function isLastStage(service: ServiceId, { otherStages }: Actual): boolean {
  return !otherStages.some((stage) => ownership(stage.tags, service) === 'ours')
}

/** Removes one stage; with the last one all that was made for the service. Log groups stay unless they are asked for. */
export function planDestroy(service: ServiceId, remains: DestroyInput): DestroyPlan {
  const { actual, copy, users } = remains
  const others: Others = { actual, users, definition: copy === undefined ? [] : foreignInDefinition(service, copy) }
  const states = [...actual.functions.values()].flatMap(({ state }) => state ?? [])
  const isLast = isLastStage(service, actual)
  const going = isLast ? states.filter((state) => !isJoined(state) && holdersOf(service, state, others).length === 0) : []
  const staying = states.filter((state) => !going.includes(state))
  // A stage of others may serve a snapshot of routes that lead to functions which the config no longer describes.
  const goes = ({ users: callers, joined }: FormerFunction): boolean => callers.length === 0 && joined === undefined
  const former = foreignStages(service, actual).length > 0 ? [] : remains.former.filter(goes)
  const logs = planLogs(remains, [...going, ...former])
  const end = planStageEnd(service, actual)
  const last = isLast ? planLast(service, remains, { others, states, going, logs: logs.steps }) : { steps: [], notes: [] }
  const remnants = planStageRemains(service, actual, { states: [...staying, ...remains.besides], others })
  const givenBack = (isLast ? staying.filter(isJoined) : []).flatMap((state) => planGiveBack(state, remnants.steps))
  const removals = [...logs.steps, ...last.steps, ...remnants.steps, ...givenBack, ...planLostApis(actual.lostApis ?? [])]
  const steps = end.rest === undefined ? removals : after(end.rest, removals)
  return {
    steps: [...end.first, ...steps, ...end.last(steps)],
    guards: end.rest === undefined || steps.length === 0 ? [] : [end.rest],
    notes: [...logs.notes, ...last.notes, ...remnants.notes],
  }
}

/** The stage's own log, and those of functions that go with it. */
function planLogs({ actual, deleteLogs }: DestroyInput, going: readonly { readonly name: string }[]): Remains {
  const groups = [...accessLogGroups(actual), ...going.map(functionLogGroup)]
  if (deleteLogs) return { steps: groups.map(planLogGroupDelete), notes: [] }
  return { steps: [], notes: groups.length === 0 ? [] : [`Log groups stay: ${groups.join(', ')}. \`delete-logs: true\` removes them.`] }
}

/** Those of the access log, but for what is somebody else's, and what another stage writes to. */
function accessLogGroups({ accessLogGroup, formerLogGroups = [], otherStages }: Actual): string[] {
  const shared = otherStages.flatMap((stage) => {
    const group = groupOfArn(stage.accessLogSettings?.destinationArn)
    return group === undefined ? [] : [group, canaryGroup(group)]
  })
  const groups = accessLogGroup === undefined ? formerLogGroups : [accessLogGroup, ...formerLogGroups]
  return groups.filter(({ ours, name }) => ours && !shared.includes(name)).map(({ name }) => name)
}

const notOurs = 'what this service did not make'

interface LastInput {
  readonly others: Others
  readonly states: readonly FunctionState[]
  /** Those on which nothing of others hangs. */
  readonly going: readonly FunctionState[]
  readonly logs: readonly Step[]
}

/** What goes with the last stage: the API, the functions and their roles, as far as nothing of others hangs on them. */
function planLast(service: ServiceId, { actual, copy, former }: DestroyInput, { others, states, going, logs }: LastInput): Remains {
  const isOurs = actual.api === undefined || isOwnApi(actual.api)
  const stages = isOurs ? foreignStages(service, actual) : []
  const foreign = !isOurs ? [] : [...others.definition.map(({ name }) => name), ...stages.map(({ stageName }) => `stage ${stageName}`)]
  const kept = states.filter((state) => !going.includes(state) && !isJoined(state))
  const own = actual.api !== undefined && foreign.length === 0 ? [planRestApiDelete(actual.api, logs)] : []
  const api = actual.api === undefined || isOurs ? own : planApiGiveBack(service, actual, copy)
  // The logs go first: the next run finds a log group by its function.
  const functions = going.map(({ name }) => ({ ...planFunctionDelete(name), needs: logs }))
  // A stage of others may serve a snapshot of routes that lead to them.
  const formerSteps = stages.length > 0 ? [] : former.flatMap((each) => planFormerDelete(each, 'its last stage is gone', logs))
  const joined = states.filter(isJoined)
  const roles = planRoles(actual, { kept: [...kept, ...joined], deletions: functions })
  return {
    steps: [...api, ...functions, ...roles, ...formerSteps],
    notes: [
      ...(isOurs ? [] : [`API ${actual.api?.id} stays: it was there before this service.`]),
      ...(foreign.length > 0 ? [`API ${actual.api?.id} stays, because it holds ${notOurs}: ${foreign.join(', ')}.`] : []),
      ...joined.map(({ name }) => `Function ${name} is given back: it was there before, and stays with its code.`),
      ...kept.map((state) => staysNote(`Function ${state.name}`, holdersOf(service, state, others))),
      ...former.flatMap(({ name, users }) => (users.length === 0 ? [] : [staysNote(`Function ${name}`, users)])),
    ],
  }
}

function staysNote(thing: string, holders: readonly string[]): string {
  return `${thing} stays, because ${notOurs} hangs on it: ${holders.join(', ')}.`
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

/** What a stage leaves behind on what stays: its slots, the versions that only it needed, and its deployments. */
function planStageRemains(
  service: ServiceId, actual: Actual, { states, others }: { readonly states: readonly FunctionState[]; readonly others: Others },
): Remains {
  const names = states.map(({ name }) => name)
  const plans = states.map((state): Remains => {
    const held = heldSlots(service, state, others)
    const freed = new Set([...ownSlots(service)].filter((slot) => !held.has(slot)))
    const users = { freed, moving: new Set<string>(), records: otherRecords(service, actual), names }
    const own = state.aliases.flatMap(({ Name = '' }) => (freed.has(Name) ? [Name] : [])).sort()
    const aliases = own.map((alias) => planAliasDelete(state.name, alias))
    const needed = new Set([...neededVersions(state, users), ...(others.users.get(state.name)?.versions ?? [])])
    const versions = planVersionPrune(state, needed).map((each) => ({ ...each, needs: aliases }))
    const isRemembered = rememberedProvisioned(state.tags, service.stage) !== undefined
    const forget = isRemembered ? [planProvisionedForget(state.name, service.stage, aliases)] : []
    return {
      steps: [...aliases, ...versions, ...forget],
      notes: [...held].map(([slot, who]) => staysNote(`Alias ${state.name}:${slot}`, who)),
    }
  })
  const isApiGoing = isLastStage(service, actual) && (actual.api === undefined || isOwnApi(actual.api))
  const deployments = isApiGoing ? [] : actual.deployments
  const needed = neededDeployments({ ...actual, stage: undefined }, [], undefined)
  return {
    steps: [...plans.flatMap(({ steps }) => steps), ...planDeploymentPrune(service, deployments, needed)],
    notes: plans.flatMap(({ notes }) => notes),
  }
}
