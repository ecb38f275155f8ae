import type { Actual } from '../actual/actual.ts'
import type { PlannedChange } from '../change.ts'
import { defined } from '../defined.ts'
import type { RollbackPlan } from '../plan/rollback.ts'
import type { NextRelease } from '../release/next.ts'
import type { Ids } from '../resources/step.ts'
import { functionArn } from '../service/arns.ts'
import { repositoryUrl } from '../github/index.ts'
import { invokeUrl } from '../service/invoke-url.ts'
import type { Result, RouteResult } from '../service/result.ts'
import { releasesOf } from './releases.ts'
import { withoutApply } from './result.ts'
import type { Run } from './run.ts'

interface RollbackEnd extends RollbackPlan {
  readonly actual: Actual
  readonly next: NextRelease
  readonly ids: Ids
  readonly routes: readonly Omit<RouteResult, 'url'>[]
}

/** What a rollback ended with. */
export function rollbackResult(run: Run, end: RollbackEnd, done: readonly PlannedChange[]): Result {
  const { service: { name, stage, repository }, aws, env, stopwatch } = run
  const { actual, next, handover, ids: { apiId }, steps } = end
  const { region, dnsSuffix } = aws
  const releases = releasesOf(end)
  const url = apiId === undefined ? undefined : invokeUrl({ apiId, stage, region, dnsSuffix, env })
  return defined({
    command: 'rollback',
    service: name,
    stage,
    account: actual.account,
    repositoryUrl: repositoryUrl(env, repository),
    changed: done.length > 0,
    invokeUrl: url,
    apiId,
    deploymentId: next.deploymentId,
    release: handover.number,
    ...releases,
    functions: [...next.versions].map(([functionName, version]) => {
      const before = actual.served.versions.get(functionName)?.Version
      const built = actual.functions.get(functionName)?.state?.versions.find((each) => each.Version === version)
      const arn = functionArn(actual.account, functionName)
      const previousVersion = before === version ? undefined : before
      return defined({ name: functionName, arn, version, previousVersion, packageSha256: built?.CodeSha256, packageSize: built?.CodeSize })
    }),
    routes: end.routes.map((route) => defined({ ...route, url: url === undefined ? undefined : url + route.path })),
    plan: steps.map(withoutApply),
    timings: stopwatch.timings,
    notes: notesOf(end, done),
  })
}

function notesOf({ actual, next, handover }: RollbackEnd, done: readonly PlannedChange[]): string[] {
  const [live] = actual.served.record
  if (done.length > 0) {
    const held = handover.kept.find(({ number, isHeld }) => number === live?.number && isHeld === true)
    return held === undefined ? [] : [
      `Release ${held.number} is held: a deploy of just the same is refused until its code changes or \`force: true\` is given.`,
    ]
  }
  const left = actual.served.record.find(({ isHeld }) => isHeld === true)
  const before = left === undefined ? '' : ` Release ${left.number} was left by a rollback and is held.`
  const other = next.goesBackTo === live?.number ? '' : `, which is the same as release ${next.goesBackTo}`
  return [`Release ${live?.number} is live already${other}.${before} To go back further, give \`to\` one of the releases that are kept.`]
}
