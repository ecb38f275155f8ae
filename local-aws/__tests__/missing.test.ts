import { APIGatewayClient, CreateVpcLinkCommand, GetClientCertificatesCommand, ImportDocumentationPartsCommand, GetModelTemplateCommand, GetSdkCommand } from '@aws-sdk/client-api-gateway'
import { CreateTableCommand, DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { CreateFunctionCommand, GetCodeSigningConfigCommand, GetFunctionCommand, GetRuntimeManagementConfigCommand, InvokeWithResponseStreamCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { ratesOf } from '../kernel/documented-rates.ts'
import { refusal } from './support/refusal.ts'
import { activeFunction, bench, functionInput, type Bench } from './lambda/support.ts'

let account: Bench
beforeAll(async () => {
  account = await bench()
  await activeFunction(account, 'f')
})

describe('what local AWS does not have says so, with a status that AWS never gives for it', () => {
  const lambda = (command: object) => () => account.lambda.send(command as never) as Promise<object>
  const gateway = (command: object) => () => new APIGatewayClient(account.client).send(command as never) as Promise<object>
  test.each([
    ['streamed answers', lambda(new InvokeWithResponseStreamCommand({ FunctionName: 'f' }))],
    ['settings of asynchronous calls', lambda(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'f', MaximumRetryAttempts: 0 }))],
    ['settings of the runtime', lambda(new GetRuntimeManagementConfigCommand({ FunctionName: 'f' }))],
    ['code signing', lambda(new GetCodeSigningConfigCommand({ CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-0123456789abcdef0' }))],
    ['VPC links', gateway(new CreateVpcLinkCommand({ name: 'v', targetArns: ['arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/x/1'] }))],
    ['client certificates', gateway(new GetClientCertificatesCommand({}))],
    ['SDKs', gateway(new GetSdkCommand({ restApiId: 'a', stageName: 'b', sdkType: 'javascript' }))],
    ['model templates', gateway(new GetModelTemplateCommand({ restApiId: 'a', modelName: 'b' }))],
    ['an import of documentation alone', gateway(new ImportDocumentationPartsCommand({ restApiId: 'a', body: Buffer.from('{}') }))],
  ])('%s', async (_, send) => {
    expect(await refusal(send())).toMatchObject({ name: 'NotImplementedException', status: 501 })
  })

  test('container images', async () => {
    const image = { ...functionInput(account, 'i'), PackageType: 'Image', Runtime: undefined, Handler: undefined, Code: { ImageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/x:1' } } as const
    await refusal(account.lambda.send(new CreateFunctionCommand(image)))
    expect((await refusal(account.lambda.send(new GetFunctionCommand({ FunctionName: 'i' })))).name).toBe('ResourceNotFoundException')
  })
})

test('without EC2 every subnet and security group exists', async () => {
  const VpcConfig = { SubnetIds: ['subnet-0nowhere'], SecurityGroupIds: ['sg-0nobody'] }
  await account.lambda.send(new CreateFunctionCommand(functionInput(account, 'v', { VpcConfig })))
  expect((await account.lambda.send(new GetFunctionCommand({ FunctionName: 'v' }))).Configuration?.VpcConfig).toMatchObject(VpcConfig)
})

test('IAM, STS, Logs and S3 have no rates', () => {
  expect([['iam', 'CreateRole'], ['sts', 'GetCallerIdentity'], ['logs', 'CreateLogGroup'], ['s3', 'PutObject']].flatMap(([service = '', operation = '']) => ratesOf(service, operation))).toEqual([])
})

test("CloudWatch's calls go to the engine and are journaled by operation, without parameters", async () => {
  const { url, id, control } = await bench()
  await control.clearJournal()
  const answer = await fetch(`${url}/service/GraniteServiceVersion20100801/operation/DescribeAlarms`, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${id}/20260101/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=0`, 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
    // An empty map in CBOR.
    body: Buffer.from([0xa0]),
  })
  expect(answer.status).toBe(200)
  expect(await control.journal()).toMatchObject([{ service: 'cloudwatch', operation: 'DescribeAlarms', params: {}, writes: false, status: 200 }])
})

describe('services that no deploy needs', () => {
  test('the engine answers those that it has, by account, under faults and in the journal', async () => {
    const [one, other] = [await bench(), await bench()]
    const [dynamo, others] = [one, other].map(({ client }) => new DynamoDBClient(client)) as [DynamoDBClient, DynamoDBClient]
    const id = { AttributeName: 'id' }
    await dynamo.send(new CreateTableCommand({ TableName: 'events', KeySchema: [{ ...id, KeyType: 'HASH' }], AttributeDefinitions: [{ ...id, AttributeType: 'S' }], BillingMode: 'PAY_PER_REQUEST' }))
    await dynamo.send(new PutItemCommand({ TableName: 'events', Item: { id: { S: '1' } } }))
    expect((await dynamo.send(new GetItemCommand({ TableName: 'events', Key: { id: { S: '1' } } }))).Item).toEqual({ id: { S: '1' } })
    expect((await others.send(new ListTablesCommand({}))).TableNames).toEqual([])
    await one.control.fault({ service: 'dynamodb', operation: 'PutItem' }, { kind: 'error', code: 'ThrottlingException' })
    expect((await refusal(dynamo.send(new PutItemCommand({ TableName: 'events', Item: { id: { S: '2' } } })))).name).toBe('ThrottlingException')
    expect((await one.control.journal()).filter(({ service }) => service === 'dynamodb').map(({ operation, writes, status }) => [operation, writes, status])).toEqual([
      ['CreateTable', true, 200],
      ['PutItem', true, 200],
      ['GetItem', false, 200],
      ['PutItem', true, 400],
    ])
    await one.control.reset()
    expect((await dynamo.send(new ListTablesCommand({}))).TableNames).toEqual(['events'])
  })

  test.each([
    ['ec2', { 'content-type': 'application/x-www-form-urlencoded' }, /^<ErrorResponse .*<Code>UnrecognizedClientException<\/Code><Message>Local AWS has no service "ec2"/],
    ['athena', { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonAthena.ListWorkGroups' }, /^\{"message":"Local AWS has no service \\"athena\\".*"__type":"UnrecognizedClientException"\}$/],
    ['batch', { 'content-type': 'application/json' }, /^\{"message":"Local AWS has no service \\"batch\\"/],
  ])('another is refused by its name, in the form that its clients read: %s', async (service, headers, expected) => {
    const { url, id } = await bench()
    const authorization = `AWS4-HMAC-SHA256 Credential=${id}/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`
    const answer = await fetch(url, { method: 'POST', headers: { ...headers, authorization }, body: 'Action=DescribeInstances&Version=2016-11-15' })
    expect([answer.status, await answer.text()]).toEqual([501, expect.stringMatching(expected)])
  })
})
