import { APIGatewayClient, CreateRestApiCommand, GetAccountCommand } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { describe, expect, test } from '@jest/globals'
import { connect } from '../../client.ts'
import { freshAccount, localAwsUrl } from '../../testing.ts'
import { refusal } from '../support/refusal.ts'
import { activeFunction, bench } from '../lambda/support.ts'

describe('settings', () => {
  const { control } = freshAccount()
  test('a part is changed, the rest stays, and a reset brings back what was at first', async () => {
    const first = await control.settings()
    const { windows, ...rest } = await control.configure({ latencyMs: 0.5, windows: { stageVisible: 7 } })
    expect(rest).toEqual({ ...first, windows: undefined, latencyMs: 0.5 })
    expect(windows).toEqual({ ...first.windows, stageVisible: 7 })
    expect(await control.settings()).toEqual({ ...rest, windows })
    await control.reset()
    expect(await control.settings()).toEqual(first)
  })

  test.each([
    [{ latency: 1 }, 'There is no setting \\"latency\\"; there are latencyMs, rates'],
    [{ windows: { functionPneding: 1 } }, 'There is no setting \\"windows.functionPneding\\"'],
    [{ constructor: 1 }, 'There is no setting \\"constructor\\"'],
    [{ rates: 1 }, 'must be a boolean, not 1'],
    [{ latencyMs: -1 }, 'must be 0 or more'],
    [{ noisyNeighbour: 2 }, 'a share from 0 to 1'],
    [{ windows: null }, 'windows must be a JSON object'],
    [[], 'must be a JSON object'],
  ])('%j is refused, and nothing changes', async (patch, words) => {
    const before = await control.settings()
    await expect(control.configure(patch as never)).rejects.toThrow(words)
    expect(await control.settings()).toEqual(before)
  })
})

describe('requests that make no sense', () => {
  const ask = (method: string, path: string, body?: string): Promise<Response> => fetch(`${localAwsUrl()}/_local-aws/${path}`, { method, ...(body === undefined ? {} : { body }) })
  test.each([
    ['GET', 'nothing', undefined, 404, 'it has GET health, GET clock, POST clock, GET journal'],
    ['GET', 'constructor', undefined, 404, 'it has GET health'],
    ['GET', 'settings?account=12', undefined, 400, 'An account is 12 digits, not "12"'],
    ['POST', 'release?seq=x', undefined, 400, '"seq" must be a whole number'],
    ['PUT', 'settings', '{', 400, 'JSON'],
    ['POST', 'faults', '{"match":null,"action":null}', 400, 'A fault is { match, action, times? }'],
    ['POST', 'faults', 'null', 400, 'A fault is { match, action, times? }'],
  ])('%s %s', async (method, path, body, status, words) => {
    const answer = await ask(method, path, body)
    expect(answer.status).toBe(status)
    expect(((await answer.json()) as { message: string }).message).toContain(words)
  })
})

test('one fault of several is disarmed by its id', async () => {
  const { control } = freshAccount()
  const first = await control.fault({ operation: 'GetStage' }, { kind: 'slow', ms: 1 })
  const second = await control.fault({ operation: 'GetApis' }, { kind: 'slow', ms: 2 })
  await control.clearFaults(first)
  expect((await control.faults()).map(({ id }) => id)).toEqual([second])
  await control.clearFaults()
  expect(await control.faults()).toEqual([])
})

test('refill fills every rate bucket', async () => {
  const { client, control } = freshAccount()
  const gateway = new APIGatewayClient(client)
  await control.configure({ noisyNeighbour: 0.999 })
  const ask = (): Promise<unknown> => gateway.send(new GetAccountCommand({}))
  await ask()
  expect((await refusal(ask())).status).toBe(429)
  await control.refill()
  await ask()
})

test('state shows the account by service, and resetting it wipes front, engine, journal and faults, and no other account', async () => {
  const accounts = [await bench(), await bench()] as const
  for (const account of accounts) {
    await activeFunction(account, 'f')
    await new APIGatewayClient(account.client).send(new CreateRestApiCommand({ name: 'x' }))
    await new CloudWatchLogsClient(account.client).send(new CreateLogGroupCommand({ logGroupName: 'g' }))
    await new IAMClient(account.client).send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}' }))
    await account.control.fault({ operation: 'Never' }, { kind: 'slow', ms: 1 })
  }
  const [one, other] = accounts
  const full = {
    lambda: { 'eu-west-1': { functions: { f: expect.anything() } } },
    apigateway: { 'eu-west-1': { apis: expect.anything() } },
    logs: { 'eu-west-1': { g: expect.anything() } },
    iam: { roles: { r: expect.anything(), runs: expect.anything() } },
    s3: {},
  }
  expect(await one.control.state()).toMatchObject(full)
  await one.control.reset()
  expect(await one.control.state()).toMatchObject({ lambda: {}, apigateway: {}, logs: {}, iam: { roles: {} }, s3: {} })
  expect(Object.keys((await one.control.state())['lambda'] as object)).toEqual([])
  expect([await one.control.journal(), await one.control.faults()]).toEqual([[], []])
  expect(await other.control.state()).toMatchObject(full)
  expect(await other.control.faults()).toHaveLength(1)
})

test('without an account it is 000000000000 that is meant', async () => {
  const answer = await fetch(`${localAwsUrl()}/_local-aws/settings`)
  expect(await answer.json()).toEqual(await connect(localAwsUrl(), '000000000000').settings())
})
