import type { FieldDiff } from '../change.ts'
import { planAccountRole } from '../resources/api/account-role.ts'
import { planDeployment, planDeploymentPrune } from '../resources/api/deployment.ts'
import { planRestApi } from '../resources/api/rest-api.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { definitionDigest, planDefinition } from '../resources/api/definition/parts.ts'
import { planSettings } from '../resources/api/definition/settings.ts'
import { refuseOtherRelease, stageDiffs, stageFacts } from '../resources/api/stage.ts'
import { keep, known, type Guard, type Ids, type Step } from '../resources/step.ts'
import type { WantedCode } from '../resources/code.ts'
import type { FormerFunction } from '../resources/lambda/former.ts'
import { planLogGroup } from '../resources/logs/log-group.ts'
import { planGoLive } from '../release/go-live.ts'
import { accessLogGroup } from '../service/access-log.ts'
import { aliasVariable, releaseVariable, slotAlias, type Slot } from '../service/names.ts'
import { fittingBefore, formatRecord, functionSet, type Release, type ReleaseRecord } from '../service/release-record.ts'
import type { FunctionSpec, Service } from '../service/service.ts'
import type { Actual } from '../actual/actual.ts'
import { composeSlots, composeVersion, type FunctionPlan } from './function.ts'
import { composeFormerPrune, composeVersionPrune, neededDeployments, servesOtherFunctions, stands } from '../release/prune.ts'
import { composeFormerRoles } from '../release/prune-roles.ts'
import { servedBy } from '../actual/served.ts'

export interface Desired {
  readonly service: Service
  /** By function name. */
  readonly code: ReadonlyMap<string, WantedCode>
}

/** What a plan starts from; `copy` is read only where the working copy matters ({@link needsWorkingCopy}). */
export interface Known {
  readonly actual: Actual
  readonly ids: Ids
  readonly copy: WorkingCopy | undefined
  /** Looked for only where there may be some ({@link mayHaveFormer}). */
  readonly former: readonly FormerFunction[]
}

/** Whether the stage serves another definition than the config's. */
function definitionDiffers(service: Service, actual: Actual): boolean {
  return servedBy(service, actual).digest !== definitionDigest(service)
}

/** Whether the working copy is to be led to the config, too: where it will be deployed, or where it is likely to hold what never went live. */
export function needsWorkingCopy(service: Service, actual: Actual): boolean {
  return definitionDiffers(service, actual) || isUntidy(service, actual)
}

/** Whether a deployment of ours is left over that no stage serves and no kept release did: an interrupted run's, or that of one that lost. */
function isUntidy(service: Service, actual: Actual): boolean {
  return planDeploymentPrune(service, actual.deployments, neededDeployments(service, actual, servedBy(service, actual).record)).length > 0
}

/** A plan: the changes, and the versions that are to serve and exist already, by function name. */
export interface Composed {
  readonly steps: readonly Step[]
  readonly guards: readonly Guard[]
  /** Whether another release goes live, and not only other settings of the stage. */
  readonly isNewRelease: boolean
  readonly versions: ReadonlyMap<string, string>
}

/** Whether functions may stand in AWS that the config no longer describes: their going changes the definition, and kept releases remember them. */
export function mayHaveFormer(service: Service, actual: Actual): boolean {
  if (actual.stage === undefined) return false
  return needsWorkingCopy(service, actual) || servesOtherFunctions(service, actual, servedBy(service, actual).record)
}

