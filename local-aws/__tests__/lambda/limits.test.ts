import { CreateRoleCommand } from '@aws-sdk/client-iam'
import {
  CreateFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionRecursionConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionCommandInput,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from '@jest/globals'
import { activeFunction, bench, functionInput, refusal, settled, zipOf, type Bench } from './support.ts'

function create(on: Bench, more: Partial<CreateFunctionCommandInput>, name = 'f'): Promise<unknown> {
  return on.lambda.send(new CreateFunctionCommand(functionInput(on, name, more)))
}

describe('CreateFunction refuses what AWS refuses', () => {
  const invalid = 'InvalidParameterValueException'
  const cases: readonly [string, Partial<CreateFunctionCommandInput>, string, RegExp][] = [
    ['a runtime that never was', { Runtime: 'non-existent-runtime' as 'python3.12' }, invalid, /^Value non-existent-runtime at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, .* or be a valid ARN$/],
    ['a runtime in capitals', { Runtime: 'PYTHON3.9' as 'python3.12' }, invalid, /^Value PYTHON3\.9 at 'runtime'/],
    ['a blocked runtime', { Runtime: 'python3.7' }, invalid, /^The runtime parameter of python3\.7 is no longer supported/],
    ['two architectures', { Architectures: ['x86_64', 'arm64'] }, 'ValidationException', /Value '\[x86_64, arm64\]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1$/],
    ['a role that is no ARN', { Role: 'r1' }, 'ValidationException', /^1 validation error detected: Value 'r1' at 'role' failed/],
    ['a role that is not there', { Role: 'arn:aws:iam::123456789012:role/nobody' }, invalid, /^The role defined for the function cannot be assumed by Lambda\.$/],
    ['no zip', { Code: { ZipFile: Buffer.from('no zip') } }, invalid, /^Could not unzip uploaded file\. Please check your file, then try to upload again\.$/],
    ['an empty zip', { Code: { ZipFile: zipOf({}) } }, invalid, /^Uploaded file must be a non-empty zip$/],
    ['a bucket that is not there', { Code: { S3Bucket: 'nobucket-at-all', S3Key: 'k' } }, invalid, /^Error occurred while GetObject\. S3 Error Code: NoSuchBucket\. S3 Error Message: The specified bucket does not exist$/],
    ['variables over 4 KB', { Environment: { Variables: { LARGE: 'x'.repeat(4090) } } }, invalid, /exceeded the 4KB limit\. String measured: \{"LARGE":"x+"\}$/],
    ['reserved variables', { Environment: { Variables: { AWS_REGION: 'x', MINE: 'y' } } }, invalid, /contains reserved keys .* Reserved keys used in this request: AWS_REGION$/],
    ['too much memory', { MemorySize: 10_241 }, invalid, /10240/],
    ['too little memory', { MemorySize: 127 }, 'ValidationException', /at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128/],
    ['too long a timeout', { Timeout: 901 }, 'ValidationException', /Value '901' at 'timeout' failed/],
    ['too many tags', { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'v'])) }, invalid, /^Number of tags exceeds resource tag limit\.$/],
    ['six layers', { Layers: [1, 2, 3, 4, 5, 6].map((at) => `arn:aws:lambda:eu-west-1:123456789012:layer:l${at}:1`) }, invalid, /^Cannot reference more than 5 layers\.$/],
    ['a layer of another Region', { Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:l:1'] }, invalid, /Layers are expected to be in region eu-west-1\.$/],
  ]
  test.each(cases)('%s', async (...[, more, name, message]) => {
    const on = await bench()
    const refused = await refusal(create(on, more))
    expect(refused).toEqual({ status: 400, name, message: expect.stringMatching(message) })
    expect((await on.lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([])
  })

  // test_function_arns
  test('a name of 65 characters, and one that is taken', async () => {
    const on = await bench()
    const name = 'a'.repeat(65)
    const message = `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`
    expect(await refusal(create(on, {}, name))).toEqual({ status: 400, name: 'InvalidParameterValueException', message })
    await create(on, {})
    expect(await refusal(create(on, {}))).toMatchObject({ status: 409, name: 'ResourceConflictException' })
  })

  // test_oversized_zipped_create_lambda, test_oversized_request_create_lambda, test_oversized_unzipped_lambda
  test('a package that is too large, zipped, as a request and unzipped', async () => {
    const on = await bench()
    const zipped = await refusal(create(on, { Code: { ZipFile: Buffer.alloc(52_428_801) } }))
    expect(zipped).toEqual({ status: 413, name: 'RequestEntityTooLargeException', message: 'Zipped size must be smaller than 52428800 bytes' })
    const request = await refusal(create(on, { Code: { ZipFile: Buffer.alloc(52_700_000) } }))
    expect(request.message).toBe('Request must be smaller than 70167211 bytes for the CreateFunction operation')
    const bomb = zipOf({ 'index.py': { content: Buffer.alloc(262_144_001) } })
    const unzipped = await refusal(create(on, { Code: { ZipFile: bomb } }))
    expect(unzipped).toEqual({ status: 400, name: 'InvalidParameterValueException', message: 'Unzipped size must be smaller than 262144000 bytes' })
  })

  test('a role that does not trust Lambda, or is too young', async () => {
    const on = await bench()
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
    await on.iam.send(new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: JSON.stringify(trust) }))
    const expected = { status: 400, name: 'InvalidParameterValueException', message: 'The role defined for the function cannot be assumed by Lambda.' }
    expect(await refusal(create(on, { Role: `arn:aws:iam::${on.id}:role/other` }))).toEqual(expected)
    await on.control.configure({ windows: { roleAssumable: 10_000 } })
    expect(await refusal(create(on, {}))).toEqual(expected)
    await on.control.advance(9_999)
    expect(await refusal(create(on, {}))).toEqual(expected)
    await on.control.advance(1)
    await create(on, {})
  })
})

// test_advanced_logging_configuration_format_switch
test('the logging configuration is updated in part, and JSON brings its levels', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  const set = async (LoggingConfig: NonNullable<CreateFunctionCommandInput['LoggingConfig']>): Promise<unknown> => {
    const answer = await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', LoggingConfig }))
    await settled(on, 'f')
    return answer.LoggingConfig
  }
  expect(await set({ LogFormat: 'JSON', SystemLogLevel: 'DEBUG' })).toEqual({ LogFormat: 'JSON', LogGroup: '/aws/lambda/f', ApplicationLogLevel: 'INFO', SystemLogLevel: 'DEBUG' })
  expect(await set({ LogGroup: 'cool_lambda' })).toEqual({ LogFormat: 'JSON', LogGroup: 'cool_lambda', ApplicationLogLevel: 'INFO', SystemLogLevel: 'DEBUG' })
  expect(await set({ LogFormat: 'Text' })).toEqual({ LogFormat: 'Text', LogGroup: 'cool_lambda' })
})

