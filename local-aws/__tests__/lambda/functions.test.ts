import { createHash } from 'node:crypto'
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { activeFunction, bench, echoZip, functionInput, refusal, settled, zipOf } from './support.ts'

const otherZip = zipOf({ 'index.py': 'def handler(event, context):\n    return 2\n' })
const sha256 = (zip: Buffer): string => createHash('sha256').update(zip).digest('base64')

// test_function_lifecycle
test('a function from creation to deletion has the members and states that AWS shows', async () => {
  const on = await bench()
  const { lambda, arn, role } = on
  await on.control.configure({ windows: { functionPending: 40_000, functionUpdate: 40_000 } })
  const created = await lambda.send(new CreateFunctionCommand(functionInput(on, 'f', { Environment: { Variables: {} }, Timeout: 5, MemorySize: 256 })))
  const always = {
    Architectures: ['x86_64'],
    CodeSha256: sha256(echoZip),
    CodeSize: echoZip.length,
    Description: '',
    Environment: { Variables: {} },
    EphemeralStorage: { Size: 512 },
    FunctionArn: arn('f'),
    FunctionName: 'f',
    Handler: 'index.handler',
    LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f' },
    MemorySize: 256,
    PackageType: 'Zip',
    RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    Role: role,
    Runtime: 'python3.12',
    RuntimeVersionConfig: { RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/) },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    Timeout: 5,
    TracingConfig: { Mode: 'PassThrough' },
    Version: '$LATEST',
  }
  const { $metadata: createdMeta, ...createdBody } = created
  expect(createdMeta.httpStatusCode).toBe(201)
  expect(createdBody).toEqual({ ...always, State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' })
  await settled(on, 'f')
  const { Configuration: active } = await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))
  expect(active).toEqual({ ...always, State: 'Active', LastUpdateStatus: 'Successful' })
  expect(active?.RevisionId).not.toBe(created.RevisionId)

  const change = { FunctionName: 'f', Description: 'changed', Environment: { Variables: { ENV_A: 'a' } }, MemorySize: 512, Timeout: 10 }
  const { $metadata: updatingMeta, ...updating } = await lambda.send(new UpdateFunctionConfigurationCommand(change))
  expect(updatingMeta.httpStatusCode).toBe(200)
  expect(updating).toEqual({
    ...always,
    Description: 'changed',
    Environment: { Variables: { ENV_A: 'a' } },
    MemorySize: 512,
    Timeout: 10,
    State: 'Active',
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: 'The function is being created.',
    LastUpdateStatusReasonCode: 'Creating',
  })
  await settled(on, 'f')
  const after = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }))
  expect(after.RevisionId).not.toBe(updating.RevisionId)
  expect((await lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }))).$metadata.httpStatusCode).toBe(204)
  const gone = { status: 404, name: 'ResourceNotFoundException', message: `Function not found: ${arn('f')}` }
  expect(await refusal(lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' })))).toEqual(gone)
})

// test_lambda_concurrent_code_updates; BrowsershotLambda of Propaganistas for Pending
test('no change is taken while one is under way', async () => {
  const on = await bench()
  const { lambda, arn } = on
  await on.control.configure({ windows: { functionPending: 40_000, functionUpdate: 40_000 } })
  await lambda.send(new CreateFunctionCommand(functionInput(on, 'f')))
  const update = (): Promise<unknown> => lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: otherZip }))
  const why = `The resource ${on.arn('f')} is currently in the following state: 'Pending'. StateReasonCode: 'Creating'`
  const pending = `The operation cannot be performed at this time. ${why}`
  expect(await refusal(update())).toEqual({ status: 409, name: 'ResourceConflictException', message: pending })
  await settled(on, 'f')
  await update()
  const message = `The operation cannot be performed at this time. An update is in progress for resource: ${arn('f')}`
  expect(await refusal(update())).toEqual({ status: 409, name: 'ResourceConflictException', message })
  const configure = lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 9 }))
  expect(await refusal(configure)).toEqual({ status: 409, name: 'ResourceConflictException', message })
})

