import type { Call } from '../call.ts'
import { textOf } from '../text.ts'
import { tagContext, type Need } from './needs.ts'

const tagging: ReadonlySet<string> = new Set(['TagResource', 'UntagResource', 'ListTagsForResource'])

/**
 * CloudWatch Logs asks on `log-group:NAME:log-stream:STREAM`, with both empty where they are not named, so that only a policy's `…:*`
 * matches;
 * tag operations ask on the ARN without it (user guide, "Overview of managing access": the two forms of a log group's ARN; the refusals in
 * serverless-framework issue 4846 and others show `log-group::log-stream:`).
 */
export function logsNeeds(call: Call): readonly Need[] {
  const { operation, params, region, account } = call
  const tags = params['tags'] as Record<string, string> | undefined
  const group = params['logGroupName'] ?? textOf(params['logGroupIdentifier']).replace(/^.*:log-group:/, '').replace(/:\*$/, '')
  const base = `arn:aws:logs:${region}:${account.id}:log-group:${textOf(group)}`
  const resource = tagging.has(operation) ? String(params['resourceArn']) : `${base}:log-stream:${textOf(params['logStreamName'])}`
  const own: Need = { action: `logs:${operation}`, resource, ...(tags === undefined ? {} : { context: tagContext(tags) }) }
  // API reference, CreateLogGroup: with tags, logs:TagResource is needed too.
  return operation === 'CreateLogGroup' && tags !== undefined
    ? [own, { action: 'logs:TagResource', resource: base, context: tagContext(tags) }]
    : [own]
}

/** IAM asks on the role's or policy's ARN (service authorization reference, IAM). */
export function iamNeeds(call: Call): readonly Need[] {
  const { operation, params, account } = call
  const base = `arn:aws:iam::${account.id}:`
  const path = (params['Path'] as string | undefined) ?? '/'
  const role = params['RoleName']
  const policy =
    params['PolicyArn'] ?? (params['PolicyName'] === undefined ? undefined : `${base}policy${path}${textOf(params['PolicyName'])}`)
  const resource =
    role !== undefined
      ? `${base}role${path}${textOf(role)}`
      : policy !== undefined
        ? textOf(policy)
        : operation === 'ListRoles'
          ? `${base}role/`
          : '*'
  const tags = params['Tags'] as { Key: string; Value: string }[] | undefined
  const boundary = params['PermissionsBoundary'] === undefined ? {} : { 'iam:PermissionsBoundary': textOf(params['PermissionsBoundary']) }
  const attached = role !== undefined && params['PolicyArn'] !== undefined ? { 'iam:PolicyARN': textOf(params['PolicyArn']) } : {}
  const context = {
    ...boundary,
    ...attached,
    ...(tags === undefined ? {} : tagContext(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])))),
  }
  const own: Need = { action: `iam:${operation}`, resource, context }
  return operation === 'CreateRole' && tags !== undefined ? [own, { action: 'iam:TagRole', resource, context }] : [own]
}

/** Operations of S3 whose action has another name (service authorization reference, S3). */
const s3Actions: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  HeadBucket: 'ListBucket',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListBuckets: 'ListAllMyBuckets',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  CopyObject: 'PutObject',
  DeleteObjects: 'DeleteObject',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
}

export function s3Needs({ operation, params }: Call): readonly Need[] {
  const { Bucket, Key, VersionId } = params as Readonly<Record<string, string | undefined>>
  const name = s3Actions[operation] ?? operation
  const versioned = VersionId !== undefined && (name === 'GetObject' || name === 'DeleteObject') ? 'Version' : ''
  return [
    {
      action: `s3:${name}${versioned}`,
      resource: Bucket === undefined ? '*' : `arn:aws:s3:::${Bucket}${Key === undefined ? '' : `/${Key}`}`,
    },
  ]
}

/** GetCallerIdentity needs no permission (API reference). */
export function stsNeeds({ operation, params }: Call): readonly Need[] {
  return operation === 'GetCallerIdentity' ? [] : [{ action: `sts:${operation}`, resource: textOf(params['RoleArn'] ?? '*') }]
}
