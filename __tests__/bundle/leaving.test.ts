import { afterEach, describe, expect, test } from '@jest/globals'
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import type { StepResult } from '../support/runner.ts'

type Inputs = Readonly<Record<string, string>>

let made: Deployable | undefined
afterEach(() => made?.remove())

/** A service that is deployed with these inputs. */
async function live(inputs: Inputs = {}): Promise<Deployable> {
  made = makeService({ ...everything, stage: 'prod', 'keep-releases': '0' })
  made.write('lambda_function.py', handler('one'))
  succeeded(await made.run(inputs))
  return made
}

const entriesOf = (result: StepResult): { id: string; kind: string; name: string; action: string; reason: string }[] => JSON.parse(result.outputs['plan'] ?? '') as never
const deploys = async (service: Deployable, text: string, inputs: Inputs): Promise<StepResult> => {
  service.write('lambda_function.py', handler(text))
  return succeeded(await service.run(inputs))
}

interface State {
  readonly logs: Readonly<Record<string, Readonly<Record<string, { readonly retentionInDays?: number }>>>>
  readonly iam: unknown
}
const stateOf = async (service: Deployable): Promise<State> => (await service.account.control.state()) as unknown as State
const retentionOf = async (service: Deployable, group: string): Promise<number | undefined> => (await stateOf(service)).logs['eu-west-1']?.[group]?.retentionInDays

describe('log-retention-days leaves the config', () => {
  const group = '/aws/lambda/shop'

  test('the log is kept for ever again, once', async () => {
    const service = await live({ 'log-retention-days': '7' })
    expect(await retentionOf(service, group)).toBe(7)
    const planned = entriesOf(succeeded(await service.run({ command: 'plan' }))).find(({ kind, name }) => kind === 'log group' && name === group)
    expect(planned).toMatchObject({ action: 'update', reason: 'the retention differs' })
    succeeded(await service.run())
    expect((await service.writes()).sort()).toEqual(['DeleteRetentionPolicy', 'UntagResource'])
    expect(await retentionOf(service, group)).toBeUndefined()
    succeeded(await service.run())
    expect(await service.writes()).toEqual([])
  })

  test('what somebody has set since stays', async () => {
    const service = await live({ 'log-retention-days': '7' })
    await new CloudWatchLogsClient(service.account.client).send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 30 }))
    succeeded(await service.run())
    expect(await retentionOf(service, group)).toBe(30)
    succeeded(await service.run())
    expect(await service.writes()).toEqual([])
  })
})

describe('role: create gives way to an ARN', () => {
  async function theirs({ account }: Deployable): Promise<string> {
    const iam = new IAMClient(account.client)
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'theirs', AssumeRolePolicyDocument: JSON.stringify(trust) }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'theirs', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }))
    return Role?.Arn ?? ''
  }
  const roleEntry = (result: StepResult) => entriesOf(result).find(({ id }) => id === 'role/shop-eu-west-1')
  const isThere = async (service: Deployable): Promise<boolean> => JSON.stringify((await stateOf(service)).iam).includes('"shop-eu-west-1"')

  test('the role that we made stays while a version that is kept runs with it, then it goes', async () => {
    const service = await live()
    const inputs = { role: await theirs(service) }
    expect(roleEntry(succeeded(await service.run(inputs)))).toMatchObject({ action: 'keep', reason: 'is no longer in the config, but versions that are kept run with it' })
    expect(await isThere(service)).toBe(true)
    // What a slot names when a run begins stays, and what the live one named before stays a release longer.
    for (const text of ['two', 'three']) expect(roleEntry(await deploys(service, text, inputs))).toMatchObject({ action: 'keep' })
    expect(await isThere(service)).toBe(true)
    const last = await deploys(service, 'four', inputs)
    expect([roleEntry(last)?.action, await isThere(service)]).toEqual(['delete', false])
    succeeded(await service.run(inputs))
    expect(await service.writes()).toEqual([])
  })

  test('destroy takes it along', async () => {
    const service = await live()
    const inputs = { role: await theirs(service) }
    succeeded(await service.run(inputs))
    succeeded(await service.run({ ...inputs, command: 'destroy', confirm: 'shop' }))
    expect(await isThere(service)).toBe(false)
  })

  test('who may not look into IAM deploys all the same, and is told that it stays', async () => {
    const service = await live()
    const inputs = { role: await theirs(service) }
    await service.account.control.configure({ policy: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'iam:GetRole', Resource: '*' }] } })
    succeeded(await service.run(inputs))
    for (const text of ['two', 'three']) await deploys(service, text, inputs)
    const last = await deploys(service, 'four', inputs)
    expect(roleEntry(last)).toMatchObject({ action: 'keep', reason: 'is no longer used, but the credentials may not look whether it is ours' })
    expect(await isThere(service)).toBe(true)
  })
})

describe('the access log', () => {
  test('destroy with delete-logs finds the group although the config has turned the log off', async () => {
    const service = await live()
    const off = { 'access-log': 'off', 'access-log-retention-days': '' }
    succeeded(await service.run(off))
    succeeded(await service.run({ ...off, command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }))
    expect(Object.keys((await stateOf(service)).logs['eu-west-1'] ?? {})).toEqual([])
  })

  test.each<[string, Inputs, Inputs]>([
    ['which only the deploy had named (deploy 33)', { 'access-log-group': '/shop/access' }, {}],
    ['which has got another name since (deploy 31)', { 'access-log-group': '/shop/access' }, { 'access-log-group': '/shop/elsewhere' }],
    ['of an API that is named otherwise now (deploy 31)', { 'api-name': 'events' }, {}],
  ])('destroy finds the group that the stage names, %s', async (_what, before, now) => {
    const service = await live(before)
    const groups = async (): Promise<string[]> => Object.keys((await stateOf(service)).logs['eu-west-1'] ?? {}).filter((name) => !name.startsWith('/aws/lambda/'))
    const [group = ''] = await groups()
    const away = { ...now, command: 'destroy', confirm: 'shop' }
    expect(succeeded(await service.run(away)).summary).toContain(group)
    succeeded(await service.run(before))
    succeeded(await service.run({ ...away, 'delete-logs': 'true' }))
    expect((await groups()).filter((name) => name.startsWith('/shop/'))).toEqual([])
    expect((await groups()).filter((name) => name === group)).toHaveLength(before['api-name'] === undefined ? 0 : 1)
  })

  test('the log of a first deploy names the group as it is', async () => {
    const service = makeService({ ...everything, stage: 'prod' })
    made = service
    service.write('lambda_function.py', handler('one'))
    const result = succeeded(await service.run())
    const said = result.output.split('\n').filter((line) => line.includes('Created log group'))
    expect(said).toEqual([expect.stringContaining(`Created log group /aws/apigateway/shop-${result.outputs['api-id']}/prod`)])
  })
})
