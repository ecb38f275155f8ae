import { afterEach, describe, expect, test } from '@jest/globals'
import { GetFunctionCommand, LambdaClient, UntagResourceCommand } from '@aws-sdk/client-lambda'
import type { StepResult } from '../support/runner.ts'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const made: Deployable[] = []
afterEach(() => made.splice(0).forEach((each) => each.remove()))

/** A service of a config file, whose functions stand as they are written. */
function shop(): Deployable {
  const service = makeService({ stage: 'prod' })
  made.push(service)
  service.write('app.py', handler('one'))
  return service
}

const file = (functions: string): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions: { ${functions} }
api:
  access-log: off
  routes: { GET /items: web }
release: { keep-releases: 0 }
`

async function deploy(service: Deployable, functions: string, text = 'one'): Promise<StepResult> {
  service.write('app.py', handler(text))
  service.write('lambda-api.yml', file(functions))
  return succeeded(await service.run())
}

const namesIn = async (service: Deployable): Promise<string[]> => {
  const { lambda } = (await service.account.control.state()) as { lambda: Record<string, { functions: object }> }
  return Object.keys(lambda['eu-west-1']?.functions ?? {}).sort()
}
const holds = async (service: Deployable, text: string): Promise<boolean> => JSON.stringify(await service.account.control.state()).includes(text)

describe('deploy 17: a function with a name of its own that left the config', () => {
  test('goes with its role once no kept release needs it', async () => {
    const service = shop()
    await deploy(service, 'web: {}, report: { function-name: monthly-report }')
    const first = await deploy(service, 'web: {}')
    expect(first.output).toMatch(/= function +monthly-report +is no longer in the config, but a release that is live or kept has it/)
    expect(await service.writes()).toEqual([])
    await deploy(service, 'web: {}', 'two')
    const last = await deploy(service, 'web: {}', 'three')
    expect(last.output).toMatch(/- function +monthly-report +the config no longer describes it/)
    expect(await namesIn(service)).toEqual(['shop-web'])
    expect(await holds(service, 'monthly-report')).toBe(false)
    await deploy(service, 'web: {}', 'three')
    expect(await service.writes()).toEqual([])
  })

  test('goes where it only took another name', async () => {
    const service = shop()
    await deploy(service, 'web: {}, report: { function-name: monthly-report }')
    await deploy(service, 'web: {}, report: { function-name: weekly-report }')
    await deploy(service, 'web: {}, report: { function-name: weekly-report }', 'two')
    await deploy(service, 'web: {}, report: { function-name: weekly-report }', 'three')
    expect(await namesIn(service)).toEqual(['shop-web', 'weekly-report'])
  })

  test('goes where it bore the bare name of the service, which inputs had described', async () => {
    const service = shop()
    succeeded(await service.run({ 'function-name': 'shop', runtime: 'python3.11', handler: 'app.lambda_handler', 'access-log': 'off', routes: 'GET /items', 'keep-releases': '0' }))
    await deploy(service, 'web: {}, order: {}')
    await deploy(service, 'web: {}, order: {}', 'two')
    expect(await namesIn(service)).toEqual(['shop-order', 'shop-web'])
  })

  test('goes with the last stage, with its log where logs are to go, and is told of where they stay', async () => {
    const service = shop()
    await deploy(service, 'web: {}, report: { function-name: monthly-report }')
    service.write('lambda-api.yml', file('web: {}'))
    const destroyed = succeeded(await service.run({ command: 'destroy', confirm: 'shop' }))
    expect(await namesIn(service)).toEqual([])
    expect(await holds(service, 'monthly-report')).toBe(false)
    expect(destroyed.summary).toContain('/aws/lambda/monthly-report')
  })

  test('stays where it bears no tags of ours, and where the credentials may not look at those of others', async () => {
    const service = shop()
    await deploy(service, 'web: {}, report: { function-name: monthly-report }')
    await service.account.control.configure({ rates: false })
    const lambda = new LambdaClient(service.account.client)
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'monthly-report' }))
    await lambda.send(new UntagResourceCommand({ Resource: Configuration?.FunctionArn, TagKeys: ['managed-by'] }))
    const deny = { Effect: 'Deny' as const, Action: ['lambda:GetFunction', 'lambda:ListTags'], Resource: '*:function:monthly-report' }
    for (const denied of [[], [deny]]) {
      await service.account.control.configure({ policy: { Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }, ...denied] } })
      for (const text of ['once', 'twice', 'thrice']) await deploy(service, 'web: {}', `${denied.length} ${text}`)
      expect(await namesIn(service)).toEqual(['monthly-report', 'shop-web'])
    }
    succeeded(await service.run({ command: 'destroy', confirm: 'shop' }))
    expect(await namesIn(service)).toEqual(['monthly-report'])
  })
})