// test_function_revisions_basic
test('an update that names an old revision is refused', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  const message =
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id'
  const expected = { status: 412, name: 'PreconditionFailedException', message }
  expect(await refusal(on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: otherZip, RevisionId: 'wrong' })))).toEqual(expected)
  expect(await refusal(on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 9, RevisionId: 'wrong' })))).toEqual(expected)
  const { Configuration } = await on.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))
  await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: otherZip, RevisionId: Configuration?.RevisionId }))
})

test('a dry run changes nothing', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  const before = await on.control.state()
  await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: otherZip, DryRun: true }))
  expect(await on.control.state()).toEqual(before)
  const broken = on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: Buffer.from('no zip'), DryRun: true }))
  expect((await refusal(broken)).name).toBe('InvalidParameterValueException')
})

test('the code that GetFunction points at is the zip that was uploaded', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  const { Code } = await on.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))
  expect(Code?.RepositoryType).toBe('S3')
  const served = Buffer.from(await (await fetch(Code?.Location ?? '')).arrayBuffer())
  expect(served.equals(echoZip)).toBe(true)
})

// test_ops_with_arn_qualifier_mismatch, test_function_arns, test_ops_on_nonexisting_version, test_delete_on_nonexisting_version
test('names, ARNs and qualifiers are understood and refused as on AWS', async () => {
  const on = await bench()
  const { lambda, arn, id } = on
  await activeFunction(on, 'f')
  for (const FunctionName of ['f', arn('f'), `${id}:f`, `function:f`]) {
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).FunctionArn).toBe(arn('f'))
  }
  const latest = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f:$LATEST' }))
  expect(latest.FunctionArn).toBe(arn('f:$LATEST'))
  const get = (FunctionName: string, Qualifier?: string): Promise<unknown> => lambda.send(new GetFunctionCommand({ FunctionName, Qualifier }))
  expect(await refusal(get('f:1', '2'))).toEqual({
    status: 400,
    name: 'InvalidParameterValueException',
    message: 'The derived qualifier from the function name does not match the specified qualifier.',
  })
  expect((await refusal(get('f', '1221'))).message).toBe(`Function not found: ${arn('f:1221')}`)
  expect((await refusal(get('f', 'nobody'))).message).toBe(`Function not found: ${arn('f:nobody')}`)
  expect(await refusal(get(arn('f').replace('eu-west-1', 'ap-southeast-1')))).toEqual({
    status: 404,
    name: 'ResourceNotFoundException',
    message: "Functions from 'ap-southeast-1' are not reachable in this region ('eu-west-1')",
  })
  expect(await refusal(get(arn('f').replace(id, '000000000000')))).toMatchObject({ status: 403, name: 'AccessDeniedException' })
  const remove = (Qualifier: string): Promise<unknown> => lambda.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier }))
  expect((await refusal(remove('$LATEST'))).message).toBe('$LATEST version cannot be deleted without deleting the function.')
  expect((await refusal(remove('live'))).message).toBe('Deletion of aliases is not currently supported.')
  await remove('77')
})

// test_list_functions
test('ListFunctions leaves out what AWS leaves out', async () => {
  const on = await bench()
  await activeFunction(on, 'b', { Publish: true })
  await activeFunction(on, 'a')
  const all = await on.lambda.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }))
  expect(all.Functions?.map(({ FunctionArn }) => FunctionArn)).toEqual([on.arn('a:$LATEST'), on.arn('b:$LATEST'), on.arn('b:1')])
  const plain = await on.lambda.send(new ListFunctionsCommand({}))
  expect(plain.Functions?.map(({ FunctionArn }) => FunctionArn)).toEqual([on.arn('a'), on.arn('b')])
  for (const each of plain.Functions ?? []) {
    for (const member of ['State', 'LastUpdateStatus', 'RuntimeVersionConfig']) expect(each).not.toHaveProperty(member)
  }
  const paged = await on.lambda.send(new ListFunctionsCommand({ MaxItems: 1 }))
  expect(paged.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['a'])
  const rest = await on.lambda.send(new ListFunctionsCommand({ Marker: paged.NextMarker }))
  expect(rest.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['b'])
})
