import type { PlannedChange } from '../change.ts'
import { defined } from '../defined.ts'
import { repositoryUrl } from '../github/index.ts'
import { isHeld } from '../release/canary.ts'
import type { Step } from '../resources/step.ts'
import { accessLogGroup, hasLogGroup } from '../service/access-log.ts'
import { functionArn } from '../service/arns.ts'
import { invokeUrl } from '../service/invoke-url.ts'
import type { FunctionResult, Result } from '../service/result.ts'
import type { FunctionSpec } from '../service/service.ts'
import type { Preparation } from './prepare.ts'
import { releasesOf } from './releases.ts'
import type { Run } from './run.ts'

interface Ending {
  readonly command: string
  /** What was changed, or would be. */
  readonly done: readonly PlannedChange[]
  /** The steps of a plan that was carried out before this one. */
  readonly before?: readonly Step[]
}

/** What a deploy, or its plan, ended with. */
export function deployResult(run: Run, preparation: Preparation, { command, done, before = [] }: Ending): Result {
  const { aws, env, stopwatch } = run
  const { service, actual, ids: { apiId, deploymentId }, steps } = preparation
  const { region, dnsSuffix } = aws
  const isCanary = isHeld(preparation.course)
  const url = apiId === undefined ? undefined : invokeUrl({ apiId, stage: service.stage, region, dnsSuffix, env })
  return defined({
    command,
    service: service.name,
    stage: service.stage,
    account: actual.account,
    repositoryUrl: repositoryUrl(env, service.repository),
    commit: service.commit,
    changed: done.length > 0,
    invokeUrl: url,
    apiId,
    deploymentId: (isCanary ? undefined : deploymentId) ?? actual.stage?.deploymentId,
    ...releaseNumbers(preparation, command),
    ...releasesOf(preparation),
    smokeTests: preparation.smoke.results,
    accessLogGroup: hasLogGroup(service.accessLog) && apiId !== undefined ? accessLogGroup(service, apiId) : undefined,
    functions: service.functions.map((spec) => functionResult(preparation, spec)),
    routes: service.api.routes.map(({ method, path, functionName }) =>
      defined({ method, path, function: functionName, url: url === undefined ? undefined : url + path })),
    plan: [...before, ...steps].map(withoutApply),
    timings: stopwatch.timings,
    notes: [],
  })
}

/** A plan changes nothing, and a canary is not live yet: what is live stays, and what would come has a number of its own. */
function releaseNumbers(
  { actual, handover, course }: Preparation, command: string,
): Pick<Result, 'release' | 'nextRelease' | 'releaseState'> {
  const live = actual.served.record[0]?.number
  const isPlan = command === 'plan'
  const releaseState: 'live' | 'canary' = (isPlan ? actual.served.canary !== undefined : isHeld(course)) ? 'canary' : 'live'
  if (!isPlan && !isHeld(course)) return { release: handover.number, releaseState }
  return defined({
    release: live, nextRelease: handover.number === live ? undefined : handover.number,
    releaseState: isPlan && live === undefined ? undefined : releaseState,
  })
}

function functionResult({ actual, next, ids, code, packages, course }: Preparation, { name }: FunctionSpec): FunctionResult {
  const state = actual.functions.get(name)?.state
  const live = actual.served.versions.get(name)?.Version
  const version = isHeld(course) ? live : (next.versions.get(name) ?? ids.versions.get(name))
  const built = packages.get(name)
  return defined({
    name,
    arn: state?.arn ?? functionArn(actual.account, name),
    version,
    previousVersion: live === version ? undefined : live,
    packagePath: built?.path,
    packageSha256: code.get(name)?.sha256,
    packageSize: built?.size ?? state?.versions.find((each) => each.Version === version)?.CodeSize,
  })
}

/** A step as a value: what it is, without how it is done. */
export function withoutApply({ id, kind, name, action, phase, reason, fields, count, leftover }: Step): PlannedChange {
  return defined({ id, kind, name, action, phase, reason, fields, count, leftover })
}
