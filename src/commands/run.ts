import type { Aws } from '../aws/clients.ts'
import type { PlannedChange } from '../change.ts'
import type { CommitHistory, GitHub } from '../github/index.ts'
import type { Sources } from '../package/index.ts'
import type { Progress } from '../progress.ts'
import { planLines, smokePlanLines } from '../render/index.ts'
import type { ApplyContext } from '../resources/step.ts'
import { invokeUrl } from '../service/invoke-url.ts'
import type { PullRequest } from '../service/pull-request.ts'
import type { Result, SmokeResult } from '../service/result.ts'
import type { RunOptions } from '../service/run-options.ts'
import type { Service } from '../service/service.ts'
import type { Stopwatch } from './stopwatch.ts'

/** What every command works with. */
export interface Run {
  readonly service: Service
  readonly options: RunOptions
  readonly aws: Aws
  readonly progress: Progress
  readonly stopwatch: Stopwatch
  /** How commits stand to each other. */
  readonly commits: CommitHistory
  readonly github: GitHub
  /** The pull request that the run's event is about. */
  readonly pullRequest?: PullRequest
  /** The last look before a release goes live; what it throws stops the run. */
  readonly beforeLive?: () => Promise<void>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Names of the variables in it that functions take: installers do not get them. */
  readonly secrets: readonly string[]
  /** What was read of the repository. */
  readonly sources: Sources
  /** Kept between runs on one machine. */
  readonly cacheDir: string
  /** This run's own. */
  readonly workDir: string
}

/**
 * What a command does, and what there is to report of it.
 * @throws Interrupted where it had changed something before it failed
 */
export type Command = (run: Run) => Promise<Result>

/** Shows a plan in the log, with the smoke tests that stand between its phases. */
export async function showPlan(
  { progress }: Pick<Run, 'progress'>, plan: readonly PlannedChange[], smokeTests: readonly SmokeResult[] = [],
): Promise<void> {
  await progress.group('Plan', async () => [...planLines(plan), ...smokePlanLines(smokeTests)].forEach((line) => progress.info(line)))
}

/** What the steps of a plan are applied with. */
export function applyContext(
  { aws, env, secrets, progress }: Run, { service, account, ids, claim }: Pick<ApplyContext, 'service' | 'account' | 'ids' | 'claim'>,
): ApplyContext {
  const { region, dnsSuffix } = aws
  return {
    aws, account, service, ids, claim, progress,
    invokeUrl: (apiId) => invokeUrl({ apiId, stage: service.stage, region, dnsSuffix, env }),
    secrets: secrets.flatMap((name) => env[name] ?? []),
  }
}
