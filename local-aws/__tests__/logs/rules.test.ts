import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { bareEngine } from '../support/bare-engine.ts'
import { freshAccount } from '../../testing.ts'
import { refusal } from '../support/refusal.ts'

const { client, control, id } = freshAccount()
const logs = new CloudWatchLogsClient(client)
const arn = `arn:aws:logs:eu-west-1:${id}:log-group:here`
let engine: CloudWatchLogsClient

beforeAll(async () => {
  engine = new CloudWatchLogsClient(await bareEngine(client))
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'here', tags: { a: 'b' } }))
  await logs.send(new CreateLogStreamCommand({ logGroupName: 'here', logStreamName: 's' }))
})

const retention = (retentionInDays: number): object => new PutRetentionPolicyCommand({ logGroupName: 'here', retentionInDays })
const group = (logGroupName: string): object => new CreateLogGroupCommand({ logGroupName })

// Recordings of AWS: test_logs_groups, test_logs_events. Documents: API reference of each operation.
describe('refused, with AWS\'s name and words', () => {
  const cases: [string, object, { name: string; message?: string | RegExp }][] = [
    ['a group that exists', group('here'), { name: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' }],
    ['a group whose name is too long', group('x'.repeat(513)), { name: 'InvalidParameterException', message: 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.' }],
    ['a group with a blank in its name', group('a b'), { name: 'InvalidParameterException' }],
    ['a group with a reserved name', group('aws/x'), { name: 'InvalidParameterException' }],
    ['a retention of 6 days', retention(6), { name: 'InvalidParameterException' }],
    ['a retention of a group that is not there', new PutRetentionPolicyCommand({ logGroupName: 'none', retentionInDays: 7 }), { name: 'ResourceNotFoundException', message: 'The specified log group does not exist.' }],
    ['events of a stream that is not there', new PutLogEventsCommand({ logGroupName: 'here', logStreamName: 'none', logEvents: [{ timestamp: 1, message: 'x' }] }), { name: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' }],
    ['events in wrong order', new PutLogEventsCommand({ logGroupName: 'here', logStreamName: 's', logEvents: [{ timestamp: Date.now(), message: 'b' }, { timestamp: Date.now() - 5000, message: 'a' }] }), { name: 'InvalidParameterException', message: 'Log events in a single PutLogEvents request must be in chronological order.' }],
    ['more events than one page has', new GetLogEventsCommand({ logGroupName: 'here', logStreamName: 's', limit: 10_001 }), { name: 'InvalidParameterException', message: "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000" }],
    ['a prefix together with a pattern', new DescribeLogGroupsCommand({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }), { name: 'InvalidParameterException', message: 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.' }],
    ['tags on an ARN that ends in :*', new TagResourceCommand({ resourceArn: `${arn}:*`, tags: { x: 'y' } }), { name: 'InvalidParameterException' }],
    ['tags of an ARN that is none', new ListTagsForResourceCommand({ resourceArn: 'here' }), { name: 'InvalidParameterException' }],
  ]
  test.each(cases)('%s', async (_, command, refused) => {
    expect(await refusal(logs.send(command as never))).toMatchObject({ status: 400, ...refused })
  })
})

describe('the engine says otherwise', () => {
  test.each([
    ['takes a name that is too long', group('y'.repeat(513))],
    ['takes a blank in a name', group('a b')],
    ['takes a reserved name', group('aws/x')],
    ['takes events in wrong order', new PutLogEventsCommand({ logGroupName: 'here', logStreamName: 's', logEvents: [{ timestamp: 5, message: 'b' }, { timestamp: 3, message: 'a' }] })],
  ])('%s', async (_, command) => {
    await engine.send(command as never)
  })
  test.each([
    ['repeats the name of a group that exists', group('here'), /already exists: here$/],
    ['has words of its own for a retention', retention(6), /Invalid retentionInDays value/],
  ])('%s', async (_, command, words) => {
    expect((await refusal(engine.send(command as never))).message).toMatch(words)
  })
})

test('every documented retention is taken, and the state shows retention and tags', async () => {
  for (const days of [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]) await logs.send(retention(days) as never)
  expect(await control.state()).toMatchObject({ logs: { 'eu-west-1': { here: { retentionInDays: 3653, tags: { a: 'b' } } } } })
})

test('a wiped account has no group left, and its neighbour keeps its own', async () => {
  const [gone, kept] = [freshAccount(), freshAccount()]
  for (const { client: config } of [gone, kept]) await new CloudWatchLogsClient(config).send(new CreateLogGroupCommand({ logGroupName: 'g' }))
  await gone.control.reset()
  expect((await new CloudWatchLogsClient(gone.client).send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(0)
  expect((await new CloudWatchLogsClient(kept.client).send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(1)
})
