import { CreateRoleCommand, DeleteRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type GetFunctionConfigurationCommandOutput,
} from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { activeFunction, bench, echoZip, functionInput, refusal, settled, zipOf, type Bench } from './support.ts'

type State = Pick<GetFunctionConfigurationCommandOutput, 'State' | 'LastUpdateStatus' | 'StateReasonCode' | 'LastUpdateStatusReasonCode' | 'CodeSha256'>

async function stateOf({ lambda }: Bench, Qualifier?: string): Promise<State> {
  return lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier }))
}

/** Moves the clock on until it holds. */
async function until(on: Bench, holds: (state: State) => boolean, qualifier?: string): Promise<State> {
  for (;;) {
    const state = await stateOf(on, qualifier)
    if (holds(state)) return state
    await on.control.advance(100)
  }
}

const fails = { kind: 'quirk', name: 'fails-without-addresses' } as const
const invoke = ({ lambda }: Bench, Qualifier?: string) => lambda.send(new InvokeCommand({ FunctionName: 'f', Qualifier }))

// Propaganistas/BrowsershotLambda; go-to-k/cdkd, lambda-function-provider.ts
test('the control plane has words of its own for Pending, with quotes', async () => {
  const on = await bench()
  await on.control.configure({ windows: { functionPending: 1e12 } })
  await on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f')))
  const why = `The resource ${on.arn('f')} is currently in the following state: 'Pending'. StateReasonCode: 'Creating'`
  const pending = { status: 409, name: 'ResourceConflictException', message: `The operation cannot be performed at this time. ${why}` }
  expect(await refusal(on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: echoZip })))).toEqual(pending)
  expect((await refusal(invoke(on))).message).toBe('The operation cannot be performed at this time. The function is currently in the following state: Pending')
})

// developer guide, function states
test('a function whose creation failed takes no change and must be made anew', async () => {
  const on = await bench()
  await on.control.fault({ operation: 'CreateFunction' }, fails)
  await on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f')))
  expect(await until(on, ({ State }) => State !== 'Pending')).toMatchObject({ State: 'Failed', StateReasonCode: 'SubnetOutOfIPAddresses', LastUpdateStatus: 'Failed' })
  const failed = { status: 409, message: expect.stringContaining("is currently in the following state: 'Failed'. StateReasonCode: 'SubnetOutOfIPAddresses'") }
  expect(await refusal(on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 5 })))).toMatchObject(failed)
  expect(await refusal(on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' })))).toMatchObject(failed)
  expect(await refusal(invoke(on))).toMatchObject({ status: 409, name: 'CodeArtifactUserFailedException' })
  await on.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }))
  await activeFunction(on, 'f')
})

// terraform-provider-aws issue 49904
test('a version that failed takes no alias, and is answered again until $LATEST has changed', async () => {
  const on = await bench()
  await activeFunction(on, 'f', { Publish: true })
  await settled(on, 'f', '1')
  await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '1' }))
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 5 }))
  await settled(on, 'f')
  await on.control.fault({ operation: 'PublishVersion' }, { kind: 'quirk', name: 'fails-in-init' })
  await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  expect(await until(on, ({ State }) => State !== 'Pending', '2')).toMatchObject({ State: 'Failed', StateReasonCode: 'FunctionError' })
  const why = `The resource ${on.arn('f:2')} is currently in the following state: 'Failed'. StateReasonCode: 'FunctionError'`
  const failed = { status: 409, name: 'ResourceConflictException', message: `The operation cannot be performed at this time. ${why}` }
  expect(await refusal(on.lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '2' })))).toEqual(failed)
  expect((await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))).Version).toBe('2')
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 6 }))
  await settled(on, 'f')
  expect((await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))).Version).toBe('3')
})

// developer guide, function states; terraform-provider-aws issue 49904 for the hash
test('a failed update shows the new code and serves the old, and the next one may succeed', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  const before = await stateOf(on)
  await on.control.fault({ operation: 'UpdateFunctionCode' }, fails)
  const update = () => on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: zipOf({ 'index.py': 'def handler(event, context):\n    return "new"\n' }) }))
  await update()
  const failed = await until(on, ({ LastUpdateStatus }) => LastUpdateStatus !== 'InProgress')
  expect(failed).toMatchObject({ State: 'Active', LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: 'SubnetOutOfIPAddresses' })
  expect(failed.CodeSha256).not.toBe(before.CodeSha256)
  expect(Buffer.from((await invoke(on)).Payload ?? []).toString()).toBe('{}')
  await update()
  await settled(on, 'f')
  expect(Buffer.from((await invoke(on)).Payload ?? []).toString()).toBe('"new"')
})

