import { createHash } from 'node:crypto'
import type { FunctionSpec } from '../../service/service.ts'
import type { FunctionState } from './state.ts'

/**
 * The tag in which we remember what we set on a function, so that it can be taken away again while what others have set stays: each of
 * the user's tags by a hash of its key (a tag's value has room for 256 characters), and the retention of the function's log.
 */
export const memoryTag = 'lambda-api-deploy:tags'

const retentionWord = 'log-retention-days='

/** The tag's value for what the config sets; empty where that is nothing. */
export function memoryOf({ tags, logRetentionDays }: Pick<FunctionSpec, 'tags' | 'logRetentionDays'>): string {
  const retention = logRetentionDays === undefined ? [] : [`${retentionWord}${logRetentionDays}`]
  return [...Object.keys(tags).map(keyHash).sort(), ...retention].join(' ')
}

/** The retention that an earlier run has set, in days. */
export function rememberedRetention(state: Pick<FunctionState, 'tags'> | undefined): number | undefined {
  const word = wordsOf(state).find((each) => each.startsWith(retentionWord))
  return word === undefined ? undefined : Number(word.slice(retentionWord.length))
}

/** Whether an earlier run has set the tag of this key. */
export function isRememberedTag(state: Pick<FunctionState, 'tags'>, key: string): boolean {
  return wordsOf(state).includes(keyHash(key))
}

function wordsOf(state: Pick<FunctionState, 'tags'> | undefined): readonly string[] {
  return state?.tags[memoryTag]?.split(' ') ?? []
}

function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 4)
}
