import { afterAll, describe, expect, test } from '@jest/globals'
import { APIGatewayClient, CreateDeploymentCommand, DeleteRestApiCommand, DeleteStageCommand, GetResourcesCommand, PutIntegrationCommand, PutMethodCommand, UntagResourceCommand, UpdateRestApiCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DeleteRoleCommand, DetachRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateAliasCommand, DeleteAliasCommand, GetFunctionConfigurationCommand, LambdaClient, UpdateAliasCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import type { StepResult } from '../support/runner.ts'

const made: Deployable[] = []
afterAll(() => made.forEach((each) => each.remove()))

/** A service that is live, and the clients of somebody who works on its account by hand. */
async function live(inputs: Readonly<Record<string, string>> = {}) {
  const service = makeService({ ...everything, stage: 'prod', ...inputs })
  made.push(service)
  service.write('lambda_function.py', handler('one'))
  const result = succeeded(await service.run())
  const { client } = service.account
  return { service, result, restApiId: result.outputs['api-id'], api: new APIGatewayClient(client), lambda: new LambdaClient(client), iam: new IAMClient(client), logs: new CloudWatchLogsClient(client) }
}

/** The next run mends it, so that the route answers, and the one after that writes nothing. */
async function mends(service: Deployable, text = 'one'): Promise<StepResult> {
  const result = succeeded(await service.run())
  expect((await call(result, '/items')).body).toMatchObject({ text })
  succeeded(await service.run())
  expect(await service.writes()).toEqual([])
  return result
}

describe('what was changed by hand between two runs is mended by the next', () => {
  test('the variable that names the live slot', async () => {
    const { service, api, restApiId } = await live()
    await api.send(new UpdateStageCommand({ restApiId, stageName: 'prod', patchOperations: [{ op: 'replace', path: '/variables/shop_alias', value: 'bogus' }] }))
    await mends(service)
  })

  test('the API deleted', async () => {
    const { service, api, restApiId } = await live()
    await api.send(new DeleteRestApiCommand({ restApiId }))
    expect((await mends(service)).outputs['api-id']).not.toBe(restApiId)
  })

  test('the stage deleted, and new code besides', async () => {
    const { service, api, restApiId } = await live()
    await api.send(new DeleteStageCommand({ restApiId, stageName: 'prod' }))
    service.write('lambda_function.py', handler('two'))
    await mends(service, 'two')
  })

  test('break 24: the default endpoint turned off, with a deployment and without', async () => {
    const { service, api, restApiId } = await live()
    const off = () => api.send(new UpdateRestApiCommand({ restApiId, patchOperations: [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' }] }))
    await off()
    await mends(service)
    await off()
    await service.later(60_000)
    await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }))
    await mends(service)
  })

  test('an alias deleted', async () => {
    const { service, lambda } = await live()
    await lambda.send(new DeleteAliasCommand({ FunctionName: 'shop', Name: 'prod-a' }))
    await mends(service)
  })

  test('weights on the live alias', async () => {
    const { service, lambda } = await live()
    service.write('lambda_function.py', handler('two'))
    succeeded(await service.run())
    await lambda.send(new UpdateAliasCommand({ FunctionName: 'shop', Name: 'prod-b', RoutingConfig: { AdditionalVersionWeights: { 1: 1 } } }))
    await mends(service, 'two')
  })

  test('the role deleted: it is made anew, and handed over anew', async () => {
    const { service, iam } = await live()
    const RoleName = 'shop-eu-west-1'
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }))
    await iam.send(new DeleteRoleCommand({ RoleName }))
    const result = succeeded(await service.run())
    expect(await service.writes()).toEqual(expect.arrayContaining(['CreateRole', 'AttachRolePolicy', 'UpdateFunctionConfiguration']))
    expect((await call(result, '/items')).status).toBe(200)
  })
})

