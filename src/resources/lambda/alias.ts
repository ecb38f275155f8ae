import {
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  UpdateAliasCommand,
  type AliasConfiguration,
} from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { codeMark, parseCodeMark, type FunctionCode } from '../code.ts'
import { holdsClaim } from '../claim.ts'
import { known, step, type ApplyContext, type Step, type Task } from '../step.ts'
import { waitUntilInvocable } from './invocable.ts'
import { withRevision } from './revision.ts'

export const aliasActions = ['lambda:CreateAlias', 'lambda:UpdateAlias', 'lambda:GetAlias', 'lambda:DeleteAlias'] as const

/** One alias as it is now. */
export async function readAlias(aws: Aws, FunctionName: string, Name: string): Promise<AliasConfiguration> {
  return aws.lambda(new GetAliasCommand({ FunctionName, Name }))
}

/** What the alias of a slot is to be, and what stands of it. */
interface AliasGoal {
  readonly functionName: string
  readonly alias: string
  readonly code: FunctionCode
  /** The version that the alias is to name; undefined for the one that this run publishes. */
  readonly version: string | undefined
  /** Undefined where there is no such alias yet. */
  readonly actual: AliasConfiguration | undefined
}

/** The alias of one slot, made or moved so that it names the version that is asked for. */
export function planAlias(goal: AliasGoal, needs: readonly Task[]): Step[] {
  const { functionName, alias, version, actual } = goal
  if (actual !== undefined && version !== undefined && actual.FunctionVersion === version && !hasWeights(actual)) return []
  const id = `function/${functionName}/alias/${alias}`
  const entry = { id, kind: 'alias', name: `${functionName}:${alias}`, phase: 'prepare', needs } as const
  if (actual === undefined) {
    return [step({ ...entry, action: 'create', reason: 'the slot has none yet', apply: (context) => create(context, goal) })]
  }
  return [step({
    ...entry, action: 'update', reason: 'the idle slot takes the version that goes live',
    fields: [{ field: 'version', from: actual.FunctionVersion ?? '', to: version ?? '(new)' }],
    apply: (context) => update(context, goal, actual),
  })]
}

/** Deletes one alias and, with it, its permissions. */
export function planAliasDelete(FunctionName: string, Name: string): Step {
  return step({
    id: `function/${FunctionName}/alias/${Name}`, kind: 'alias', name: `${FunctionName}:${Name}`, action: 'delete', phase: 'prune',
    reason: 'its stage is gone',
    apply: async ({ aws }) => {
      await orUndefined(aws.lambda(new DeleteAliasCommand({ FunctionName, Name })))
    },
  })
}

/** Whether an alias sends a part of its calls to a second version, which we never set. */
export function hasWeights(alias: AliasConfiguration | undefined): boolean {
  return weightedVersions(alias).length > 0
}

/** The versions that an alias sends a part of its calls to, besides the one that it names. */
export function weightedVersions(alias: AliasConfiguration | undefined): string[] {
  return Object.keys(alias?.RoutingConfig?.AdditionalVersionWeights ?? {})
}

/** The version that an alias of ours named before the one that it names. */
export function versionBefore(alias: AliasConfiguration | undefined): string | undefined {
  return parseCodeMark(alias?.Description)?.before
}

/** A version that stood before may still be coming up, after a run that was stopped; listing versions does not tell (recorded). */
async function aliasInput({ aws, ids }: ApplyContext, { functionName, alias, code, version, actual }: AliasGoal) {
  if (version !== undefined) await waitUntilInvocable(aws, functionName, version)
  const FunctionVersion = version ?? known(ids.versions.get(functionName), `the version of ${functionName}`)
  const before = actual?.FunctionVersion === FunctionVersion ? versionBefore(actual) : actual?.FunctionVersion
  return { FunctionName: functionName, Name: alias, FunctionVersion, Description: codeMark(code, before) }
}

async function create(context: ApplyContext, goal: AliasGoal): Promise<void> {
  const { aws } = context
  const { functionName, alias } = goal
  const input = await aliasInput(context, goal)
  const lookup = (): Promise<AliasConfiguration | undefined> => orUndefined(readAlias(aws, functionName, alias))
  try {
    await aws.lambda(new CreateAliasCommand(input), { lookup })
  } catch (error) {
    // Made meanwhile by another run: right where it names the same version, for then both runs deploy the same.
    const made = isRefusal(error, 'ResourceConflictException') ? await lookup() : undefined
    if (made === undefined) throw error
    if (made.FunctionVersion !== input.FunctionVersion) {
      if (!(await holdsClaim(context))) throw error
      await update(context, goal, made)
    }
  }
  context.ids.putAliases.add(alias)
}

async function update(context: ApplyContext, goal: AliasGoal, actual: AliasConfiguration): Promise<void> {
  const { aws } = context
  const { functionName, alias } = goal
  const input = await aliasInput(context, goal)
  const isDone = ({ FunctionVersion, Description }: AliasConfiguration): boolean =>
    FunctionVersion === input.FunctionVersion && Description === input.Description
  if (!hasWeights(actual) && isDone(actual)) return
  // Weights that somebody set would survive an UpdateAlias without a RoutingConfig (Lambda API reference, UpdateAlias).
  const RoutingConfig = { AdditionalVersionWeights: {} }
  const readIf = async (fits: (now: AliasConfiguration) => boolean): Promise<AliasConfiguration | undefined> => {
    const now = await readAlias(aws, functionName, alias)
    return fits(now) ? now : undefined
  }
  /** Another run has moved it: this one moves it again, if it is the one that goes on. */
  const readIfGoingOn = async (): Promise<AliasConfiguration | undefined> =>
    (await holdsClaim(context)) ? readAlias(aws, functionName, alias) : undefined
  const send = (RevisionId: string | undefined) =>
    aws.lambda(new UpdateAliasCommand({ ...input, RoutingConfig, RevisionId }), { lookup: () => readIf(isDone) })
  await withRevision(actual.RevisionId, send, async () => (await readIf((now) => isSame(now, actual))) ?? (await readIfGoingOn()))
  context.ids.putAliases.add(alias)
  context.ids.aliasMovedAt = Date.now()
}

/** Whether an alias leads where it led before. */
function isSame(now: AliasConfiguration, before: AliasConfiguration): boolean {
  const leads = ({ FunctionVersion, Description, RoutingConfig }: AliasConfiguration): string =>
    JSON.stringify([FunctionVersion, Description, RoutingConfig?.AdditionalVersionWeights ?? {}])
  return leads(now) === leads(before)
}
