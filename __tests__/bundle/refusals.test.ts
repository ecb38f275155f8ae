import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { trustOf } from '../../src/resources/iam/role.ts'
import { everything, handler, makeService, type Deployable } from '../support/service.ts'
import { runAction } from '../support/runner.ts'

const made: Deployable[] = []
let service: Deployable
beforeEach(() => {
  service = makeService({ ...everything, stage: 'prod' })
  service.write('lambda_function.py', handler('one'))
  made.push(service)
})
afterAll(() => made.forEach((each) => each.remove()))

describe('a mistake in the config', () => {
  test('is reported with all others, each with its place and cure, before the first call', async () => {
    service.write('lambda-api.yml', 'service: shop\nfunctions:\n  shop: { runtime: python3.11, memory-size: 12, handler: nothing.here }\n  other: { runtime: python3.11, timout: 3 }\napi:\n  routes:\n    get /x: shop\n    GET /a/{x}: shop\n    GET /a/{y}/b: nobody\n')
    const result = await service.run({ 'function-name': '', runtime: '', routes: '', 'environment-variables': '' })
    expect(result.exitCode).toBe(1)
    expect(await service.account.control.journal()).toEqual([])
    const errors = result.annotations.filter((each) => each.level === 'error')
    const lines = errors.map((each) => `${each.file}:${each.line} ${each.message.split('\n')[0]}`).join('\n')
    for (const line of [3, 4, 7, 9]) expect(lines).toContain(`lambda-api.yml:${line} `)
    expect(lines).toMatch(/memory-size/)
    expect(lines).toMatch(/nothing/)
    expect(errors.every((each) => each.message.includes('Cure: '))).toBe(true)
    expect(result.log.join('\n')).not.toMatch(/^\s+at /m)
    expect(result.summary).toContain('timout')
  })
})

describe('a refusal of AWS', () => {
  const failed = async (): Promise<{ errors: string[]; result: Awaited<ReturnType<Deployable['run']>> }> => {
    const result = await service.run()
    expect(result.exitCode).toBe(1)
    return { result, errors: result.annotations.filter((each) => each.level === 'error').map((each) => each.message) }
  }
  const arm = (operation: string, error: { code: string; status: number; message: string }, times = 1): Promise<unknown> =>
    service.account.control.fault({ operation }, { kind: 'error', ...error }, times)

  test('AccessDenied names the missing action and resource, once', async () => {
    await arm('CreateFunction', { code: 'AccessDeniedException', status: 403, message: 'User: arn:aws:sts::1:assumed-role/ci/x is not authorized to perform: lambda:CreateFunction on resource: arn:aws:lambda:eu-west-1:1:function:shop because no identity-based policy allows the lambda:CreateFunction action' })
    const { errors, result } = await failed()
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain('the credentials lack lambda:CreateFunction on arn:aws:lambda:eu-west-1:1:function:shop')
    expect(result.summary).toContain('had been made by then')
  })

  test('two at the same time are told both, and one that meets two calls is told once', async () => {
    await service.account.control.configure({ latencyMs: 100, windows: { roleAssumable: 0 } })
    await arm('CreateRole', { code: 'MalformedPolicyDocument', status: 400, message: 'no role' })
    await arm('CreateRestApi', { code: 'BadRequestException', status: 400, message: 'no API' })
    expect((await failed()).errors.map((each) => each.split('\n')[0])).toEqual(expect.arrayContaining([expect.stringContaining('no role'), expect.stringContaining('no API')]))
    await service.account.control.clearFaults()
    const expired = { code: 'ExpiredTokenException', status: 403, message: 'The security token included in the request is expired' }
    await arm('CreateRole', { ...expired, code: 'ExpiredToken' })
    await arm('CreateRestApi', expired)
    expect((await failed()).errors).toHaveLength(1)
  })

  test('a used-up quota is not tried again', async () => {
    await arm('CreateResource', { code: 'LimitExceededException', status: 429, message: 'Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.' }, 0)
    const { errors } = await failed()
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain('A quota of the account is used up')
    expect((await service.account.control.journal()).filter((call) => call.operation === 'CreateResource')).toHaveLength(1)
  })

  test('an internal error that stays ends the run, also where each attempt is preceded by a look', async () => {
    await arm('PublishVersion', { code: 'ServiceException', status: 500, message: 'Internal' }, 0)
    expect((await failed()).errors).toEqual([expect.stringContaining('AWS refused PublishVersion (Lambda): Internal')])
    expect((await service.account.control.journal()).filter((call) => call.operation === 'PublishVersion').length).toBeLessThan(12)
  })

  test('throttling is waited out', async () => {
    await arm('UpdateStage', { code: 'TooManyRequestsException', status: 429, message: 'Too Many Requests' }, 3)
    const result = await service.run()
    expect(result.exitCode).toBe(0)
  })

  test('break 22: the echo of environment values is withheld', async () => {
    await arm('CreateFunction', { code: 'InvalidParameterValueException', status: 400, message: 'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: {"TABLE":"events"}' })
    const { result } = await failed()
    expect(result.output).not.toContain('"TABLE"')
  })

  test('a function or an API of somebody else is left alone, with the cure', async () => {
    const other = { repository: 'acme/other' }
    const first = await service.run()
    expect(first.exitCode).toBe(0)
    const stranger = await runAction({
      ...other, workspace: service.workspace, inputs: { ...everything, stage: 'prod' },
      aws: { endpoint: service.account.url, account: service.account.id, region: service.account.region },
    })
    expect(stranger.exitCode).toBe(1)
    expect(stranger.annotations[0]?.message).toContain('another repository deploys')
  })
})

