import { TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-lambda'
import { notSet, type FieldDiff } from '../../change.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { ownTags } from '../../service/tags.ts'
import { step, type Step } from '../step.ts'
import { isRememberedTag, memoryOf, memoryTag } from './memory.ts'
import type { FunctionState } from './state.ts'

export const tagActions = ['lambda:TagResource', 'lambda:UntagResource'] as const

/** Our own tags, the user's, and what is remembered. */
export function functionTags(service: ServiceId, spec: FunctionSpec): Record<string, string> {
  const memory = memoryOf(spec)
  return { ...spec.tags, ...ownTags(service), ...(memory === '' ? {} : { [memoryTag]: memory }) }
}

/** Leads the tags of a function that exists to what they are to be; CreateFunction takes those of a new one. */
export function planTags(
  service: ServiceId, spec: FunctionSpec, { state, needs }: { state: FunctionState; needs: readonly Step[] },
): Step[] {
  const wanted = functionTags(service, spec)
  const set = Object.entries(wanted).filter(([key, value]) => state.tags[key] !== value)
  const gone = Object.keys(state.tags).filter((key) => !(key in wanted) && (key === memoryTag || isRememberedTag(state, key)))
  if (set.length === 0 && gone.length === 0) return []
  const fields: FieldDiff[] = [
    ...set.map(([key, value]) => ({ field: key, from: state.tags[key] ?? notSet, to: value })),
    ...gone.map((key) => ({ field: key, from: state.tags[key] ?? '', to: notSet })),
  ]
  return [step({
    id: `function/${spec.name}/tags`, kind: 'function tags', name: spec.name, action: 'update', phase: 'prepare',
    reason: 'tags differ', fields, needs,
    apply: async ({ aws }) => {
      if (set.length > 0) await aws.lambda(new TagResourceCommand({ Resource: state.arn, Tags: Object.fromEntries(set) }))
      if (gone.length > 0) await aws.lambda(new UntagResourceCommand({ Resource: state.arn, TagKeys: gone }))
    },
  })]
}
