import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { longestChain } from '../../client.ts'
import { freshAccount } from '../../testing.ts'
import { allAtOnce } from '../support/in-flight.ts'
import { refusal } from '../support/refusal.ts'

test('a call stands with its parameters, answer, times and whether it writes', async () => {
  const { client, control, id } = freshAccount()
  const logs = new CloudWatchLogsClient(client)
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'a', tags: { x: 'y' } }))
  await refusal(logs.send(new CreateLogGroupCommand({ logGroupName: 'a' })))
  await logs.send(new DescribeLogGroupsCommand({}))
  const [first, second, third] = await control.journal()
  expect(first).toMatchObject({ seq: 1, account: id, region: 'eu-west-1', service: 'logs', operation: 'CreateLogGroup', params: { logGroupName: 'a', tags: { x: 'y' } }, writes: true, status: 200, together: [] })
  expect(second).toMatchObject({ seq: 2, status: 400, error: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' })
  expect(third).toMatchObject({ seq: 3, operation: 'DescribeLogGroups', writes: false })
  for (const { start, end } of [first, second, third].map((entry) => ({ start: entry?.start ?? NaN, end: entry?.end ?? NaN }))) expect(end - start).toBeGreaterThan(0)
  expect(longestChain(await control.journal())).toBe(3)
})

test('a blob stands as its size and digest', async () => {
  const { client, control } = freshAccount()
  const ZipFile = Buffer.from('not a zip')
  await refusal(new LambdaClient(client).send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile })))
  expect((await control.journal())[0]).toMatchObject({ params: { FunctionName: 'f', ZipFile: { bytes: 9, sha256: createHash('sha256').update(ZipFile).digest('hex') } } })
})

test('calls in flight together know of each other, and latency is added to each', async () => {
  const { client, control } = freshAccount()
  const logs = new CloudWatchLogsClient(client)
  await control.configure({ latencyMs: 100 })
  const start = performance.now()
  await allAtOnce(control, [1, 2, 3].map(() => () => logs.send(new DescribeLogGroupsCommand({}))))
  await logs.send(new DescribeLogGroupsCommand({}))
  expect(performance.now() - start).toBeGreaterThanOrEqual(200)
  const journal = await control.journal()
  expect(journal.map(({ together }) => together.length)).toEqual([2, 2, 2, 0])
  expect(longestChain(journal)).toBe(2)
})

test('the table ends in the totals', async () => {
  const { client, control } = freshAccount()
  const logs = new CloudWatchLogsClient(client)
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'a' }))
  await logs.send(new DescribeLogGroupsCommand({}))
  const lines = (await control.journalTable()).trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toMatch(/^1 .* write {2}logs +CreateLogGroup +200/)
  expect(lines[3]).toBe('2 calls, 1 writes, longest chain 2')
  await control.clearJournal()
  expect(await control.journal()).toEqual([])
})

test('accounts do not see each other', async () => {
  const [one, two] = [freshAccount(), freshAccount()]
  await new CloudWatchLogsClient(one.client).send(new CreateLogGroupCommand({ logGroupName: 'a' }))
  expect((await new CloudWatchLogsClient(two.client).send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([])
  expect(await two.control.journal()).toHaveLength(1)
  expect(await one.control.journal()).toHaveLength(1)
})
