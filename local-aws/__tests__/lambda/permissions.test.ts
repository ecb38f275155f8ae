import {
  AddPermissionCommand,
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
  type AddPermissionCommandInput,
} from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { duringFirst } from '../support/in-flight.ts'
import { activeFunction, bench, refusal, type Bench } from './support.ts'

const gateway = 'apigateway.amazonaws.com'

function add({ lambda }: Bench, more: Partial<AddPermissionCommandInput> = {}): Promise<{ Statement?: string | undefined }> {
  const input = { FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: gateway }
  return lambda.send(new AddPermissionCommand({ ...input, ...more }))
}

async function policy({ lambda }: Bench, Qualifier?: string): Promise<{ Statement: { Sid: string }[]; revision: string | undefined }> {
  const { Policy, RevisionId } = await lambda.send(new GetPolicyCommand({ FunctionName: 'f', Qualifier }))
  return { ...(JSON.parse(Policy ?? '{}') as { Statement: { Sid: string }[] }), revision: RevisionId }
}

async function published(): Promise<Bench> {
  const on = await bench()
  await on.control.configure({ rates: false, windows: { versionPending: 0 } })
  await activeFunction(on, 'f', { Publish: true })
  await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }))
  return on
}

// test_add_lambda_permission_aws, test_add_lambda_permission_fields
test('a statement is stored as AWS stores it', async () => {
  const on = await published()
  const SourceArn = `arn:aws:execute-api:eu-west-1:${on.id}:abc/prod/*`
  const { Statement } = await add(on, { SourceArn, SourceAccount: on.id })
  const stored = {
    Sid: 's',
    Effect: 'Allow',
    Principal: { Service: gateway },
    Action: 'lambda:InvokeFunction',
    Resource: on.arn('f'),
    Condition: { StringEquals: { 'AWS:SourceAccount': on.id }, ArnLike: { 'AWS:SourceArn': SourceArn } },
  }
  expect(Statement).toBe(JSON.stringify(stored))
  expect(await policy(on)).toMatchObject({ Version: '2012-10-17', Id: 'default', Statement: [stored] })
  expect(JSON.parse((await add(on, { StatementId: 'account', Principal: on.id })).Statement ?? '')).toMatchObject({ Principal: { AWS: `arn:aws:iam::${on.id}:root` } })
  expect(JSON.parse((await add(on, { StatementId: 'all', Principal: '*' })).Statement ?? '')).toMatchObject({ Principal: '*' })
})

