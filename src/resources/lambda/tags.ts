import { createHash } from 'node:crypto'
import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-lambda'
import type { FieldDiff } from '../../change.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { ownTags } from '../../service/tags.ts'
import { step, type Step } from '../step.ts'
import type { FunctionState } from './state.ts'

export const tagActions = ['lambda:TagResource', 'lambda:UntagResource', 'lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'] as const

/**
 * Remembers what we set, so that it can be taken away again while what others have set stays: each of the user's tags by a hash of its
 * key (a value takes 256 characters), and the retention of the function's log.
 */
const memoryTag = 'lambda-api-deploy:tags'
const retentionWord = 'log-retention-days='

/** Our own tags, the user's, and what is remembered. */
export function functionTags(service: ServiceId, spec: FunctionSpec): Record<string, string> {
  const retention = spec.logRetentionDays === undefined ? [] : [`${retentionWord}${spec.logRetentionDays}`]
  const memory = [...Object.keys(spec.tags).map(keyHash).sort(), ...retention].join(' ')
  return { ...spec.tags, ...ownTags(service), ...(memory === '' ? {} : { [memoryTag]: memory }) }
}

/** The retention that an earlier run has set, in days. */
export function rememberedRetention({ tags }: Pick<FunctionState, 'tags'>): number | undefined {
  const word = tags[memoryTag]?.split(' ').find((each) => each.startsWith(retentionWord))
  return word === undefined ? undefined : Number(word.slice(retentionWord.length))
}

/**
 * Tags and reserved concurrency: what a function has that Lambda does not version. They wait for the version, because a write may change
 * the RevisionId by which code and version are guarded. CreateFunction takes tags, but no reserved concurrency.
 */
export function planUnversioned(service: ServiceId, spec: FunctionSpec, { state, needs }: { state: FunctionState | undefined; needs: readonly Step[] }): Step[] {
  const steps = [...(state === undefined ? [] : planTags(service, spec, state)), ...planReservedConcurrency(spec, state?.reservedConcurrency)]
  return steps.map((each) => ({ ...each, needs }))
}

function planReservedConcurrency(spec: FunctionSpec, actual: number | undefined): Step[] {
  const wanted = spec.reservedConcurrency
  if (wanted === actual) return []
  const FunctionName = spec.name
  return [step({
    id: `function/${spec.name}/reserved-concurrency`, kind: 'reserved concurrency', name: spec.name, phase: 'prepare',
    action: wanted === undefined ? 'delete' : actual === undefined ? 'create' : 'update', reason: 'differs',
    fields: [{ field: 'reserved-concurrency', from: String(actual ?? '(none)'), to: String(wanted ?? '(none)') }],
    apply: async ({ aws }) => {
      if (wanted === undefined) await aws.lambda(new DeleteFunctionConcurrencyCommand({ FunctionName }))
      else await aws.lambda(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: wanted }))
    },
  })]
}

function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 4)
}

function planTags(service: ServiceId, spec: FunctionSpec, state: FunctionState): Step[] {
  const wanted = functionTags(service, spec)
  const set = Object.entries(wanted).filter(([key, value]) => state.tags[key] !== value)
  const remembered = new Set((state.tags[memoryTag] ?? '').split(' '))
  const gone = Object.keys(state.tags).filter((key) => !(key in wanted) && (key === memoryTag || remembered.has(keyHash(key))))
  if (set.length === 0 && gone.length === 0) return []
  const fields: FieldDiff[] = [
    ...set.map(([key, value]) => ({ field: key, from: state.tags[key] ?? '(none)', to: value })),
    ...gone.map((key) => ({ field: key, from: state.tags[key] ?? '', to: '(none)' })),
  ]
  return [step({
    id: `function/${spec.name}/tags`, kind: 'function tags', name: spec.name, action: 'update', phase: 'prepare', reason: 'tags differ', fields,
    apply: async ({ aws }) => {
      if (set.length > 0) await aws.lambda(new TagResourceCommand({ Resource: state.arn, Tags: Object.fromEntries(set) }))
      if (gone.length > 0) await aws.lambda(new UntagResourceCommand({ Resource: state.arn, TagKeys: gone }))
    },
  })]
}
