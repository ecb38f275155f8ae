import { afterAll, describe, expect, test } from '@jest/globals'
import { APIGatewayClient, CreateDeploymentCommand, GetMethodCommand, GetRestApisCommand, GetResourcesCommand, PutMethodCommand, PutIntegrationCommand, UpdateMethodCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { makeApi } from '../support/found-api.ts'

const made: Deployable[] = []
afterAll(() => made.forEach((each) => each.remove()))

const inputs = { 'function-name': 'shop', runtime: 'python3.11', 'access-log': 'off', routes: 'GET /items\nGET /orders/{id}/seats' }

async function found(more: Readonly<Record<string, string>> = {}) {
  const service = makeService(inputs)
  made.push(service)
  await service.account.control.configure({ rates: false })
  const { restApiId, api } = await makeApi(service.account)
  service.write('lambda_function.py', handler('one'))
  const run = (rest: Readonly<Record<string, string>> = {}) => service.run({ 'api-id': restApiId, ...more, ...rest })
  return { service, restApiId, api, run, before: await gatewayOf(service) }
}

/** The input that names the account's one API. */
async function idOf({ account }: Deployable): Promise<{ readonly 'api-id': string }> {
  const { items = [] } = await new APIGatewayClient(account.client).send(new GetRestApisCommand({}))
  return { 'api-id': items[0]?.id ?? '' }
}

type Json = Readonly<Record<string, unknown>>

/** All of API Gateway in the account. */
async function gatewayOf({ account }: Deployable): Promise<Json> {
  const state = await account.control.state()
  return JSON.parse(JSON.stringify(Object.entries(state).filter(([name]) => /gateway/i.test(name)))) as Json
}

describe('an API that this service did not make', () => {
  test('of the same name is refused with its id', async () => {
    const { service, restApiId } = await found()
    const result = await service.run({ 'api-name': 'theirs' })
    expect([result.exitCode, await service.writes()]).toEqual([1, []])
    expect(result.annotations.find(({ level }) => level === 'error')?.message).toMatch(new RegExp(`theirs \\(${restApiId}, made \\d{4}-\\d\\d-\\d\\d\\)[\\s\\S]*\`api-id: ${restApiId}\`[\\s\\S]*\`command: plan\``))
  })

  test('gets routes and a stage, through changes and a release back; a stage of others serves as before; destroy leaves all as it was, field by field', async () => {
    const { service, run, before, api, restApiId } = await found()
    expect(JSON.stringify(before)).toContain(restApiId)
    const live = async (): Promise<unknown> => (await fetch(`${service.account.url}/restapis/${restApiId}/live/_user_request_/r0`)).json()
    const first = succeeded(await run())
    expect(first.outputs['api-id']).toBe(restApiId)
    expect((await call(first, '/items')).body).toMatchObject({ text: 'one' })
    succeeded(await run())
    expect(await service.writes()).toEqual([])
    service.write('lambda_function.py', handler('two'))
    const routes = Array.from({ length: 20 }, (_each, index) => `GET /many/m${index}`).join('\n')
    succeeded(await run({ routes: `GET /items\n${routes}` }))
    expect((await call(first, '/many/m7')).body).toMatchObject({ text: 'two' })
    expect(await live()).toEqual({ by: 'hand' })
    succeeded(await run({ command: 'rollback' }))
    expect((await call(first, '/orders/4/seats')).body).toMatchObject({ text: 'one' })
    const { items = [] } = await api.send(new GetResourcesCommand({ restApiId, limit: 500 }))
    expect(items.filter(({ path }) => path === '/orders').length).toBe(1)
    const destroyed = succeeded(await run({ command: 'destroy', confirm: 'shop' }))
    expect(destroyed.summary).toContain(`API ${restApiId} stays: it was there before this service.`)
    expect(await gatewayOf(service)).toEqual(before)
    expect(await live()).toEqual({ by: 'hand' })
  })

  test('takes two services at once, of which neither touches the other', async () => {
    const { service, run, before } = await found()
    const other = { service: 'other', 'function-name': 'other', stage: 'second', routes: 'GET /others' }
    const id = await idOf(service)
    const [first, second] = [await service.start({ ...id, stage: 'first' }), await service.start({ ...id, ...other })]
    const [one, two] = [succeeded(await first.result), succeeded(await second.result)]
    expect([(await call(one, '/items')).status, (await call(two, '/others')).status]).toEqual([200, 200])
    for (const mine of [{ stage: 'first' }, other]) {
      succeeded(await run(mine))
      expect(await service.writes()).toEqual([])
    }
    succeeded(await run({ command: 'destroy', confirm: 'shop', stage: 'first' }))
    expect((await call(two, '/others')).status).toBe(200)
    succeeded(await run({ ...other, command: 'destroy', confirm: 'other' }))
    expect(await gatewayOf(service)).toEqual(before)
  })

  test('waits for a method that another service is about to finish, in place of failing with it', async () => {
    const { service, api, restApiId } = await found()
    const { items = [] } = await api.send(new GetResourcesCommand({ restApiId, limit: 500 }))
    const at = { restApiId, resourceId: items.find(({ path }) => path === '/r1')?.id, httpMethod: 'PUT' }
    await api.send(new PutMethodCommand({ ...at, authorizationType: 'NONE', operationName: 'lambda-api-deploy-other-0123456789ab' }))
    const { control } = service.account
    const step = await service.start({ 'api-id': restApiId })
    await control.fault({ operation: 'CreateDeployment' }, { kind: 'hold', when: 'after' })
    expect(await Promise.race([control.held(), step.result])).toHaveLength(1)
    await control.clearFaults()
    // API Gateway takes one write at a time, so what the other service does waits for the run's next look.
    await control.fault({ operation: 'GetResources' }, { kind: 'hold', when: 'before' })
    await control.release()
    expect(await Promise.race([control.held(), step.result])).toHaveLength(1)
    await api.send(new PutIntegrationCommand({ ...at, type: 'MOCK' }))
    await control.clearFaults()
    await control.release()
    succeeded(await step.result)
  })

  test('with edits that nobody has deployed is not deployed, unless that is asked for', async () => {
    const { service, run, api, restApiId } = await found()
    const { items = [] } = await api.send(new GetResourcesCommand({ restApiId, limit: 500 }))
    const at = (path: string) => ({ restApiId, resourceId: items.find((each) => each.path === path)?.id })
    await api.send(new PutMethodCommand({ ...at('/r1'), httpMethod: 'POST', authorizationType: 'NONE' }))
    await api.send(new PutIntegrationCommand({ ...at('/r1'), httpMethod: 'POST', type: 'MOCK' }))
    await api.send(new UpdateMethodCommand({ ...at('/r2'), httpMethod: 'GET', patchOperations: [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }] }))
    for (const command of ['plan', 'deploy']) {
      const result = await run({ command })
      expect([result.exitCode, await service.writes()]).toEqual([1, []])
      expect(result.annotations.find(({ level }) => level === 'error')?.message).toMatch(/nobody has deployed: (POST \/r1 is new, GET \/r2 is changed|GET \/r2 is changed, POST \/r1 is new)/)
    }
    succeeded(await run({ 'allow-foreign-changes': 'true' }))
    const { id: value } = await api.send(new CreateDeploymentCommand({ restApiId }))
    await api.send(new UpdateStageCommand({ restApiId, stageName: 'live', patchOperations: [{ op: 'replace', path: '/deploymentId', value }] }))
    service.write('lambda_function.py', handler('two'))
    succeeded(await run({ routes: 'GET /items' }))
  })

  test('has a route of the config already: refused with what it would lose; adopted where that is asked for', async () => {
    const { service, run, api, restApiId } = await found()
    const routes = 'POST /orders\nGET /items'
    const refused = await run({ routes })
    expect([refused.exitCode, await service.writes()]).toEqual([1, []])
    expect(refused.annotations.find(({ level }) => level === 'error')?.message).toMatch(/POST \/orders \(loses integration MOCK, loses authorizer \w+, loses models Order, loses request-validator \w+, loses mapping-templates application\/json\)/)
    const planned = succeeded(await run({ routes, command: 'plan', 'adopt-routes': 'true' }))
    expect(planned.output).toMatch(/> route +POST \/orders +exists without our mark and is adopted/)
    const result = succeeded(await run({ routes, 'adopt-routes': 'true' }))
    expect((await call(result, '/orders', { method: 'POST' })).body).toMatchObject({ text: 'one' })
    const { items = [] } = await api.send(new GetResourcesCommand({ restApiId, limit: 500 }))
    const method = await api.send(new GetMethodCommand({ restApiId, resourceId: items.find(({ path }) => path === '/orders')?.id, httpMethod: 'GET' }))
    expect(method.apiKeyRequired).toBe(true)
  })
})
