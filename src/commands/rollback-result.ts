import type { Actual } from '../actual/actual.ts'
import type { PlannedChange } from '../change.ts'
import { defined } from '../defined.ts'
import type { Handover, NextRelease } from '../release/next.ts'
import type { Ids, Step } from '../resources/step.ts'
import { functionArn } from '../service/arns.ts'
import { repositoryUrl } from '../github/index.ts'
import { invokeUrl } from '../service/invoke-url.ts'
import type { FunctionResult, Result, RouteResult } from '../service/result.ts'
import { releasesOf } from './releases.ts'
import { withoutApply } from './result.ts'
import type { Run } from './run.ts'

/** How a command ended that works without the config, on releases that stand already. */
interface StandingEnd {
  readonly actual: Actual
  readonly ids: Ids
  readonly routes?: readonly Omit<RouteResult, 'url'>[]
  readonly steps?: readonly Step[]
  readonly notes: readonly string[]
  /** What went live; both missing where what was live stays. */
  readonly next?: NextRelease
  readonly handover?: Handover
}

/** What such a command ended with. */
export function standingResult(run: Run, end: StandingEnd, done: readonly PlannedChange[]): Result {
  const { service: { name, stage, repository }, options: { command }, aws, env, stopwatch } = run
  const { actual, next, handover, ids, ids: { apiId }, steps = [], routes = [], notes } = end
  const { region, dnsSuffix } = aws
  const url = apiId === undefined ? undefined : invokeUrl({ apiId, stage, region, dnsSuffix, env })
  return defined({
    command,
    service: name,
    stage,
    account: actual.account,
    repositoryUrl: repositoryUrl(env, repository),
    changed: done.length > 0,
    invokeUrl: url,
    apiId,
    deploymentId: next?.deploymentId ?? actual.stage?.deploymentId,
    release: handover?.number ?? actual.served.record[0]?.number,
    releaseState: 'live' as const,
    ...releasesOf({ actual, next, handover, ids }),
    functions: functionResults(actual, next),
    routes: routes.map((route) => defined({ ...route, url: url === undefined ? undefined : url + route.path })),
    plan: steps.map(withoutApply),
    timings: stopwatch.timings,
    notes,
  })
}

function functionResults({ account, served, functions }: Actual, next: NextRelease | undefined): FunctionResult[] {
  const versions = next?.versions ?? new Map([...served.versions].map(([name, { Version }]) => [name, Version]))
  return [...versions].map(([name, version]) => {
    const before = served.versions.get(name)?.Version
    const built = functions.get(name)?.state?.versions.find((each) => each.Version === version)
    const arn = functionArn(account, name)
    const previousVersion = before === version ? undefined : before
    return defined({ name, arn, version, previousVersion, packageSha256: built?.CodeSha256, packageSize: built?.CodeSize })
  })
}

/** What there is to know after a rollback to a release of the record. */
export function rollbackNotes(
  { actual, next, handover }: { readonly actual: Actual; readonly next: NextRelease; readonly handover: Handover },
  done: readonly PlannedChange[],
): string[] {
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
