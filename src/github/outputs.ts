import * as core from '@actions/core'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Progress } from '../progress.ts'
import { cappedJson, inReadingOrder, planMarkdown } from '../render/index.ts'
import { shorten } from '../service/names.ts'
import type { FunctionResult, Result, SweptPreview } from '../service/result.ts'
import type { OutputName } from './output-table.ts'
import { fitting } from './summary.ts'

/** File systems take names of 255 bytes; service and stage together may have as many characters. */
const longestName = 200
/** A comment takes no more. */
const longestMarkdown = 65_000

/** A run's outputs; one without a value is left out, which a workflow reads as empty. */
export function outputValues(result: Result): Partial<Record<OutputName, string>> {
  const lists = listsOf(result)
  const values: Record<Exclude<OutputName, 'plan-file'>, string | undefined> = {
    'invoke-url': result.invokeUrl,
    changed: String(result.changed),
    command: result.command,
    release: result.release?.toString(),
    'previous-release': result.previousRelease?.toString(),
    'next-release': result.nextRelease?.toString(),
    'release-state': result.releaseState,
    plan: cappedJson(lists.plan).json,
    routes: cappedJson(lists.routes).json,
    'plan-markdown': fitting(planMarkdown(result), longestMarkdown),
    'api-id': result.apiId,
    stage: result.stage,
    'api-deployment-id': result.deploymentId,
    functions: cappedJson(lists.functions).json,
    'access-log-group': result.accessLogGroup,
    swept: result.swept === undefined ? undefined : cappedJson(result.swept.map(sweptEntry)).json,
    ...singleFunction(result.functions),
  }
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [OutputName, string] => entry[1] !== undefined))
}

/**
 * Sets the outputs, and writes the whole plan to a file below `folder` for whoever needs more than an output holds; tells of lists that
 * were cut.
 */
export function setOutputs(result: Result, folder: string, progress: Progress): void {
  const planFile = join(folder, `lambda-api-deploy-plan-${shorten(`${result.service}-${result.stage}`, longestName)}.json`)
  writeFileSync(planFile, JSON.stringify(changesFirst(result), undefined, 2))
  for (const [name, list] of Object.entries(listsOf(result))) {
    const { omitted } = cappedJson(list)
    const whole = name === 'plan' ? ' The file that plan-file names holds them all.' : ''
    const held = `The output ${name} holds ${list.length - omitted} of ${list.length} entries: an output takes no more than 100 KB.`
    if (omitted > 0) progress.warning(`${held}${whole}`)
  }
  for (const [name, value] of Object.entries({ ...outputValues(result), 'plan-file': planFile })) core.setOutput(name, value)
}

/** The outputs that are lists, whole. */
function listsOf(result: Result): Readonly<Record<'plan' | 'routes' | 'functions', readonly unknown[]>> {
  return { plan: changesFirst(result), routes: result.routes, functions: result.functions.map(functionEntry) }
}

/** What differs comes first, so that the limit cuts off what stays as it is. */
function changesFirst({ plan }: Result): Result['plan'] {
  const ordered = inReadingOrder(plan)
  return [...ordered.filter((change) => change.action !== 'keep'), ...ordered.filter((change) => change.action === 'keep')]
}

/** One entry of `functions`, in the words of the outputs. */
function functionEntry(each: FunctionResult): Record<string, string | number | undefined> {
  return {
    name: each.name,
    arn: each.arn,
    version: each.version,
    'previous-version': each.previousVersion,
    'package-path': each.packagePath,
    'package-sha256': each.packageSha256,
    'package-size': each.packageSize,
  }
}

function sweptEntry({ service, pullRequest, state, reason }: SweptPreview): Record<string, string | number> {
  return { service, 'pull-request': pullRequest, state, reason }
}

type SingleOutput = 'function-name' | 'function-arn' | 'function-version' | 'package-path' | 'package-sha256' | 'package-size'

function singleFunction(functions: readonly FunctionResult[]): Record<SingleOutput, string | undefined> {
  const only = functions.length === 1 ? functions[0] : undefined
  return {
    'function-name': only?.name,
    'function-arn': only?.arn,
    'function-version': only?.version,
    'package-path': only?.packagePath,
    'package-sha256': only?.packageSha256,
    'package-size': only?.packageSize?.toString(),
  }
}
