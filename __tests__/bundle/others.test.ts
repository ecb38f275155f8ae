import { afterEach, expect, test } from '@jest/globals'
import { APIGatewayClient, CreateResourceCommand, CreateRestApiCommand, CreateStageCommand, CreateUsagePlanCommand, GetResourcesCommand, GetRestApiCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway'
import { CreateRoleCommand, IAMClient, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam'
import { AddPermissionCommand, CreateEventSourceMappingCommand, CreateFunctionCommand, CreateFunctionUrlConfigCommand, GetAliasCommand, GetFunctionConfigurationCommand, LambdaClient, ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda'
import { trustOf } from '../../src/resources/iam/role.ts'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

let made: Deployable[] = []
afterEach(() => {
  for (const each of made) each.remove()
  made = []
})

const away = { command: 'destroy', confirm: 'shop' }

function service(): Deployable {
  const one = makeService({ ...everything, stage: 'prod' })
  made.push(one)
  one.write('lambda_function.py', handler('one'))
  return one
}

/** A service that is live, and the clients of somebody who works on its account by hand. */
async function live() {
  const shop = service()
  const result = succeeded(await shop.run())
  const { client } = shop.account
  return { shop, result, restApiId: result.outputs['api-id'] ?? '', api: new APIGatewayClient(client), lambda: new LambdaClient(client) }
}

test('break 3: a stage of others that calls our slot is answered after a destroy as before, and a second destroy does nothing', async () => {
  const { shop, restApiId, result, api, lambda } = await live()
  const deploymentId = result.outputs['api-deployment-id']
  await api.send(new CreateStageCommand({ restApiId, stageName: 'hand', deploymentId, variables: { shop_alias: 'prod-a' } }))
  const SourceArn = `arn:aws:execute-api:eu-west-1:${shop.account.id}:${restApiId}/hand/*`
  await lambda.send(new AddPermissionCommand({ FunctionName: 'shop', Qualifier: 'prod-a', StatementId: 'hand', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn }))
  await shop.later(60_000)
  const url = `${shop.account.url}/restapis/${restApiId}/hand/_user_request_/items`
  expect((await fetch(url)).status).toBe(200)
  const destroyed = succeeded(await shop.run({ ...away, 'delete-logs': 'true' }))
  await shop.later(60_000)
  expect((await fetch(url)).status).toBe(200)
  expect(destroyed.summary).toMatch(/Alias shop:prod-a stays, .* stage hand, policy statement hand/)
  expect(destroyed.outputs['changed']).toBe('true')
  const again = succeeded(await shop.run({ ...away, 'delete-logs': 'true' }))
  expect([await shop.writes(), again.outputs['changed']]).toEqual([[], 'false'])
})

test('break 16: a function with an event source mapping on its slot stays, and destroy says so', async () => {
  const { shop, lambda } = await live()
  const EventSourceArn = `arn:aws:sqs:eu-west-1:${shop.account.id}:orders`
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'shop:prod-a', EventSourceArn }))
  const destroyed = succeeded(await shop.run(away))
  expect(destroyed.summary).toMatch(/Function shop stays, .* event source mapping \S+ on alias prod-a from arn:aws:sqs/)
  expect((await lambda.send(new GetAliasCommand({ FunctionName: 'shop', Name: 'prod-a' }))).FunctionVersion).toBe('1')
})

test('break 16: a function with an event source mapping on a version stays', async () => {
  const { shop, lambda } = await live()
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'shop:1', EventSourceArn: `arn:aws:sqs:eu-west-1:${shop.account.id}:orders` }))
  const destroyed = succeeded(await shop.run(away))
  expect(destroyed.summary).toMatch(/Function shop stays, .* event source mapping \S+ on version 1 from arn:aws:sqs/)
  expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop', Qualifier: '1' }))).Version).toBe('1')
})

test.each([['the function', undefined, 'function URL'], ['its slot', 'prod-a', 'function URL on alias prod-a']])('break 16: a function URL with AWS_IAM on %s, for which no statement stands, keeps the function', async (_name, Qualifier, told) => {
  const { shop, lambda } = await live()
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'shop', Qualifier, AuthType: 'AWS_IAM' }))
  expect(succeeded(await shop.run(away)).summary).toMatch(new RegExp(`Function shop stays, .* ${told}`))
  expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))).FunctionName).toBe('shop')
})

test('break 16: a function with a statement of others on a version stays', async () => {
  const { shop, lambda } = await live()
  await lambda.send(new AddPermissionCommand({ FunctionName: 'shop', Qualifier: '1', StatementId: 'bucket', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }))
  expect(succeeded(await shop.run(away)).summary).toMatch(/Function shop stays, .* policy statement bucket on version 1/)
  expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop', Qualifier: '1' }))).Version).toBe('1')
})

test.each([
  ['an event source mapping', (lambda: LambdaClient, account: string) => lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'shop:1', EventSourceArn: `arn:aws:sqs:eu-west-1:${account}:orders` }))],
  ['a statement', (lambda: LambdaClient) => lambda.send(new AddPermissionCommand({ FunctionName: 'shop', Qualifier: '1', StatementId: 'bucket', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }))],
])('breaks 4, 16: a deploy leaves a version that %s calls by its number, and takes the others', async (_name, hang) => {
  const { shop, lambda } = await live()
  await hang(lambda, shop.account.id)
  for (const text of ['two', 'three', 'four', 'five', 'six']) {
    shop.write('lambda_function.py', handler(text))
    await shop.later(60_000)
    succeeded(await shop.run({ 'keep-releases': '0' }))
  }
  const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'shop' }))
  const numbers = Versions.map(({ Version }) => Version)
  expect([numbers.includes('1'), numbers.includes('2')]).toEqual([true, false])
  const again = succeeded(await shop.run({ 'keep-releases': '0' }))
  expect([await shop.writes(), again.outputs['changed']]).toEqual([[], 'false'])
})

