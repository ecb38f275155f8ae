import { mkdtemp } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect } from './aws/clients.ts'
import { commands, Stopwatch, type Run } from './commands/index.ts'
import { loadConfig, type Config } from './config/index.ts'
import type { Diagnostics } from './diagnostics.ts'
import { actionInput, annotateWarnings, createProgress, readEvent, reportFailure, reportResult, temporaryFolder } from './github/index.ts'
import { checkSource } from './package/index.ts'
import type { Service } from './service/service.ts'

/** Event, config, command, report. */
export async function main(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const progress = createProgress()
  try {
    const event = readEvent(env)
    const config = await loadConfig({ inputs: actionInput(env), env, workspace: event.workspace, ...(event.sha === undefined ? {} : { commit: event.sha }), check: checkSources })
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

/** Mistakes in what the config points at are the config's mistakes, and are reported together with them. */
async function checkSources(service: Service, diagnostics: Diagnostics): Promise<void> {
  await Promise.all(service.functions.map((spec) => checkSource(spec.code, spec, diagnostics)))
}
