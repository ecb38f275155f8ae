import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from '@jest/globals'
import { activeFunction, bench, functionInput, refusal, settled, zipOf, type Bench } from './support.ts'

const otherZip = zipOf({ 'index.py': 'def handler(event, context):\n    return 2\n' })

async function describeChange({ lambda }: Bench, description: string): Promise<void> {
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Description: description }))
}

async function latest({ lambda }: Bench): Promise<FunctionConfiguration> {
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))
  if (Configuration === undefined) throw new Error('no configuration')
  return Configuration
}

// test_version_lifecycle
test('a version is new only where code or configuration changed, and keeps its description', async () => {
  const on = await bench()
  await on.control.configure({ windows: { versionPending: 0 } })
  const publish = (Description?: string): Promise<FunctionConfiguration & { $metadata: { httpStatusCode?: number } }> =>
    on.lambda.send(new PublishVersionCommand({ FunctionName: 'f', Description }))
  await activeFunction(on, 'f', { Description: 'zero' })
  const first = await publish('first')
  expect(first).toMatchObject({ Version: '1', FunctionArn: on.arn('f:1'), Description: 'first', State: 'Active', LastUpdateStatus: 'Successful' })
  expect(first.$metadata.httpStatusCode).toBe(201)
  const again = await publish('other')
  expect(again).toMatchObject({ Version: '1', Description: 'first', RevisionId: first.RevisionId })
  expect(again.$metadata.httpStatusCode).toBe(201)
  await describeChange(on, 'second')
  await settled(on, 'f')
  const before = await latest(on)
  expect(await publish()).toMatchObject({ Version: '2', Description: 'second' })
  expect((await latest(on)).RevisionId).not.toBe(before.RevisionId)
  // The same zip again is no change.
  const { Code } = functionInput(on, 'f')
  await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: Code?.ZipFile }))
  await settled(on, 'f')
  expect(await publish()).toMatchObject({ Version: '2' })
  const { Versions } = await on.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'f' }))
  expect(Versions?.map(({ FunctionArn, Description }) => [FunctionArn, Description])).toEqual([
    [on.arn('f:$LATEST'), 'second'],
    [on.arn('f:1'), 'first'],
    [on.arn('f:2'), 'second'],
  ])
  for (const version of Versions ?? []) expect(version).not.toHaveProperty('State')
  await on.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '2' }))
  expect(await publish()).toMatchObject({ Version: '3' })
})

// test_publish_version_on_create
test('Publish on creation answers version 1 under the unqualified ARN', async () => {
  const on = await bench()
  const created = await on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f', { Publish: true })))
  expect(created).toMatchObject({ Version: '1', FunctionArn: on.arn('f'), State: 'Pending' })
  await settled(on, 'f', '1')
  const { Configuration } = await on.lambda.send(new GetFunctionCommand({ FunctionName: 'f', Qualifier: '1' }))
  expect(Configuration).toMatchObject({ Version: '1', FunctionArn: on.arn('f:1') })
  expect(await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))).toMatchObject({ Version: '1', RevisionId: Configuration?.RevisionId })
})

// test_publish_with_update
test('Publish with new code answers a Pending version while $LATEST is InProgress', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  await on.control.configure({ windows: { functionUpdate: 40_000 } })
  const published = await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: otherZip, Publish: true }))
  expect(published).toMatchObject({ Version: '1', FunctionArn: on.arn('f:1'), State: 'Pending', StateReasonCode: 'Creating' })
  expect(published).not.toHaveProperty('LastUpdateStatus')
  expect(await latest(on)).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' })
  await settled(on, 'f', '1')
})

