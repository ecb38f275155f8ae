import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { CreateResourceCommand, CreateRestApiCommand, GetRestApisCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { CreateRoleCommand } from '@aws-sdk/client-iam'
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, HeadObjectCommand, PutBucketTaggingCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { setTimeout as sleep } from 'node:timers/promises'
import { freshAccount, type FreshAccount } from '../../local-aws/testing.ts'
import { connect, type Aws } from '../../src/aws/clients.ts'
import { orUndefined } from '../../src/aws/refusal.ts'
import { trustOf } from '../../src/resources/iam/role.ts'
import { silent } from '../../src/progress.ts'

/** Virtual milliseconds. */
const WINDOW = 20_000
// A zip of a.py, whose b gives back the event.
const zip = Buffer.from(
  'UEsDBBQAAAAAACx1fl2c7xQzGQAAABkAAAAEAAAAYS5weWRlZiBiKGUsYyk6CiAgICByZXR1cm4gZQpQSwECFAMUAAAAAAAsdX5dnO8UMxkAAAAZAAAABAAAAAAAAAAAAAAAgAEAAAAAYS5weVBLBQYAAAAAAQABADIAAAA7AAAAAAA=',
  'base64',
)

describe('A2: a 404 is read by what this run knows', () => {
  let account: FreshAccount
  let aws: Aws
  const before = new Map(['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((name) => [name, process.env[name]]))
  beforeAll(async () => {
    account = freshAccount()
    Object.assign(process.env, { AWS_ENDPOINT_URL: account.url, AWS_ACCESS_KEY_ID: account.id, AWS_SECRET_ACCESS_KEY: 'any' })
    aws = connect({ region: account.region, env: process.env, progress: silent })
    await account.control.configure({ rates: false })
    await aws.iam(new CreateRoleCommand({ RoleName: 'runs', AssumeRolePolicyDocument: trustOf('lambda.amazonaws.com') }))
  })
  afterAll(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })

  const make = (FunctionName: string) =>
    aws.lambda(
      new CreateFunctionCommand({
        FunctionName,
        Role: `arn:aws:iam::${account.id}:role/runs`,
        Runtime: 'python3.12',
        Handler: 'a.b',
        Code: { ZipFile: zip },
      }),
    )
  const look = (from: Aws, FunctionName: string) => from.lambda(new GetFunctionConfigurationCommand({ FunctionName }))
  const misses = async () => (await account.control.journal()).filter(({ status }) => status === 404).length

  /** Does the work while what is too young for it becomes visible after each 404, and not before. */
  async function afterMisses<T>(work: () => Promise<T>): Promise<T> {
    let isDone = false
    const move = async (): Promise<void> => {
      for (let known = await misses(); !isDone; await sleep(5)) {
        const seen = await misses()
        if (seen > known) await account.control.advance(WINDOW)
        known = seen
      }
    }
    const moving = move()
    return work().finally(async () => {
      isDone = true
      await moving
    })
  }

  test('A2: what this run has made is waited for, by reads and by writes of what is below', async () => {
    await account.control.configure({ windows: { lambdaVisible: WINDOW } })
    const tag = (name: string) =>
      new TagResourceCommand({ Resource: `arn:aws:lambda:${account.region}:${account.id}:function:${name}`, Tags: { a: 'b' } })
    for (const [name, use] of [['young', () => look(aws, 'young')], ['younger', () => aws.lambda(tag('younger'))]] as const) {
      await make(name)
      const known = await misses()
      await afterMisses<unknown>(use)
      expect(await misses()).toBeGreaterThan(known)
    }
  })

  test('A2: for what it has not made AWS is believed at once', async () => {
    const known = await misses()
    expect(await orUndefined(look(aws, 'nobody'))).toBeUndefined()
    expect(await misses()).toBe(known + 1)
  })

  test('A2: what it has read and is gone is waited for; its own deletion it believes', async () => {
    await account.control.configure({ windows: { lambdaVisible: 0 } })
    await make('old')
    const reader = connect({ region: account.region, env: process.env, progress: silent })
    await look(reader, 'old')
    await aws.lambda(new DeleteFunctionCommand({ FunctionName: 'old' }))
    const onWait = (): never => {
      throw new Error('enough')
    }
    await expect(reader.lambda(new GetFunctionConfigurationCommand({ FunctionName: 'old' }), { onWait })).rejects.toThrow('enough')
    expect(await orUndefined(reader.lambda(new DeleteFunctionCommand({ FunctionName: 'old' }), { onWait }))).toBeUndefined()
    expect(await orUndefined(look(aws, 'old'))).toBeUndefined()
  })

  test('A2: a create whose answer was lost is found as soon as it is shown, and not told as another run\'s', async () => {
    await account.control.configure({ windows: { lambdaVisible: WINDOW } })
    await account.control.fault({ operation: 'CreateFunction' }, { kind: 'reset', when: 'after' })
    const command = new CreateFunctionCommand({
      FunctionName: 'lost',
      Role: `arn:aws:iam::${account.id}:role/runs`,
      Runtime: 'python3.12',
      Handler: 'a.b',
      Code: { ZipFile: zip },
    })
    const found = await afterMisses(() => aws.lambda(command, { lookup: () => orUndefined(look(aws, 'lost')) }))
    expect(found.FunctionName).toBe('lost')
  })

  test('A12: a new bucket is waited for, and an object that is not in it is believed not to be there', async () => {
    await account.control.configure({ windows: { bucketVisible: WINDOW } })
    const Bucket = `young-${account.id}`
    await aws.s3(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
    await afterMisses(async () => {
      await aws.s3(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }))
      await aws.s3(new PutObjectCommand({ Bucket, Key: 'x', Body: 'y' }))
    })
    expect(await orUndefined(aws.s3(new HeadObjectCommand({ Bucket, Key: 'none' })))).toBeUndefined()
  })

  test('A2: in an API, too', async () => {
    await account.control.configure({ windows: { gatewayVisible: WINDOW } })
    await afterMisses(async () => {
      const { id: restApiId, rootResourceId: parentId } = await aws.api(new CreateRestApiCommand({ name: 'young' }))
      const { id: resourceId } = await aws.api(new CreateResourceCommand({ restApiId, parentId, pathPart: 'x' }))
      await aws.api(new PutMethodCommand({ restApiId, resourceId, httpMethod: 'GET', authorizationType: 'NONE' }))
    })
    expect((await aws.api(new GetRestApisCommand({}))).items).toHaveLength(1)
  })

  test('a function that is read by its name is known by it', async () => {
    await account.control.configure({ windows: { lambdaVisible: 0 } })
    await make('read')
    const reader = connect({ region: account.region, env: process.env, progress: silent })
    await reader.lambda(new GetFunctionCommand({ FunctionName: 'read' }))
    await account.control.fault(
      { operation: 'GetFunctionConfiguration' },
      {
        kind: 'error',
        code: 'ResourceNotFoundException',
        status: 404,
        message: `Function not found: arn:aws:lambda:${account.region}:${account.id}:function:read`,
      },
    )
    expect((await look(reader, 'read')).FunctionName).toBe('read')
  })
})
