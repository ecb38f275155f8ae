import { beforeAll, describe, expect, test } from '@jest/globals'
import { CreateLogGroupCommand, CloudWatchLogsClient, DeleteLogGroupCommand, DescribeLogStreamsCommand, FilterLogEventsCommand, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import { GetAccountCommand, UpdateAccountCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { AttachRolePolicyCommand, CreateRoleCommand, DeleteRoleCommand, DetachRolePolicyCommand } from '@aws-sdk/client-iam'
import { refusal } from '../lambda/support.ts'
import { liveApi, type LiveApi } from './live-api.ts'

const MANAGED = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'
const NO_PERMISSION = 'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.'

let api: LiveApi
let logs: CloudWatchLogsClient
beforeAll(async () => {
  api = await liveApi()
  logs = new CloudWatchLogsClient(api.account.client)
  await api.addFunction('hello', 'def handler(event, context):\n    return {"statusCode": 201, "body": "hello"}\n')
  await api.addProxy('/hello/{name}', 'hello')
  await api.stage(await api.deploy())
  await makeRole('logs', 'apigateway.amazonaws.com')
  await makeRole('other', 'ec2.amazonaws.com')
})

async function makeRole(RoleName: string, service: string): Promise<void> {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] }
  await api.account.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }))
}

const arn = (role: string) => `arn:aws:iam::${api.account.id}:role/${role}`
const groupArn = (group: string) => `arn:aws:logs:${api.account.region}:${api.account.id}:log-group:${group}`

async function setAccountRole(value: string): Promise<void> {
  await api.account.control.refill()
  await api.gateway.send(new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] }))
}

async function updateStage(...operations: (readonly [string, string])[]): Promise<void> {
  const patchOperations = operations.map(([path, value]) => ({ op: 'replace' as const, path, value }))
  await api.gateway.send(new UpdateStageCommand({ restApiId: api.restApiId, stageName: 'dev', patchOperations }))
}

/** Logs come after the answer, and so may their group. */
async function eventsOf(logGroupName: string): Promise<FilteredLogEvent[]> {
  try {
    return (await logs.send(new FilterLogEventsCommand({ logGroupName }))).events ?? []
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return []
    throw error
  }
}

async function linesOf(logGroupName: string, count: number): Promise<string[]> {
  // They come a moment after the answer, in real time.
  for (let tries = 0; tries < 2000; tries += 1) {
    const events = await eventsOf(logGroupName)
    if (events.length >= count) return events.map(({ message = '' }) => message)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`No ${count} lines came to ${logGroupName}`)
}

describe('the account\'s role', () => {
  test('is needed before a stage may log', async () => {
    expect(await refusal(updateStage(['/accessLogSettings/destinationArn', groupArn('g')]))).toEqual({
      status: 400,
      name: 'BadRequestException',
      message: 'CloudWatch Logs role ARN must be set in account settings to enable logging',
    })
    expect((await api.gateway.send(new GetAccountCommand({}))).cloudwatchRoleArn).toBeUndefined()
  })

  test.each([
    ['nobody', NO_PERMISSION],
    ['other', NO_PERMISSION],
    ['logs', NO_PERMISSION],
  ])('%s is refused: missing, of another service, without the policy', async (role, message) => {
    if (role === 'other') await api.account.iam.send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: MANAGED }))
    expect(await refusal(setAccountRole(arn(role)))).toEqual({ status: 400, name: 'BadRequestException', message })
  })

  test('cannot be emptied, is taken when it may write', async () => {
    expect(await refusal(setAccountRole(''))).toEqual({ status: 400, name: 'BadRequestException', message: 'The role ARN is not well formed' })
    await api.account.iam.send(new AttachRolePolicyCommand({ RoleName: 'logs', PolicyArn: MANAGED }))
    await setAccountRole(arn('logs'))
    expect((await api.gateway.send(new GetAccountCommand({}))).cloudwatchRoleArn).toBe(arn('logs'))
  })

  test('a change of the role needs its time to arrive', async () => {
    await api.account.control.configure({ windows: { roleAssumable: 600_000 } })
    await api.account.iam.send(new DetachRolePolicyCommand({ RoleName: 'logs', PolicyArn: MANAGED }))
    await api.account.iam.send(new AttachRolePolicyCommand({ RoleName: 'logs', PolicyArn: MANAGED }))
    expect(await refusal(setAccountRole(arn('logs')))).toMatchObject({ message: NO_PERMISSION })
    await api.account.control.advance(600_000)
    await setAccountRole(arn('logs'))
  })
})

