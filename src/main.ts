import { mkdtemp, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect } from './aws/clients.ts'
import { cancellation, refuseCancelled } from './cancellation.ts'
import { commands, Stopwatch, type Run } from './commands/index.ts'
import { loadConfig, type Config } from './config/index.ts'
import { defined } from './defined.ts'
import {
  actionInput, annotateWarnings, createProgress, listenForCancellation, readEvent, reportFailure, reportResult, temporaryFolder, type GitHubEvent,
} from './github/index.ts'
import { abandonBuilds, checkSources, openSources, type Sources } from './package/index.ts'
import type { Progress } from './progress.ts'

/** What the whole run uses. */
interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly progress: Progress
  readonly cacheDir: string
  readonly sources: Sources
}

/** Event, config, command, report; and one door for whatever fails. */
export async function main(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const progress = createProgress()
  const { whileAllowed } = listenForCancellation(progress)
  let event: GitHubEvent | undefined
  let run: Run | undefined
  try {
    event = readEvent(env)
    // Absolute, so that a cache inside of the source is known for what it is and never ships.
    const cacheDir = resolve(env['LAMBDA_API_DEPLOY_CACHE'] || join(homedir(), '.cache', 'lambda-api-deploy'))
    const around = { env, progress, cacheDir, sources: openSources({ env, cacheDir }) }
    const config = await readConfig(event, around)
    refuseCancelled()
    run = await startRun(config, around)
    await reportResult(await whileAllowed(commands[config.options.command](run)), around)
  } catch (error) {
    await reportFailure(error, { progress, env, event })
    if (cancellation() !== undefined) await leave(run)
  }
}

/** Ends a run that was told to stop, whatever is still open; nobody reads its outputs, so what it has built goes, too. */
async function leave(run: Run | undefined): Promise<void> {
  abandonBuilds()
  if (run !== undefined) await rm(run.workDir, { recursive: true, force: true })
  process.exit()
}

/** The config, with every mistake in it and in what it names told at once; nothing is asked of AWS before that. */
async function readConfig(event: GitHubEvent, { env, progress, sources }: Surroundings): Promise<Config> {
  const source = defined({ inputs: actionInput(env), env, workspace: event.workspace, commit: event.sha })
  const { config, findings } = await loadConfig(source)
  config?.masks.forEach((value) => progress.mask(value))
  await checkSources(config?.buildable ?? [], { sources, env }, findings)
  findings.refuse()
  if (config === undefined) throw new Error('a config without a finding could not be read')
  annotateWarnings(findings.all, event)
  return config
}

async function startRun({ service, options, secrets }: Config, around: Surroundings): Promise<Run> {
  return {
    ...around, service, options, secrets,
    aws: connect({ region: options.region, env: around.env, progress: around.progress }),
    stopwatch: new Stopwatch(),
    workDir: await mkdtemp(join(temporaryFolder(around.env), 'lambda-api-deploy-')),
  }
}
