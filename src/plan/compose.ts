import type { FieldDiff } from '../change.ts'
import { planAccountRole } from '../resources/api/account.ts'
import { planDeployment, planDeploymentPrune } from '../resources/api/deployment.ts'
import { apiDiffs, planRestApi } from '../resources/api/rest-api.ts'
import { planRoutes, whereOf } from '../resources/api/routes.ts'
import { stageDiffs, stageFacts } from '../resources/api/stage.ts'
import type { Tree } from '../resources/api/tree.ts'
import { keep, type Born, type Step } from '../resources/context.ts'
import type { WantedCode } from '../resources/lambda/code.ts'
import type { FormerFunction } from '../resources/lambda/former.ts'
import { planLogGroup } from '../resources/logs/log-group.ts'
import type { Aws } from '../aws/clients.ts'
import { planGoLive } from '../release/go-live.ts'
import { accessLogGroup } from '../service/access-log.ts'
import { definitionDigest, definitionOf } from '../service/definition.ts'
import { aliasVariable, releaseVariable, slotAlias, type Slot } from '../service/names.ts'
import { fittingBefore, formatRecord, functionSet, type Release, type ReleaseRecord } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import type { Actual } from './actual.ts'
import { composeSlots, composeVersion, type FunctionPlan } from './compose-function.ts'
import { composeFormerPrune, composeVersionPrune, neededDeployments, servesOtherFunctions } from './prune.ts'
import { servedBy } from './served.ts'

export interface Desired {
  readonly service: Service
  /** By function name. */
  readonly code: ReadonlyMap<string, WantedCode>
}

/** What a plan starts from; `tree` is read only where the definition differs ({@link definitionDiffers}). */
export interface Known {
  readonly actual: Actual
  readonly born: Born
  readonly tree: Tree | undefined
  /** Looked for only where there may be some ({@link mayHaveFormer}). */
  readonly former: readonly FormerFunction[]
  readonly aws: Pick<Aws, 'region'>
}

/** Whether the stage serves another definition than the config's, so that the working copy must be looked at. */
export function definitionDiffers(service: Service, actual: Actual): boolean {
  return servedBy(service, actual).digest !== definitionDigest(definitionOf(service))
}

/** A plan: the changes, and the versions that are to serve and exist already, by function name. */
export interface Composed {
  readonly steps: readonly Step[]
  /** Whether another release goes live, and not only other settings of the stage. */
  readonly isNewRelease: boolean
  readonly versions: ReadonlyMap<string, string>
}

/** Whether functions may stand in AWS that the config no longer describes: their going changes the definition, and kept releases remember them. */
export function mayHaveFormer(service: Service, actual: Actual): boolean {
  if (actual.stage === undefined) return false
  const { record } = servedBy(service, actual)
  const leftOver = planDeploymentPrune(service, actual.deployments, neededDeployments(service, actual, record)).length > 0
  return leftOver || definitionDiffers(service, actual) || servesOtherFunctions(service, actual, record)
}

/** The changes that lead from what is served to what is wanted, without a write: values in, values out. */
export function composeDeploy({ service, code }: Desired, { actual, born, tree, former, aws }: Known): Composed {
  const { region } = aws
  const functions = service.functions.map((spec) => composeVersion(service, actual, { spec, code: need(code, spec.name), born, region }))
  const moves = functions.some((each) => each.moves)
  const slots = functions.map((plan) => composeSlots(service, actual, { plan, born, region, moves }))
  const api = composeApi(service, { actual, born, tree, former, aws })
  const release = newRelease(service, { actual, functions, moves, deploys: api.deploys })
  const formerSteps = composeFormerPrune({ service, actual, former, record: release.record })
  // The deployments go last: one that is left over tells the next run to look for functions that are left over, too.
  const deploymentSteps = planDeploymentPrune(service, actual.deployments, neededDeployments(service, actual, release.record))
  const steps = [
    ...(service.accessLog.format !== undefined && actual.stage?.accessLogSettings === undefined ? planAccountRole(service.accessLog.cloudwatchRole, actual.accountRole, region) : []),
    ...functions.flatMap((each) => each.steps),
    ...slots.flat(),
    ...api.steps,
    ...composeAccessLogGroup(service, actual),
    composeGoLive(service, { actual, born, region, release }),
    ...composeVersionPrune({ service, actual, functions, moves, record: release.record }),
    ...formerSteps,
    ...deploymentSteps.map((each) => ({ ...each, needs: formerSteps.map(({ id }) => id) })),
  ]
  return { steps, isNewRelease: release.isNew, versions: new Map(functions.flatMap((each): [string, string][] => (each.version === undefined ? [] : [[each.spec.name, each.version]]))) }
}

