import type { Account } from '../kernel/account.ts'
import { AwsError, type Call } from '../kernel/call.ts'
import type { EngineAnswer } from '../kernel/engine-client.ts'
import { isSeen, visibleAfter, type Visibility } from '../kernel/visibility.ts'

/**
 * Refuses what names a bucket that is too young (terraform-provider-aws issues 10068, 12907 and 33717: tags, policy and the like answer
 * 404 just
 * after CreateBucket; its bucketPropagationTimeout is two minutes).
 */
export function refuseUnseen(call: Call): void {
  if (call.operation === 'CreateBucket') return
  const bucket = call.params['Bucket']
  const visibility = typeof bucket === 'string' ? newBuckets(call.account).get(bucket) : undefined
  if (visibility === undefined || isSeen(visibility, call)) return
  throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404 })
}

/** Remembers a bucket that was made now. */
export function noteNew(call: Call, answer: EngineAnswer): EngineAnswer {
  const { bucketVisible } = call.account.settings.windows
  if (answer.status < 400) newBuckets(call.account).set(String(call.params['Bucket']), visibleAfter(call.now, bucketVisible))
  return answer
}

/** S3's names are global: its state stands under one Region for all. */
function newBuckets(account: Account): Map<string, Visibility> {
  return account.state('aws-global', noBuckets)
}

function noBuckets(): Map<string, Visibility> {
  return new Map()
}
