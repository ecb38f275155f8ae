import { readFile } from 'node:fs/promises'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { AwsRefusal, isRefusal, orUndefined } from '../../aws/refusal.ts'
import { UserError } from '../../errors.ts'
import { needsBucket } from '../../package/index.ts'
import type { Account } from '../../service/arns.ts'
import { packageBucket } from '../../service/names.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { ownTags } from '../../service/tags.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import { limitUploads } from '../heavy-jobs.ts'
import type { FunctionCode } from '../code.ts'

/** S3's client is large and few runs need it, so it is loaded when it is first used. */
const sdk = () => import('@aws-sdk/client-s3')

export const packageObjectActions = [
  's3:ListBucket',
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:CreateBucket',
  's3:PutBucketTagging',
] as const

/** A younger object may be another run's, which has uploaded or found it and has not named it to Lambda yet. */
const day = 24 * 60 * 60_000

/** Whether a package is too large for the request itself; one that was not built is not sent. */
export function goesThroughS3(code: FunctionCode): boolean {
  return needsBucket(code.size ?? 0)
}

/** Where the package of this code lies: the key is its content, so that the same package is never uploaded twice. */
export function packageObject({ service, spec, code, account }: PackageAddress): { Bucket: string; Key: string } {
  const Bucket = spec.s3Bucket === 'create' ? packageBucket(account) : known(spec.s3Bucket, 's3-bucket')
  return { Bucket, Key: `${prefixOf(service, spec)}${Buffer.from(code.sha256, 'base64').toString('hex')}.zip` }
}

export interface PackageAddress {
  readonly service: ServiceId
  readonly spec: FunctionSpec
  readonly code: FunctionCode
  readonly account: Account
}

/** The upload of a package that is too large for a request; none of one that is not. */
export function planUpload(address: PackageAddress): Step[] {
  if (!goesThroughS3(address.code)) return []
  const { Bucket, Key } = packageObject(address)
  return [step({
    id: `function/${address.spec.name}/upload`, kind: 'package upload', name: `s3://${Bucket}/${Key}`, action: 'create', phase: 'prepare',
    reason: 'a package of 50 MB or more goes through S3',
    apply: (context) => upload(context, address),
  })]
}

/** The removal of packages that an upload takes the place of. */
export function planUploadPrune(address: PackageAddress): Step[] {
  const { spec, code } = address
  if (!goesThroughS3(code)) return []
  return [step({
    id: `function/${spec.name}/upload/old`, kind: 'package upload', name: `those of ${spec.name} that are older than a day`,
    action: 'delete', phase: 'prune', reason: 'Lambda has copied what it needs',
    apply: (context) => removeOld(context, address),
  })]
}

async function upload({ aws, account, service, progress }: ApplyContext, address: PackageAddress): Promise<void> {
  const { HeadObjectCommand, PutObjectCommand } = await sdk()
  const { spec, code } = address
  const object = packageObject(address)
  const owner = expectedOwner(address, account)
  if (spec.s3Bucket === 'create') await ensureBucket(aws, { Bucket: object.Bucket, service, owner: account.accountId })
  const found = await unlessWithheld(address, aws.s3(new HeadObjectCommand({ ...object, ...owner })))
  // An object that is almost a day old may be removed by another run before Lambda has read it. Sending it again makes it young.
  if (found !== undefined && age(found.LastModified) < day / 2) return
  await limitUploads(code, async () => {
    progress.info(`Uploading ${((code.size ?? 0) / 1_048_576).toFixed(1)} MB to s3://${object.Bucket}`)
    const Body = await readFile(known(code.path, 'the package'))
    await aws.s3(new PutObjectCommand({ ...object, ...owner, Body, ChecksumSHA256: code.sha256 }))
  })
}

/**
 * Whoever may only write to a bucket that is not ours cannot look first: without s3:ListBucket a missing object is 403 (S3 API reference,
 * HeadObject).
 */
async function unlessWithheld<T>({ spec }: PackageAddress, call: Promise<T>): Promise<T | undefined> {
  try {
    return await orUndefined(call)
  } catch (error) {
    if (spec.s3Bucket === 'create' || !(error instanceof AwsRefusal && error.status === 403)) throw error
    return undefined
  }
}

/** New buckets are private and encrypted by S3 itself (S3 user guide, since 2023). The account in its name makes the bucket ours. */
async function ensureBucket(aws: Aws, { Bucket, service, owner }: { Bucket: string; service: ServiceId; owner: string }): Promise<void> {
  const { CreateBucketCommand, HeadBucketCommand, PutBucketTaggingCommand } = await sdk()
  if ((await orUndefined(aws.s3(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: owner })))) !== undefined) return
  // us-east-1 is the one Region that must not be named (S3 API reference, CreateBucket).
  const where = aws.region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: aws.region as 'eu-west-1' } }
  try {
    await aws.s3(new CreateBucketCommand({ Bucket, ...where }))
  } catch (error) {
    if (isRefusal(error, 'BucketAlreadyExists')) {
      throw new UserError({
        what: `The bucket ${Bucket} belongs to another account.`,
        cure: 'Name a bucket of your own with `s3-bucket`.',
        docs: 'packaging.md#sizes',
      })
    }
    if (!isRefusal(error, 'BucketAlreadyOwnedByYou')) throw error
  }
  const TagSet = Object.entries({ 'managed-by': ownTags(service)['managed-by'] ?? '' }).map(([Key, Value]) => ({ Key, Value }))
  await aws.s3(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
}

/** A bucket of ours must be in our account, whoever else has made one of its name; one that the config names may be in any. */
function expectedOwner({ spec }: PackageAddress, { accountId }: Account): { ExpectedBucketOwner?: string } {
  return spec.s3Bucket === 'create' ? { ExpectedBucketOwner: accountId } : {}
}

async function removeOld({ aws, account, progress }: ApplyContext, address: PackageAddress): Promise<void> {
  const { DeleteObjectCommand, ListObjectsV2Command } = await sdk()
  const { Bucket, Key } = packageObject(address)
  const owner = expectedOwner(address, account)
  try {
    const objects = await allPages(async (ContinuationToken) => {
      const command = new ListObjectsV2Command({ Bucket, Prefix: prefixOf(address.service, address.spec), ContinuationToken, ...owner })
      const { Contents, NextContinuationToken } = await aws.s3(command)
      return { items: Contents, next: NextContinuationToken }
    })
    for (const old of objects.filter((each) => each.Key !== Key && age(each.LastModified) > day)) {
      await aws.s3(new DeleteObjectCommand({ Bucket, Key: old.Key, ...owner }))
    }
  } catch (error) {
    if (address.spec.s3Bucket === 'create' || !isRefusal(error, 'AccessDenied')) throw error
    progress.warning(`Older packages of ${address.spec.name} stay in s3://${Bucket}: ${error.text.what}`)
  }
}

/** Milliseconds since an object was written; one without a time counts as new. */
function age(modified: Date | undefined): number {
  return modified === undefined ? 0 : Date.now() - modified.getTime()
}

function prefixOf(service: ServiceId, spec: FunctionSpec): string {
  return `lambda-api-deploy/${service.name}/${spec.name}/`
}
