import { mkdtemp } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect } from './aws/clients.ts'
import { commands, Stopwatch, type Run } from './commands/index.ts'
import { loadConfig, type Config } from './config/index.ts'
import { actionInput, annotateWarnings, createProgress, readEvent, reportFailure, reportResult, temporaryFolder } from './github/index.ts'
import { checkSources, openSources } from './package/index.ts'

/** Event, config, command, report. */
export async function main(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const progress = createProgress()
  // Absolute, so that a cache inside of the source is known for what it is and never ships.
  const cacheDir = resolve(env['LAMBDA_API_DEPLOY_CACHE'] || join(homedir(), '.cache', 'lambda-api-deploy'))
  const sources = openSources({ env, cacheDir })
  try {
    const event = readEvent(env)
    const config = await loadConfig({ inputs: actionInput(env), env, workspace: event.workspace, ...(event.sha === undefined ? {} : { commit: event.sha }), check: (service, diagnostics) => checkSources(service.functions, { sources, env }, diagnostics) })
    config.masks.forEach((value) => progress.mask(value))
    annotateWarnings(config.diagnostics.all, event)
    const run = await startRun(config, { env, progress, sources, cacheDir })
    const { result, done, failure } = await commands[config.options.command](run)
    if (failure === undefined) await reportResult(result, { progress })
    else await reportFailure(failure, { progress, event, done })
  } catch (error) {
    await reportFailure(error, { progress })
  }
}

async function startRun({ service, options, secrets }: Config, given: Pick<Run, 'env' | 'progress' | 'sources' | 'cacheDir'>): Promise<Run> {
  return {
    ...given, service, options, secrets,
    aws: connect({ region: options.region, env: given.env, progress: given.progress }),
    stopwatch: new Stopwatch(),
    workDir: await mkdtemp(join(temporaryFolder(given.env), 'lambda-api-deploy-')),
  }
}
