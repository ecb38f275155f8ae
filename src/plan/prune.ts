import { planVersionPrune } from '../resources/lambda/versions.ts'
import type { Step } from '../resources/context.ts'
import { releaseVariable, slotAlias } from '../service/names.ts'
import { parseRecord, type ReleaseRecord } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import type { Actual } from './actual.ts'
import type { FunctionPlan } from './compose-function.ts'
import { servedBy } from './served.ts'

/** Deployments that a kept release would serve again, or that another stage holds. */
export function neededDeployments(service: Service, actual: Actual, record: ReleaseRecord): ReadonlySet<string> {
  const others = actual.stages.filter((stage) => stage.stageName !== service.stage)
  const staged = others.flatMap((stage) => [stage.deploymentId, stage.canarySettings?.deploymentId])
  return new Set([...staged, ...record.map((release) => release.deploymentId)].filter((id): id is string => id !== undefined))
}

interface Facts {
  readonly service: Service
  readonly actual: Actual
  readonly functions: readonly FunctionPlan[]
  readonly moves: boolean
  /** The record of this stage as it will be, as far as its versions exist already. */
  readonly record: ReleaseRecord
}

/** Versions of each function that neither an alias nor a kept release of any stage needs once the plan is applied. */
export function composeVersionPrune(facts: Facts): Step[] {
  const { service, actual, functions } = facts
  return functions.flatMap((plan, index) => {
    const state = actual.functions.get(plan.spec.name)
    if (state === undefined) return []
    const needed = new Set<string>()
    for (const alias of state.aliases) {
      const moved = alias.Name === slotAlias(service.stage, servedBy(service, actual).idleSlot) && facts.moves
      if (!moved) add(alias.FunctionVersion)
      for (const weighted of Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {})) add(weighted)
    }
    add(plan.version)
    for (const record of [facts.record, ...otherRecords(service, actual)]) {
      for (const release of record) for (const version of versionsOf(release.versions, { index, count: functions.length })) add(version)
    }
    return planVersionPrune(state, needed)

    function add(version: string | undefined): void {
      if (version !== undefined) needed.add(version)
    }
  })
}

/** A release of another set of functions does not say which version was whose, so all its numbers count for every function. */
function versionsOf(versions: readonly string[], { index, count }: { index: number; count: number }): readonly string[] {
  return versions.length === count ? [versions[index] ?? ''] : versions
}

function otherRecords(service: Service, actual: Actual): ReleaseRecord[] {
  return actual.stages.filter((stage) => stage.stageName !== service.stage).map((stage) => parseRecord(stage.variables?.[releaseVariable(service.name)]))
}
