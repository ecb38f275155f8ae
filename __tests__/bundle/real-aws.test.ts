import { afterEach, describe, expect, test } from '@jest/globals'
import {
  APIGatewayClient,
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteDomainNameCommand,
} from '@aws-sdk/client-api-gateway'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { DeleteRoleCommand, DetachRolePolicyCommand, IAMClient, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam'
import { GetFunctionConfigurationCommand, LambdaClient, ListVersionsByFunctionCommand, PublishVersionCommand } from '@aws-sdk/client-lambda'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

let made: Deployable[] = []
afterEach(() => {
  for (const each of made) each.remove()
  made = []
})

function service(inputs: Readonly<Record<string, string>> = {}): Deployable {
  const one = makeService({ ...everything, stage: 'prod', ...inputs })
  made.push(one)
  one.write('lambda_function.py', handler('one'))
  return one
}

describe('AWS is eventually consistent', () => {
  const windows = { lambdaVisible: 6_000, gatewayVisible: 2_000, roleVisible: 3_000, accountVisible: 4_000 }

  test('A2: a first deploy waits for what it has made, and says nothing of another run', async () => {
    const shop = service()
    await shop.account.control.configure({ windows })
    const result = succeeded(await shop.run())
    expect(result.log.join('\n')).not.toContain('Another run')
    expect(await call(result, '/items')).toMatchObject({ status: 200 })
    const unbelieved = (await shop.account.control.journal()).filter(({ status }) => status === 404)
    expect(unbelieved.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['GetFunctionConfiguration']))
  })

  test('A2: so does one with other code', async () => {
    const shop = service()
    succeeded(await shop.run())
    await shop.account.control.configure({ windows })
    shop.write('lambda_function.py', handler('two'))
    expect(await call(succeeded(await shop.run()), '/items')).toMatchObject({ status: 200, body: { text: 'two' } })
  })
})

const operations = async ({ account }: Deployable): Promise<string[]> =>
  (await account.control.journal()).filter(({ writes, status = 0 }) => writes && status < 400).map(({ operation }) => operation)
const refusals = async ({ account }: Deployable): Promise<string[]> =>
  (await account.control.journal())
    .filter(({ writes, status = 0 }) => writes && status >= 400)
    .map(({ operation, error }) => `${operation} ${error}`)
const lambdaOf = ({ account }: Deployable): LambdaClient => new LambdaClient(account.client)

async function deleteRole({ account }: Deployable, RoleName: string): Promise<void> {
  const iam = new IAMClient(account.client)
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
  for (const { PolicyArn } of AttachedPolicies) await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))
  await iam.send(new DeleteRoleCommand({ RoleName }))
}

describe('Lambda takes one write of a function at a time', () => {
  test('A1: a 409 of AddPermission that is not "exists" is tried again, and every request is answered', async () => {
    const shop = service()
    const message = 'The function could not be updated due to a concurrent update operation.'
    await shop.account.control.fault(
      { operation: 'AddPermission' },
      { kind: 'error', code: 'ResourceConflictException', status: 409, message },
    )
    expect(await call(succeeded(await shop.run()), '/items')).toMatchObject({ status: 200 })
  })

  test('A1: no two writes of one function overlap, so that none is refused', async () => {
    const shop = service({ 'reserved-concurrency': '5', tags: 'team=a' })
    await shop.account.control.configure({ latencyMs: 20 })
    succeeded(await shop.run())
    shop.write('lambda_function.py', handler('two'))
    succeeded(await shop.run({ tags: 'team=b', 'reserved-concurrency': '6', timeout: '9' }))
    expect(await refusals(shop)).toEqual([])
  })

  test('U6: a RevisionId that moves by itself is read again, where the function still is as it was', async () => {
    const shop = service()
    succeeded(await shop.run())
    shop.write('lambda_function.py', handler('two'))
    for (const operation of ['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PublishVersion', 'UpdateAlias']) {
      await shop.account.control.fault(
        { operation },
        {
          kind: 'error',
          code: 'PreconditionFailedException',
          status: 412,
          message:
            'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
        },
      )
    }
    expect(await call(succeeded(await shop.run({ timeout: '9' })), '/items')).toMatchObject({ status: 200, body: { text: 'two' } })
    expect(await refusals(shop)).toHaveLength(4)
  })
})

