import { GetFunctionCommand, TagResourceCommand, UntagResourceCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { notSet } from '../../change.ts'
import { orUndefined } from '../../aws/refusal.ts'
import { parseCodeMark } from '../code.ts'
import { step, type ApplyContext, type Step } from '../step.ts'
import { planAliasDelete } from './alias.ts'
import { isFormerTag, withoutOurs } from '../former-tags.ts'
import { foundEnvironment, rememberedVariables, restored } from './joined.ts'
import { isOwnTag } from './tags.ts'
import { waitUntilSettled } from './readiness.ts'
import { withRevision } from './revision.ts'
import type { FunctionState } from './state.ts'
import { planVersionPrune } from './version.ts'

/**
 * Gives a function back that was taken over: our variables go, then our tags, by which a run that is stopped in between is carried on. The
 * function stays, with its code and settings.
 * @param needs what goes before: aliases and versions of ours
 */
export function planGiveBack(state: FunctionState, needs: readonly Step[]): Step[] {
  const { name } = state
  const variables = planVariables(state, needs)
  const tags = step({
    id: `function/${name}/given-back`, kind: 'function', name, action: 'update', phase: 'prune', needs: [...needs, ...variables],
    reason: 'is given back: our tags go, the function stays with its code and settings',
    apply: (context) => removeTags(context, state),
  })
  return [...variables, tags]
}

/** The same with all slots of all stages, for a function that left the config. */
export function planGiveBackWhole(state: FunctionState): Step[] {
  const own = state.aliases.filter(({ Description }) => parseCodeMark(Description) !== undefined)
  const aliases = own.map(({ Name = '' }) => planAliasDelete(state.name, Name))
  const kept = state.aliases.filter((each) => !own.includes(each))
  const needed = kept.flatMap(({ FunctionVersion, RoutingConfig }) =>
    [FunctionVersion ?? '', ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})])
  const versions = planVersionPrune(state, new Set(needed)).map((each) => ({ ...each, needs: aliases }))
  return [...aliases, ...versions, ...planGiveBack(state, [...aliases, ...versions])]
}

function planVariables(state: FunctionState, needs: readonly Step[]): Step[] {
  const names = rememberedVariables(state).filter((name) => state.latest.Environment?.Variables?.[name] !== undefined)
  const before = foundEnvironment(state)
  const differing = names.filter((name) => state.latest.Environment?.Variables?.[name] !== before[name])
  if (differing.length === 0) return []
  return [step({
    id: `function/${state.name}/variables`, kind: 'function configuration', name: state.name, action: 'update', phase: 'prune', needs,
    reason: 'our variables go; what stood in their place comes back',
    fields: differing.map((name) => (before[name] === undefined ? { field: name, to: notSet } : { field: name })),
    apply: (context) => restoreVariables(context, { name: state.name, names, before }),
  })]
}

interface Restoration {
  readonly name: string
  readonly names: readonly string[]
  readonly before: Readonly<Record<string, string>>
}

async function restoreVariables({ aws }: ApplyContext, { name: FunctionName, names, before }: Restoration): Promise<void> {
  const latest = await waitUntilSettled(aws, FunctionName)
  const Variables = restored(latest.Environment?.Variables ?? {}, names, before)
  const send = (RevisionId: string | undefined) =>
    aws.lambda(new UpdateFunctionConfigurationCommand({ FunctionName, RevisionId, Environment: { Variables } }))
  const look = async () => {
    const now = await waitUntilSettled(aws, FunctionName)
    return now.LastModified === latest.LastModified ? now : undefined
  }
  await withRevision(latest.RevisionId, send, look)
  await waitUntilSettled(aws, FunctionName)
}

/** As they are now, because the plan's earlier steps may have changed them, and somebody else theirs. */
async function removeTags({ aws }: ApplyContext, { name, arn }: FunctionState): Promise<void> {
  const found = await orUndefined(aws.lambda(new GetFunctionCommand({ FunctionName: name })))
  const tags = found?.Tags ?? {}
  const { set, gone } = withoutOurs(tags, Object.keys(tags).filter((key) => !isFormerTag(key) && isOwnTag({ tags }, key)))
  if (Object.keys(set).length > 0) await aws.lambda(new TagResourceCommand({ Resource: arn, Tags: { ...set } }))
  if (gone.length > 0) await aws.lambda(new UntagResourceCommand({ Resource: arn, TagKeys: [...gone] }))
}