describe('a role by ARN', () => {
  const arn = (name: string): string => `arn:aws:iam::${service.account.id}:role/${name}`
  const make = (RoleName: string, principal: string): Promise<unknown> =>
    new IAMClient(service.account.client).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustOf(principal) }))
  const deploy = async (role: string): Promise<{ exitCode: number | null; errors: string[]; places: string[]; writes: string[] }> => {
    service.write('lambda-api.yml', `service: shop\nfunctions:\n  shop:\n    runtime: python3.11\n    handler: lambda_function.lambda_handler\n    role: ${arn(role)}\napi: { access-log: 'off' }\n`)
    const { exitCode, annotations } = await service.run({ 'function-name': '', runtime: '', routes: '', 'environment-variables': '', 'cloudwatch-role': '', 'access-log-retention-days': '' })
    const errors = annotations.filter((each) => each.level === 'error')
    return { exitCode, errors: errors.map(({ message }) => message), places: errors.map(({ file, line }) => `${file}:${line}`), writes: await service.writes() }
  }

  test.each([
    ['is not there', 'nobody', undefined, /There is no role nobody in this account/],
    ['does not trust Lambda', 'other', 'apigateway.amazonaws.com', /Its trust policy does not name lambda\.amazonaws\.com/],
  ])('that %s is told with its place before anything is made', async (_what, name, principal, why) => {
    if (principal !== undefined) await make(name, principal)
    const { exitCode, errors, places, writes } = await deploy(name)
    expect(exitCode).toBe(1)
    expect(errors).toEqual([expect.stringMatching(why)])
    expect(errors[0]).toContain(`Lambda cannot run a function with the role ${arn(name)}`)
    expect(places).toEqual(['lambda-api.yml:6'])
    expect(writes).toEqual([])
  })

  test('of which nobody may ask is tried for a short while only, before there is an API', async () => {
    const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'iam:GetRole', Resource: '*' }] as const
    await service.account.control.configure({ policy: { Version: '2012-10-17', Statement } })
    const { exitCode, errors, places, writes } = await deploy('nobody')
    expect(exitCode).toBe(1)
    expect(errors).toEqual([expect.stringContaining(`Lambda cannot run a function with the role ${arn('nobody')}`)])
    expect(places).toEqual(['lambda-api.yml:6'])
    expect(new Set(writes)).toEqual(new Set(['CreateFunction']))
    const tries = (await service.account.control.journal()).filter(({ operation }) => operation === 'CreateFunction')
    expect((tries.at(-1)?.virtualStart ?? 0) - (tries[0]?.virtualStart ?? 0)).toBeLessThan(40_000)
    expect(tries.length).toBeGreaterThan(3)
  })

  test('that an earlier step has just made is waited for, and not looked at again', async () => {
    await service.account.control.configure({ windows: { roleAssumable: 90_000 } })
    await make('fresh', 'lambda.amazonaws.com')
    expect(await deploy('fresh')).toMatchObject({ exitCode: 0, errors: [] })
    expect((await service.account.control.journal()).filter(({ operation }) => operation === 'CreateFunction').length).toBeGreaterThan(3)
    service.write('lambda_function.py', handler('two'))
    expect((await deploy('fresh')).writes).toContain('UpdateFunctionCode')
    expect((await service.account.control.journal()).filter(({ operation }) => operation === 'GetRole')).toEqual([])
  })
})
