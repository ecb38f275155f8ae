import type { Actual } from '../actual/actual.ts'
import { definitionDigest } from '../resources/api/definition/parts.ts'
import { planDeploymentPrune } from '../resources/api/deployment.ts'
import type { Service } from '../service/service.ts'
import { neededDeployments, servesOtherFunctions } from './kept.ts'

/** Whether the stage serves another definition than the config's. */
export function definitionDiffers(service: Service, { served }: Actual): boolean {
  return served.digest !== definitionDigest(service)
}

/** Whether the working copy is to be led to the config, too: where it will be deployed, or where it is likely to hold what never went live. */
export function needsWorkingCopy(service: Service, actual: Actual): boolean {
  return definitionDiffers(service, actual) || isUntidy(service, actual)
}

/** Whether functions may stand in AWS that the config no longer describes: their going changes the definition, and kept releases remember them. */
export function mayHaveFormer(service: Service, actual: Actual): boolean {
  if (actual.stage === undefined) return false
  return needsWorkingCopy(service, actual) || servesOtherFunctions(service, actual, actual.served.record)
}

/** Whether a deployment of ours is left over that no stage serves and no kept release did: an interrupted run's, or that of one that lost. */
function isUntidy(service: Service, actual: Actual): boolean {
  return planDeploymentPrune(service, actual.deployments, neededDeployments(actual, actual.served.record)).length > 0
}
