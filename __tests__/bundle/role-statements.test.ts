import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const table = 'arn:aws:dynamodb:eu-central-1:123456789012:table/events'
const statements = (...actions: readonly string[]): Readonly<Record<string, string>> => ({ 'role-statements': JSON.stringify([{ allow: actions, on: [table] }]) })

let service: Deployable
let RoleName: string
beforeAll(() => {
  service = makeService({ 'function-name': 'hello', runtime: 'python3.11', routes: 'GET /hello', 'access-log': 'off' })
  service.write('lambda_function.py', handler('hello'))
  RoleName = `hello-${service.account.region}`
})
afterAll(() => service.remove())

const iam = (): IAMClient => new IAMClient(service.account.client)

/** What the role's inline policies allow, by the policies' names. */
async function allowed(): Promise<Readonly<Record<string, unknown>>> {
  const { PolicyNames = [] } = await iam().send(new ListRolePoliciesCommand({ RoleName }))
  const documents = await Promise.all(PolicyNames.map((PolicyName) => iam().send(new GetRolePolicyCommand({ RoleName, PolicyName }))))
  return Object.fromEntries(documents.map(({ PolicyName = '', PolicyDocument = '' }) => [PolicyName, (JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: unknown }).Statement]))
}
const one = (...Action: readonly string[]): unknown[] => [[{ Effect: 'Allow', Action, Resource: [table] }]]

describe('what the role of a function may do', () => {
  test('is given with the role, and the same again writes nothing', async () => {
    const first = succeeded(await service.run(statements('dynamodb:GetItem')))
    expect(first.outputs['plan']).toContain(`dynamodb:GetItem on ${table}`)
    expect(Object.values(await allowed())).toEqual(one('dynamodb:GetItem'))
    expect((await call(first, '/hello')).status).toBe(200)
    succeeded(await service.run(statements('dynamodb:GetItem')))
    expect(await service.writes()).toEqual([])
  })

  test('changes: the new rights come before anything goes, and the old ones go', async () => {
    succeeded(await service.run(statements('dynamodb:Query')))
    expect(await service.writes()).toEqual(['TagRole', 'PutRolePolicy', 'DeleteRolePolicy'])
    expect(Object.values(await allowed())).toEqual(one('dynamodb:Query'))
  })

  test('is set right where somebody has changed it by hand; a policy of somebody else’s stays', async () => {
    const [PolicyName = ''] = Object.keys(await allowed())
    const all = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })
    for (const name of [PolicyName, 'by-hand']) await iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: name, PolicyDocument: all }))
    succeeded(await service.run(statements('dynamodb:Query')))
    expect(await allowed()).toEqual({ [PolicyName]: one('dynamodb:Query')[0], 'by-hand': [{ Effect: 'Allow', Action: '*', Resource: '*' }] })
  })

  test('goes with the last statement', async () => {
    const run = succeeded(await service.run())
    expect(run.outputs['plan']).toContain('role-statements')
    expect(Object.keys(await allowed())).toEqual(['by-hand'])
    succeeded(await service.run())
    expect(await service.writes()).toEqual([])
  })
})

test('a role with statements goes with its function', async () => {
  const other = makeService({ 'function-name': 'other', runtime: 'python3.11', routes: 'GET /', 'access-log': 'off', ...statements('dynamodb:GetItem') })
  other.write('lambda_function.py', handler('other'))
  succeeded(await other.run())
  succeeded(await other.run({ command: 'destroy', confirm: 'other' }))
  const gone = new IAMClient(other.account.client).send(new ListRolePoliciesCommand({ RoleName: `other-${other.account.region}` }))
  await expect(gone).rejects.toMatchObject({ name: expect.stringMatching(/^NoSuchEntity/) as unknown })
  other.remove()
})
