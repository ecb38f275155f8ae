import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { AwsRefusal, isRefusal } from '../../aws/refusal.ts'
import type { Account } from '../../service/arns.ts'
import { packageBucket } from '../../service/names.ts'
import type { ServiceId } from '../../service/service.ts'
import { step, type Step } from '../step.ts'

const sdk = () => import('@aws-sdk/client-s3')

/**
 * The deletions of what a preview has uploaded into the bucket that we make; none where there is no such bucket, or where the credentials
 * may not look into it: then they could not have uploaded anything, either.
 */
export async function planPreviewPackages(aws: Aws, service: ServiceId, account: Account): Promise<Step[]> {
  const { ListObjectsV2Command } = await sdk()
  const Bucket = packageBucket(account)
  const owner = { ExpectedBucketOwner: account.accountId }
  try {
    const objects = await allPages(async (ContinuationToken) => {
      const where = { Bucket, Prefix: `lambda-api-deploy/${service.name}/`, ...owner }
      const page = await aws.s3(new ListObjectsV2Command({ ...where, ContinuationToken }))
      return { items: page.Contents, next: page.NextContinuationToken }
    })
    return objects.map(({ Key = '' }) => planDelete(Bucket, Key, account))
  } catch (error) {
    if (isRefusal(error, 'NoSuchBucket') || (error instanceof AwsRefusal && [403, 404].includes(error.status ?? 0))) return []
    throw error
  }
}

function planDelete(Bucket: string, Key: string, { accountId }: Account): Step {
  return step({
    id: `package/${Key}`, kind: 'package upload', name: `s3://${Bucket}/${Key}`, action: 'delete', phase: 'prune',
    reason: 'its preview is gone',
    apply: async ({ aws }) => {
      const { DeleteObjectCommand } = await sdk()
      await aws.s3(new DeleteObjectCommand({ Bucket, Key, ExpectedBucketOwner: accountId }))
    },
  })
}
