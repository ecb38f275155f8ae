import type { Actual } from '../actual/actual.ts'
import { planDeploymentPrune } from '../resources/api/deployment.ts'
import { planFormerDelete, planFormerKeep, type FormerFunction } from '../resources/lambda/former-function.ts'
import { planVersionPrune, type VersionDeletion } from '../resources/lambda/version.ts'
import { planExecutionRoleLoss } from '../resources/iam/execution-role.ts'
import type { RoleState } from '../resources/iam/role.ts'
import type { Guard, Step } from '../resources/step.ts'
import { slotAlias, slots } from '../service/names.ts'
import type { Service } from '../service/service.ts'
import { neededDeployments, neededVersions, otherRecords, servesOtherFunctions } from './kept.ts'
import type { Handover, NextRelease } from './next.ts'
import { planFormerRoles } from './prune-roles.ts'
import { after, disuseGuard } from './settle.ts'

interface PruneInput {
  readonly service: Service
  readonly actual: Actual
  readonly next: NextRelease
  readonly handover: Pick<Handover, 'isNew' | 'moves' | 'kept'>
  /** Functions of ours that the config no longer describes. */
  readonly former: readonly FormerFunction[]
}

/** What goes once the next release is live, and what makes sure that nobody sees it any more. */
export interface PrunePlan {
  readonly steps: readonly Step[]
  readonly guards: readonly Guard[]
}

/**
 * Takes away what neither the next release nor a kept one of any stage needs, what an interrupted run has left, and what roles are to
 * lose.
 */
export function planPrune(input: PruneInput): PrunePlan {
  const { service, actual, next, handover, former } = input
  const isServed = servesOtherFunctions(service, actual, handover.kept)
  const formerSteps = former.flatMap((each) => {
    return isServed ? planFormerKeep(each) : planFormerDelete(each, 'the config no longer describes it')
  })
  // The deployments go last: by one that is left the next run sees that it must look for functions, too.
  const deployments = planDeploymentPrune(service, actual.deployments, neededDeployments(actual, handover.kept, next.deploymentId))
  const unused = [
    ...planFormerRoles(actual, versionPrune(input)),
    ...formerSteps,
    ...deployments.map((each) => ({ ...each, needs: formerSteps })),
  ]
  const { account, functions } = actual
  const stateOf = (name: string): RoleState | undefined => functions.get(name)?.role
  const losses = service.functions.flatMap((spec) => planExecutionRoleLoss(service, spec, { state: stateOf(spec.name), account }))
  // Before the first release nobody sees anything.
  const atOnce = actual.stage === undefined ? 0 : undefined
  const parts = [
    // What goes was last served by a release before the oldest kept one, so until that one went live.
    { steps: unused, guard: disuseGuard('unused', atOnce ?? handover.kept.at(-1)?.wentLiveAt) },
    { steps: losses, guard: disuseGuard('unneeded', atOnce ?? (handover.isNew ? undefined : handover.kept[0]?.wentLiveAt)) },
  ]
  const isKept = ({ action }: Step): boolean => action === 'keep'
  const changes = parts.map(({ steps, guard }) => ({ guard, steps: steps.filter((each) => !isKept(each)) }))
  const changing = changes.filter(({ steps }) => steps.length > 0)
  return {
    steps: [...unused.filter(isKept), ...changing.flatMap(({ steps, guard }) => after(guard, steps))],
    guards: changing.map(({ guard }) => guard),
  }
}

/** The deletions of versions, by function name. */
function versionPrune({ service, actual, next, handover }: PruneInput): ReadonlyMap<string, readonly VersionDeletion[]> {
  const users = {
    ...changedAliases(service, actual, handover),
    records: [handover.kept, ...otherRecords(service, actual)],
    names: [...next.versions.keys()],
  }
  return new Map([...next.versions].map(([name, version]) => {
    const state = actual.functions.get(name)?.state
    if (state === undefined) return [name, []]
    // After a run that was stopped, an alias may name the version already: then it is not moved again.
    const there = state.aliases.filter(({ FunctionVersion }) => FunctionVersion === version).map(({ Name = '' }) => Name)
    const moving = new Set([...users.moving].filter((alias) => !there.includes(alias)))
    const needed = neededVersions(state, { ...users, moving })
    const unneeded = planVersionPrune(state, version === undefined ? needed : needed.add(version))
    return [name, handover.isNew ? unneeded : unneeded.filter((each) => isOld(each, needed))]
  }))
}

/**
 * Whether a version is older than all that are needed. Where no release goes live, only such a one is sure to be what a stopped run has
 * left: a newer one may be that of a run which is under way.
 */
function isOld({ version }: VersionDeletion, needed: ReadonlySet<string>): boolean {
  return [...needed].every((each) => Number(version) < Number(each))
}

/** The aliases that change hands: the idle slot where it moves, and before the first release both, which nobody calls yet. */
function changedAliases({ stage: name }: Service, { served }: Actual, { moves }: Pick<Handover, 'moves'>) {
  const names = served.isFirst ? slots.map((slot) => slotAlias(name, slot)) : moves ? [slotAlias(name, served.idleSlot)] : []
  return served.isFirst ? { freed: new Set(names), moving: new Set<string>() } : { freed: new Set<string>(), moving: new Set(names) }
}
