import { mkdtemp } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect } from './aws/clients.ts'
import { commands, Stopwatch, type Run } from './commands/index.ts'
import { loadConfig, type Config } from './config/index.ts'
import { actionInput, annotateWarnings, createProgress, readEvent, reportFailure, reportResult, temporaryFolder } from './github/index.ts'
import { checkSources } from './package/index.ts'

/** Event, config, command, report. */
export async function main(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const progress = createProgress()
  try {
    const event = readEvent(env)
    const config = await loadConfig({ inputs: actionInput(env), env, workspace: event.workspace, ...(event.sha === undefined ? {} : { commit: event.sha }), check: (service, diagnostics) => checkSources(service.functions, diagnostics) })
    config.masks.forEach((value) => progress.mask(value))
    annotateWarnings(config.diagnostics.all, event)
    const run = await startRun(config, { env, progress })
    const { result, done, failure } = await commands[config.options.command](run)
    if (failure === undefined) await reportResult(result, { progress })
    else await reportFailure(failure, { progress, event, done })
  } catch (error) {
    await reportFailure(error, { progress })
  }
}

async function startRun({ service, options, secrets }: Config, { env, progress }: Pick<Run, 'env' | 'progress'>): Promise<Run> {
  return {
    service, options, secrets, env, progress,
    aws: connect({ region: options.region, env, progress }),
    stopwatch: new Stopwatch(),
    // Absolute, so that a cache inside of the source is known for what it is and never ships.
    cacheDir: resolve(env['LAMBDA_API_DEPLOY_CACHE'] || join(homedir(), '.cache', 'lambda-api-deploy')),
    workDir: await mkdtemp(join(temporaryFolder(env), 'lambda-api-deploy-')),
  }
}
