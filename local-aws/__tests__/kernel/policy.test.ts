import { APIGatewayClient, CreateRestApiCommand, CreateStageCommand, GetAccountCommand, GetResourcesCommand, PutMethodCommand, TagResourceCommand, UpdateAccountCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand, ListTagsForResourceCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AddPermissionCommand, CreateFunctionCommand, GetAliasCommand, GetFunctionCommand, InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { freshAccount } from '../../testing.ts'
import { refusal } from '../support/refusal.ts'

const account = freshAccount()
type Send = () => Promise<unknown>

const gateway = (command: object): Send => () => new APIGatewayClient(account.client).send(command as never)
const lambda = (command: object): Send => () => new LambdaClient(account.client).send(command as never)
const logs = (command: object): Send => () => new CloudWatchLogsClient(account.client).send(command as never)
const iam = (command: object): Send => () => new IAMClient(account.client).send(command as never)

const role = `arn:aws:iam::${account.id}:role/r`
const fn = `arn:aws:lambda:eu-west-1:${account.id}:function:f`
const api = 'arn:aws:apigateway:eu-west-1::'
const group = `arn:aws:logs:eu-west-1:${account.id}:log-group`
const create = { FunctionName: 'f', Role: role, Runtime: 'python3.13', Handler: 'a.b', Code: { ZipFile: Buffer.from('x') } } as const

/**
 * Every permission that a call needs, in the order in which it is asked for. Sources: service authorization reference of each service;
 * API Gateway developer guide, "Amazon Resource Names (ARNs) for API Gateway"; API references of CreateLogGroup and CreateFunction.
 */
const table: [string, Send, [string, string][]][] = [
  ['CreateRestApi', gateway(new CreateRestApiCommand({ name: 'x' })), [['apigateway:POST', `${api}/restapis`]]],
  ['CreateRestApi with tags', gateway(new CreateRestApiCommand({ name: 'x', tags: { a: 'b' } })), [['apigateway:POST', `${api}/restapis`], ['apigateway:PUT', `${api}/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fnew`]]],
  ['CreateRestApi with a policy', gateway(new CreateRestApiCommand({ name: 'x', policy: '{}' })), [['apigateway:POST', `${api}/restapis`], ['apigateway:UpdateRestApiPolicy', `${api}/restapis`]]],
  ['GetResources', gateway(new GetResourcesCommand({ restApiId: 'a1' })), [['apigateway:GET', `${api}/restapis/a1/resources`]]],
  ['PutMethod', gateway(new PutMethodCommand({ restApiId: 'a1', resourceId: 'r1', httpMethod: 'GET', authorizationType: 'NONE' })), [['apigateway:PUT', `${api}/restapis/a1/resources/r1/methods/GET`]]],
  ['UpdateStage', gateway(new UpdateStageCommand({ restApiId: 'a1', stageName: 'prod', patchOperations: [] })), [['apigateway:PATCH', `${api}/restapis/a1/stages/prod`]]],
  ['CreateStage with tags', gateway(new CreateStageCommand({ restApiId: 'a1', stageName: 'prod', deploymentId: 'd', tags: { a: 'b' } })), [['apigateway:POST', `${api}/restapis/a1/stages`], ['apigateway:PUT', `${api}/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fa1%2Fstages%2Fprod`]]],
  ['TagResource', gateway(new TagResourceCommand({ resourceArn: `${api}/restapis/a1`, tags: { a: 'b' } })), [['apigateway:PUT', `${api}/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fa1`], ['apigateway:PATCH', `${api}/restapis/a1`]]],
  ['GetAccount', gateway(new GetAccountCommand({})), [['apigateway:GET', `${api}/account`]]],
  ['UpdateAccount with a role', gateway(new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: role }] })), [['apigateway:PATCH', `${api}/account`], ['iam:PassRole', role]]],
  ['CreateFunction', lambda(new CreateFunctionCommand(create)), [['lambda:CreateFunction', fn], ['iam:PassRole', role]]],
  ['CreateFunction with tags', lambda(new CreateFunctionCommand({ ...create, Tags: { a: 'b' } })), [['lambda:CreateFunction', fn], ['lambda:TagResource', fn], ['iam:PassRole', role]]],
  ['CreateFunction from S3', lambda(new CreateFunctionCommand({ ...create, Code: { S3Bucket: 'b', S3Key: 'k' } })), [['lambda:CreateFunction', fn], ['iam:PassRole', role], ['s3:GetObject', 'arn:aws:s3:::b/k']]],
  ['UpdateFunctionConfiguration', lambda(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 3 })), [['lambda:UpdateFunctionConfiguration', fn]]],
  ['UpdateFunctionConfiguration with a role', lambda(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Role: role })), [['lambda:UpdateFunctionConfiguration', fn], ['iam:PassRole', role]]],
  ['GetFunction of an alias', lambda(new GetFunctionCommand({ FunctionName: 'f', Qualifier: 'live' })), [['lambda:GetFunction', `${fn}:live`]]],
  ['GetFunction by ARN', lambda(new GetFunctionCommand({ FunctionName: `${fn}:live` })), [['lambda:GetFunction', `${fn}:live`]]],
  ['GetAlias', lambda(new GetAliasCommand({ FunctionName: 'f', Name: 'live' })), [['lambda:GetAlias', fn]]],
  ['AddPermission on an alias', lambda(new AddPermissionCommand({ FunctionName: 'f', Qualifier: 'live', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' })), [['lambda:AddPermission', `${fn}:live`]]],
  ['Invoke', lambda(new InvokeCommand({ FunctionName: 'f' })), [['lambda:InvokeFunction', fn]]],
  ['CreateLogGroup with tags', logs(new CreateLogGroupCommand({ logGroupName: '/a/b', tags: { a: 'b' } })), [['logs:CreateLogGroup', `${group}:/a/b:log-stream:`], ['logs:TagResource', `${group}:/a/b`]]],
  ['PutRetentionPolicy', logs(new PutRetentionPolicyCommand({ logGroupName: '/a/b', retentionInDays: 7 })), [['logs:PutRetentionPolicy', `${group}:/a/b:log-stream:`]]],
  ['DescribeLogGroups', logs(new DescribeLogGroupsCommand({})), [['logs:DescribeLogGroups', `${group}::log-stream:`]]],
  ['ListTagsForResource', logs(new ListTagsForResourceCommand({ resourceArn: `${group}:/a/b` })), [['logs:ListTagsForResource', `${group}:/a/b`]]],
  ['CreateRole with tags', iam(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}', Tags: [{ Key: 'a', Value: 'b' }] })), [['iam:CreateRole', role], ['iam:TagRole', role]]],
  ['AttachRolePolicy', iam(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/X' })), [['iam:AttachRolePolicy', role]]],
]

describe('a caller with a policy', () => {
  beforeAll(async () => {
    await account.control.configure({ rates: false, unverified: true })
  })

  test.each(table)('%s needs exactly its permissions', async (_, send, needs) => {
    const statement = (needed: readonly [string, string][]): object[] => needed.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource }))
    for (const [index, [action, resource]] of needs.entries()) {
      // All but one of the needs are allowed: that one is named.
      await account.control.configure({ policy: { Version: '2012-10-17', Statement: [...statement(needs.filter((__, other) => other !== index)), { Effect: 'Allow', Action: 'none:None', Resource: '*' }] as never } })
      const denied = await refusal(send())
      expect(denied.name).toMatch(/^AccessDenied(Exception)?$/)
      expect(denied.message).toBe(`User: arn:aws:sts::${account.id}:assumed-role/deployer/local-aws is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`)
    }
    await account.control.configure({ policy: { Version: '2012-10-17', Statement: statement(needs) as never } })
    const outcome = await send().then(() => ({ name: 'done' }), (error: Error) => error)
    expect(outcome.name).not.toMatch(/^AccessDenied/)
  })

  test('iam:PassRole goes by the service that the role is passed to', async () => {
    const Statement = [
      { Effect: 'Allow', Action: 'lambda:*', Resource: '*' },
      { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*', Condition: { StringEquals: { 'iam:PassedToService': 'apigateway.amazonaws.com' } } },
    ] as const
    await account.control.configure({ policy: { Statement } })
    expect((await refusal(lambda(new CreateFunctionCommand(create))())).message).toContain('perform: iam:PassRole')
  })

  test('an explicit deny is named as such', async () => {
    await account.control.configure({ policy: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'logs:*', Resource: '*' }] } })
    expect((await refusal(logs(new DescribeLogGroupsCommand({}))())).message).toMatch(/with an explicit deny in an identity-based policy$/)
  })

  test('GetCallerIdentity needs nothing and names the caller of the refusals', async () => {
    await account.control.configure({ policy: { Statement: [] } })
    const identity = await new STSClient(account.client).send(new GetCallerIdentityCommand({}))
    expect(identity).toMatchObject({ Account: account.id, Arn: `arn:aws:sts::${account.id}:assumed-role/deployer/local-aws` })
  })
})
