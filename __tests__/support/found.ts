import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand, CreateAliasCommand, CreateEventSourceMappingCommand, CreateFunctionCommand, CreateFunctionUrlConfigCommand, GetFunctionCommand,
  LambdaClient, PublishVersionCommand, PutFunctionConcurrencyCommand, type CreateFunctionCommandInput,
} from '@aws-sdk/client-lambda'
import { zipOf } from '../../local-aws/__tests__/lambda/support.ts'
import type { FreshAccount } from '../../local-aws/testing.ts'
import { handler } from './service.ts'

const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })

/** The name of the function that somebody else has made. */
export const foundName = 'hello'

/** Makes a role as the console does, with a path and a random end. */
export async function makeRole(account: FreshAccount): Promise<string> {
  const { Role } = await new IAMClient(account.client).send(
    new CreateRoleCommand({ RoleName: 'hello-role-x1y2z3', Path: '/service-role/', AssumeRolePolicyDocument: trust }))
  return Role?.Arn ?? ''
}

/** Makes the function as somebody does by hand, and waits until it is active. */
export async function makeFunction(account: FreshAccount, more: Partial<CreateFunctionCommandInput> = {}): Promise<LambdaClient> {
  const lambda = new LambdaClient(account.client)
  const Code = { ZipFile: zipOf({ 'lambda_function.py': handler('found') }) }
  const Role = await makeRole(account)
  await lambda.send(new CreateFunctionCommand({ FunctionName: foundName, Role, Runtime: 'python3.11', Handler: 'lambda_function.lambda_handler', Code, ...more }))
  await settled(account, lambda)
  return lambda
}

/** Settings, each of which differs from its default and which no config of ours names. */
export const settings = {
  Description: 'By hand', MemorySize: 512, Timeout: 17, EphemeralStorage: { Size: 1024 }, TracingConfig: { Mode: 'Active' },
  Environment: { Variables: { TABLE: 'theirs', SECRET: 'kept' } },
  Tags: { team: 'web', 'managed-by': 'hand' },
  DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead' },
  KMSKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555',
  VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0a1b2c3d'] },
  FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0', LocalMountPath: '/mnt/data' }],
  LoggingConfig: { LogFormat: 'JSON', LogGroup: '/team/hello', ApplicationLogLevel: 'WARN' },
} satisfies Partial<CreateFunctionCommandInput>

/** What others have hung on the function: a caller of $LATEST, a reservation, a version and an alias of their own. */
export async function hangOn(account: FreshAccount, lambda: LambdaClient): Promise<void> {
  const FunctionName = foundName
  const SourceArn = `arn:aws:execute-api:${account.region}:${account.id}:a1b2c3d4e5/*/GET/hello`
  await lambda.send(new PublishVersionCommand({ FunctionName, Description: 'theirs' }))
  await settled(account, lambda)
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }))
  await lambda.send(new AddPermissionCommand({
    FunctionName, StatementId: '5d7e1b0c-9f0a-4c1e-8a57-3b1f0f2d4c11', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn,
  }))
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 7 }))
}

/** A queue and a URL that call the function without an alias. */
export async function callFromElsewhere({ region, id }: FreshAccount, lambda: LambdaClient): Promise<void> {
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: foundName, EventSourceArn: `arn:aws:sqs:${region}:${id}:orders` }))
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: foundName, AuthType: 'NONE' }))
}

/** Moves the clock on until nothing is under way. */
export async function settled(account: FreshAccount, lambda: LambdaClient): Promise<void> {
  for (let step = 100; ; step *= 2) {
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: foundName }))
    if (Configuration?.State === 'Active' && Configuration.LastUpdateStatus === 'Successful') return
    await account.control.advance(step)
  }
}

interface Dump {
  readonly arn: string
  readonly latest: { readonly configuration: Readonly<Record<string, unknown>>; readonly codeSha256: string; readonly codeSize: number }
  readonly versions: Readonly<Record<string, unknown>>
  readonly aliases: Readonly<Record<string, unknown>>
  readonly tags: Readonly<Record<string, string>>
}

/** All that the account holds of the function, field by field. */
export async function dumpOf(account: FreshAccount): Promise<Dump> {
  const { lambda } = (await account.control.state()) as { lambda: Record<string, { functions: Record<string, Dump> }> }
  const found = lambda[account.region]?.functions[foundName]
  if (found === undefined) throw new Error(`there is no function ${foundName}`)
  return found
}

/** The same without the code of $LATEST, which a deploy changes for good. */
export async function dumpWithoutCode(account: FreshAccount): Promise<unknown> {
  const { latest: { configuration }, ...rest } = await dumpOf(account)
  return { ...rest, latest: configuration }
}
