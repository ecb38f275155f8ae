import type { Aws } from '../aws/clients.ts'
import type { PlannedChange } from '../change.ts'
import type { Sources } from '../package/index.ts'
import type { Progress } from '../progress.ts'
import { planLines } from '../render/index.ts'
import type { Result } from '../service/result.ts'
import type { RunOptions, Service } from '../service/service.ts'
import type { Stopwatch } from './stopwatch.ts'

/** What every command works with. */
export interface Run {
  readonly service: Service
  readonly options: RunOptions
  readonly aws: Aws
  readonly progress: Progress
  readonly stopwatch: Stopwatch
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

/** Shows a plan in the log. */
export async function showPlan({ progress }: Pick<Run, 'progress'>, plan: readonly PlannedChange[]): Promise<void> {
  await progress.group('Plan', async () => planLines(plan).forEach((line) => progress.info(line)))
}
