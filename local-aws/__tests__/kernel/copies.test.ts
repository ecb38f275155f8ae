import { GetRestApiCommand, UpdateRestApiCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand, FilterLogEventsCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DeleteRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateAliasCommand, DeleteFunctionCommand, GetFunctionCommand, InvokeCommand, PublishVersionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from '@jest/globals'
import { deepCopy, promisesIn } from '../../kernel/deep-copy.ts'
import { sideNotes } from '../../kernel/side-notes.ts'
import { freshAccount } from '../../testing.ts'
import { liveApi, type LiveApi } from '../invoke/live-api.ts'
import { settled } from '../lambda/support.ts'

const counting = 'import json\nasked = 0\ndef handler(event, context):\n    global asked\n    asked += 1\n    return {"statusCode": 200, "body": json.dumps(asked)}\n'

/** An account that holds something in every service, in the front and in the engine. */
async function full(): Promise<LiveApi> {
  const live = await liveApi()
  const { account, lambda } = live
  await account.control.configure({ windows: { stageVisible: 0, permissionVisible: 0, roleAssumable: 0 } })
  await live.addFunction('f', counting)
  await lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  await settled(account, 'f', '1')
  await lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }))
  await live.addProxy('/a', 'f')
  await live.stage(await live.deploy())
  await account.iam.send(new PutRolePolicyCommand({ RoleName: 'runs', PolicyName: 'p', PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}' }))
  const logs = new CloudWatchLogsClient(account.client)
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'g', tags: { of: 'ours' } }))
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 7 }))
  const s3 = new S3Client(account.client)
  await s3.send(new CreateBucketCommand({ Bucket: `b${account.id}`, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
  await s3.send(new PutObjectCommand({ Bucket: `b${account.id}`, Key: 'k', Body: 'as it was' }))
  await new CloudWatchClient(account.client).send(new PutMetricAlarmCommand({ AlarmName: 'a', Namespace: 'N', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' }))
  return live
}

/** Changes something in every service. */
async function spoil({ account, lambda, gateway, restApiId }: LiveApi): Promise<void> {
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 9 }))
  await settled(account, 'f')
  await lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '2' }))
  await gateway.send(new UpdateRestApiCommand({ restApiId, patchOperations: [{ op: 'replace', path: '/name', value: 'other' }] }))
  await gateway.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations: [{ op: 'replace', path: '/variables/v', value: '1' }] }))
  await account.iam.send(new PutRolePolicyCommand({ RoleName: 'runs', PolicyName: 'q', PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}' }))
  const logs = new CloudWatchLogsClient(account.client)
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 1 }))
  await new S3Client(account.client).send(new PutObjectCommand({ Bucket: `b${account.id}`, Key: 'k', Body: 'other' }))
  await new CloudWatchClient(account.client).send(new SetAlarmStateCommand({ AlarmName: 'a', StateValue: 'ALARM', StateReason: 'so' }))
}

