import { APIGatewayClient, CreateVpcLinkCommand, GetDomainNamesCommand, GetDocumentationPartsCommand } from '@aws-sdk/client-api-gateway'
import { CreateEventSourceMappingCommand, CreateFunctionCommand, CreateFunctionUrlConfigCommand, GetCodeSigningConfigCommand, GetFunctionCommand } from '@aws-sdk/client-lambda'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { ratesOf } from '../../local-aws/kernel/documented-rates.ts'
import { refusal } from '../support/refusal.ts'
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
    ['function URLs', lambda(new CreateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'NONE' }))],
    ['event source mappings', lambda(new CreateEventSourceMappingCommand({ FunctionName: 'f', EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:q' }))],
    ['code signing', lambda(new GetCodeSigningConfigCommand({ CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-0123456789abcdef0' }))],
    ['VPC links', gateway(new CreateVpcLinkCommand({ name: 'v', targetArns: ['arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/x/1'] }))],
    ['domain names', gateway(new GetDomainNamesCommand({}))],
    ['documentation parts', gateway(new GetDocumentationPartsCommand({ restApiId: 'a' }))],
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
