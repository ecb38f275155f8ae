import { readFile as readFromDisk } from 'node:fs/promises'
import { DiagnosticsError } from '../diagnostics.ts'
import type { Diagnostics } from '../diagnostics.ts'
import { UserError } from '../errors.ts'
import type { RunOptions, Service } from '../service/service.ts'
import { composeService } from './compose.ts'
import type { Parts } from './compose.ts'
import { readConfigFile } from './file.ts'
import type { ReadFile } from './file.ts'
import { Findings } from './findings.ts'
import { checkInputs, readInputs } from './inputs.ts'
import type { Context } from './kinds/kind.ts'
import { checkMasks } from './masks.ts'
import { composeOptions, readRun } from './run.ts'
import { checkSharedSettings } from './stages.ts'

export type { OutputName } from './settings/outputs.ts'

/** Where a config comes from: everything is handed in. */
export interface ConfigSource {
  /** An input's text, or '' where it is not given; `getInput` of @actions/core is one. */
  readonly inputs: (name: string) => string
  /** The step's environment: GITHUB_REPOSITORY, AWS_REGION and what `from-env` names. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute. */
  readonly workspace: string
  /** The full id of the commit that is deployed, where the run knows it. */
  readonly commit?: string
  readonly readFile?: ReadFile
  /**
   * Further checks of what was read, such as whether handler files exist; their findings are thrown together with ours. They get only
   * functions whose own settings are in order, and are left out for `destroy`, which needs no code.
   */
  readonly check?: (service: Service, diagnostics: Diagnostics) => Promise<void>
}

export interface Config {
  readonly service: Service
  readonly options: RunOptions
  /** Warnings only. */
  readonly diagnostics: Diagnostics
  /** Values to mask before anything else is printed. */
  readonly masks: readonly string[]
  /** Names of the step's variables that functions take by `from-env`. */
  readonly secrets: readonly string[]
}

/**
 * Inputs and config file as one Service and the run's options.
 * Throws a DiagnosticsError with every mistake at once. Asks nothing of AWS.
 */
export async function loadConfig(source: ConfigSource): Promise<Config> {
  const findings = new Findings()
  const context: Context = { workspace: source.workspace, env: source.env, findings, masks: new Set(), secrets: new Set(), unsound: new Set(), resolveSecrets: true }
  const inputs = readInputs(source.inputs, context)
  const run = readRun(inputs.run, context)
  const file = await readConfigFile(run.configFile, source.readFile ?? readIfPresent, context)
  if (!file.usable) {
    checkInputs(inputs, context)
    throw new DiagnosticsError(findings.all)
  }
  const builds = run.command !== 'destroy'
  const parts: Parts = {
    inputs,
    file: file.config,
    ...(file.name === undefined ? {} : { fileName: file.name }),
    stage: run.stage,
    builds,
    repository: repositoryOf(context),
    ...(source.commit === undefined ? {} : { commit: source.commit }),
  }
  const service = composeService(parts, { ...context, resolveSecrets: builds })
  const others = [...file.config.stages.keys()].filter((stage) => stage !== run.stage)
  const elsewhere = others.map((stage) => composeService({ ...parts, stage }, { ...context, resolveSecrets: false }))
  checkSharedSettings([service, ...elsewhere], file.config, findings)
  const options = composeOptions(run, service.name, context)
  checkMasks(context.masks, { service, options }, findings)
  const sound = service.functions.filter((one) => !context.unsound.has(one.name))
  if (builds) await source.check?.({ ...service, functions: sound }, findings)
  if (findings.errors.length > 0) throw new DiagnosticsError(findings.all)
  return { service, options, diagnostics: findings, masks: [...context.masks], secrets: [...context.secrets] }
}

function repositoryOf({ env, findings }: Context): string {
  const repository = env['GITHUB_REPOSITORY']
  if (repository !== undefined && repository !== '') return repository
  findings.error({
    what: 'GITHUB_REPOSITORY is not set.',
    why: 'Everything that is made in AWS bears the name of the repository that deploys it.',
    cure: 'Run this as a step of GitHub Actions, or set GITHUB_REPOSITORY to owner/name.',
  })
  return ''
}

const absent: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR']

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFromDisk(path, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (absent.includes(code)) return undefined
    throw new UserError({ what: `The config file ${path} cannot be read.`, why: message, cure: 'Let the user that the runner works as read it.', place: { file: path } }, { cause })
  }
}
