import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cancellation, refuseCancelled } from './cancellation.ts'
import type { Run } from './commands/index.ts'
import { loadConfig, type Config } from './config/index.ts'
import { defined } from './defined.ts'
import {
  CommitHistory, GitHub, actionInput, announce, annotateWarnings, cacheFolder, createProgress, isOffline, listenForCancellation, readEvent,
  refuseForkCode, reportFailure, reportResult, temporaryFolder, type Announcement, type GitHubEvent,
} from './github/index.ts'
import type { Sources } from './package/index.ts'
import type { Progress } from './progress.ts'

/** What the whole run uses. */
interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly progress: Progress
  readonly cacheDir: string
}

/** Event, config, command, report; and one door for whatever fails. */
export async function main(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const progress = createProgress()
  const { whileAllowed } = listenForCancellation(progress)
  let event: GitHubEvent | undefined
  let run: Run | undefined
  let announcement: Announcement | undefined
  try {
    event = readEvent(env)
    const around = { env, progress, cacheDir: cacheFolder(env) }
    const { config, sources } = await readConfig(event, around)
    refuseCancelled()
    const { commandOf, Stopwatch } = await import('./commands/index.ts')
    run = await startRun(config, event, { ...around, sources, stopwatch: new Stopwatch() })
    announcement = announce(run.github, { ...run, event }, progress)
    await reportResult(await whileAllowed(commandOf(config.options)(run)), { ...around, announcement })
  } catch (error) {
    const subject = run === undefined || run.service.name === '' ? undefined : `${run.service.name} on ${run.service.stage}`
    await reportFailure(error, { progress, env, event, subject, announcement })
    if (cancellation() !== undefined) await leave(run)
  }
}

/** Ends a run that was told to stop, whatever is still open; nobody reads its outputs, so what it has built goes, too. */
async function leave(run: Run | undefined): Promise<void> {
  const { abandonBuilds } = await import('./package/index.ts')
  abandonBuilds()
  if (run !== undefined) await rm(run.workDir, { recursive: true, force: true })
  process.exit()
}

/**
 * The config, with every mistake in it and in what it names told at once; nothing is asked of AWS before that. The rooms that only a sound
 * config needs are loaded behind it: a mistake is told in half the time.
 */
async function readConfig(
  event: GitHubEvent,
  { env, progress, cacheDir }: Surroundings,
): Promise<{ readonly config: Config; readonly sources: Sources }> {
  const started = { ...event, isOffline: isOffline(event, env) }
  const { config, findings } = await loadConfig(defined({
    inputs: actionInput(env), env, workspace: event.workspace, commit: event.sha, event: started,
  }))
  config?.masks.forEach((value) => progress.mask(value))
  if (config?.options.githubToken !== undefined) progress.mask(config.options.githubToken)
  const buildable = config?.buildable ?? []
  if (buildable.length > 0) refuseForkCode(event)
  if (buildable.length === 0) findings.refuse()
  const { checkSources, openSources } = await import('./package/index.ts')
  const sources = openSources({ env, cacheDir })
  await checkSources(buildable, { sources, env }, findings)
  findings.refuse()
  if (config === undefined) throw new Error('a config without a finding could not be read')
  annotateWarnings(findings.all, event)
  return { config, sources }
}

/** A run without credentials asks nothing of AWS, and needs no Region; the SDK's clients do. */
const anyRegion = 'us-east-1'

async function startRun(
  { service, options, secrets }: Config, { pullRequest }: GitHubEvent, around: Surroundings & Pick<Run, 'sources' | 'stopwatch'>,
): Promise<Run> {
  const { connect } = await import('./aws/clients.ts')
  const github = new GitHub({ repository: service.repository, token: options.githubToken })
  return {
    ...around, service, options, secrets, github,
    ...defined({ pullRequest }),
    commits: new CommitHistory(github),
    aws: connect({ region: options.region === '' ? anyRegion : options.region, env: around.env, progress: around.progress }),
    workDir: await mkdtemp(join(temporaryFolder(around.env), 'lambda-api-deploy-')),
  }
}
