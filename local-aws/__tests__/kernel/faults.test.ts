import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { freshAccount, type FreshAccount } from '../../testing.ts'
import { refusal } from '../support/refusal.ts'

let account: FreshAccount
let logs: CloudWatchLogsClient

beforeEach(() => {
  account = freshAccount()
  logs = new CloudWatchLogsClient(account.client)
})
afterEach(async () => {
  await account.control.release()
  logs.destroy()
})

const create = (name: string, signal?: AbortSignal): Promise<unknown> => logs.send(new CreateLogGroupCommand({ logGroupName: name }), signal === undefined ? {} : { abortSignal: signal })
const names = async (): Promise<(string | undefined)[]> => ((await logs.send(new DescribeLogGroupsCommand({}))).logGroups ?? []).map(({ logGroupName }) => logGroupName)

describe('refusals on demand', () => {
  test.each([
    ['TooManyRequestsException', 429],
    ['ResourceConflictException', 409],
    ['ServiceException', 500],
    ['ServiceUnavailableException', 503],
    ['ExpiredTokenException', 403],
    ['AccessDeniedException', 403],
  ])('%s is %i and has no effect', async (code, status) => {
    await account.control.fault({ operation: 'CreateLogGroup' }, { kind: 'error', code, ...(status === 429 ? { retryAfter: 7 } : {}) })
    expect(await refusal(create('a'))).toMatchObject({ name: code, status })
    expect(await names()).toEqual([])
    await create('a')
    expect(await names()).toEqual(['a'])
  })

  test('Retry-After stands in the header', async () => {
    await account.control.fault({}, { kind: 'error', code: 'TooManyRequestsException', retryAfter: 7 })
    const answer = await fetch(account.url, {
      method: 'POST',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${account.id}/20260101/eu-west-1/logs/aws4_request, SignedHeaders=host, Signature=0`, 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
      body: '{}',
    })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
  })

  test('a rule strikes as often as it says: once, three times, without end', async () => {
    await account.control.fault({}, { kind: 'error', code: 'ServiceUnavailableException' }, 3)
    const outcomes = await Promise.all([1, 2, 3, 4].map((n) => create(`g${n}`).then(() => 'done', () => 'refused')))
    expect(outcomes.sort()).toEqual(['done', 'refused', 'refused', 'refused'])
    await account.control.fault({}, { kind: 'error', code: 'ServiceUnavailableException' }, 0)
    for (let round = 0; round < 5; round++) await refusal(names())
    expect((await account.control.faults()).map(({ left }) => left)).toEqual([0, null])
    await account.control.clearFaults()
    await names()
  })

  test('by the number of the call, counted from the last clearing', async () => {
    await create('a')
    await account.control.clearJournal()
    await account.control.fault({ call: 2 }, { kind: 'error', code: 'ServiceException' })
    await create('b')
    await refusal(create('c'))
    await create('d')
    expect(await names()).toEqual(['a', 'b', 'd'])
  })

  test('only writes, only one service', async () => {
    await account.control.fault({ writes: true, service: 'logs' }, { kind: 'error', code: 'ServiceException' })
    await names()
    await refusal(create('a'))
  })

  test('at random from a seed, the same calls every time', async () => {
    const draw = async (): Promise<string[]> => {
      const fresh = freshAccount()
      const client = new CloudWatchLogsClient(fresh.client)
      await fresh.control.fault({ probability: 0.5, seed: 42 }, { kind: 'error', code: 'ServiceException' }, 0)
      const outcomes: string[] = []
      for (let call = 0; call < 20; call++) outcomes.push(await client.send(new DescribeLogGroupsCommand({})).then(() => 'done', () => 'refused'))
      client.destroy()
      return outcomes
    }
    const first = await draw()
    expect(await draw()).toEqual(first)
    expect(new Set(first)).toEqual(new Set(['done', 'refused']))
  })
})

describe('connections', () => {
  test('cut before the effect', async () => {
    await account.control.fault({ operation: 'CreateLogGroup' }, { kind: 'reset', when: 'before' })
    expect((await refusal(create('a'))).status).toBeUndefined()
    expect(await names()).toEqual([])
  })

  test('cut after the effect', async () => {
    await account.control.fault({ operation: 'CreateLogGroup' }, { kind: 'reset', when: 'after' })
    expect((await refusal(create('a'))).status).toBeUndefined()
    expect(await names()).toEqual(['a'])
    expect((await account.control.journal())[0]).toMatchObject({ operation: 'CreateLogGroup', status: 0, faults: ['reset after'] })
  })

  test('a slow answer', async () => {
    await account.control.fault({ operation: 'CreateLogGroup' }, { kind: 'slow', ms: 150 })
    const start = performance.now()
    await create('a')
    expect(performance.now() - start).toBeGreaterThanOrEqual(145)
  })
})

describe('held calls', () => {
  test('hang after the effect until released; a second writer sees the effect', async () => {
    await account.control.fault({ operation: 'CreateLogGroup' }, { kind: 'hold', when: 'after' })
    let answered = false
    const call = create('a').then(() => (answered = true))
    expect(await account.control.held()).toMatchObject([{ operation: 'CreateLogGroup', when: 'after', seq: 1 }])
    expect(await names()).toEqual(['a'])
    expect(answered).toBe(false)
    await account.control.release(1)
    await call
    expect(answered).toBe(true)
  })

  test('hang before the effect; a second writer goes first', async () => {
    await account.control.fault({ operation: 'CreateLogGroup' }, { kind: 'hold', when: 'before' })
    const late = refusal(create('a'))
    await account.control.held()
    await create('a')
    await account.control.release()
    expect(await late).toMatchObject({ name: 'ResourceAlreadyExistsException' })
  })

  test('a client that goes away while held before the effect leaves none, after it leaves one', async () => {
    for (const when of ['before', 'after'] as const) {
      await account.control.fault({ operation: 'CreateLogGroup' }, { kind: 'hold', when })
      const gone = new AbortController()
      const call = refusal(create(when, gone.signal))
      await account.control.held()
      gone.abort()
      await call
      await account.control.idle()
    }
    expect(await names()).toEqual(['after'])
  })

  test('the poll for held calls ends empty when none comes', async () => {
    expect(await account.control.held(30)).toEqual([])
  })
})

test('a rule that makes no sense is refused with what there is', async () => {
  await expect(account.control.fault({ operatoin: 'x' } as never, { kind: 'slow', ms: 1 })).rejects.toThrow('cannot match by \\"operatoin\\"')
  await expect(account.control.fault({}, { kind: 'hold' } as never)).rejects.toThrow('before')
})
