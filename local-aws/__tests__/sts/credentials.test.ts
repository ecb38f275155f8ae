import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { beforeAll, expect, test } from '@jest/globals'
import { freshAccount } from '../../testing.ts'

const account = freshAccount()
const RoleArn = `arn:aws:iam::${account.id}:role/deployer`

beforeAll(async () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account.id}:root`, Federated: `arn:aws:iam::${account.id}:oidc-provider/token.actions.githubusercontent.com` }, Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] }] }
  await new IAMClient(account.client).send(new CreateRoleCommand({ RoleName: 'deployer', AssumeRolePolicyDocument: JSON.stringify(trust) }))
})

test('a 12-digit access key id is the account', async () => {
  expect(await new STSClient(account.client).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: account.id })
})

test('a key of another form is of account 000000000000', async () => {
  const someone = new STSClient({ ...account.client, credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'any' } })
  expect(await someone.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '000000000000' })
})

test('credentials of an assumed role belong to its account', async () => {
  const { Credentials } = await new STSClient(account.client).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }))
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken: sessionToken = '' } = Credentials ?? {}
  const session = new STSClient({ ...account.client, credentials: { accessKeyId, secretAccessKey, sessionToken } })
  expect(await session.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: account.id })
})

test('AssumeRoleWithWebIdentity, which is not signed, is of the role\'s account', async () => {
  const token = ['{"alg":"none"}', '{"sub":"repo:o/r:ref:refs/heads/main","aud":"sts.amazonaws.com","iss":"https://token.actions.githubusercontent.com"}', ''].map((part) => Buffer.from(part).toString('base64url')).join('.')
  const { Credentials } = await new STSClient(account.client).send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'session', WebIdentityToken: token }))
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA/)
  // An hour from now, on the clock of local AWS.
  const left = ((Credentials?.Expiration?.getTime() ?? 0) - (await account.control.clock()).now) / 1000
  expect(left).toBeLessThanOrEqual(3600)
  expect(left).toBeGreaterThan(3000)
  expect((await account.control.journal()).at(-1)).toMatchObject({ operation: 'AssumeRoleWithWebIdentity', status: 200 })
})
