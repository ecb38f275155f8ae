import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { APIGatewayClient, DeleteRestApiCommand } from '@aws-sdk/client-api-gateway'
import { example } from '../../scripts/generate/iam-policy.ts'
import type { JournalEntry } from '../../local-aws/client.ts'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import type { StepResult } from '../support/runner.ts'
import { blocks, readPage } from './markdown.ts'
import { isUsed, needsOfCall, onlyReads, permissionsOf, type Policy } from './policy.ts'

/** The policy of the README as a reader would fill it in. */
function documented(account: string): Policy {
  const text = blocks(readPage('README.md')).find(({ heading, language }) => heading === 'IAM policy' && language === 'json')?.text ?? ''
  return JSON.parse(text.replaceAll(example.account, account)) as Policy
}

let hello: Deployable
const calls: JournalEntry[] = []
const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
const plain = { 'function-name': example.service, runtime: 'python3.13' }
const full = {
  ...plain, routes: 'GET /a\nGET /a/{id}', 'cloudwatch-role': 'create', tracing: 'active', 'access-log-retention-days': '7',
  'log-retention-days': '7', 'reserved-concurrency': '5', tags: 'team=a', 'role-permissions-boundary': boundary,
}
const less = { ...plain, routes: 'GET /a', 'memory-size': '256', 'binary-media-types': 'image/png', 'keep-releases': '0' }

async function run(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const result = succeeded(await hello.run(inputs))
  calls.push(...(await hello.account.control.journal()))
  return result
}

beforeAll(async () => {
  hello = makeService({})
  hello.write('lambda_function.py', handler('one'))
  await hello.account.control.configure({ policy: documented(hello.account.id) })
})
afterAll(() => hello.remove())

test('with just this policy a service is deployed to two stages', async () => {
  await run(full)
  await run({ ...full, stage: 'other' })
})

test('code, settings, routes, tags and roles are changed', async () => {
  hello.write('lambda_function.py', handler('two'))
  await run(less)
  hello.write('lambda_function.py', handler('three'))
  await run({ ...less, 'role-permissions-boundary': boundary })
})

test('a plan needs no more than the part that reads', async () => {
  await hello.account.control.configure({ policy: onlyReads(documented(hello.account.id)) })
  await run({ ...full, command: 'plan' })
  await hello.account.control.configure({ policy: documented(hello.account.id) })
})

test('without lambda:ListTags a run says so, and does not take the function for somebody else\'s', async () => {
  const policy = documented(hello.account.id)
  const statements = [policy.Statement].flat().map((statement) => ({ ...statement, Action: [statement.Action ?? []].flat().filter((action) => action !== 'lambda:ListTags') }))
  await hello.account.control.configure({ policy: { ...policy, Statement: statements } })
  const result = await hello.run({ ...less, command: 'plan' })
  expect(result.annotations.map(({ message }) => message.split('\n')[0])).toEqual(['The tags of function hello are withheld: the credentials lack lambda:ListTags'])
  await hello.account.control.configure({ policy })
})

test('a large package goes through a bucket, and the next one takes its place', async () => {
  writeFileSync(join(hello.workspace, 'noise.bin'), randomBytes(53_000_000))
  for (const text of ['four', 'five']) {
    hello.write('lambda_function.py', handler(text))
    execFileSync('python3', ['-c', 'import zipfile\nz = zipfile.ZipFile("large.zip", "w")\nz.write("lambda_function.py")\nz.write("noise.bin")\nz.close()'], { cwd: hello.workspace })
    await run({ ...less, package: 'large.zip', 's3-bucket': 'create' })
  }
  for (const name of ['noise.bin', 'large.zip']) rmSync(join(hello.workspace, name))
})

test('an API that somebody deleted is made again, and both stages are destroyed with their logs', async () => {
  await run({ ...plain, command: 'destroy', confirm: 'hello', stage: 'other', 'delete-logs': 'true' })
  const { outputs } = await run(plain)
  await hello.account.control.configure({ policy: null })
  await new APIGatewayClient(hello.account.client).send(new DeleteRestApiCommand({ restApiId: outputs['api-id'] }))
  await hello.account.control.configure({ policy: documented(hello.account.id) })
  await run(plain)
  // The permissions for the API that is gone can be told from the new one's only now.
  await run(plain)
  await run({ ...plain, command: 'destroy', confirm: 'hello', 'delete-logs': 'true' })
})

test('no call was denied on the way, and every action of the policy was needed', () => {
  expect(calls.filter(({ error }) => error?.startsWith('AccessDenied') === true)).toEqual([])
  const needs = calls.flatMap(needsOfCall)
  const unused = permissionsOf(documented(hello.account.id)).filter((permission) => !isUsed(permission, needs))
  expect(unused.map(({ name }) => name)).toEqual([])
})
