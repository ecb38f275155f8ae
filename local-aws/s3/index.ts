import type { EngineRule, Service } from '../kernel/service.ts'
import { dumpBuckets, wipeBuckets } from './objects.ts'
import { noteNew, refuseUnseen } from './new-buckets.ts'
import { ownerConditioned, refuseOtherOwner } from './expected-owner.ts'
import { noteWritten, onAccountClock, writing } from './object-times.ts'

export { readObject, type ObjectAnswer } from './read-object.ts'

/**
 * S3 as the engine has it: its refusals (NoSuchBucket, NoSuchKey, InvalidBucketName, IllegalLocationConstraintException) have AWS's names
 * and texts.
 */
export const service: Service = {
  handlers: {},
  forwards: true,
  before: refuseUnseen,
  rules: Object.fromEntries([...new Set([...ownerConditioned, ...writing])].map((operation) => [operation, rule(operation)])),
  mend: onAccountClock,
  dump: dumpBuckets,
  wipe: wipeBuckets,
}

function rule(operation: string): EngineRule {
  const isIn = (list: readonly string[]): boolean => list.includes(operation)
  const after: EngineRule['after'] = (call, answer) => noteWritten(call, operation === 'CreateBucket' ? noteNew(call, answer) : answer)
  return { ...(isIn(ownerConditioned) ? { before: refuseOtherOwner } : {}), ...(isIn(writing) ? { after } : {}) }
}
