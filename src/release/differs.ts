import type { Actual } from '../actual/actual.ts'
import { isOwnApi } from '../resources/api/rest-api.ts'
import { planDeploymentPrune } from '../resources/api/deployment.ts'
import type { FormerSearch } from '../resources/lambda/former-function.ts'
import type { Service } from '../service/service.ts'
import { neededDeployments, servesOtherFunctions } from './kept.ts'
import type { NextRelease } from './next.ts'

/** What a release is to be made of, besides code. */
export interface ReleaseGoal {
  readonly service: Service
  /** Of the definition that the service asks for. */
  readonly digest: string
  /** Where it is served already, where that is another stage. */
  readonly origin?: NextRelease['origin']
}

/**
 * Whether the stage serves another definition than the wanted one. An API whose default endpoint is off counts as such: it is not known
 * whether a stage is closed by that at once or with the next deployment (the developer guide asks for one), so both are set right.
 */
export function definitionDiffers({ digest }: Pick<ReleaseGoal, 'digest'>, { served, api }: Actual): boolean {
  const isClosed = api?.disableExecuteApiEndpoint === true && isOwnApi(api)
  return served.digest !== digest || isClosed
}

/** Whether the working copy must be read: it will be deployed, or a run that was stopped may have left edits in it. */
export function needsWorkingCopy(goal: ReleaseGoal, actual: Actual): boolean {
  return definitionDiffers(goal, actual) || isUntidy(goal.service, actual)
}

/**
 * Whether functions may stand in AWS that the config no longer describes. A function that leaves the config takes its routes along, so
 * that the definition differs; later, as long as it stands, a kept release or an untidy API tells of it.
 */
export function mayHaveFormer(goal: ReleaseGoal, actual: Actual): boolean {
  if (actual.served.isFirst) return false
  return needsWorkingCopy(goal, actual) || servesOtherFunctions(goal.service, actual, actual.served.record)
}

/**
 * Where to look for them: by our prefix alone, or also under any other name. The second takes a call for each function of the account
 * (100 a second; developer guide, "Lambda quotas"), so it is done only where a release names other functions, or where a run was stopped
 * before it had removed what its release replaced.
 */
export function formerSearch({ service }: ReleaseGoal, actual: Actual): FormerSearch {
  const everywhere = servesOtherFunctions(service, actual, actual.served.record) || isUntidy(service, actual)
  return { described: new Set(actual.functions.keys()), everywhere }
}

/** Whether a deployment of ours stands that no stage and no kept release needs. A run has left it that was stopped, or lost to another. */
function isUntidy(service: Service, actual: Actual): boolean {
  const needed = neededDeployments(actual, actual.served.record, actual.stage?.deploymentId)
  return planDeploymentPrune(service, actual.deployments, needed).length > 0
}