/** The API, its routes and the deployment that freezes them. */
function composeApi(service: Service, { actual, born, tree, aws }: Known): { steps: Step[]; deploys: boolean } {
  if (!definitionDiffers(service, actual)) {
    const renamed = actual.api?.name !== service.api.name
    const steps = renamed ? planRestApi(service, actual.api) : [keep({ id: 'routes', kind: 'routes', name: `${service.api.routes.length}`, reason: 'the stage serves this definition' })]
    return { steps, deploys: false }
  }
  const settings = actual.api === undefined || apiDiffs(service.api, actual.api).length > 0 ? planRestApi(service, actual.api) : []
  const routes = planRoutes(service.api.routes, tree, whereOf(aws, born, service.name))
  const digest = definitionDigest(definitionOf(service))
  const needs = [...settings, ...routes].map((each) => each.id)
  return { steps: [...settings, ...routes, planDeployment(service, digest, { needs, existing: actual.deployments })], deploys: true }
}

interface NewRelease {
  readonly isNew: boolean
  /** The kept releases as far as they exist already: with a new release those before it, else the live one too. */
  readonly record: ReleaseRecord
  /** The slot that becomes live, where it is another than before. */
  readonly movesTo: Slot | undefined
  readonly variables: (born: Born) => Readonly<Record<string, string>>
  readonly fields: readonly FieldDiff[]
}

function newRelease(service: Service, facts: { actual: Actual; functions: readonly FunctionPlan[]; moves: boolean; deploys: boolean }): NewRelease {
  const { actual, functions, moves, deploys } = facts
  const served = servedBy(service, actual)
  const first = actual.stage === undefined
  const slot = first ? 'a' : moves ? served.idleSlot : served.liveSlot
  // Ids that are yet to be born count with the most characters that they may have, so that what is kept and what is pruned are one list.
  const longest: Release = { number: 1_000_000, deploymentId: 'x'.repeat(10), digest: 'x'.repeat(16), functions: 'x'.repeat(6), versions: service.functions.map(() => '1000000'), commit: 'x'.repeat(7) }
  const before = fittingBefore(longest, served.record.slice(0, service.release.keepReleases))
  const named = actual.stage?.variables?.[aliasVariable(service.name)]
  const isNew = first || moves || deploys || named !== slotAlias(service.stage, served.liveSlot)
  const name = (born: Born): Release => ({
    number: (served.record[0]?.number ?? 0) + 1,
    deploymentId: born.deploymentId ?? actual.stage?.deploymentId ?? '',
    digest: definitionDigest(definitionOf(service)),
    functions: functionSet(service.functions.map((spec) => spec.name)),
    versions: service.functions.map((spec) => born.versions.get(spec.name) ?? ''),
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
    movesTo: moves ? slot : undefined,
    record: isNew ? before : served.record,
    variables: (born) => (isNew ? { ...alias, [releaseVariable(service.name)]: formatRecord([name(born), ...before]) } : {}),
  }
}

function composeGoLive(service: Service, { actual, born, region, release }: { actual: Actual; born: Born; region: string; release: NewRelease }): Step {
  const settings = stageDiffs(service, actual.stage, stageFacts(service, born, region))
  if (!release.isNew && settings.length === 0) return keep({ id: 'stage', kind: 'stage', name: service.stage, reason: 'serves what the config asks for' })
  const reason = actual.stage === undefined ? 'does not exist yet' : release.isNew ? 'a new release goes live' : 'settings differ'
  return planGoLive({
    service, stage: actual.stage, reason, fields: [...release.fields, ...settings], variables: release.variables, movesTo: release.movesTo,
    deploymentId: definitionDiffers(service, actual) ? undefined : actual.stage?.deploymentId,
  })
}

function composeAccessLogGroup(service: Service, actual: Actual): Step[] {
  if (service.accessLog.format === undefined) return []
  return planLogGroup({
    id: 'access-log-group',
    name: accessLogGroup(service, actual.api?.id ?? '<api-id>'),
    nameAtLast: ({ born }) => accessLogGroup(service, born.apiId ?? ''),
    retentionDays: service.accessLog.retentionDays,
    state: actual.accessLogGroup,
    needs: ['api'],
  })
}

function need(code: ReadonlyMap<string, WantedCode>, name: string): WantedCode {
  const found = code.get(name)
  if (found === undefined) throw new Error(`no code was prepared for ${name}`)
  return found
}
