import { beforeEach, describe, expect, test } from '@jest/globals'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { freshAccount, type FreshAccount } from '../../../local-aws/testing.ts'
import { connect } from '../../../src/aws/clients.ts'
import { AnswerCounter, type Split } from '../../../src/resources/logs/answers.ts'
import { silent } from '../../../src/progress.ts'
import { statusPattern } from '../../../src/service/status-pattern.ts'

const group = '/aws/apigateway/shop-a1/prod'

let account: FreshAccount
let logs: CloudWatchLogsClient
beforeEach(() => {
  account = freshAccount()
  logs = new CloudWatchLogsClient(account.client)
})

async function makeGroup(logGroupName: string): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }))
}
const put = async (logGroupName: string, lines: readonly string[], at = Date.now()): Promise<void> =>
  void (await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 's', logEvents: lines.map((message) => ({ message, timestamp: at })) })))

let number = 0
/** Lines of requests that were answered so; each has an id of its own. */
const lines = (...answers: readonly number[]): string[] => answers.map((status) => `{"requestId":"r${number++}","status":"${status}"}`)

function counter(since: number): AnswerCounter {
  const status = statusPattern('{"requestId":"$context.requestId","status":"$context.status"}')
  if (status === undefined) throw new Error('the format has a status')
  Object.assign(process.env, account.environment)
  return new AnswerCounter(connect({ region: account.region, env: process.env, progress: silent }), { group, status, since })
}
const numbers = ({ canary, rest }: Split) => [canary.errors, canary.requests, rest.errors, rest.requests]

describe('answers of a canary and of the rest', () => {
  test('are none where no group is there yet', async () => {
    expect(numbers(await counter(Date.now()).look())).toEqual([0, 0, 0, 0])
  })

  test('are parted by the group; a line that stands in both is the canary\'s alone', async () => {
    await makeGroup(group)
    await makeGroup(`${group}/Canary`)
    const since = Date.now() - 1_000
    const both = lines(200, 503)
    await put(group, [...lines(200, 200, 404, 500), ...both])
    await put(`${group}/Canary`, both)
    expect(numbers(await counter(since).look())).toEqual([1, 2, 1, 4])
  })

  test('count once, however often they are looked at, also those that come late', async () => {
    await makeGroup(group)
    const start = Date.now() - 600_000
    const looks = counter(start)
    await put(group, lines(200, 500), start + 1_000)
    expect(numbers(await looks.look())).toEqual([0, 0, 1, 2])
    await put(group, lines(200, 502), Date.now() - 60_000)
    expect(numbers(await looks.look())).toEqual([0, 0, 2, 4])
    expect(numbers(await looks.look())).toEqual([0, 0, 2, 4])
  })

  test('count from the beginning of the canary; what has no status does not', async () => {
    await makeGroup(group)
    const since = Date.now()
    await put(group, lines(200, 500), since - 5_000)
    await put(group, [...lines(500), 'a line of somebody else'], since + 1)
    expect(numbers(await counter(since).look())).toEqual([0, 0, 1, 1])
  })
})
