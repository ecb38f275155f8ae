import { AttachRolePolicyCommand, CreateRoleCommand, DetachRolePolicyCommand, GetRoleCommand, IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { bareEngine } from '../support/bare-engine.ts'
import { freshAccount } from '../../testing.ts'
import { refusal } from '../support/refusal.ts'

const { client } = freshAccount()
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })
const iam = new IAMClient(client)
let engine: IAMClient

beforeAll(async () => {
  engine = new IAMClient(await bareEngine(client))
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust}))
})

/** A new role of its own for every question, on the engine as well. */
async function role(RoleName: string): Promise<string> {
  await engine.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
  return RoleName
}

describe('the engine takes what the front refuses', () => {
  const cases: [string, () => Promise<object>, { name: string; status: number; message?: string }][] = [
    ['CreateRole with a trust policy that is no JSON', () => Promise.resolve(new CreateRoleCommand({ RoleName: 'bad', AssumeRolePolicyDocument: '{oops' })), { name: 'MalformedPolicyDocumentException', status: 400, message: 'This policy contains invalid Json' }],
    ['UpdateAssumeRolePolicy with one that is no JSON', async () => new UpdateAssumeRolePolicyCommand({ RoleName: await role('u'), PolicyDocument: 'x' }), { name: 'MalformedPolicyDocumentException', status: 400 }],
    ['AttachRolePolicy of a managed policy that does not exist', async () => new AttachRolePolicyCommand({ RoleName: await role('m'), PolicyArn: 'arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole' }), { name: 'NoSuchEntityException', status: 404, message: 'Policy arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole does not exist or is not attachable.' }],
    ['AttachRolePolicy of a policy of the account that does not exist', async () => new AttachRolePolicyCommand({ RoleName: await role('o'), PolicyArn: `arn:aws:iam::${client.credentials.accessKeyId}:policy/none` }), { name: 'NoSuchEntityException', status: 404 }],
    ['AttachRolePolicy of something that is no ARN', async () => new AttachRolePolicyCommand({ RoleName: await role('n'), PolicyArn: 'AWSLambdaBasicExecutionRole-not-an-arn' }), { name: 'InvalidInputException', status: 400 }],
  ]
  test.each(cases)('%s', async (_, command, refused) => {
    const question = await command()
    expect(await refusal(iam.send(question as never))).toMatchObject(refused)
    await engine.send(question as never)
  })
})

describe('words', () => {
  test('a role that does not exist', async () => {
    const question = new GetRoleCommand({ RoleName: 'none' })
    expect(await refusal(iam.send(question))).toMatchObject({ name: 'NoSuchEntityException', status: 404, message: 'The role with name none cannot be found.' })
    expect((await refusal(engine.send(question))).message).not.toContain('cannot be found')
  })
  test('a policy that is not attached', async () => {
    const question = new DetachRolePolicyCommand({ RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
    expect(await refusal(iam.send(question))).toMatchObject({ name: 'NoSuchEntityException', status: 404 })
  })
  test('a name that the model refuses', async () => {
    expect(await refusal(iam.send(new GetRoleCommand({ RoleName: 'a b' })))).toMatchObject({ name: 'ValidationError', status: 400 })
  })
})

test('a role was made on the clock of local AWS', async () => {
  const account = freshAccount()
  const own = new IAMClient(account.client)
  const { now } = await account.control.advance(25 * 60 * 60_000)
  const made = await own.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }))
  await account.control.advance(60 * 60_000)
  const { Role } = await own.send(new GetRoleCommand({ RoleName: 'r' }))
  // IAM's times are whole seconds.
  const seconds = Math.floor(now / 1000) * 1000
  expect([made.Role, Role].map((role) => role?.CreateDate?.getTime())).toEqual([seconds, seconds])
})

test('the policies that a deploy attaches exist, and the state shows them', async () => {
  const own = freshAccount()
  const send = (command: object): Promise<unknown> => new IAMClient(own.client).send(command as never)
  await send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust, Tags: [{ Key: 'a', Value: 'b' }] }))
  const arns = ['AWSLambdaBasicExecutionRole', 'AWSLambdaVPCAccessExecutionRole', 'AmazonAPIGatewayPushToCloudWatchLogs'].map((name) => `arn:aws:iam::aws:policy/service-role/${name}`)
  for (const PolicyArn of [...arns, 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess']) await send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn }))
  const inline = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }] }
  await send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName: 'p', PolicyDocument: JSON.stringify(inline) }))
  const role = { trustPolicy: JSON.parse(trust) as object, attachedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess', ...arns], inlinePolicies: { p: inline }, tags: { a: 'b' } }
  expect(await own.control.state()).toMatchObject({ iam: { roles: { r: role } } })
  await own.control.reset()
  expect(await own.control.state()).toMatchObject({ iam: { roles: {} } })
})

// terraform-provider-aws PR 18435, issue 5409
test('a role that is too young is found by no call that names it', async () => {
  const own = freshAccount()
  await own.control.configure({ windows: { roleVisible: 1e12 } })
  const young = new IAMClient(own.client)
  await young.send(new CreateRoleCommand({ RoleName: 'young', AssumeRolePolicyDocument: trust }))
  const missing = { status: 404, name: 'NoSuchEntityException', message: 'The role with name young cannot be found.' }
  expect(await refusal(young.send(new GetRoleCommand({ RoleName: 'young' })))).toMatchObject(missing)
  expect(await refusal(young.send(new AttachRolePolicyCommand({ RoleName: 'young', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })))).toMatchObject(missing)
})