describe('an account is put back to a copy', () => {
  test('as often as one likes: every service, settings, times and ids, and none of what came since', async () => {
    const live = await full()
    const { control, client } = live.account
    const [state, settings, clock] = [await control.state(), await control.settings(), await control.clock()]
    const copy = await control.keepCopy()
    for (const round of [1, 2]) {
      await spoil(live)
      await control.configure({ latencyMs: 1 })
      await control.fault({ operation: 'Never' }, { kind: 'slow', ms: 1 })
      await control.advance(60_000)
      expect(await control.state()).not.toEqual(state)
      await control.restore(copy)
      expect([round, await control.state(), await control.settings(), await control.clock()]).toEqual([round, state, settings, clock])
      expect([await control.journal(), await control.faults()]).toEqual([[], []])
    }
    expect((await live.gateway.send(new GetRestApiCommand({ restApiId: live.restApiId }))).name).toBe('live')
    const object = await new S3Client(client).send(new GetObjectCommand({ Bucket: `b${live.account.id}`, Key: 'k' }))
    expect(await object.Body?.transformToString()).toBe('as it was')
    const { MetricAlarms } = await new CloudWatchClient(client).send(new DescribeAlarmsCommand({}))
    expect(MetricAlarms?.map(({ StateValue }) => StateValue)).not.toContain('ALARM')
  })

  test('what was deleted is there again, and a function starts cold', async () => {
    const live = await full()
    const { control } = live.account
    const copy = await control.keepCopy()
    const asked = async (): Promise<unknown> => (await live.call('/a')).json()
    expect([await asked(), await asked()]).toEqual([1, 2])
    await live.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }))
    await control.restore(copy)
    expect([await asked(), await asked()]).toEqual([1, 2])
  })

  test('after a reset there is none, and one that never was is refused', async () => {
    const { control } = freshAccount()
    await expect(control.restore(1)).rejects.toThrow('There is no copy 1 of the account; 0 were made since it was reset.')
    const copy = await control.keepCopy()
    await control.restore(copy)
    await control.reset()
    await expect(control.restore(copy)).rejects.toThrow('There is no copy 1')
  })

  test('no other account is', async () => {
    const [one, other] = [await full(), await full()]
    const copy = await one.account.control.keepCopy()
    await spoil(other)
    const state = await other.account.control.state()
    await one.account.control.restore(copy)
    expect(await other.account.control.state()).toEqual(state)
    await other.lambda.send(new GetFunctionCommand({ FunctionName: 'f', Qualifier: 'live' }))
    await expect(other.account.iam.send(new DeleteRoleCommand({ RoleName: 'runs' }))).rejects.toThrow()
  })
})

test.each(['put back', 'reset'])('a log line that is under way when its account is %s never arrives', async (what) => {
  const live = await full()
  const { control, client } = live.account
  const logs = new CloudWatchLogsClient(client)
  const groups = async (): Promise<(string | undefined)[]> =>
    ((await logs.send(new DescribeLogGroupsCommand({}))).logGroups ?? []).map(({ logGroupName }) => logGroupName)
  const copy = await control.keepCopy()
  await control.configure({ windows: { logDelivery: 1_000 } })
  await live.lambda.send(new InvokeCommand({ FunctionName: 'f' }))
  await (what === 'reset' ? control.reset() : control.restore(copy))
  await control.advance(60_000)
  await live.account.control.idle()
  expect(await groups()).toEqual(what === 'reset' ? [] : ['g'])
  if (what === 'reset') return
  await live.lambda.send(new InvokeCommand({ FunctionName: 'f' }))
  // This one arrives.
  for (;;) {
    const events = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/f' })).catch(() => undefined)
    if (events !== undefined) break
  }
})

describe('a deep copy', () => {
  test('shares what cannot change, and holds one object where the original does', () => {
    const [bytes, shared] = [Buffer.from('x'), { text: 'one' }]
    const original = { bytes, map: new Map([['a', shared]]), set: new Set([1]), list: [shared, undefined, null] }
    const copy = deepCopy(original)
    expect(copy).toEqual(original)
    expect(copy.bytes).toBe(bytes)
    expect(copy.map.get('a')).toBe(copy.list[0])
    shared.text = 'two'
    original.set.add(2)
    expect([copy.list[0]?.text, copy.set.size]).toEqual(['one', 1])
  })

  test('takes along what is noted beside an object', () => {
    const notes = sideNotes<object, { seen: number }>()
    const original = { name: 'a' }
    notes.set(original, { seen: 1 })
    const copy = deepCopy(original)
    expect(notes.get(copy)).toEqual({ seen: 1 })
    expect(notes.get(copy)).not.toBe(notes.get(original))
  })

  test('waits for what it holds that is still to come', async () => {
    const one = { hasCome: false, coming: Promise.resolve() as Promise<unknown> }
    one.coming = one.coming.then(() => (one.hasCome = true))
    const state = new Map([['a', [one, one]]])
    await Promise.all(promisesIn(state))
    expect(deepCopy(state).get('a')?.[1]?.hasCome).toBe(true)
  })

  test('of an object that it does not know is refused', () => {
    expect(() => deepCopy({ at: new Date() })).toThrow('An object of class Date cannot be copied')
  })
})