describe('what others have there stays', () => {
  test('a stage without our tags keeps API, functions and roles', async () => {
    const { service, api, restApiId } = await live()
    const other = succeeded(await service.run({ stage: 'live' }))
    await api.send(new UntagResourceCommand({ resourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${restApiId}/stages/live`, tagKeys: ['managed-by'] }))
    const destroyed = succeeded(await service.run({ command: 'destroy', confirm: 'shop' }))
    expect(destroyed.summary).toContain('stage live')
    expect((await call(other, '/items')).status).toBe(200)
  })

  test('a log group that another stage writes to survives delete-logs', async () => {
    const { service, logs } = await live({ 'access-log-group': '/shop/access' })
    succeeded(await service.run({ stage: 'test' }))
    succeeded(await service.run({ stage: 'test', command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }))
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/shop/' }))
    expect(logGroups.map((group) => group.logGroupName)).toEqual(['/shop/access'])
  })

  test('a function with an alias of somebody else stays, and its log with it', async () => {
    const { service, lambda, logs } = await live()
    await lambda.send(new CreateAliasCommand({ FunctionName: 'shop', Name: 'team-a', FunctionVersion: '1' }))
    const destroyed = succeeded(await service.run({ command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }))
    expect(destroyed.summary).toContain('team-a')
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop', Qualifier: 'team-a' }))).Version).toBe('1')
    expect((await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/apigateway/' }))).logGroups).toEqual([])
  })

  test('a role with an inline policy of somebody else stays, and destroy says so', async () => {
    const { service, iam } = await live()
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] })
    await iam.send(new PutRolePolicyCommand({ RoleName: 'shop-eu-west-1', PolicyName: 'extra', PolicyDocument }))
    const destroyed = succeeded(await service.run({ command: 'destroy', confirm: 'shop' }))
    expect(destroyed.log.join('\n')).toContain('Role shop-eu-west-1 stays')
  })

  test('tags of others stay when ours go, also ours with a space in the key, and however many', async () => {
    const tags = Object.fromEntries(Array.from({ length: 40 }, (_each, index) => [`organisation cost allocation ${index}`, 'x']))
    const { service } = await live({ tags: JSON.stringify(tags) })
    succeeded(await service.run({ tags: '' }))
    const state = (await service.account.control.state()) as { lambda: Record<string, { functions: Record<string, { tags: Record<string, string> }> }> }
    expect(Object.keys(state.lambda['eu-west-1']?.functions['shop']?.tags ?? {}).sort()).toEqual(['lambda-api-deploy:repository', 'lambda-api-deploy:service', 'managed-by'])
  })
})

test('deploy 20: a variable of another name that somebody else holds on the level is told in the plan, before any write', async () => {
  const { service, api, restApiId } = await live()
  const { items = [] } = await api.send(new GetResourcesCommand({ restApiId }))
  const resourceId = items.find(({ path }) => path === '/items/{id}')?.id
  await api.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: 'OPTIONS', authorizationType: 'NONE' }))
  await api.send(new PutIntegrationCommand({ restApiId, resourceId, httpMethod: 'OPTIONS', type: 'MOCK' }))
  for (const command of ['plan', 'deploy']) {
    const result = await service.run({ command, routes: 'GET /items\nGET /items/{itemId}\nPOST /items' })
    expect([result.exitCode, await service.writes()]).toEqual([1, []])
    expect(result.annotations[0]?.message).toContain('GET /items/{itemId}: on its level stands /items/{id}, with OPTIONS /items/{id}.')
  }
  succeeded(await service.run({ routes: 'GET /items\nGET /items/{id}\nPUT /items/{id}' }))
})

describe('only what this run has written goes live', () => {
  test('settings that another writer puts into $LATEST in the midst are not published as ours', async () => {
    const { service, lambda } = await live()
    service.write('lambda_function.py', handler('two'))
    const { control } = service.account
    const step = await service.start()
    await control.fault({ operation: 'UpdateFunctionCode' }, { kind: 'hold', when: 'after' })
    await control.held()
    // Theirs is taken as soon as the run's own update is over, although its call, which hangs, counts as under way all the time.
    await control.advance(60_000)
    await control.configure({ overlappingWritesRefused: false })
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Environment: { Variables: { MODE: 'theirs' } } }))
    await control.release()
    const result = succeeded(await step.result)
    expect(result.log.join('\n')).toContain('Another run has written shop meanwhile; writing it again (1 of 10).')
    await control.clearFaults()
    expect(await call(result, '/items')).toMatchObject({ body: { text: 'two' } })
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop', Qualifier: 'prod-b' }))
    expect(Environment?.Variables).toEqual({ TABLE: 'events' })
    await mends(service, 'two')
  })

  test('a version that is still coming up after a killed run is waited for', async () => {
    const { service } = await live()
    const { control } = service.account
    await control.configure({ windows: { versionPending: 30_000 } })
    service.write('lambda_function.py', handler('two'))
    const step = await service.start()
    await control.fault({ operation: 'PublishVersion' }, { kind: 'hold', when: 'after' })
    await control.held()
    step.kill()
    await step.result
    await control.clearFaults()
    await control.release()
    await mends(service, 'two')
  })
})