describe('states and runtimes of Lambda', () => {
  test('A5: a blocked runtime is left before other code is sent', async () => {
    const shop = service({ runtime: 'python3.10' })
    succeeded(await shop.run())
    await shop.account.control.configure({ blockedRuntimes: ['python3.10'] })
    shop.write('lambda_function.py', handler('two'))
    expect(await call(succeeded(await shop.run({ runtime: 'python3.11' })), '/items')).toMatchObject({ status: 200, body: { text: 'two' } })
    expect(await refusals(shop)).toEqual([])
  })

  test('A6: a function whose creation failed is made again by the next run', async () => {
    const shop = service()
    await shop.account.control.fault({ operation: 'CreateFunction' }, { kind: 'quirk', name: 'fails-without-addresses' })
    const failed = await shop.run()
    expect(failed.exitCode).toBe(1)
    expect(failed.annotations.map(({ message }) => message).join()).toContain('Lambda could not bring shop up')
    expect(await call(succeeded(await shop.run()), '/items')).toMatchObject({ status: 200 })
  })

  test('A6: a version that failed is removed, and the next run publishes another', async () => {
    const shop = service()
    succeeded(await shop.run())
    shop.write('lambda_function.py', handler('two'))
    await shop.account.control.fault({ operation: 'PublishVersion' }, { kind: 'quirk', name: 'fails-in-init' })
    const failed = await shop.run()
    expect(failed.exitCode).toBe(1)
    expect(failed.annotations.map(({ message }) => message).join()).toContain('Lambda could not bring version 2 of shop up')
    expect(await call(succeeded(await shop.run()), '/items')).toMatchObject({ status: 200, body: { text: 'two' } })
  })

  test('A6: one that an earlier run left, too', async () => {
    const shop = service()
    succeeded(await shop.run())
    shop.write('lambda_function.py', handler('two'))
    await shop.account.control.fault({ operation: 'PublishVersion' }, { kind: 'quirk', name: 'fails-in-init' })
    await shop.account.control.fault({ operation: 'DeleteFunction' }, { kind: 'error', code: 'ServiceException', status: 500 }, 0)
    expect((await shop.run()).exitCode).toBe(1)
    await shop.account.control.clearFaults()
    expect((await shop.run()).exitCode).toBe(1)
    expect(await call(succeeded(await shop.run()), '/items')).toMatchObject({ status: 200, body: { text: 'two' } })
  })

  test('A7: a version that nothing has called for weeks is woken before it goes live', async () => {
    const shop = service()
    const first = succeeded(await shop.run())
    shop.write('lambda_function.py', handler('two'))
    succeeded(await shop.run())
    await shop.account.control.configure({ windows: { idle: 1, functionPending: 3_000 } })
    const state = async () =>
      (await lambdaOf(shop).send(new GetFunctionConfigurationCommand({ FunctionName: 'shop', Qualifier: '1' }))).State
    await shop.account.control.advance(60_000)
    expect(await state()).toBe('Inactive')
    await shop.account.control.configure({ windows: { idle: 1e12 } })
    shop.write('lambda_function.py', handler('one'))
    succeeded(await shop.run())
    expect(await state()).toBe('Active')
    expect(await call(first, '/items')).toMatchObject({ status: 200, body: { text: 'one' } })
  })

  test('A14: a VPC that leaves the config is taken off, also where all settings are sent again', async () => {
    const shop = service()
    succeeded(await shop.run({ 'vpc-subnet-ids': 'subnet-0a1b2c3d', 'vpc-security-group-ids': 'sg-0a1b2c3d' }))
    await deleteRole(shop, 'shop-eu-west-1')
    expect(await call(succeeded(await shop.run()), '/items')).toMatchObject({ status: 200 })
    expect((await lambdaOf(shop).send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))).VpcConfig?.SubnetIds).toEqual([])
  })

  test('A14: after an update that failed for its VPC, too', async () => {
    const shop = service()
    succeeded(await shop.run())
    await shop.account.control.fault({ operation: 'UpdateFunctionConfiguration' }, { kind: 'quirk', name: 'fails-without-addresses' })
    expect((await shop.run({ 'vpc-subnet-ids': 'subnet-0a1b2c3d', 'vpc-security-group-ids': 'sg-0a1b2c3d' })).exitCode).toBe(1)
    shop.write('lambda_function.py', handler('two'))
    expect(await call(succeeded(await shop.run()), '/items')).toMatchObject({ status: 200, body: { text: 'two' } })
    expect((await lambdaOf(shop).send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))).VpcConfig?.SubnetIds).toEqual([])
  })

  test('U10: $LATEST.PUBLISHED is no version of a release, and stays', async () => {
    const shop = service({ 'keep-releases': '0' })
    succeeded(await shop.run())
    await lambdaOf(shop).send(new PublishVersionCommand({ FunctionName: 'shop', PublishTo: 'LATEST_PUBLISHED' }))
    for (const text of ['two', 'three']) {
      shop.write('lambda_function.py', handler(text))
      succeeded(await shop.run())
    }
    const { Versions = [] } = await lambdaOf(shop).send(new ListVersionsByFunctionCommand({ FunctionName: 'shop' }))
    expect(Versions.map(({ Version }) => Version)).toContain('$LATEST.PUBLISHED')
    expect(await operations(shop)).toContain('PublishVersion')
  })
})

