import type { Actual } from '../actual/actual.ts'
import { planDeploymentPrune } from '../resources/api/deployment.ts'
import { planFormerDelete, type FormerFunction } from '../resources/lambda/former-function.ts'
import { planVersionPrune, type VersionDeletion } from '../resources/lambda/version.ts'
import type { Step } from '../resources/step.ts'
import { slotAlias } from '../service/names.ts'
import type { Service } from '../service/service.ts'
import { neededDeployments, neededVersions, otherRecords, servesOtherFunctions } from './kept.ts'
import type { Handover, NextRelease } from './next.ts'
import { planFormerRoles } from './prune-roles.ts'

interface PruneInput {
  readonly service: Service
  readonly actual: Actual
  readonly next: NextRelease
  readonly handover: Pick<Handover, 'moves' | 'kept'>
  /** Functions of ours that the config no longer describes. */
  readonly former: readonly FormerFunction[]
}

/** Takes away what neither the next release nor a kept one of any stage needs, and what an interrupted run has left. */
export function planPrune(input: PruneInput): Step[] {
  const { service, actual, next, handover, former } = input
  const isServed = servesOtherFunctions(service, actual, handover.kept)
  const formerSteps = isServed ? [] : former.flatMap((each) => planFormerDelete(each, 'the config no longer describes it'))
  // The deployments go last: where the next run finds one that is not needed, it looks for functions that are not needed, too.
  const deployments = planDeploymentPrune(service, actual.deployments, neededDeployments(actual, handover.kept, next.deploymentId))
  return [
    ...planFormerRoles(actual, versionPrune(input)),
    ...formerSteps,
    ...deployments.map((each) => ({ ...each, needs: formerSteps })),
  ]
}

/** The deletions of versions, by function name. */
function versionPrune({ service, actual, next, handover }: PruneInput): ReadonlyMap<string, readonly VersionDeletion[]> {
  const users = {
    freed: freedAliases(service, actual, handover),
    records: [handover.kept, ...otherRecords(service, actual)],
    names: [...next.versions.keys()],
  }
  return new Map([...next.versions].map(([name, version]) => {
    const state = actual.functions.get(name)?.state
    if (state === undefined) return [name, []]
    const needed = neededVersions(state, users)
    return [name, planVersionPrune(state, version === undefined ? needed : needed.add(version))]
  }))
}

/** The idle slot is about to move, so the version that it names now is not needed. Before the first release both slots move. */
function freedAliases({ stage: name }: Service, { stage, served }: Actual, { moves }: Pick<Handover, 'moves'>): ReadonlySet<string> {
  if (stage === undefined) return new Set([slotAlias(name, 'a'), slotAlias(name, 'b')])
  return new Set(moves ? [slotAlias(name, served.idleSlot)] : [])
}
