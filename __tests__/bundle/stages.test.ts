import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import { APIGatewayClient, GetResourcesCommand, PutIntegrationCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const file = `
service: shop
defaults: { runtime: python3.11, environment-variables: { MODE: live } }
functions:
  read: { handler: read.lambda_handler }
  book: { handler: book.lambda_handler, memory-size: 256 }
api:
  access-log: clf
  cloudwatch-role: create
  routes:
    GET /items: read
    POST /items/{id}/bookings: book
stages:
  test: { functions: { book: { timeout: 20, environment-variables: { MODE: trial } } } }
`

let service: Deployable

beforeAll(() => {
  service = makeService({})
  service.write('lambda-api.yml', file)
  service.write('read.py', handler('read'))
  service.write('book.py', handler('book'))
})
afterAll(() => service.remove())

const deploy = async (stage: string): ReturnType<Deployable['run']> => succeeded(await service.run({ stage }))

describe('two stages of one service share API and functions and serve what is theirs', () => {
  test('deployed in turn, each second run of each writes nothing', async () => {
    const prod = await deploy('prod')
    const trial = await deploy('test')
    expect(trial.outputs['api-id']).toBe(prod.outputs['api-id'])
    for (const stage of ['prod', 'test', 'prod', 'test']) {
      await deploy(stage)
      expect(await service.writes()).toEqual([])
    }
    expect((await call(prod, '/items')).body).toMatchObject({ text: 'read' })
    expect((await call(trial, '/items/7/bookings', { method: 'POST' })).body).toMatchObject({ text: 'book', path: { id: '7' } })
  })

  test('a change that is deployed to one stage reaches that stage alone', async () => {
    service.write('read.py', handler('read again'))
    const trial = await deploy('test')
    const prodUrl = { ...trial, outputs: { 'invoke-url': trial.outputs['invoke-url']?.replace(/\/test\//, '/prod/') ?? '' } }
    expect((await call(trial, '/items')).body).toMatchObject({ text: 'read again' })
    expect((await call(prodUrl, '/items')).body).toMatchObject({ text: 'read' })
    await deploy('prod')
    expect((await call(prodUrl, '/items')).body).toMatchObject({ text: 'read again' })
  })

  test('a permission that was removed by hand makes 500, and the next run puts it back', async () => {
    const before = await deploy('prod')
    const lambda = new LambdaClient(service.account.client)
    const state = (await service.account.control.state()) as { lambda: Record<string, { functions: Record<string, { policies: Record<string, { Statement: { Sid: string }[] }> }> }> }
    const policies = state.lambda['eu-west-1']?.functions['shop-read']?.policies ?? {}
    for (const slot of ['prod-a', 'prod-b']) {
      const StatementId = policies[slot]?.Statement[0]?.Sid
      await lambda.send(new RemovePermissionCommand({ FunctionName: 'shop-read', Qualifier: slot, StatementId }))
    }
    expect((await call(before, '/items')).status).toBe(500)
    const after = await deploy('prod')
    expect(await service.writes()).toEqual(['AddPermission', 'AddPermission'])
    expect((await call(after, '/items')).status).toBe(200)
  })

  test('a route that is not ours stays, through changes and through the destroy of a stage', async () => {
    const api = new APIGatewayClient(service.account.client)
    const restApiId = (await deploy('prod')).outputs['api-id']
    const tree = await api.send(new GetResourcesCommand({ restApiId }))
    const resourceId = tree.items?.find((each) => each.path === '/items')?.id
    await api.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: 'DELETE', authorizationType: 'AWS_IAM' }))
    await api.send(new PutIntegrationCommand({ restApiId, resourceId, httpMethod: 'DELETE', type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }))
    service.write('lambda-api.yml', file.replace('GET /items: read', 'GET /things: read'))
    await deploy('prod')
    await deploy('test')
    await service.account.control.refill()
    const left = await api.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }))
    const routes = (left.items ?? []).flatMap((each) => Object.keys(each.resourceMethods ?? {}).map((method) => `${method} ${each.path}`)).sort()
    expect(routes).toEqual(['DELETE /items', 'GET /things', 'POST /items/{id}/bookings'])
  })

  test('the last stage takes functions and roles along, and leaves the API because of the foreign route, and says so', async () => {
    const destroy = async (stage: string): ReturnType<Deployable['run']> => succeeded(await service.run({ stage, command: 'destroy', confirm: 'shop' }))
    await destroy('test')
    const last = await destroy('prod')
    expect(last.summary).toContain('DELETE /items')
    const state = JSON.stringify(await service.account.control.state())
    expect(state).not.toContain('function:shop-read"')
    expect(state).toContain('AWS_IAM')
    await destroy('prod')
    expect(await service.writes()).toEqual([])
  })
})