describe('the role by which API Gateway writes logs', () => {
  const role = 'lambda-api-deploy-api-gateway-logs-eu-west-1'
  const lines = async ({ account }: Deployable, log: string): Promise<number> => {
    const { events = [] } = await new CloudWatchLogsClient(account.client).send(new FilterLogEventsCommand({ logGroupName: log }))
    return events.length
  }

  test('A8, deploy 21: one that is gone is made again by cloudwatch-role: create, and a second service has its log', async () => {
    const shop = service()
    succeeded(await shop.run())
    await deleteRole(shop, role)
    const second = succeeded(await shop.run({ 'function-name': 'store' }))
    await call(second, '/items')
    const log = second.outputs['access-log-group'] ?? ''
    while ((await lines(shop, log)) === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  })

  test('A8: for whoever leaves it alone it is told, and for whoever may not look it is not', async () => {
    const shop = service()
    succeeded(await shop.run())
    await deleteRole(shop, role)
    const told = succeeded(await shop.run({ 'function-name': 'store', 'cloudwatch-role': 'keep' }))
    expect(told.annotations.map(({ level, message }) => `${level}: ${message}`).join()).toMatch(
      /warning: The access log stays empty: .*logs-eu-west-1, does not exist any more\. Set `cloudwatch-role: create` once\./,
    )
    await shop.account.control.fault({ operation: 'GetRole' }, { kind: 'error', code: 'AccessDenied', status: 403 }, 0)
    const silent = succeeded(
      await shop.run({
        'function-name': 'stall',
        'cloudwatch-role': 'keep',
        role: `arn:aws:iam::${shop.account.id}:role/shop-eu-west-1`,
      }),
    )
    expect(silent.annotations.filter(({ message }) => message.includes('stays empty'))).toEqual([])
  })

  test('U12: a refusal of a fresh role for its trust is waited out, too', async () => {
    const shop = service()
    const message = 'The role ARN does not have required trust permissions set to API Gateway'
    await shop.account.control.fault({ operation: 'UpdateAccount' }, { kind: 'error', code: 'BadRequestException', status: 400, message })
    succeeded(await shop.run())
  })

  test('U2: a stage that has not learnt of a new role yet is waited for', async () => {
    const shop = service()
    await shop.account.control.configure({ windows: { accountVisible: 60_000 } })
    succeeded(await shop.run())
    expect(await refusals(shop)).toContain('UpdateStage BadRequestException')
  })
})

describe('destroy', () => {
  test('A9: a log group that a late line makes again is deleted once more', async () => {
    const shop = service()
    await call(succeeded(await shop.run()), '/items')
    const { control, client } = shop.account
    const logs = new CloudWatchLogsClient(client)
    await control.fault({ operation: 'DeleteLogGroup' }, { kind: 'hold', when: 'after' })
    const destroying = await shop.start({ command: 'destroy', confirm: 'shop', 'delete-logs': 'true' })
    const [held] = await control.held(60_000)
    const deletion = (await control.journal()).find(({ seq }) => seq === held?.seq)
    await logs.send(new CreateLogGroupCommand(deletion?.params as { logGroupName: string }))
    await control.release()
    succeeded(await destroying.result)
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([])
  })

  test('A11: a domain that leads to the stage is named with the command that helps, nothing goes before, and then it works', async () => {
    const shop = service()
    const result = succeeded(await shop.run())
    const gateway = new APIGatewayClient(shop.account.client)
    const domainName = 'api.shop.example'
    await gateway.send(
      new CreateDomainNameCommand({ domainName, regionalCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' }),
    )
    await gateway.send(new CreateBasePathMappingCommand({ domainName, restApiId: result.outputs['api-id'], stage: 'prod' }))
    const refused = await shop.run({ command: 'destroy', confirm: 'shop' })
    expect(refused.exitCode).toBe(1)
    const text = refused.annotations.map(({ message }) => message).join()
    expect(text).toContain(`The stage is still reached by the domain name ${domainName}`)
    expect(text).toContain(`aws apigateway delete-base-path-mapping --domain-name ${domainName}`)
    expect(await operations(shop)).toEqual([])
    expect(await call(result, '/items')).toMatchObject({ status: 200 })
    await gateway.send(new DeleteDomainNameCommand({ domainName }))
    succeeded(await shop.run({ command: 'destroy', confirm: 'shop' }))
  })

  test('A11: so is one that leads to the API alone, and not told as another run', async () => {
    const shop = service()
    const result = succeeded(await shop.run())
    const gateway = new APIGatewayClient(shop.account.client)
    const domainName = 'api.shop.example'
    await gateway.send(new CreateDomainNameCommand({ domainName, regionalCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' }))
    await gateway.send(new CreateBasePathMappingCommand({ domainName, restApiId: result.outputs['api-id'] }))
    const refused = await shop.run({ command: 'destroy', confirm: 'shop' })
    expect(refused.exitCode).toBe(1)
    expect(refused.annotations.map(({ message }) => message).join()).toContain(`The API is still reached by the domain name ${domainName}`)
    await gateway.send(new DeleteDomainNameCommand({ domainName }))
    succeeded(await shop.run({ command: 'destroy', confirm: 'shop' }))
  })
})