// test_publish_with_wrong_sha256, test_publish_with_wrong_revisionid, aws-cli issue 6718
test('PublishVersion guards hash, revision and a change under way', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  const publish = (more: { CodeSha256?: string; RevisionId?: string }): Promise<unknown> => on.lambda.send(new PublishVersionCommand({ FunctionName: 'f', ...more }))
  const { CodeSha256 } = await latest(on)
  expect(await refusal(publish({ CodeSha256: 'other' }))).toEqual({
    status: 400,
    name: 'InvalidParameterValueException',
    message: `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
  })
  expect(await refusal(publish({ RevisionId: 'wrong' }))).toMatchObject({ status: 412, name: 'PreconditionFailedException' })
  await on.control.configure({ windows: { functionUpdate: 40_000 } })
  await describeChange(on, 'changed')
  expect(await refusal(publish({}))).toMatchObject({ status: 409, name: 'ResourceConflictException', message: expect.stringContaining('An update is in progress') })
})

test('versions come in pages of 50, oldest first', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  for (let each = 1; each <= 50; each++) {
    await describeChange(on, String(each))
    await settled(on, 'f')
    await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  }
  const first = await on.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'f', MaxItems: 1000 }))
  expect(first.Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', ...Array.from({ length: 49 }, (_, at) => String(at + 1))])
  const second = await on.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'f', Marker: first.NextMarker }))
  expect(second.Versions?.map(({ Version }) => Version)).toEqual(['50'])
  expect(second.NextMarker).toBeUndefined()
})

describe('aliases', () => {
  async function twoVersions(): Promise<Bench> {
    const on = await bench()
    await on.control.configure({ rates: false })
    await activeFunction(on, 'f', { Publish: true })
    await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: otherZip }))
    await settled(on, 'f')
    await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
    return on
  }

  // test_alias_lifecycle
  test('live as on AWS', async () => {
    const on = await twoVersions()
    const { lambda, arn } = on
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.2 } }
    const { $metadata, ...created } = await lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1', RoutingConfig }))
    expect($metadata.httpStatusCode).toBe(201)
    const revision: unknown = expect.any(String)
    expect(created).toEqual({ AliasArn: arn('f:live'), Name: 'live', FunctionVersion: '1', Description: '', RevisionId: revision, RoutingConfig })
    const kept = await lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'live', Description: 'd' }))
    expect(kept).toMatchObject({ Description: 'd', RoutingConfig })
    expect(kept.RevisionId).not.toBe(created.RevisionId)
    const stale = lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'live', RevisionId: created.RevisionId }))
    expect(await refusal(stale)).toMatchObject({ status: 412, name: 'PreconditionFailedException' })
    const cleared = await lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'live', RoutingConfig: { AdditionalVersionWeights: {} }, RevisionId: kept.RevisionId }))
    expect(cleared).not.toHaveProperty('RoutingConfig')
    const same = await lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'live' }))
    expect(same.RevisionId).not.toBe(cleared.RevisionId)
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'f', Qualifier: 'live' }))
    expect(Configuration).toMatchObject({ Version: '1', FunctionArn: arn('f:live') })
    await lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'a', FunctionVersion: '2' }))
    const names = async (FunctionVersion?: string): Promise<unknown> =>
      (await lambda.send(new ListAliasesCommand({ FunctionName: 'f', FunctionVersion }))).Aliases?.map(({ Name }) => Name)
    expect(await names()).toEqual(['a', 'live'])
    expect(await names('1')).toEqual(['live'])
    const held = lambda.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '1' }))
    expect(await refusal(held)).toEqual({ status: 409, name: 'ResourceConflictException', message: 'Unable to delete version because the following aliases reference it: [live]' })
    await lambda.send(new DeleteAliasCommand({ FunctionName: 'f', Name: 'live' }))
    await lambda.send(new DeleteAliasCommand({ FunctionName: 'f', Name: 'live' }))
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '1' }))
  })

  // test_notfound_and_invalid_routingconfigs, test_alias_naming, test_non_existent_alias_update
  test('refuse what AWS refuses', async () => {
    const on = await twoVersions()
    const create = (version: string, weights: Record<string, number> | undefined, { Name = 'x', FunctionName = 'f' } = {}): Promise<unknown> =>
      on.lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion: version, RoutingConfig: { AdditionalVersionWeights: weights } }))
    const message = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).message
    expect(await message(create('1', { 1: 0.5, 2: 0.5 }))).toBe('Number of items in AdditionalVersionWeights cannot be greater than 1')
    expect(await message(create('1', { 2: 2 }))).toBe(
      "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
    )
    expect(await message(create('1', { 1: 0.5 }))).toBe('Invalid function version 1. Function version 1 is already included in routing configuration.')
    expect(await message(create('10', undefined))).toBe(`Function not found: ${on.arn('f:10')}`)
    expect(await message(create('1', { 10: 0.5 }))).toBe(`Function not found: ${on.arn('f:10')}`)
    expect(await message(create('$LATEST', { 1: 0.5 }))).toBe('$LATEST is not supported for an alias pointing to more than 1 version')
    expect(await message(create('1', undefined, { FunctionName: 'nobody' }))).toBe(`Function not found: ${on.arn('nobody:1')}`)
    expect(await message(create('1', undefined, { Name: '2024' }))).toBe(
      "1 validation error detected: Value '2024' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
    )
    await create('$LATEST', {}, { Name: 'newest' })
    await create('1', {}, { Name: '2024-01-02' })
    expect(await refusal(create('1', {}, { Name: 'newest' }))).toEqual({ status: 409, name: 'ResourceConflictException', message: `Alias already exists: ${on.arn('f:newest')}` })
    expect(await message(on.lambda.send(new GetAliasCommand({ FunctionName: 'f', Name: 'no' })))).toBe(`Cannot find alias arn: ${on.arn('f:no')}`)
    expect(await message(on.lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'no' })))).toBe(`Alias not found: ${on.arn('f:no')}`)
  })
})
