import { planFormerDelete, type FormerFunction } from '../resources/lambda/former.ts'
import { planVersionPrune, type VersionDeletion } from '../resources/lambda/version.ts'
import type { Step } from '../resources/step.ts'
import { releaseVariable, slotAlias } from '../service/names.ts'
import { functionSet, parseRecord, type Release, type ReleaseRecord } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import type { Actual } from '../actual/actual.ts'
import type { FunctionPlan } from '../plan/function.ts'
import { servedBy } from '../actual/served.ts'

/** Deployments that a kept release would serve again, or that another stage holds. */
export function neededDeployments(service: Service, actual: Actual, record: ReleaseRecord): ReadonlySet<string> {
  const others = actual.stages.filter((stage) => stage.stageName !== service.stage)
  const staged = others.flatMap((stage) => [stage.deploymentId, stage.canarySettings?.deploymentId])
  return new Set([...staged, ...record.map((release) => release.deploymentId)].filter((id): id is string => id !== undefined))
}

/** Whether a release can still be gone back to; two runs at once may have left one in the record whose parts are gone. */
export function stands(service: Service, actual: Actual, release: Release): boolean {
  if (!actual.deployments.some(({ id }) => id === release.deploymentId)) return false
  const known = release.versions.length > 0 && release.functions === functionSet(service.functions.map((spec) => spec.name))
  if (!known) return true
  return service.functions.every(({ name }, index) => actual.functions.get(name)?.versions.some(({ Version }) => Version === release.versions[index]) === true)
}

interface Facts {
  readonly service: Service
  readonly actual: Actual
  readonly functions: readonly FunctionPlan[]
  readonly moves: boolean
  /** The record of this stage as it will be, as far as its versions exist already. */
  readonly record: ReleaseRecord
}

/** Deletions, by function name, of versions that neither an alias nor a kept release of any stage needs once the plan is applied. */
export function composeVersionPrune(facts: Facts): ReadonlyMap<string, readonly VersionDeletion[]> {
  const { service, actual, functions } = facts
  const set = functionSet(functions.map((plan) => plan.spec.name))
  return new Map(functions.map((plan, index) => {
    const state = actual.functions.get(plan.spec.name)
    if (state === undefined) return [plan.spec.name, []]
    const needed = new Set<string>()
    for (const alias of state.aliases) {
      if (!isMoved(alias.Name)) add(alias.FunctionVersion)
      for (const weighted of Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {})) add(weighted)
    }
    add(plan.version)
    for (const record of [facts.record, ...otherRecords(service, actual)]) {
      for (const release of record) for (const version of versionsOf(release, { index, set })) add(version)
    }
    return [plan.spec.name, planVersionPrune(state, needed)]

    /** A slot that this very plan points elsewhere no longer needs what it names now; without a stage that is both. */
    function isMoved(name: string | undefined): boolean {
      const idle = slotAlias(service.stage, servedBy(service, actual).idleSlot)
      if (actual.stage === undefined) return name === slotAlias(service.stage, 'a') || name === slotAlias(service.stage, 'b')
      return facts.moves && name === idle
    }

    function add(version: string | undefined): void {
      if (version !== undefined) needed.add(version)
    }
  }))
}

/** A release of another set of functions does not say which version was whose, so all its numbers count for every function. */
function versionsOf(release: Release, { index, set }: { index: number; set: string }): readonly string[] {
  return release.functions === set ? [release.versions[index] ?? ''] : release.versions
}

function otherRecords(service: Service, actual: Actual): ReleaseRecord[] {
  return actual.stages.filter((stage) => stage.stageName !== service.stage).map((stage) => parseRecord(stage.variables?.[releaseVariable(service.name)]))
}

/** Whether any release that a stage serves or keeps was made of another set of functions than the config's. */
export function servesOtherFunctions(service: Service, actual: Actual, record: ReleaseRecord): boolean {
  const set = functionSet(service.functions.map((spec) => spec.name))
  return [record, ...otherRecords(service, actual)].some((each) => each.some((release) => release.functions !== set))
}

/** Deletes functions that the config no longer describes, with their roles, once no stage serves them and no kept release would. */
export function composeFormerPrune(facts: { service: Service; actual: Actual; former: readonly FormerFunction[]; record: ReleaseRecord }): Step[] {
  const { service, actual, former, record } = facts
  return servesOtherFunctions(service, actual, record) ? [] : former.flatMap((each) => planFormerDelete(each, 'the config no longer describes it'))
}
