import {
  CreateAliasCommand, DeleteAliasCommand, DeleteProvisionedConcurrencyConfigCommand, GetAliasCommand, GetProvisionedConcurrencyConfigCommand,
  InvokeCommand, ListProvisionedConcurrencyConfigsCommand, PublishVersionCommand, PutProvisionedConcurrencyConfigCommand, UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { activeFunction, bench, refusal, settled, zipOf, type Bench } from './support.ts'

const code = (text: string): string => `import os
def handler(event, context):
    return ["${text}", context.function_version, os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]]
`
const FunctionName = 'f'

/** A function with versions 1 and 2, and the alias live on version 1. */
async function twoVersions(second = code('two')): Promise<Bench> {
  const on = await bench()
  await on.control.configure({ windows: { versionPending: 0, provisionedReady: 60_000 } })
  await activeFunction(on, FunctionName, { Code: { ZipFile: zipOf({ 'index.py': code('one') }) } })
  await on.lambda.send(new PublishVersionCommand({ FunctionName }))
  await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf({ 'index.py': second }) }))
  await settled(on, FunctionName)
  await on.lambda.send(new PublishVersionCommand({ FunctionName }))
  await on.lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }))
  return on
}

const put = ({ lambda }: Bench, Qualifier = 'live', ProvisionedConcurrentExecutions = 2) =>
  lambda.send(new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }))
const get = ({ lambda }: Bench, Qualifier = 'live') => lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }))
const move = ({ lambda }: Bench, FunctionVersion: string) => lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion }))
const weights = async ({ lambda }: Bench): Promise<unknown> =>
  (await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }))).RoutingConfig?.AdditionalVersionWeights
const call = async ({ lambda }: Bench, Qualifier = 'live'): Promise<unknown> =>
  JSON.parse(Buffer.from((await lambda.send(new InvokeCommand({ FunctionName, Qualifier }))).Payload ?? []).toString())

// test_provisioned_concurrency_on_alias; developer guide, defined runtime environment variables
test('it is READY after a while, and what runs on it says so', async () => {
  const on = await twoVersions()
  expect(await call(on)).toEqual(['one', '1', 'on-demand'])
  expect(await put(on)).toMatchObject({ Status: 'IN_PROGRESS', AvailableProvisionedConcurrentExecutions: 0 })
  await on.control.advance(59_999)
  expect([(await get(on)).Status, await call(on)]).toEqual(['IN_PROGRESS', ['one', '1', 'on-demand']])
  await on.control.advance(1)
  expect(await get(on)).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 2 })
  expect([await call(on), await call(on, '1')]).toEqual([['one', '1', 'provisioned-concurrency'], ['one', '1', 'on-demand']])
  const { ProvisionedConcurrencyConfigs } = await on.lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName }))
  expect(ProvisionedConcurrencyConfigs).toEqual([expect.objectContaining({ FunctionArn: on.arn('f:live'), Status: 'READY', RequestedProvisionedConcurrentExecutions: 2 })])
  await on.lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: 'live' }))
  expect((await refusal(get(on))).name).toBe('ProvisionedConcurrencyConfigNotFoundException')
  expect(await call(on)).toEqual(['one', '1', 'on-demand'])
})

// test_lambda_provisioned_concurrency_moves_with_alias; terraform-provider-aws PR 48116; hashicorp/terraform issue 24957
test('an alias that is moved goes on with its version until the new one is READY, and has a weight of 1 meanwhile', async () => {
  const on = await twoVersions()
  await put(on)
  await on.control.advance(60_000)
  expect(await move(on, '2')).toMatchObject({ FunctionVersion: '2' })
  expect(await get(on)).toMatchObject({ Status: 'IN_PROGRESS', AvailableProvisionedConcurrentExecutions: 2 })
  expect([await weights(on), await call(on)]).toEqual([{ 1: 1 }, ['one', '1', 'provisioned-concurrency']])
  expect(await refusal(put(on))).toEqual({ status: 400, name: 'InvalidParameterValueException', message: 'Alias with weights can not be used with Provisioned Concurrency' })
  await on.control.advance(60_000)
  expect([(await get(on)).Status, await weights(on), await call(on)]).toEqual(['READY', undefined, ['two', '2', 'provisioned-concurrency']])
})

// test_provisioned_concurrency_init_failure; @gradientedge/cdk-utils, ProvisionedConcurrencyProps
test('code that cannot be loaded ends FAILED, and an alias that is moved to it stays where it was', async () => {
  const on = await twoVersions('raise Exception("no")\n')
  await put(on, '2')
  await on.control.advance(60_000)
  expect(await get(on, '2')).toMatchObject({ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE', AllocatedProvisionedConcurrentExecutions: 0 })
  await on.lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: '2' }))
  await put(on)
  await on.control.advance(60_000)
  await move(on, '2')
  await on.control.advance(600_000)
  expect([(await get(on)).Status, await weights(on), await call(on)]).toEqual(['FAILED', { 1: 1 }, ['one', '1', 'provisioned-concurrency']])
})

// test_lambda_provisioned_lifecycle
test('a version has it itself or through its aliases, which take it with them when they go', async () => {
  const on = await twoVersions()
  const conflict = (message: string) => ({ status: 409, name: 'ResourceConflictException', message })
  await put(on, '1')
  expect(await refusal(put(on))).toEqual(conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"))
  await on.lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: '1' }))
  await put(on)
  expect(await refusal(put(on, '1'))).toEqual(conflict('Version is pointed by a Provisioned Concurrency alias'))
  await on.lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }))
  expect((await on.lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName }))).ProvisionedConcurrencyConfigs).toEqual([])
  await put(on, '1')
})
