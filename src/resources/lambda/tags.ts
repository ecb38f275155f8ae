import { TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-lambda'
import { notSet, type FieldDiff } from '../../change.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { joinedTag, managedBy, ownTags, repositoryTag, serviceTag } from '../../service/tags.ts'
import { step, type Step, type Task } from '../step.ts'
import { formerTags, withoutOurs } from '../former-tags.ts'
import { isVariablesTag, variableTags } from './joined.ts'
import { isRememberedTag, memoryOf, memoryTag } from './memory.ts'
import { isProvisionedTag } from './provisioned.ts'
import type { FunctionState } from './state.ts'

export const tagActions = ['lambda:TagResource', 'lambda:UntagResource'] as const

/** Our own tags, the user's, and what is remembered. */
export function functionTags(service: ServiceId, spec: FunctionSpec): Record<string, string> {
  const memory = memoryOf(spec)
  const variables = spec.found === undefined ? {} : variableTags(Object.keys(spec.settings.environmentVariables))
  return { ...spec.tags, ...ownTags(service), ...(memory === '' ? {} : { [memoryTag]: memory }), ...variables }
}

interface TagsInput {
  readonly state: FunctionState
  readonly needs: readonly Task[]
}

/**
 * On a function that was taken over, the names of the variables that this run sets for the first time are remembered before they are set,
 * beside those of before, which may still be there.
 */
export function planRemember(spec: FunctionSpec, { state, needs }: TagsInput): Step[] {
  if (spec.found === undefined) return []
  const names = new Set([...spec.found.variables, ...Object.keys(spec.settings.environmentVariables)])
  if (names.size === spec.found.variables.length) return []
  const Tags = variableTags([...names])
  return [step({
    id: `function/${spec.name}/variables`, kind: 'function tags', name: spec.name, action: 'update', phase: 'prepare', needs,
    reason: 'the names of variables that are set are remembered, so that they can be taken away again',
    apply: async ({ aws }) => {
      await aws.lambda(new TagResourceCommand({ Resource: state.arn, Tags }))
    },
  })]
}

/** Leads the tags of a function that exists to what they are to be; CreateFunction takes those of a new one. */
export function planTags(service: ServiceId, spec: FunctionSpec, { state, needs }: TagsInput): Step[] {
  const standing = { ...state.tags, ...remembered(spec) }
  const wanted = functionTags(service, spec)
  const former = spec.found === undefined ? {} : formerTags(standing, wanted, (key) => isOwnTag(state, key))
  const isStale = (key: string): boolean => key === memoryTag || isVariablesTag(key) || isRememberedTag(state, key)
  const left = withoutOurs(standing, Object.keys(standing).filter((key) => !(key in wanted) && isStale(key)))
  const set = Object.entries({ ...wanted, ...former, ...left.set }).filter(([key, value]) => standing[key] !== value)
  if (set.length === 0 && left.gone.length === 0) return []
  const fields: FieldDiff[] = [
    ...set.map(([key, value]) => ({ field: key, from: standing[key] ?? notSet, to: value })),
    ...left.gone.map((key) => ({ field: key, from: standing[key] ?? '', to: notSet })),
  ]
  return [step({
    id: `function/${spec.name}/tags`, kind: 'function tags', name: spec.name, action: 'update', phase: 'prepare',
    reason: 'tags differ', fields, needs,
    apply: async ({ aws }) => {
      if (set.length > 0) await aws.lambda(new TagResourceCommand({ Resource: state.arn, Tags: Object.fromEntries(set) }))
      if (left.gone.length > 0) await aws.lambda(new UntagResourceCommand({ Resource: state.arn, TagKeys: [...left.gone] }))
    },
  })]
}

/** The tags in which variables are remembered, as they are once this run has set its own. */
function remembered({ found, settings }: FunctionSpec): Record<string, string> {
  return found === undefined ? {} : variableTags([...new Set([...found.variables, ...Object.keys(settings.environmentVariables)])])
}

/** Whether a run of ours has set the tag of a function that was taken over. */
export function isOwnTag(state: Pick<FunctionState, 'tags'>, key: string): boolean {
  const own = [managedBy.key, serviceTag, repositoryTag, joinedTag, memoryTag]
  return own.includes(key) || isVariablesTag(key) || isProvisionedTag(key) || isRememberedTag(state, key)
}