// test_tag_lifecycle, test_tag_exceptions, test_tag_versions, test_tag_limits
test('tags are kept on the function and nowhere else', async () => {
  const on = await bench()
  await activeFunction(on, 'f', { Tags: { a: '1' } })
  const Resource = on.arn('f')
  const revision = async (): Promise<unknown> => (await on.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).Configuration?.RevisionId
  const before = await revision()
  const tagged = await on.lambda.send(new TagResourceCommand({ Resource, Tags: { b: '2' } }))
  expect(tagged.$metadata.httpStatusCode).toBe(204)
  expect(await revision()).not.toBe(before)
  expect((await on.lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ a: '1', b: '2' })
  await on.lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a', 'b', 'c'] }))
  expect((await on.lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({})
  expect(await on.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).not.toHaveProperty('Tags')
  const tag = (arn: string, Tags: Record<string, string>): Promise<unknown> => on.lambda.send(new TagResourceCommand({ Resource: arn, Tags }))
  expect((await refusal(tag(`${Resource}:$LATEST`, { a: '1' }))).message).toBe('Tags on function aliases and versions are not supported. Please specify a function ARN.')
  expect((await refusal(tag(on.arn('nobody'), { a: '1' }))).message).toBe(`Function not found: ${on.arn('nobody')}`)
  expect((await refusal(tag(Resource, {}))).message).toBe('An error occurred and the request cannot be processed.')
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'v']))
  expect((await refusal(tag(Resource, many))).message).toBe('Number of tags exceeds resource tag limit.')
})

// test_function_concurrency, test_function_concurrency_exceptions, test_function_concurrency_limits, test_reserved_provisioned_overlap
test('concurrency is reserved and provisioned within the account', async () => {
  const on = await bench()
  await on.control.configure({ rates: false })
  await activeFunction(on, 'f', { Publish: true })
  const reserve = (ReservedConcurrentExecutions: number, FunctionName = 'f'): Promise<unknown> =>
    on.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }))
  const message = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).message
  expect(await reserve(5)).toMatchObject({ ReservedConcurrentExecutions: 5 })
  expect((await on.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).Concurrency).toEqual({ ReservedConcurrentExecutions: 5 })
  expect((await on.lambda.send(new GetAccountSettingsCommand({}))).AccountLimit?.UnreservedConcurrentExecutions).toBe(995)
  expect(await message(reserve(901))).toContain('below its minimum value of [100].')
  expect(await message(reserve(1, 'nobody'))).toBe(`Function not found: ${on.arn('nobody:$LATEST')}`)
  expect(await message(reserve(1, on.arn('f:1')))).toContain('This operation is permitted on Lambda functions only.')
  const provision = (ProvisionedConcurrentExecutions: number, Qualifier = '1'): Promise<unknown> =>
    on.lambda.send(new PutProvisionedConcurrencyConfigCommand({ FunctionName: 'f', Qualifier, ProvisionedConcurrentExecutions }))
  expect(await message(provision(6))).toBe('Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function')
  expect(await message(provision(1, '$LATEST'))).toBe('Provisioned Concurrency Configs cannot be applied to unpublished function versions.')
  expect(await message(provision(1, 'no'))).toBe(`Cannot find alias arn: ${on.arn('f:no')}`)
  expect(await provision(2)).toMatchObject({ Status: 'IN_PROGRESS', AllocatedProvisionedConcurrentExecutions: 0, RequestedProvisionedConcurrentExecutions: 2 })
  expect(await message(reserve(1))).toBe(" ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].")
  const provisioned = async (): Promise<unknown> => (await on.lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'f', Qualifier: '1' }))).Status
  expect(await provisioned()).toBe('IN_PROGRESS')
  await on.control.advance(60_000)
  expect(await provisioned()).toBe('READY')
  await on.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'f' }))
  expect(await on.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'f' }))).not.toHaveProperty('ReservedConcurrentExecutions')
  const loop = await on.lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName: 'f', RecursiveLoop: 'Allow' }))
  expect(loop.RecursiveLoop).toBe('Allow')
})
