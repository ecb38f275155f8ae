import type { Service } from '../kernel/service.ts'
import { withVirtualHeader, withVirtualTimes } from '../kernel/virtual-times.ts'
import { dumpBuckets, wipeBuckets } from './objects.ts'
import { noteNew, refuseUnseen } from './new-buckets.ts'
import { ownerConditioned, refuseOtherOwner } from './expected-owner.ts'

export { readObject, type ObjectAnswer } from './read-object.ts'

/** S3 as the engine has it: its refusals (NoSuchBucket, NoSuchKey, InvalidBucketName, IllegalLocationConstraintException) have AWS's names and texts. */
export const service: Service = {
  handlers: {},
  forwards: true,
  before: refuseUnseen,
  rules: {
    CreateBucket: { after: noteNew },
    ...Object.fromEntries(ownerConditioned.map((operation) => [operation, { before: refuseOtherOwner }])),
  },
  // The body of other answers is somebody's object.
  mend: (call, answer) => withVirtualHeader(/^(List|Copy)/.test(call.operation) ? withVirtualTimes(answer, ['LastModified', 'CreationDate']) : answer),
  dump: dumpBuckets,
  wipe: wipeBuckets,
}
