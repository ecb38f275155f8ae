import type { Actual } from '../actual/actual.ts'
import { planDeploymentPrune } from '../resources/api/deployment.ts'
import type { FormerSearch } from '../resources/lambda/former-function.ts'
import type { Service } from '../service/service.ts'
import { neededDeployments, servesOtherFunctions } from './kept.ts'

/** What a release is to be made of, besides code. */
export interface ReleaseGoal {
  readonly service: Service
  /** Of the definition that the service asks for. */
  readonly digest: string
}

/** Whether the stage serves another definition than the wanted one. */
export function definitionDiffers({ digest }: Pick<ReleaseGoal, 'digest'>, { served }: Actual): boolean {
  return served.digest !== digest
}

/** Whether the working copy matters: where it will be deployed, or where it is likely to hold what never went live. */
export function needsWorkingCopy(goal: ReleaseGoal, actual: Actual): boolean {
  return definitionDiffers(goal, actual) || isUntidy(goal.service, actual)
}

/**
 * Whether functions may stand in AWS that the config no longer describes. One that leaves the config changes the definition, or is at least
 * in a release that is kept.
 */
export function mayHaveFormer(goal: ReleaseGoal, actual: Actual): boolean {
  if (actual.stage === undefined) return false
  return needsWorkingCopy(goal, actual) || servesOtherFunctions(goal.service, actual, actual.served.record)
}

/**
 * Where to look for them. A name of its own is looked for where a release is of other functions, or where a run was stopped before it had
 * removed what its release replaced: asking every function of an account takes a call each (100 a second; developer guide, "Lambda
 * quotas").
 */
export function formerSearch({ service }: ReleaseGoal, actual: Actual): FormerSearch {
  const everywhere = servesOtherFunctions(service, actual, actual.served.record) || isUntidy(service, actual)
  return { described: new Set(actual.functions.keys()), everywhere }
}

/** Whether a deployment of ours is left that no stage and no kept release needs: an interrupted run has made it, or one that lost. */
function isUntidy(service: Service, actual: Actual): boolean {
  const needed = neededDeployments(actual, actual.served.record, actual.stage?.deploymentId)
  return planDeploymentPrune(service, actual.deployments, needed).length > 0
}
