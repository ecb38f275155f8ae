import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshAccount } from '../../local-aws/testing.ts'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

let service: Deployable
beforeAll(() => {
  service = makeService({ ...everything, stage: 'prod', package: 'large.zip' })
  pack('one')
})
afterAll(() => service.remove())

/** A zip of 51 MB that no compression makes smaller. */
function pack(text: string): void {
  service.write('lambda_function.py', handler(text))
  const noise = join(service.workspace, 'noise.bin')
  try {
    readFileSync(noise)
  } catch {
    writeFileSync(noise, randomBytes(53_000_000))
  }
  const script = 'import zipfile,sys\nz=zipfile.ZipFile("large.zip","w",zipfile.ZIP_STORED)\n[z.write(n) for n in ("lambda_function.py","noise.bin")]\nz.close()'
  execFileSync('python3', ['-c', script], { cwd: service.workspace })
}

test('a package of 50 MB or more without a bucket is an error that names the cure and writes nothing', async () => {
  const result = await service.run()
  expect(result.exitCode).toBe(1)
  expect(result.annotations[0]?.message).toMatch(/50\.\d MB.*[\s\S]*Cure: Send it through a bucket .*`s3-bucket: create`/)
  expect(await service.writes()).toEqual([])
})

test('it goes through a bucket that is made on request, once', async () => {
  const inputs = { 's3-bucket': 'create' }
  const first = succeeded(await service.run(inputs))
  expect(await service.writes()).toEqual(expect.arrayContaining(['CreateBucket', 'PutObject', 'CreateFunction']))
  expect((await call(first, '/items')).body).toMatchObject({ text: 'one' })
  succeeded(await service.run(inputs))
  expect(await service.writes()).toEqual([])
})

test('a new package leaves the one before it alone for a day, for a parallel run may have just sent that; then it goes', async () => {
  const inputs = { 's3-bucket': 'create' }
  for (const [text, deleted] of [['two', 0], ['three', 2]] as const) {
    pack(text)
    if (deleted > 0) await service.later(25 * 60 * 60_000)
    const result = succeeded(await service.run(inputs))
    const writes = await service.writes()
    expect(writes.filter((operation) => operation === 'PutObject')).toHaveLength(1)
    expect(writes.filter((operation) => operation === 'DeleteObject')).toHaveLength(deleted)
    expect(writes).not.toContain('CreateBucket')
    expect((await call(result, '/items')).body).toMatchObject({ text })
  }
  succeeded(await service.run(inputs))
  expect(await service.writes()).toEqual([])
})

describe('a bucket of another account', () => {
  const other = freshAccount()
  const s3 = new S3Client(other.client)
  let guest: Deployable
  beforeEach(() => {
    guest = makeService({ ...everything, stage: 'prod', package: 'large.zip' })
    linkSync(join(service.workspace, 'large.zip'), join(guest.workspace, 'large.zip'))
  })
  afterEach(() => guest.remove())

  async function open(Bucket: string, Action: readonly string[]): Promise<void> {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
    const Statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${guest.account.id}:root` }, Action, Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`] }
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  }

  test('that the config names takes the package, also where no more than writing and reading is allowed', async () => {
    await open(`artefacts-${other.id}`, ['s3:PutObject', 's3:GetObject'])
    const result = succeeded(await guest.run({ 's3-bucket': `artefacts-${other.id}` }))
    expect((await call(result, '/items')).body).toMatchObject({ text: 'three' })
    expect(result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([expect.stringMatching(/^Older packages of shop stay in s3:.* lack s3:ListBucket/)])
  })

  test('that has the name of the one that we would make gets nothing', async () => {
    await open(`lambda-api-deploy-${guest.account.id}-${guest.account.region}`, ['s3:*'])
    const result = await guest.run({ 's3-bucket': 'create' })
    expect(result.exitCode).toBe(1)
    expect(result.annotations.find(({ level }) => level === 'error')?.message).toContain('where the bucket belongs to another account')
    expect(await guest.writes()).not.toContain('PutObject')
    expect(await guest.writes()).not.toContain('CreateFunction')
  })
})