test('break 16: a function with a statement of others on the function itself stays', async () => {
  const { shop, lambda } = await live()
  await lambda.send(new AddPermissionCommand({ FunctionName: 'shop', StatementId: 'bucket', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }))
  expect(succeeded(await shop.run(away)).summary).toMatch(/Function shop stays, .* policy statement bucket/)
  expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))).FunctionName).toBe('shop')
})

test('break 16, deploy 25: a usage plan with our stage is told before anything goes', async () => {
  const { shop, result, restApiId, api } = await live()
  const { id } = await api.send(new CreateUsagePlanCommand({ name: 'partners', apiStages: [{ apiId: restApiId, stage: 'prod' }] }))
  const refused = await shop.run(away)
  expect(refused.exitCode).toBe(1)
  expect(refused.annotations[0]?.message).toContain(`usage plan ${id}`)
  expect(await shop.writes()).toEqual([])
  expect((await call(result, '/items')).status).toBe(200)
})

test.each([['deploy', {}], ['destroy', away]] as const)('break 7: an empty API that a run has left which lost and was killed goes with the next %s; a young one and one with something in it stay', async (_name, inputs) => {
  const { shop, restApiId, api } = await live()
  const { tags = {}, name } = await api.send(new GetRestApiCommand({ restApiId }))
  const own = Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('lambda-api-deploy:run')))
  await shop.account.control.configure({ rates: false })
  const make = async () => api.send(new CreateRestApiCommand({ name, tags: own }))
  const [left, used] = [await make(), await make()]
  await api.send(new CreateResourceCommand({ restApiId: used.id, parentId: used.rootResourceId, pathPart: 'a' }))
  await shop.later(120_000)
  const young = await make()
  succeeded(await shop.run(inputs))
  const ids = ((await api.send(new GetRestApisCommand({ limit: 500 }))).items ?? []).map(({ id }) => id)
  expect([left, used, young].map(({ id }) => ids.includes(id))).toEqual([false, true, true])
})

test('break 12: a resource that somebody made by hand stays', async () => {
  const { shop, restApiId, api } = await live()
  const paths = async () => (await api.send(new GetResourcesCommand({ restApiId }))).items?.map(({ path }) => path).sort()
  await shop.account.control.configure({ rates: false })
  const { items: all = [] } = await api.send(new GetResourcesCommand({ restApiId }))
  const [root, items] = ['/', '/items'].map((path) => all.find((each) => each.path === path))
  await api.send(new CreateResourceCommand({ restApiId, parentId: root?.id, pathPart: 'handmade' }))
  await api.send(new CreateResourceCommand({ restApiId, parentId: items?.id, pathPart: 'kid' }))
  succeeded(await shop.run({ routes: 'GET /other' }))
  expect(await paths()).toEqual(['/', '/handmade', '/items', '/items/kid', '/other'])
})

test('break 15: a role that somebody makes in the midst is not adopted', async () => {
  const shop = service()
  const iam = new IAMClient(shop.account.client)
  const step = await shop.start()
  await shop.account.control.fault({ operation: 'CreateRole' }, { kind: 'hold', when: 'before' })
  await shop.account.control.held()
  await iam.send(new CreateRoleCommand({ RoleName: 'shop-eu-west-1', AssumeRolePolicyDocument: trustOf('lambda.amazonaws.com') }))
  await shop.account.control.clearFaults()
  await shop.account.control.release()
  const result = await step.result
  expect(result.exitCode).toBe(1)
  expect(result.annotations[0]?.message).toContain('There is a role shop-eu-west-1 that this service did not make')
  expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'shop-eu-west-1' }))).AttachedPolicies).toEqual([])
})

test('break 15: a function that somebody makes in the midst is not adopted, and not told as another run', async () => {
  const donor = await live()
  const Role = `arn:aws:iam::${donor.shop.account.id}:role/shop-eu-west-1`
  const config = { ...everything, stage: 'prod', 'function-name': 'other', role: Role }
  const { shop, lambda } = donor
  const step = await shop.start(config)
  await shop.account.control.fault({ operation: 'CreateFunction' }, { kind: 'hold', when: 'before' })
  await shop.account.control.held()
  // The smallest zip: an end of central directory alone is refused, so one empty file stands in it.
  const ZipFile = Buffer.from('UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAYS5weVBLAQIeAwoAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAACkgQAAAABhLnB5UEsFBgAAAAABAAEAMgAAACIAAAAAAA==', 'base64')
  await shop.account.control.clearFaults()
  await lambda.send(new CreateFunctionCommand({ FunctionName: 'other', Role, Runtime: 'python3.11', Handler: 'a.b', Code: { ZipFile } }))
  await shop.account.control.release()
  const result = await step.result
  expect(result.exitCode).toBe(1)
  expect(result.annotations[0]?.message).toContain('There is a function other that this service did not make')
})
