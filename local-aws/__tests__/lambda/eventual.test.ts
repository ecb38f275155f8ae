import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { activeFunction, bench, functionInput, refusal, settled, type Bench } from './support.ts'

/** Virtual milliseconds that no test lasts. */
const EVER = 1e12
const permission = { FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' }

async function published(windows: Readonly<Record<string, number>> = {}): Promise<Bench> {
  const on = await bench()
  await on.control.configure({ rates: false, windows: { versionPending: 0 } })
  await activeFunction(on, 'f', { Publish: true })
  await settled(on, 'f', '1')
  await on.control.configure({ windows })
  return on
}

// terraform-provider-aws issue 25440; terraform-aws-lambda (moritzzimmer) issue 128
test('a function that is too young is found by no call that names it, and yet cannot be made again', async () => {
  const on = await bench()
  await on.control.configure({ rates: false, windows: { lambdaVisible: EVER } })
  await on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f')))
  const notFound = { status: 404, name: 'ResourceNotFoundException', message: `Function not found: ${on.arn('f')}` }
  expect(await refusal(on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' })))).toEqual(notFound)
  expect(await refusal(on.lambda.send(new AddPermissionCommand(permission)))).toEqual(notFound)
  expect(await refusal(on.lambda.send(new TagResourceCommand({ Resource: on.arn('f'), Tags: { a: 'b' } })))).toEqual(notFound)
  expect(await refusal(on.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' })))).toEqual(notFound)
  expect(await refusal(on.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 1 })))).toMatchObject({ status: 404 })
  expect(await refusal(on.lambda.send(new GetPolicyCommand({ FunctionName: 'f' })))).toMatchObject({ status: 404 })
  expect(await refusal(on.lambda.send(new RemovePermissionCommand({ FunctionName: 'f', StatementId: 's' })))).toMatchObject({ message: `No policy found for: ${on.arn('f')}` })
  expect(await refusal(on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f'))))).toMatchObject({ status: 409, message: 'Function already exist: f' })
  expect((await on.lambda.send(new ListFunctionsCommand({}))).Functions).toHaveLength(1)
})

test('it is found when its window is over', async () => {
  const on = await bench()
  await on.control.configure({ rates: false, windows: { lambdaVisible: 400 } })
  await on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f')))
  await on.control.advance(400)
  expect(await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }))).toMatchObject({ FunctionName: 'f' })
})

// streamalert issue 473 for the version
test('a version and an alias that are too young are not found either', async () => {
  const on = await published({ lambdaVisible: EVER })
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Description: 'two' }))
  await settled(on, 'f')
  await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  const version = { status: 404, name: 'ResourceNotFoundException', message: `Function not found: ${on.arn('f:2')}` }
  expect(await refusal(on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '2' })))).toEqual(version)
  expect(await refusal(on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier: '2' })))).toEqual(version)
  await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '1' }))
  const alias = { status: 404, name: 'ResourceNotFoundException', message: `Cannot find alias arn: ${on.arn('f:a')}` }
  expect(await refusal(on.lambda.send(new AddPermissionCommand({ ...permission, Qualifier: 'a' })))).toEqual(alias)
  expect(await refusal(on.lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '1' })))).toMatchObject({ message: `Alias not found: ${on.arn('f:a')}` })
  const provisioned = { FunctionName: 'f', Qualifier: 'a', ProvisionedConcurrentExecutions: 1 }
  expect(await refusal(on.lambda.send(new PutProvisionedConcurrencyConfigCommand(provisioned)))).toEqual(alias)
})

// sst issue 6923, terraform-provider-aws issue 5154, napari-hub PR 392
test('of two writes of one function at once the later is refused, unless that is switched off', async () => {
  const on = await published()
  await activeFunction(on, 'other')
  await on.control.configure({ overlappingWritesRefused: true })
  await on.control.fault({ operation: 'CreateAlias' }, { kind: 'hold', when: 'before' })
  const creating = on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '1' }))
  expect(await on.control.held()).toHaveLength(1)
  const conflict = { status: 409, name: 'ResourceConflictException', message: 'The function could not be updated due to a concurrent update operation.' }
  expect(await refusal(on.lambda.send(new AddPermissionCommand(permission)))).toEqual(conflict)
  expect(await refusal(on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: on.arn('f'), Timeout: 5 })))).toEqual(conflict)
  expect(await refusal(on.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 1 })))).toEqual(conflict)
  await on.lambda.send(new AddPermissionCommand({ ...permission, FunctionName: 'other' }))
  await on.lambda.send(new TagResourceCommand({ Resource: on.arn('f'), Tags: { a: 'b' } }))
  await on.control.configure({ overlappingWritesRefused: false })
  await on.lambda.send(new AddPermissionCommand(permission))
  await on.control.release()
  await creating
})

// azul issue 7883
test('invocations go where the alias pointed for a while, and find nothing where that version is gone', async () => {
  const on = await published({ aliasVisible: EVER })
  await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '1' }))
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Description: 'two' }))
  await settled(on, 'f')
  await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  await on.lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '2' }))
  const invoke = () => on.lambda.send(new InvokeCommand({ FunctionName: 'f', Qualifier: 'a' }))
  expect((await invoke()).ExecutedVersion).toBe('1')
  expect((await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier: 'a' }))).Version).toBe('2')
  await on.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '1' }))
  expect(await refusal(invoke())).toEqual({ status: 404, name: 'ResourceNotFoundException', message: `Function not found: ${on.arn('f:a')}` })
})

test('when the window is over, they go where the alias points', async () => {
  const on = await published({ aliasVisible: 400 })
  await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '1' }))
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Description: 'two' }))
  await settled(on, 'f')
  await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  await on.lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '2' }))
  await on.control.advance(400)
  expect((await on.lambda.send(new InvokeCommand({ FunctionName: 'f', Qualifier: 'a' }))).ExecutedVersion).toBe('2')
})
