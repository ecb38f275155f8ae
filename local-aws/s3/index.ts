import type { Service } from '../kernel/service.ts'
import { dumpBuckets, wipeBuckets } from './objects.ts'

export { readObject, type ObjectAnswer } from './read-object.ts'

/** S3 as the engine has it: its refusals (NoSuchBucket, NoSuchKey, InvalidBucketName, IllegalLocationConstraintException) have AWS's names and texts. */
export const service: Service = { handlers: {}, forwards: true, dump: dumpBuckets, wipe: wipeBuckets }
