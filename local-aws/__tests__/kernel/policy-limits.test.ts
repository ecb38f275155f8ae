import { APIGatewayClient, CreateRestApiCommand, CreateStageCommand, GetStageCommand, PutIntegrationCommand, PutMethodCommand, CreateDeploymentCommand, UntagResourceCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AddPermissionCommand, GetFunctionCommand, LambdaClient, ListTagsCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { SettingsPatch } from '../../client.ts'
import { freshAccount } from '../../testing.ts'
import { refusal } from '../support/refusal.ts'
import { activeFunction, bench } from '../lambda/support.ts'

const all = { Effect: 'Allow', Action: '*', Resource: '*' } as const
const tags = { team: 'a' }
/** Everything of one service, where its thing bears the tag `team` with this value. */
const tagged = (service: string, value: string) => ({ policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: `${service}:*`, Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': value } } }] } }) as const

describe('aws:ResourceTag', () => {
  let account: Awaited<ReturnType<typeof bench>>
  let gateway: APIGatewayClient
  let at: { restApiId: string; stageName: string }
  const set = (patch: SettingsPatch): Promise<unknown> => account.control.configure(patch)

  beforeAll(async () => {
    account = await bench()
    await activeFunction(account, 'f', { Tags: tags })
    gateway = new APIGatewayClient(account.client)
    const api = await gateway.send(new CreateRestApiCommand({ name: 'x', tags }))
    const method = { restApiId: api.id, resourceId: api.rootResourceId, httpMethod: 'GET' }
    await gateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
    await gateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }))
    at = { restApiId: api.id ?? '', stageName: 'prod' }
    await gateway.send(new CreateStageCommand({ ...at, deploymentId: (await gateway.send(new CreateDeploymentCommand({ restApiId: api.id }))).id, tags: { team: 'b' } }))
    await new CloudWatchLogsClient(account.client).send(new CreateLogGroupCommand({ logGroupName: 'g', tags }))
    await new IAMClient(account.client).send(new CreateRoleCommand({ RoleName: 'tagged', AssumeRolePolicyDocument: '{}', Tags: [{ Key: 'team', Value: 'a' }] }))
  })
  beforeEach(() => set({ rates: false, policy: null }))

  test.each([
    ['lambda', 'a function', () => account.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 4 }))],
    ['lambda', 'a qualifier of a function', () => account.lambda.send(new GetFunctionCommand({ FunctionName: 'f', Qualifier: '$LATEST' }))],
    ['logs', 'a log group', () => new CloudWatchLogsClient(account.client).send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 7 }))],
    ['iam', 'a role', () => new IAMClient(account.client).send(new GetRoleCommand({ RoleName: 'tagged' }))],
  ] as [string, string, () => Promise<object>][])('%s: of %s', async (service, _, send) => {
    await set(tagged(service, 'a'))
    await send()
    await set(tagged(service, 'b'))
    expect((await refusal(send())).name).toMatch(/^AccessDenied/)
  })

  test('apigateway: what is below an API inherits its tags, a stage has its own before them', async () => {
    const method = (): Promise<object> => gateway.send(new CreateDeploymentCommand({ restApiId: at.restApiId }))
    const stage = (): Promise<object> => gateway.send(new GetStageCommand(at))
    await set(tagged('apigateway', 'a'))
    await method()
    expect((await refusal(stage())).name).toBe('AccessDeniedException')
    await set(tagged('apigateway', 'b'))
    await stage()
    await refusal(method())
    await set({ policy: null })
    await gateway.send(new UntagResourceCommand({ resourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${at.restApiId}/stages/prod`, tagKeys: ['team'] }))
    await set(tagged('apigateway', 'a'))
    await stage()
  })

  test('a resource without the tag, and one that is not there yet, have none', async () => {
    await set(tagged('apigateway', 'a'))
    expect((await refusal(gateway.send(new CreateRestApiCommand({ name: 'y', tags })))).name).toBe('AccessDeniedException')
  })
})

describe('keys of the request', () => {
  const account = freshAccount()
  const lambda = new LambdaClient(account.client)
  const gateway = new APIGatewayClient(account.client)
  const on = (Action: string, Condition: object): Promise<unknown> => account.control.configure({ rates: false, policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*', Condition }] as never } })
  const permission = (Principal: string): Promise<unknown> => lambda.send(new AddPermissionCommand({ FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal }))

  test('lambda:Principal', async () => {
    await on('lambda:AddPermission', { StringEquals: { 'lambda:Principal': 'apigateway.amazonaws.com' } })
    expect((await refusal(permission('apigateway.amazonaws.com'))).name).toBe('ResourceNotFoundException')
    expect((await refusal(permission('*'))).name).toBe('AccessDeniedException')
  })

  test('lambda:Layer, all of them', async () => {
    const layer = (name: string): string => `arn:aws:lambda:eu-west-1:${account.id}:layer:${name}:1`
    const change = (...names: string[]): Promise<unknown> => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Layers: names.map(layer) }))
    const Statement = [
      { Effect: 'Allow', Action: 'lambda:UpdateFunctionConfiguration', Resource: '*', Condition: { 'ForAllValues:StringLike': { 'lambda:Layer': `*:${account.id}:layer:ours*` } } },
      { Effect: 'Allow', Action: 'lambda:GetLayerVersion', Resource: '*' },
    ] as const
    await account.control.configure({ policy: { Statement } })
    expect((await refusal(change('ours-1', 'ours-2'))).name).not.toBe('AccessDeniedException')
    expect((await refusal(change('ours-1', 'theirs'))).message).toContain('perform: lambda:UpdateFunctionConfiguration')
  })

  test('apigateway:Request/EndpointType and AccessLoggingDestination', async () => {
    await on('apigateway:POST', { 'ForAnyValue:StringEquals': { 'apigateway:Request/EndpointType': 'REGIONAL' } })
    await gateway.send(new CreateRestApiCommand({ name: 'x', endpointConfiguration: { types: ['REGIONAL'] } }))
    await refusal(gateway.send(new CreateRestApiCommand({ name: 'x', endpointConfiguration: { types: ['EDGE'] } })))
    await on('apigateway:PATCH', { StringLike: { 'apigateway:Request/AccessLoggingDestination': '*:log-group:/ours/*' } })
    const patch = (value: string): Promise<unknown> => gateway.send(new UpdateStageCommand({ restApiId: 'a', stageName: 'p', patchOperations: [{ op: 'replace', path: '/accessLogSettings/destinationArn', value }] }))
    expect((await refusal(patch('arn:aws:logs:eu-west-1:1:log-group:/ours/x'))).name).toBe('NotFoundException')
    expect((await refusal(patch('arn:aws:logs:eu-west-1:1:log-group:/other'))).name).toBe('AccessDeniedException')
  })
})

describe('what limits the caller beside its own policy', () => {
  const account = freshAccount()
  const logs = new CloudWatchLogsClient(account.client)
  const none = { policy: null, permissionsBoundary: null, serviceControlPolicy: null }
  const create = (logGroupName: string): Promise<unknown> => logs.send(new CreateLogGroupCommand({ logGroupName }))
  beforeEach(() => account.control.configure(none))

  test.each([
    ['permissionsBoundary', 'a permissions boundary', 'permissions boundary'],
    ['serviceControlPolicy', 'a service control policy', 'service control policy'],
  ] as const)('%s allows nothing by itself, and what it does not allow is refused in its name', async (setting, denying, silent) => {
    const reads = { Statement: [{ ...all, Action: 'logs:Describe*' }] }
    await account.control.configure({ [setting]: reads, policy: { Statement: [all] } })
    await logs.send(new DescribeLogGroupsCommand({}))
    expect((await refusal(create('a'))).message).toMatch(new RegExp(`because no ${silent} allows the logs:CreateLogGroup action$`))
    await account.control.configure({ [setting]: { Statement: [all, { ...all, Effect: 'Deny', Action: 'logs:Create*' }] } })
    expect((await refusal(create('a'))).message).toMatch(new RegExp(`with an explicit deny in ${denying}$`))
    await account.control.configure({ [setting]: { Statement: [all] }, policy: { Statement: [] } })
    expect((await refusal(create('a'))).message).toMatch(/because no identity-based policy allows the logs:CreateLogGroup action$/)
    await account.control.configure({ policy: null })
    await create(setting)
  })

  test('a deny with a condition, and a variable', async () => {
    const Statement = [all, { Effect: 'Deny', NotAction: 'logs:Describe*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } } }] as const
    await account.control.configure({ policy: { Statement } })
    await logs.send(new DescribeLogGroupsCommand({}))
    expect((await refusal(create('b'))).message).toContain('with an explicit deny')
    await new CloudWatchLogsClient({ ...account.client, region: 'eu-central-1' }).send(new CreateLogGroupCommand({ logGroupName: 'b' }))
    await account.control.configure({ policy: { Version: '2012-10-17', Statement: [{ ...all, Resource: 'arn:aws:logs:*:${aws:PrincipalAccount}:log-group:own*' }] } })
    await create('own-b')
    await refusal(create('c'))
  })

  test('tags that the caller may not list are left out of GetFunction, whoever withholds them', async () => {
    const own = await bench()
    await activeFunction(own, 'f', { Tags: tags })
    await own.control.configure({ serviceControlPolicy: { Statement: [all, { ...all, Effect: 'Deny', Action: 'lambda:ListTags' }] } })
    expect(await own.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).toMatchObject({ TagsError: { ErrorCode: 'AccessDeniedException' } })
    expect((await refusal(own.lambda.send(new ListTagsCommand({ Resource: own.arn('f') })))).name).toBe('AccessDeniedException')
  })
})

describe('a policy with a mistake is refused when it is set', () => {
  const { control } = freshAccount()
  test.each([
    [{ Statement: 'x' }, 'must be an IAM policy document'],
    [{ Statement: [null] }, 'it is no object'],
    [{ Version: '2012-10-18', Statement: [] }, 'there is no Version'],
    [{ Statement: { ...all, Effect: 'allow' } }, 'Effect must be Allow or Deny'],
    [{ Statement: { ...all, NotAction: 'x' } }, 'it needs one of Action and NotAction'],
    [{ Statement: { Effect: 'Allow', Action: '*' } }, 'it needs one of Resource and NotResource'],
    [{ Statement: { ...all, Resource: 5 } }, 'Resource must be a string or a list of strings'],
    [{ Statement: { ...all, Condition: { StringIs: { a: 'b' } } } }, 'operator \\"StringIs\\" is not evaluated'],
  ])('%j', async (policy, words) => {
    for (const setting of ['policy', 'permissionsBoundary', 'serviceControlPolicy']) await expect(control.configure({ [setting]: policy })).rejects.toThrow(words)
  })
})
