import type { Actual } from '../actual/actual.ts'
import { courseOf, type Course } from '../release/canary.ts'
import { definitionDiffers, type ReleaseGoal } from '../release/differs.ts'
import { handoverTo, type Handover, type NextRelease } from '../release/next.ts'
import { goesLiveUnverified } from '../release/smoke/verified.ts'
import type { Service } from '../service/service.ts'
import type { FunctionPlan } from './function.ts'

/** The release that a deploy makes, and the way on which it comes to those who call the stage. */
export interface DeployRelease {
  readonly next: NextRelease
  readonly handover: Handover
  readonly course: Course
  /** The service, without smoke tests and canary where this run is not to judge the release. */
  readonly judged: Service
}

/**
 * The release that the config asks for.
 * @param isJoining whether functions are taken over: they go live as they were found, which is not for this run to judge
 */
export function releaseOfDeploy(
  goal: ReleaseGoal, actual: Actual, { functions, isJoining }: { readonly functions: readonly FunctionPlan[]; readonly isJoining: boolean },
): DeployRelease {
  const { service } = goal
  const next = releaseFrom(goal, actual, functions)
  const judged = isJoining ? untested(service) : service
  const plain = handoverTo(next, service, actual)
  const handover = goesLiveUnverified({ service: judged, actual, handover: plain }) ? { ...plain, isUnverified: true as const } : plain
  return { next, handover, course: courseOf(next, { handover, service: judged, actual }), judged }
}

function releaseFrom({ service, digest, origin }: ReleaseGoal, actual: Actual, functions: readonly FunctionPlan[]): NextRelease {
  return {
    deploymentId: definitionDiffers({ digest }, actual) ? canaryDeployment(digest, actual) : actual.stage?.deploymentId,
    digest,
    versions: new Map(functions.map(({ spec, version }) => [spec.name, version])),
    commit: service.commit?.slice(0, 7) ?? '',
    origin,
  }
}

/** The deployment of a canary of ours with the wanted definition, which a run that was stopped has left. */
function canaryDeployment(digest: string, { served: { canary }, deployments }: Actual): string | undefined {
  if (canary?.kind !== 'ours' || canary.release.digest !== digest) return undefined
  return deployments.find(({ id }) => id === canary.release.deploymentId)?.id
}

function untested(service: Service): Service {
  const { canary: _canary, ...release } = service.release
  return { ...service, release: { ...release, smokeTests: [] } }
}
