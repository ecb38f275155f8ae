import {
  CreateFunctionCommand, GetFunctionConfigurationCommand, InvokeCommand, PublishVersionCommand, PutProvisionedConcurrencyConfigCommand,
  type CreateFunctionCommandInput,
} from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { activeFunction, bench, functionInput, refusal, settled, zipOf } from './support.ts'

const SnapStart = { ApplyOn: 'PublishedVersions' } as const
const code = 'import os\ndef handler(event, context):\n    return os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]\n'

// test_snapstart_lifecycle; aws-cdk PR 23196; developer guide, SnapStart
test('a version is Pending until its snapshot is there; $LATEST is none', async () => {
  const on = await bench()
  await activeFunction(on, 'f', { SnapStart, Code: { ZipFile: zipOf({ 'index.py': code }) } })
  expect(await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))).toMatchObject({ State: 'Pending', SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' } })
  const state = async (): Promise<unknown> => (await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier: '1' }))).State
  await on.control.advance(119_000)
  expect(await state()).toBe('Pending')
  await settled(on, 'f', '1')
  const call = async (Qualifier?: string): Promise<unknown> => JSON.parse(Buffer.from((await on.lambda.send(new InvokeCommand({ FunctionName: 'f', Qualifier }))).Payload ?? []).toString())
  expect([await call('1'), await call()]).toEqual(['snap-start', 'on-demand'])
  const provision = on.lambda.send(new PutProvisionedConcurrencyConfigCommand({ FunctionName: 'f', Qualifier: '1', ProvisionedConcurrentExecutions: 1 }))
  expect(await refusal(provision)).toMatchObject({ status: 400, name: 'InvalidParameterValueException', message: expect.stringContaining('SnapStart') })
})

// developer guide, SnapStart; aws-samples/bedrock-chat issue 617
test.each<[string, Partial<CreateFunctionCommandInput>, RegExp]>([
  ['Node', { Runtime: 'nodejs22.x' }, /^nodejs22\.x is not supported for SnapStart enabled functions\.$/],
  ['Python 3.11', { Runtime: 'python3.11' }, /^python3\.11 is not supported/],
  ['a large /tmp', { EphemeralStorage: { Size: 513 } }, /512 MB/],
  ['a file system', { FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0', LocalMountPath: '/mnt/data' }] }, /FileSystemConfigs/],
])('it does not go with %s', async (_what, more, message) => {
  const on = await bench()
  expect(await refusal(on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f', { SnapStart, ...more }))))).toEqual({ status: 400, name: 'InvalidParameterValueException', message: expect.stringMatching(message) })
  await on.control.configure({ unverified: false })
  await on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f', { SnapStart, ...more })))
})