// test_lambda_permission_fn_versioning, test_remove_multi_permissions
test('each qualifier has a policy of its own', async () => {
  const on = await published()
  await add(on)
  const own = await policy(on)
  const none = { status: 404, name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' }
  expect(await refusal(policy(on, '1'))).toEqual(none)
  await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  expect((await policy(on)).revision).toBe(own.revision)
  await add(on, { Qualifier: '1' })
  await add(on, { FunctionName: 'f:live', Qualifier: 'live' })
  expect(await policy(on, 'live')).toMatchObject({ Statement: [{ Sid: 's', Resource: on.arn('f:live') }] })
  expect((await policy(on)).revision).toBe(own.revision)
  await on.lambda.send(new RemovePermissionCommand({ FunctionName: 'f', StatementId: 's', Qualifier: 'live' }))
  expect(await refusal(policy(on, 'live'))).toEqual(none)
  expect((await policy(on, '1')).Statement).toHaveLength(1)
  await add(on, { StatementId: 's2', RevisionId: own.revision })
  expect((await policy(on)).revision).not.toBe(own.revision)
})

// test_permission_exceptions, test_remove_multi_permissions
test('permissions are refused in the words of AWS', async () => {
  const on = await published()
  const message = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).message
  const remove = (StatementId: string, more: { FunctionName?: string; Qualifier?: string } = {}): Promise<unknown> =>
    on.lambda.send(new RemovePermissionCommand({ FunctionName: 'f', StatementId, ...more }))
  expect(await message(remove('s'))).toBe('No policy is associated with the given resource.')
  expect(await message(remove('s', { FunctionName: 'nobody' }))).toBe(`No policy found for: ${on.arn('nobody')}`)
  expect(await message(remove('s', { Qualifier: 'no' }))).toBe(`Cannot find alias arn: ${on.arn('f:no')}`)
  expect(await message(add(on, { StatementId: 'a.b' }))).toBe(
    "1 validation error detected: Value 'a.b' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)",
  )
  expect(await message(add(on, { Qualifier: '$LATEST' }))).toBe('We currently do not support adding policies for $LATEST.')
  expect(await message(add(on, { Principal: 'invalid.nonaws.com' }))).toBe('The provided principal was invalid. Please check the principal and try again.')
  expect(await message(add(on, { FunctionName: 'nobody' }))).toBe(`Function not found: ${on.arn('nobody')}`)
  expect(await message(add(on, { Qualifier: 'no' }))).toBe(`Cannot find alias arn: ${on.arn('f:no')}`)
  expect(await message(add(on, { Qualifier: '42' }))).toBe(`Function not found: ${on.arn('f:42')}`)
  expect(await message(add(on, { Qualifier: 'valid-with-$-sign' }))).toBe(`Function not found: ${on.arn('f:valid-with-$-sign')}`)
  await add(on)
  expect(await refusal(add(on))).toEqual({
    status: 409,
    name: 'ResourceConflictException',
    message: 'The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.',
  })
  expect(await message(remove('other'))).toBe('Statement other is not found in resource policy.')
  expect(await refusal(add(on, { StatementId: 't', RevisionId: 'wrong' }))).toEqual({
    status: 412,
    name: 'PreconditionFailedException',
    message: 'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
  })
})

test("before there is a policy, an alias takes the alias's revision, and a function's own is an unverified refusal", async () => {
  const on = await published()
  const { RevisionId: ofAlias } = await on.lambda.send(new GetAliasCommand({ FunctionName: 'f', Name: 'live' }))
  await add(on, { Qualifier: 'live', RevisionId: ofAlias })
  const { RevisionId } = await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }))
  expect((await refusal(add(on, { RevisionId }))).name).toBe('PreconditionFailedException')
  await on.control.configure({ unverified: false })
  await add(on, { RevisionId })
})

// helix-deploy issue 24
test('a policy ends at 20,480 bytes', async () => {
  const on = await published()
  const statement = (at: number): Promise<unknown> => add(on, { StatementId: `s${at}`, SourceArn: `arn:aws:execute-api:eu-west-1:${on.id}:abc/prod/GET/${'x'.repeat(500)}${at}` })
  let at = 0
  const refused = await refusal(
    (async () => {
      for (; at < 60; at++) await statement(at)
    })(),
  )
  expect(refused).toEqual({ status: 400, name: 'PolicyLengthExceededException', message: expect.stringMatching(/^The final policy size \(2\d{4}\) is bigger than the limit \(20480\)\.$/) })
  expect((await policy(on)).Statement).toHaveLength(at)
})

// Terraform's permission.go
test('of two permissions that are added at once one is lost, unless told otherwise', async () => {
  const on = await published()
  await duringFirst(on.control, [() => add(on, { StatementId: 'a' }), () => add(on, { StatementId: 'b' })])
  expect((await policy(on)).Statement).toHaveLength(1)
  await on.control.configure({ overlappingPermissionsLost: false, overlappingWritesRefused: false })
  await duringFirst(on.control, [() => add(on, { StatementId: 'c' }), () => add(on, { StatementId: 'd' })])
  expect((await policy(on)).Statement).toHaveLength(3)
  await on.control.fault({ operation: 'AddPermission' }, { kind: 'quirk', name: 'lost-statement' })
  await add(on, { StatementId: 'e' })
  expect((await policy(on)).Statement).toHaveLength(3)
})
