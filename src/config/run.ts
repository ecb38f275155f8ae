import type { RunOptions } from '../service/service.ts'
import { readValues } from './group.ts'
import type { Context } from './kinds/kind.ts'
import type { Given } from './node.ts'
import { inputScalar } from './node.ts'
import { runTable } from './settings/run.ts'
import type { Values } from './settings/setting.ts'
import { defined } from '../defined.ts'

export type RunValues = Values<typeof runTable>

/** What the inputs say about the run. */
export function readRun(given: Given, context: Context): RunValues {
  return readValues(given, runTable, context)
}

/** The options of the run; complains of a missing Region and of a `destroy` that nobody confirmed. */
export function composeOptions(values: RunValues, service: string, context: Context): RunOptions {
  const { command, allowedAccountIds, deleteLogs, confirm } = values
  if (command === 'destroy') checkConfirm(confirm, service, context)
  return defined({ command, region: values.awsRegion ?? regionOf(context), allowedAccountIds, deleteLogs, confirm })
}

function regionOf(context: Context): string {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const value = context.env[name]
    if (value !== undefined && value !== '') return runTable['aws-region'].kind.read(inputScalar(`environment variable ${name}`, value), context) ?? ''
  }
  context.findings.error({
    what: 'No Region is given.',
    why: 'Neither the input aws-region nor AWS_REGION nor AWS_DEFAULT_REGION is set.',
    cure: 'Run aws-actions/configure-aws-credentials before this step, or give the input aws-region.',
  })
  return ''
}

function checkConfirm(confirm: string | undefined, service: string, { findings }: Context): void {
  if (confirm === service) return
  const cure = `Give the input confirm: ${service}.`
  if (confirm === undefined) findings.error({ what: 'destroy asks for confirm.', why: 'It removes a stage that may be in use.', cure })
  else findings.error({ what: `input "confirm" is "${confirm}", but the service is "${service}".`, why: 'destroy removes only what was named.', cure })
}