/** The changes that lead from what is served to what is wanted, without a write: values in, values out. */
export function composeDeploy({ service, code }: Desired, { actual, ids, copy, former }: Known): Composed {
  const { account } = actual
  const functions = service.functions.map((spec) => composeVersion(service, actual, { spec, code: need(code, spec.name), roleArn: ids.roleArns.get(spec.name) }))
  const moves = functions.some((each) => each.moves)
  const api = composeApi(service, { actual, ids, copy, former }, doubtfulCreates(actual, functions))
  const guards = moves && api.deployment === undefined ? [stageGuard(actual, functions)] : []
  const slots = composeSlots(service, actual, { functions, account, apiId: ids.apiId, moves, api: api.create, after: api.deployment === undefined ? guards : [api.deployment] })
  const release = newRelease(service, { actual, functions, moves, deploys: api.deployment !== undefined })
  const formerSteps = composeFormerPrune({ service, actual, former, record: release.record })
  // The deployments go last: one that is left over tells the next run to look for functions that are left over, too.
  const deploymentSteps = planDeploymentPrune(service, actual.deployments, neededDeployments(service, actual, release.record))
  const steps = [
    ...(service.accessLog.format !== undefined && actual.stage?.accessLogSettings === undefined ? planAccountRole(service.accessLog.cloudwatchRole, actual.accountRole, account.region) : []),
    ...functions.flatMap((each) => each.steps),
    ...slots,
    ...api.steps,
    ...composeAccessLogGroup(service, actual, api.create),
    composeGoLive(service, { actual, ids, release }),
    ...composeFormerRoles(actual, composeVersionPrune({ service, actual, functions, moves, record: release.record })),
    ...formerSteps,
    ...deploymentSteps.map((each) => ({ ...each, needs: formerSteps })),
  ]
  return { steps, guards, isNewRelease: release.isNew, versions: new Map(functions.flatMap((each): [string, string][] => (each.version === undefined ? [] : [[each.spec.name, each.version]]))) }
}

/** Creates of functions that a wrong role may refuse; nothing looked whether it is right. */
function doubtfulCreates(actual: Actual, functions: readonly FunctionPlan[]): Step[] {
  const isDoubtful = ({ role }: FunctionSpec): boolean => role.kind === 'given' && actual.givenRoles.get(role.arn)?.createdAt === undefined
  return functions.flatMap(({ spec, create }) => (create !== undefined && isDoubtful(spec) ? [create] : []))
}

interface ApiPlan {
  /** Makes the API itself. */
  readonly create: readonly Step[]
  readonly deployment: Step | undefined
  /** These and those of the definition. */
  readonly steps: readonly Step[]
}

/** The API, its definition and the deployment that freezes it. A new API waits for what may be refused, so that a failed first deploy leaves none. */
function composeApi(service: Service, { actual, copy }: Known, doubtful: readonly Step[]): ApiPlan {
  const create = actual.api === undefined ? [planRestApi(service, doubtful)] : []
  const steps = [...create, ...definitionSteps(service, { actual, copy, create })]
  if (definitionDiffers(service, actual)) {
    const deployment = planDeployment(service, { digest: definitionDigest(service), needs: steps, existing: actual.deployments, stage: actual.stage })
    return { create, deployment, steps: [...steps, deployment] }
  }
  const kept = keep({ id: 'routes', kind: 'route', name: 'all', count: service.api.routes.length, reason: 'the stage serves this definition' })
  return { create, deployment: undefined, steps: steps.length > 0 ? steps : [kept] }
}

function definitionSteps(service: Service, { actual, copy, create }: Pick<Known, 'actual' | 'copy'> & Pick<ApiPlan, 'create'>): Step[] {
  if (actual.api === undefined || copy !== undefined) return planDefinition({ service, account: actual.account }, copy, create)
  // No deployment freezes the name, so it is compared also where the working copy does not matter.
  return actual.api.name === service.api.name ? [] : planSettings(service.api, actual.api)
}

/** The last look at the stage before its slot is moved, at the same time as the versions are published; a deployment's guard looks, too. */
function stageGuard(actual: Actual, functions: readonly FunctionPlan[]): Guard {
  const needs = functions.flatMap(({ publish }) => publish?.needs ?? [])
  const stage = known(actual.stage, 'the stage')
  return { id: 'stage/unchanged', phase: 'prepare', needs, check: (context) => refuseOtherRelease(context, stage) }
}

interface NewRelease {
  readonly isNew: boolean
  /** The kept releases as far as they exist already: with a new release those before it, else the live one too. */
  readonly record: ReleaseRecord
  /** The slot that becomes live, where it was not before. */
  readonly slot: Slot | undefined
  readonly variables: (ids: Ids) => Readonly<Record<string, string>>
  readonly fields: readonly FieldDiff[]
}

