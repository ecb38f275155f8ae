import { readFile as readFromDisk, readdir, stat } from 'node:fs/promises'
import { defined } from '../defined.ts'
import type { Diagnostics } from '../diagnostics.ts'
import { UserError } from '../errors.ts'
import type { RunOptions } from '../service/run-options.ts'
import { previewNames } from '../service/names.ts'
import { asPreview, bareService, previewStage } from '../service/preview.ts'
import type { FunctionSpec, Service } from '../service/service.ts'
import { composeService, hasName, type ServiceDraft } from './compose.ts'
import { checkConcurrency } from './concurrency.ts'
import { courseOf, type EventSource } from './event.ts'
import { readConfigFile } from './file.ts'
import type { Files, ListFolder, ReadFile } from './file.ts'
import { forNameAlone, told } from './file-findings.ts'
import { Findings } from './findings.ts'
import { checkInputs, readInputs } from './inputs.ts'
import type { Context } from './kinds/kind.ts'
import { checkMasks } from './masks.ts'
import { composeOptions, readRun, type Course, type RunValues } from './run.ts'
import { checkSharedSettings } from './stages.ts'

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
  /** What started the run. */
  readonly event?: EventSource
  readonly readFile?: ReadFile
  readonly listFolder?: ListFolder
}

/** What was read. With an error among the findings it is good for further checks only. */
export interface Config {
  readonly service: Service
  readonly options: RunOptions
  /** Functions that the run builds and whose own settings could all be read: what they name can be looked at. */
  readonly buildable: readonly FunctionSpec[]
  /** Values to mask before anything else is printed. */
  readonly masks: readonly string[]
  /** Names of the step's variables that functions take by `from-env`. */
  readonly secrets: readonly string[]
}

/** A config, and every mistake in it; a file that cannot be used at all gives no config. */
export interface ConfigReading {
  readonly config?: Config
  readonly findings: Diagnostics
}

/** How much of the config a command needs. */
interface Need {
  /** All of it; else a command learns from AWS what there is. */
  readonly describes: boolean
  /** Packages, too. */
  readonly builds: boolean
  /** The service's name alone. */
  readonly isNameEnough: boolean
}

/** Inputs and config file as one Service and the run's options. Asks nothing of AWS. */
export async function loadConfig(source: ConfigSource): Promise<ConfigReading> {
  const findings = new Findings()
  const { workspace, env } = source
  const start: Context = { workspace, env, findings, masks: new Set(), secrets: new Set(), unreadable: new Set(), resolveSecrets: true }
  const inputs = readInputs(source.inputs, start)
  const isOffline = source.event?.isOffline === true
  const run = readRun(inputs.run, start, isOffline)
  const context = defined({ ...start, region: run.region })
  const course = courseOf(run, source.event, context)
  const files: Files = { readFile: source.readFile ?? readIfPresent, listFolder: source.listFolder ?? listOrNothing }
  const read = await readConfigFile(run.configFile, files, { ...context, findings: new Findings() })
  const { describes, builds, isNameEnough } = needOf(run, course)
  const file = isNameEnough ? forNameAlone(read, inputs, findings) : told(read, findings)
  if (!file.usable) {
    checkInputs(inputs, context)
    return { findings }
  }
  const { preview } = course
  const repository = repositoryOf(context)
  const given = { inputs, file: file.config, fileName: file.name, builds: describes, repository, commit: source.commit }
  const draft = defined({ ...given, stage: preview === undefined ? run.stage : previewStage, isPreview: preview !== undefined })
  const composed = composeWith(draft, course, { ...context, resolveSecrets: describes })
  // A preview shares nothing with the stages of its service.
  const others = preview === undefined ? [...file.config.stages.keys()].filter((stage) => stage !== run.stage) : []
  const elsewhere = others.map((stage) => composeService({ ...draft, stage }, { ...context, resolveSecrets: false }))
  checkSharedSettings([composed, ...elsewhere], file.config, findings)
  checkConcurrency([composed, ...elsewhere], findings)
  const options = composeOptions(run, composed.name, { course, isOffline, context })
  const service = preview === undefined ? composed : asPreview(composed, preview)
  checkMasks(context.masks, { service, options }, findings)
  const nameOf = preview === undefined ? (name: string) => name : previewNames(preview).function
  const unreadable = new Set([...context.unreadable].map(nameOf))
  const buildable = builds ? service.functions.filter((one) => !unreadable.has(one.name)) : []
  return { config: { service, options, buildable, masks: [...context.masks], secrets: [...context.secrets] }, findings }
}

function needOf({ fromStage }: RunValues, course: Course): Need {
  const { command } = course
  const describes = command === 'deploy' || command === 'plan' || (command === 'promote' && fromStage !== undefined)
  const isNameEnough = command === 'rollback' || (command === 'promote' && !describes) || mayBeNameless(course)
  return { describes, builds: describes && fromStage === undefined, isNameEnough }
}

/** Whether a run need not even know which service is meant: what belongs to a pull request, and to the repository, stands in tags. */
function mayBeNameless({ command, preview }: Course): boolean {
  return command === 'sweep' || (command === 'destroy' && preview !== undefined)
}

function composeWith(draft: ServiceDraft, course: Course, context: Context): Service {
  const { stage, repository } = draft
  return mayBeNameless(course) && !hasName(draft) ? bareService({ name: '', stage, repository }) : composeService(draft, context)
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
  const what = `The config file ${path} cannot be read.`
  const place = { file: path }
  try {
    const found = await stat(path)
    if (found.isDirectory()) return undefined
    // A pipe would be read until somebody closes it.
    if (found.isFile()) return await readFromDisk(path, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (absent.includes(code)) return undefined
    throw new UserError({ what, why: message, cure: 'Let the user that the runner works as read it.', place }, { cause })
  }
  throw new UserError({ what, why: 'It is a pipe, a socket or a device.', cure: 'Put a file in its place.', place })
}

async function listOrNothing(path: string): Promise<readonly string[]> {
  return readdir(path).catch(() => [])
}
