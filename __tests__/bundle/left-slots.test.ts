import { afterEach, expect, test } from '@jest/globals'
import { AddPermissionCommand, GetPolicyCommand, LambdaClient, ListAliasesCommand, ListFunctionsCommand, ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda'
import type { StepResult } from '../support/runner.ts'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const made: Deployable[] = []
afterEach(() => made.splice(0).forEach((each) => each.remove()))

const names = ['shop-web', 'shop-order', 'monthly-report']

/** Three functions, one of a name of its own, on the stages prod and pr-7; then the workspace is as a job without a checkout has it. */
async function twoStages(): Promise<{ readonly service: Deployable; readonly prod: StepResult; readonly lambda: LambdaClient }> {
  const service = makeService({})
  made.push(service)
  await service.account.control.configure({ rates: false })
  const write = (text: string): void => {
    service.write('app.py', handler(text))
    service.write('lambda-api.yml', `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions: { web: {}, order: {}, report: { function-name: monthly-report } }
api: { access-log: off, routes: { GET /items: web, POST /orders: order, GET /report: report } }
`)
  }
  write('one')
  const prod = succeeded(await service.run({ stage: 'prod' }))
  write('two')
  succeeded(await service.run({ stage: 'pr-7' }))
  service.write('lambda-api.yml', '')
  return { service, prod, lambda: new LambdaClient(service.account.client) }
}

const destroy = { command: 'destroy', service: 'shop', confirm: 'shop', stage: 'pr-7' }

async function aliasesOf(lambda: LambdaClient, name: string): Promise<string[]> {
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName: name }))
  return Aliases.map(({ Name = '' }) => Name).sort()
}

test('deploy 18: destroy of one of several stages without a checkout takes the slots of all functions along, and no more', async () => {
  const { service, lambda } = await twoStages()
  const destroyed = succeeded(await service.run(destroy))
  for (const name of names) {
    expect(await aliasesOf(lambda, name)).toEqual(['prod-a', 'prod-b'])
    expect(destroyed.output).toContain(`${name}:pr-7-a`)
    const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName: name, Qualifier: 'prod-a' }))
    expect(Policy).toContain('/prod/')
    const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: name }))
    expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1'])
  }
  succeeded(await service.run(destroy))
  expect(await service.writes()).toEqual([])
})

test('deploy 18: the stage that stays answers, what others call stays and is told, and the last stage takes all of it', async () => {
  const { service, prod, lambda } = await twoStages()
  const theirs = { FunctionName: 'monthly-report', Qualifier: 'pr-7-b', StatementId: 'theirs', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }
  await lambda.send(new AddPermissionCommand(theirs))
  const destroyed = succeeded(await service.run(destroy))
  expect(await aliasesOf(lambda, 'monthly-report')).toEqual(['pr-7-b', 'prod-a', 'prod-b'])
  expect(await aliasesOf(lambda, 'shop-order')).toEqual(['prod-a', 'prod-b'])
  expect(destroyed.summary).toContain('Alias monthly-report:pr-7-b stays')
  expect(await call(prod, '/report')).toMatchObject({ status: 200, body: { text: 'one' } })
  succeeded(await service.run({ ...destroy, stage: 'prod' }))
  expect((await lambda.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['monthly-report'])
})
