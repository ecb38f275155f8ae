import { AwsError, type Call } from '../kernel/call.ts'
import { ownsBucket } from './objects.ts'

/** The operations of a deploy that take a bucket owner condition, which the engine does not know. */
export const ownerConditioned = [
  'HeadBucket',
  'HeadObject',
  'GetObject',
  'PutObject',
  'DeleteObject',
  'ListObjectsV2',
  'PutBucketTagging',
] as const

/**
 * Refuses a bucket of another account than the one that the caller expects (S3 user guide, "Verifying bucket ownership with bucket owner
 * condition": 403, access denied). A bucket that nobody has is left to the engine's 404.
 */
export async function refuseOtherOwner(call: Call): Promise<void> {
  const { ExpectedBucketOwner: owner, Bucket } = call.params as Readonly<Record<string, string | undefined>>
  if (owner === undefined || Bucket === undefined || (await ownsBucket(call, owner, Bucket))) return
  const { status } = await call.account.engine.send({
    account: call.account.id,
    region: call.region,
    service: 's3',
    method: 'HEAD',
    path: `/${Bucket}`,
  })
  if (status !== 404) throw new AwsError('AccessDenied', 'Access Denied', { status: 403 })
}