function newRelease(service: Service, facts: { actual: Actual; functions: readonly FunctionPlan[]; moves: boolean; deploys: boolean }): NewRelease {
  const { actual, functions, moves, deploys } = facts
  const served = servedBy(service, actual)
  const first = actual.stage === undefined
  const slot = first ? 'a' : moves ? served.idleSlot : served.liveSlot
  // Ids that are known after apply count with the most characters that they may have, so that what is kept and what is pruned are one list.
  const longest: Release = { number: 1_000_000, deploymentId: 'x'.repeat(10), digest: 'x'.repeat(16), functions: 'x'.repeat(6), versions: service.functions.map(() => '1000000'), commit: 'x'.repeat(7) }
  const before = fittingBefore(longest, served.record.filter((release) => stands(service, actual, release)).slice(0, service.release.keepReleases))
  const named = actual.stage?.variables?.[aliasVariable(service.name)]
  const isNew = first || moves || deploys || named !== slotAlias(service.stage, served.liveSlot)
  const name = (ids: Ids): Release => ({
    number: (served.record[0]?.number ?? 0) + 1,
    deploymentId: ids.deploymentId ?? actual.stage?.deploymentId ?? '',
    digest: definitionDigest(service),
    functions: functionSet(service.functions.map((spec) => spec.name)),
    versions: service.functions.map((spec) => ids.versions.get(spec.name) ?? ''),
    commit: service.commit?.slice(0, 7) ?? '',
  })
  const alias = { [aliasVariable(service.name)]: slotAlias(service.stage, slot) }
  const fields: FieldDiff[] = [
    ...(moves ? [{ field: 'slot', from: slotAlias(service.stage, served.liveSlot), to: slotAlias(service.stage, slot) }] : []),
    ...functions.filter((each) => each.live !== undefined && each.moves).map((each) => ({ field: each.spec.name, from: `version ${each.live}`, to: `version ${each.version ?? '(new)'}` })),
    ...(deploys && !first ? [{ field: 'deployment', from: actual.stage?.deploymentId ?? '(none)', to: '(new)' }] : []),
  ]
  return {
    isNew, fields,
    slot: first || moves ? slot : undefined,
    record: isNew ? before : served.record,
    variables: (ids) => (isNew ? { ...alias, [releaseVariable(service.name)]: formatRecord([name(ids), ...before]) } : {}),
  }
}

function composeGoLive(service: Service, { actual, ids, release }: { actual: Actual; ids: Ids; release: NewRelease }): Step {
  const settings = stageDiffs(service, actual.stage, stageFacts(service, actual.account, ids))
  if (!release.isNew && settings.length === 0) return keep({ id: 'stage', kind: 'stage', name: service.stage, reason: 'serves what the config asks for' })
  const reason = actual.stage === undefined ? 'does not exist yet' : release.isNew ? 'a new release goes live' : 'settings differ'
  return planGoLive({
    service, stage: actual.stage, reason, fields: [...release.fields, ...settings], variables: release.variables, slot: release.slot,
    deploymentId: definitionDiffers(service, actual) ? undefined : actual.stage?.deploymentId,
  })
}

function composeAccessLogGroup(service: Service, actual: Actual, api: readonly Step[]): Step[] {
  if (service.accessLog.format === undefined) return []
  return planLogGroup({
    id: 'access-log-group',
    name: accessLogGroup(service, actual.api?.id ?? '<api-id>'),
    nameAtLast: ({ ids }) => accessLogGroup(service, ids.apiId ?? ''),
    retentionDays: service.accessLog.retentionDays,
    state: actual.accessLogGroup,
    needs: api,
  })
}

function need(code: ReadonlyMap<string, WantedCode>, name: string): WantedCode {
  const found = code.get(name)
  if (found === undefined) throw new Error(`no code was prepared for ${name}`)
  return found
}