describe('the access log', () => {
  const format = JSON.stringify({
    requestId: '$context.requestId',
    method: '$context.httpMethod',
    resource: '$context.resourcePath',
    path: '$context.path',
    status: '$context.status',
    length: '$context.responseLength',
    function: '$context.integration.status',
    service: '$context.integrationStatus',
    principal: '$context.authorizer.principalId',
    canary: '$context.isCanaryRequest',
  }).replace(/}$/, ',"error":$context.error.messageString}')

  test('has one line a request, also for what is refused, in a stream of AWS\'s shape', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'access' }))
    await updateStage(['/accessLogSettings/destinationArn', groupArn('access')], ['/accessLogSettings/format', format])
    const taken = await api.call('/hello/you')
    const [line = ''] = await linesOf('access', 1)
    expect(JSON.parse(line.replace(/"error":-/, '"error":null'))).toEqual({
      requestId: taken.headers.get('x-amzn-requestid'),
      ...{ method: 'GET', resource: '/hello/{name}', path: '/dev/hello/you', status: '201', length: '5' },
      ...{ function: '201', service: '200', principal: '-', canary: 'false', error: null },
    })
    await api.call('/nowhere')
    const [, refused = ''] = await linesOf('access', 2)
    expect(JSON.parse(refused)).toMatchObject({ status: '403', resource: '-', error: 'Missing Authentication Token' })
    const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: 'access' }))
    expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
  })

  test('of a canary goes to a group of its own', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'access/Canary' }))
    await updateStage(['/canarySettings/percentTraffic', '100'])
    await api.call('/hello/canary')
    const [line = ''] = await linesOf('access/Canary', 1)
    expect(line).toContain('"canary":"true"')
    expect(await linesOf('access', 2)).toHaveLength(2)
    await updateStage(['/canarySettings/percentTraffic', '0'])
  })

  test('to a group that is not there is lost, and the request is not', async () => {
    await updateStage(['/accessLogSettings/destinationArn', groupArn('missing')])
    expect((await api.call('/hello/you')).status).toBe(201)
    expect(await refusal(logs.send(new FilterLogEventsCommand({ logGroupName: 'missing' })))).toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('of executions comes where the stage\'s log level asks for it', async () => {
    const group = `API-Gateway-Execution-Logs_${api.restApiId}/dev`
    await updateStage(['/*/*/logging/loglevel', 'INFO'])
    const response = await api.call('/hello/you')
    const requestId = response.headers.get('x-amzn-requestid') ?? ''
    const lines = await linesOf(group, 10)
    expect(lines[0]).toBe(`(${requestId}) Starting execution for request: ${requestId}`)
    expect(lines.at(-1)).toBe(`(${requestId}) Method completed with status: 201`)
  })
})

// aws-cdk issues 6194, 10878 and 12769; nx-plugin-for-aws issue 859
test('a role of the account that is gone writes nothing, though account and stage keep their settings', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'gone' }))
  await updateStage(['/accessLogSettings/destinationArn', groupArn('gone')])
  await api.call('/hello/before')
  await linesOf('gone', 1)
  await api.account.iam.send(new DetachRolePolicyCommand({ RoleName: 'logs', PolicyArn: MANAGED }))
  await api.account.iam.send(new DeleteRoleCommand({ RoleName: 'logs' }))
  expect((await api.call('/hello/after')).status).toBe(201)
  expect((await api.gateway.send(new GetAccountCommand({}))).cloudwatchRoleArn).toBe(arn('logs'))
  await updateStage(['/accessLogSettings/format', '$context.requestId $context.status'])
  await makeRole('logs', 'apigateway.amazonaws.com')
  await api.account.iam.send(new AttachRolePolicyCommand({ RoleName: 'logs', PolicyArn: MANAGED }))
  await api.call('/hello/again')
  const lines = await linesOf('gone', 2)
  expect(lines).toHaveLength(2)
  expect(lines.some((line) => line.includes('/hello/after'))).toBe(false)
})

// serverless-patterns issue 620
test('stages learn of a first role of the account later', async () => {
  const other = await liveApi()
  await other.addFunction('hello', 'def handler(event, context):\n    return {"statusCode": 200, "body": ""}\n')
  await other.addProxy('/', 'hello')
  await other.stage(await other.deploy())
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
  await other.account.iam.send(new CreateRoleCommand({ RoleName: 'logs', AssumeRolePolicyDocument: JSON.stringify(trust) }))
  await other.account.iam.send(new AttachRolePolicyCommand({ RoleName: 'logs', PolicyArn: MANAGED }))
  await other.account.control.configure({ rates: false, windows: { accountVisible: 1e12 } })
  const value = `arn:aws:iam::${other.account.id}:role/logs`
  const setRole = () => other.gateway.send(new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] }))
  await setRole()
  const patchOperations = [{ op: 'replace' as const, path: '/accessLogSettings/destinationArn', value: `arn:aws:logs:eu-west-1:${other.account.id}:log-group:g` }]
  const update = () => other.gateway.send(new UpdateStageCommand({ restApiId: other.restApiId, stageName: 'dev', patchOperations }))
  expect(await refusal(update())).toMatchObject({ message: 'CloudWatch Logs role ARN must be set in account settings to enable logging' })
})

// aws-cdk issue 32689, serverless-plugin-log-retention issue 6
test('what a function logs arrives late, and makes its group anew', async () => {
  await api.account.control.configure({ windows: { logDelivery: 4000 } })
  await api.call('/hello/late')
  await logs.send(new DeleteLogGroupCommand({ logGroupName: '/aws/lambda/hello' }))
  await api.account.control.advance(4000)
  expect((await linesOf('/aws/lambda/hello', 1)).length).toBeGreaterThan(0)
})