// boto3 issue 3788, aws-cdk issue 20123
test('an idle version is Inactive; to invoke it fails and wakes it', async () => {
  const on = await bench()
  await activeFunction(on, 'f', { Publish: true })
  await settled(on, 'f', '1')
  await on.control.configure({ windows: { idle: 1, functionPending: 400 } })
  expect(await until(on, ({ State }) => State !== 'Active', '1')).toMatchObject({ State: 'Inactive', StateReasonCode: 'Idle' })
  await on.control.configure({ windows: { idle: 1e12 } })
  expect(await refusal(invoke(on, '1'))).toEqual({ status: 409, name: 'CodeArtifactUserPendingException', message: 'Lambda is initializing your function. It will be ready to invoke shortly.' })
  expect(await until(on, ({ State }) => State === 'Active', '1')).toMatchObject({ LastUpdateStatus: 'Successful' })
  expect((await invoke(on, '1')).ExecutedVersion).toBe('1')
})

test('on its way back it is Pending', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  await on.control.configure({ windows: { idle: 1, functionPending: 1e12 } })
  await until(on, ({ State }) => State === 'Inactive')
  await refusal(invoke(on))
  expect(await stateOf(on)).toMatchObject({ State: 'Pending', StateReasonCode: 'Restoring' })
  expect((await refusal(invoke(on))).name).toBe('CodeArtifactUserPendingException')
  expect((await refusal(on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' })))).message).toContain("'Pending'. StateReasonCode: 'Restoring'")
})

// node-lambda PR 526; terraform-provider-aws, function.go
test('a function of a runtime past its block date takes its new runtime first, then other code', async () => {
  const on = await bench()
  await activeFunction(on, 'f', { Runtime: 'python3.9' })
  await on.control.configure({ blockedRuntimes: ['python3.9'] })
  const blocked = { status: 400, name: 'InvalidParameterValueException', message: expect.stringContaining('The runtime parameter of python3.9 is no longer supported for creating or updating') }
  const code = () => on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: echoZip }))
  expect(await refusal(code())).toMatchObject(blocked)
  expect(await refusal(on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 5 })))).toMatchObject(blocked)
  expect(await refusal(on.lambda.send(new CreateFunctionCommand(functionInput(on, 'g', { Runtime: 'python3.9' }))))).toMatchObject(blocked)
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Runtime: 'python3.12' }))
  await settled(on, 'f')
  await code()
})

// aws-sdk-js issue 1293
test('subnets and security groups stand together', async () => {
  const on = await bench()
  const message = 'SubnetIds and SecurityIds must coexist or be both empty list.'
  const create = (VpcConfig: object) => on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f', { VpcConfig })))
  expect(await refusal(create({ SubnetIds: ['subnet-0a'] }))).toMatchObject({ name: 'InvalidParameterValueException', message })
  expect(await refusal(create({ SecurityGroupIds: ['sg-0a'] }))).toMatchObject({ message })
  await create({ SubnetIds: ['subnet-0a'], SecurityGroupIds: ['sg-0a'] })
  await settled(on, 'f')
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 5 }))
  await settled(on, 'f')
  const vpc = async () => (await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }))).VpcConfig
  expect(await vpc()).toMatchObject({ SubnetIds: ['subnet-0a'] })
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } }))
  expect(await vpc()).toMatchObject({ SubnetIds: [], SecurityGroupIds: [] })
})

test('a role that is gone, or trusts Lambda no more, invokes nothing', async () => {
  const on = await bench()
  const trust = (Service: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] })
  await on.iam.send(new CreateRoleCommand({ RoleName: 'own', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }))
  await activeFunction(on, 'f', { Role: `arn:aws:iam::${on.id}:role/own` })
  await invoke(on)
  await on.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'own', PolicyDocument: trust('ec2.amazonaws.com') }))
  expect(await refusal(invoke(on))).toMatchObject({ status: 403, name: 'AccessDeniedException' })
  await on.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'own', PolicyDocument: trust('lambda.amazonaws.com') }))
  await invoke(on)
  await on.iam.send(new DeleteRoleCommand({ RoleName: 'own' }))
  expect(await refusal(invoke(on))).toMatchObject({ status: 403 })
  await on.control.configure({ unverified: false })
  await invoke(on)
})

// developer guide, $LATEST.PUBLISHED version in Lambda Managed Instances
test('$LATEST.PUBLISHED is one more version, made anew each time', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  const publish = () => on.lambda.send(new PublishVersionCommand({ FunctionName: 'f', PublishTo: 'LATEST_PUBLISHED' }))
  expect(await publish()).toMatchObject({ Version: '$LATEST.PUBLISHED', FunctionArn: on.arn('f:$LATEST.PUBLISHED') })
  await publish()
  const { Versions = [] } = await on.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'f' }))
  expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '$LATEST.PUBLISHED'])
})
