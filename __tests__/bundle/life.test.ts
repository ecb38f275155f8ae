import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

let service: Deployable
const stage = { stage: 'prod' }

beforeAll(() => {
  service = makeService({ ...everything, ...stage })
  service.write('lambda_function.py', handler('one'))
})
afterAll(() => service.remove())

describe('the life of a service, from an empty account to an empty account', () => {
  test('plan on an empty account shows everything and writes nothing', async () => {
    const result = succeeded(await service.run({ command: 'plan' }))
    expect(await service.writes()).toEqual([])
    expect(result.outputs).toMatchObject({ command: 'plan', changed: 'true' })
    const kinds = (JSON.parse(result.outputs['plan'] ?? '') as { kind: string }[]).map((change) => change.kind)
    expect(kinds).toEqual(expect.arrayContaining(['account CloudWatch role', 'role', 'function', 'alias', 'permission', 'API', 'route', 'deployment', 'log group', 'stage']))
  })

  test('the first deploy makes just what the plan showed, and every route answers', async () => {
    const planned = JSON.parse((await service.run({ command: 'plan' })).outputs['plan'] ?? '') as unknown
    const result = succeeded(await service.run())
    expect(JSON.parse(result.outputs['plan'] ?? '')).toEqual(planned)
    expect(result.outputs).toMatchObject({ changed: 'true', command: 'deploy', release: '1', stage: 'prod', 'function-name': 'shop', 'function-version': '1' })
    expect(await call(result, '/items')).toEqual({ status: 200, body: { text: 'one', route: 'GET /items', path: null } })
    expect(await call(result, '/items/7')).toEqual({ status: 200, body: { text: 'one', route: 'GET /items/{id}', path: { id: '7' } } })
    expect((await call(result, '/items', { method: 'POST', body: '{}' })).status).toBe(200)
    expect((await call(result, '/other')).status).toBe(403)
    expect(result.summary).toContain(result.outputs['invoke-url'])
  })

  test('the same again writes nothing and says so', async () => {
    const result = succeeded(await service.run())
    expect(await service.writes()).toEqual([])
    expect(result.outputs).toMatchObject({ changed: 'false', release: '1', 'function-version': '1' })
  })

  test('a code change takes one new version and no new deployment', async () => {
    service.write('lambda_function.py', handler('two'))
    const result = succeeded(await service.run())
    expect(await service.writes()).toEqual(['TagResource', 'UpdateFunctionCode', 'PublishVersion', 'UpdateAlias', 'UpdateStage'])
    expect(result.outputs).toMatchObject({ changed: 'true', release: '2', 'function-version': '2' })
    expect((await call(result, '/items')).body).toMatchObject({ text: 'two' })
  })

  test('going back to code that was published before takes the old version again', async () => {
    service.write('lambda_function.py', handler('one'))
    const result = succeeded(await service.run())
    expect(await service.writes()).toEqual(['UpdateStage'])
    expect(result.outputs).toMatchObject({ release: '3', 'function-version': '1' })
    expect((await call(result, '/items')).body).toMatchObject({ text: 'one' })
  })

  test('a configuration change goes live as a version of its own', async () => {
    const result = succeeded(await service.run({ 'environment-variables': 'TABLE=events\nMODE=fast', timeout: '9' }))
    expect(await service.writes()).toEqual(['TagResource', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PublishVersion', 'UpdateAlias', 'UpdateStage'])
    expect(result.outputs).toMatchObject({ release: '4', 'function-version': '3' })
    expect(result.log.join('\n')).not.toContain('fast')
    succeeded(await service.run({ 'environment-variables': 'TABLE=events\nMODE=fast', timeout: '9' }))
    expect(await service.writes()).toEqual([])
  })

  test('code and routes change together: the old route is gone, the new one meets the new code, the shared one too', async () => {
    service.write('lambda_function.py', handler('three'))
    const routes = { routes: 'GET /items\nGET /items/{name}/seats' }
    const result = succeeded(await service.run(routes))
    expect((await service.writes()).filter((operation) => operation === 'UpdateStage')).toHaveLength(1)
    expect((await service.writes()).filter((operation) => operation === 'CreateDeployment')).toHaveLength(1)
    expect((await call(result, '/items')).body).toMatchObject({ text: 'three' })
    expect((await call(result, '/items/a/seats')).body).toMatchObject({ text: 'three', path: { name: 'a' } })
    expect((await call(result, '/items', { method: 'POST' })).status).toBe(403)
    expect((await call(result, '/items/7')).status).toBe(403)
    succeeded(await service.run(routes))
    expect(await service.writes()).toEqual([])
  })

  test('turning the access log off and on is one UpdateStage without a new release', async () => {
    const routes = { routes: 'GET /items\nGET /items/{name}/seats' }
    const off = succeeded(await service.run({ ...routes, 'access-log': 'off', 'access-log-retention-days': '' }))
    expect(await service.writes()).toEqual(['UpdateStage'])
    const on = succeeded(await service.run({ ...routes, 'access-log': 'clf' }))
    expect(await service.writes()).toEqual(['UpdateStage'])
    expect(on.outputs['release']).toBe(off.outputs['release'])
  })

  test('throttling comes, goes and is no release either', async () => {
    const inputs = { routes: 'GET /items\nGET /items/{name}/seats', 'access-log': 'clf' }
    const limited = succeeded(await service.run({ ...inputs, 'throttling-rate': '1', 'throttling-burst': '2' }))
    expect(await service.writes()).toEqual(['UpdateStage'])
    succeeded(await service.run({ ...inputs, 'throttling-rate': '1', 'throttling-burst': '2' }))
    expect(await service.writes()).toEqual([])
    const free = succeeded(await service.run(inputs))
    expect(await service.writes()).toEqual(['UpdateStage'])
    expect(free.outputs['release']).toBe(limited.outputs['release'])
    succeeded(await service.run(inputs))
    expect(await service.writes()).toEqual([])
  })

  test('destroy without the name of the service is refused before any call', async () => {
    const result = await service.run({ command: 'destroy' })
    expect(result.exitCode).toBe(1)
    expect(await service.account.control.journal()).toEqual([])
  })

  test('destroy of the last stage leaves log groups and the account role, and nothing else', async () => {
    succeeded(await service.run({ command: 'destroy', confirm: 'shop' }))
    const left = JSON.stringify(await service.account.control.state())
    expect(left).not.toContain('shop-eu-west-1')
    expect(left).not.toContain('function:shop')
    expect(left).toContain('/aws/apigateway/shop-')
    expect(left).toContain('lambda-api-deploy-api-gateway-logs-eu-west-1')
    succeeded(await service.run({ command: 'destroy', confirm: 'shop' }))
    expect(await service.writes()).toEqual([])
  })
})
