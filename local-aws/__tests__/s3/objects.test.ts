import { expect, test } from '@jest/globals'
import { CreateBucketCommand, HeadBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { refusal } from '../support/refusal.ts'
import { freshAccount } from '../../testing.ts'

const account = freshAccount()

/** S3 as plain HTTP, for bodies that no client makes. */
async function s3(method: string, path: string, body?: string): Promise<{ status: number; text: string; modified: string | null }> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${account.id}/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0`
  const answer = await fetch(`${account.url}${path}`, { method, headers: { authorization }, ...(body === undefined ? {} : { body }) })
  return { status: answer.status, text: await answer.text(), modified: answer.headers.get('last-modified') }
}

test('buckets and objects live in the engine, are journaled by operation, shown in the state and wiped with the account', async () => {
  const bucket = `b-${account.id}`
  await s3('PUT', `/${bucket}`, '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>')
  expect(await s3('PUT', `/${bucket}/a/b%20c.zip`, 'bytes')).toMatchObject({ status: 200 })
  expect(await s3('GET', `/${bucket}/a/b%20c.zip`)).toMatchObject({ status: 200, text: 'bytes' })
  expect(await s3('GET', `/${bucket}/none`)).toMatchObject({ status: 404, text: expect.stringContaining('<Code>NoSuchKey</Code>') })
  expect(await s3('HEAD', `/${bucket}/none`)).toMatchObject({ status: 404 })
  expect(await s3('GET', '/no-such-bucket/x')).toMatchObject({ status: 404, text: expect.stringContaining('NoSuchBucket') })
  expect((await account.control.journal()).map(({ operation, writes, error }) => [operation, writes, error])).toEqual([
    ['CreateBucket', true, undefined],
    ['PutObject', true, undefined],
    ['GetObject', false, undefined],
    ['GetObject', false, 'NoSuchKey'],
    ['HeadObject', false, undefined],
    ['GetObject', false, 'NoSuchBucket'],
  ])
  expect((await account.control.journal())[1]).toMatchObject({ params: { Bucket: bucket, Key: 'a/b c.zip', Body: { bytes: 5 } } })
  expect(await account.control.state()).toMatchObject({ s3: { [bucket]: { objects: { 'a/b c.zip': { size: 5 } } } } })
  await account.control.reset()
  expect(await account.control.state()).toMatchObject({ s3: {} })
  expect(await s3('GET', `/${bucket}/a/b%20c.zip`)).toMatchObject({ status: 404 })
})

test('times stand on the clock of local AWS, and an object that looks like an answer stays as it is', async () => {
  const bucket = `t-${account.id}`
  const body = '<Contents><LastModified>2020-01-01T00:00:00.000Z</LastModified></Contents>'
  const { now } = await account.control.advance(25 * 60 * 60_000)
  await s3('PUT', `/${bucket}`, '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>')
  await s3('PUT', `/${bucket}/x`, body)
  await account.control.advance(60 * 60_000)
  const [got, listed] = [await s3('GET', `/${bucket}/x`), await s3('GET', `/${bucket}?list-type=2`)]
  expect(got.text).toBe(body)
  const inList = /<LastModified>([^<]+)</.exec(listed.text)?.[1] ?? ''
  // S3's times are whole seconds.
  const seconds = Math.floor(now / 1000) * 1000
  expect([got.modified ?? '', inList].map(Date.parse)).toEqual([seconds, seconds])
})

test('what is only stored: a bucket\'s own policy is no rule', async () => {
  const bucket = `p-${account.id}`
  await s3('PUT', `/${bucket}`, '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>')
  await s3('PUT', `/${bucket}?policy`, JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${bucket}/*` }] }))
  expect((await s3('PUT', `/${bucket}/x`, 'y')).status).toBe(200)
})

test('a bucket of another account than the expected one is refused; one that is not there is not found', async () => {
  const owner = freshAccount()
  const client = new S3Client(owner.client)
  const Bucket = `o-${owner.id}`
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
  await client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: owner.id }))
  const ExpectedBucketOwner = account.id
  expect(await refusal(client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner })))).toMatchObject({ status: 403 })
  expect(await refusal(client.send(new ListObjectsV2Command({ Bucket, ExpectedBucketOwner })))).toMatchObject({ status: 403, name: 'AccessDenied' })
  expect(await refusal(client.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'y', ExpectedBucketOwner })))).toMatchObject({ status: 403, name: 'AccessDenied' })
  expect(await refusal(client.send(new HeadBucketCommand({ Bucket: `${Bucket}-none`, ExpectedBucketOwner })))).toMatchObject({ status: 404 })
})

// terraform-provider-aws issues 10068, 12907 and 33717
test('a bucket that is too young is found by no call that names it', async () => {
  const own = freshAccount()
  await own.control.configure({ windows: { bucketVisible: 1e12 } })
  const client = new S3Client(own.client)
  const Bucket = `y-${own.id}`
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
  expect(await refusal(client.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'y' })))).toMatchObject({ status: 404, name: 'NoSuchBucket', message: 'The specified bucket does not exist' })
  expect(await refusal(client.send(new HeadBucketCommand({ Bucket })))).toMatchObject({ status: 404 })
})

test('a policy is asked for the action on the object', async () => {
  await account.control.configure({ policy: { Statement: [] } })
  expect(await s3('PUT', '/b/k', 'x')).toMatchObject({ status: 403, text: expect.stringContaining('is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:PutObject action') })
})
