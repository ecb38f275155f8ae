import type { Command, RunOptions } from '../service/run-options.ts'
import { readValues } from './group.ts'
import type { Context } from './kinds/kind.ts'
import type { Given } from './node.ts'
import { inputScalar } from './node.ts'
import { runTable } from './settings/run.ts'
import type { Values } from './settings/setting.ts'
import { defined } from '../defined.ts'

/** What the inputs say about the run, and the Region in which it works; the Region is missing where nothing that can be read says it. */
export type RunValues = Values<typeof runTable> & { readonly region?: string }

/** What really runs: for a preview the event decides. */
export interface Course {
  readonly command: Command
  /** The pull request's number, where it is about its preview. */
  readonly preview?: number
}

/** Reads it, and looks at what the environment says of the account. */
export function readRun(given: Given, context: Context, isOffline: boolean): RunValues {
  const values = readValues(given, runTable, context)
  checkCredentials(context)
  return defined({ ...values, region: values.awsRegion ?? (isOffline ? undefined : regionOf(given, context)) })
}

/** The options of the run; complains of a `destroy` that nobody confirmed. */
export function composeOptions(values: RunValues, service: string, { course, isOffline, context }: OptionsInput): RunOptions {
  const { region = '', allowedAccountIds, deleteLogs, confirm, fromStage, to, force, allowOlder } = values
  const { allowForeignChanges, githubToken, comment, githubEnvironment } = values
  const { command, preview } = course
  if (command === 'destroy' && preview === undefined) checkConfirm(confirm, service, context)
  checkReleaseInputs(values, context)
  checkFromStage(values, context)
  checkSweepInputs(values, context)
  const sweep = defined({ maxAge: values.maxAge, isDryRun: values.dryRun, service: service === '' ? undefined : service })
  return defined({
    command, region, allowedAccountIds, deleteLogs, fromStage, to, force, allowOlder, allowForeignChanges, githubToken, preview, isOffline,
    sweep, comment, githubEnvironment,
  })
}

interface OptionsInput {
  readonly course: Course
  readonly isOffline: boolean
  readonly context: Context
}

/** Inputs that only a sweep has. */
function checkSweepInputs({ command, maxAge, dryRun }: RunValues, { findings }: Context): void {
  if (command === 'sweep') return
  const cure = (name: string): string => `Take ${name} out, or give command: sweep.`
  if (maxAge !== undefined) findings.error({ what: `input "max-age" makes no sense with command: ${command}.`, cure: cure('max-age') })
  if (!dryRun) return
  findings.error({ what: `input "dry-run" makes no sense with command: ${command}.`, cure: cure('dry-run') })
}

/** Inputs that would do nothing beside this command. */
function checkReleaseInputs({ command, to, force }: RunValues, { findings }: Context): void {
  if (to !== undefined && command !== 'rollback') {
    const why = 'Only rollback goes to a release of the record.'
    findings.error({ what: `input "to" makes no sense with command: ${command}.`, why, cure: 'Take to out, or give command: rollback.' })
  }
  if (force && command === 'rollback') {
    const why = 'A rollback goes to any release that is kept, held or not.'
    findings.error({ what: 'input "force" makes no sense with command: rollback.', why, cure: 'Take force out; to names the release.' })
  }
}

/** A stage cannot be its own source, and only a promotion has one. */
function checkFromStage({ command, stage, fromStage }: RunValues, { findings }: Context): void {
  if (fromStage === undefined) return
  if (command !== 'promote' && command !== 'plan') {
    const why = 'Only promote puts what another stage serves on a stage, and plan shows it.'
    const what = `input "from-stage" makes no sense with command: ${command}.`
    findings.error({ what, why, cure: 'Take from-stage out, or give command: promote.' })
  } else if (fromStage === stage) {
    const why = `Stage ${stage} would be promoted to itself.`
    const cure = 'Name the stage whose release is to come here.'
    findings.error({ what: `inputs "stage" and "from-stage" are both "${stage}".`, why, cure })
  }
}

function regionOf(given: Given, context: Context): string | undefined {
  if (given.has('aws-region')) return undefined // It was complained about.
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const value = context.env[name]
    const { kind } = runTable['aws-region']
    if (value !== undefined && value !== '') return kind.read(inputScalar(`environment variable ${name}`, value), context)
  }
  context.findings.error({
    what: 'No Region is given.',
    why: 'Neither the input aws-region nor AWS_REGION nor AWS_DEFAULT_REGION is set.',
    cure: 'Run aws-actions/configure-aws-credentials before this step, or give the input aws-region.',
  })
  return undefined
}

/**
 * A secret that was stored with the line break at its end makes a header that Node does not send, or a signature that AWS does not take;
 * either way the message would say nothing of the cause.
 */
function checkCredentials({ env, findings }: Context): void {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) {
    const value = env[name] ?? ''
    if (!/\s/.test(value)) continue
    const where = value.trimEnd() === value ? 'holds a blank or a line break' : 'ends in a blank or a line break'
    const what = `The environment variable ${name} ${where}.`
    const cure = 'Store the secret that it comes from once more, without it.'
    findings.error({ what, why: 'No key or token of AWS has one.', cure })
  }
}

function checkConfirm(confirm: string | undefined, service: string, { findings }: Context): void {
  if (confirm === service) return
  const cure = `Give the input confirm: ${service}.`
  if (confirm === undefined) findings.error({ what: 'destroy asks for confirm.', why: 'It removes a stage that may be in use.', cure })
  else {
    const what = `input "confirm" is "${confirm}", but the service is "${service}".`
    findings.error({ what, why: 'destroy removes only what was named.', cure })
  }
}
