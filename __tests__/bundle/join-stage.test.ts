import { afterAll, describe, expect, test } from '@jest/globals'
import { APIGatewayClient, CreateDeploymentCommand, DeleteDeploymentCommand, GetStageCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { dumpWithoutCode, foundName } from '../support/found.ts'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { foreignPart, furnish, secondStage } from '../support/stage-dump.ts'
import { callers, tutorial } from '../support/tutorial.ts'

const made: Deployable[] = []
afterAll(() => made.forEach((each) => each.remove()))

const inputs = { service: 'greet', 'function-name': foundName, runtime: 'python3.11', join: 'true', stage: 'prod', routes: 'GET /items', 'keep-releases': '1' }

async function found(more: Readonly<Record<string, string>> = {}) {
  const service = makeService({ ...inputs, ...more })
  made.push(service)
  const { account } = service
  await account.control.configure({ rates: false })
  const restApiId = await tutorial(account)
  service.write('lambda_function.py', handler('new'))
  const api = new APIGatewayClient(account.client)
  const run = (rest: Readonly<Record<string, string>> = {}) => service.run({ 'api-id': restApiId, ...rest })
  return { service, account, restApiId, api, run, url: `${account.url}/restapis/${restApiId}/prod/_user_request_` }
}

/** All of API Gateway and of the function, but for when a stage was last updated, which any update changes. */
async function accountOf({ account }: Deployable): Promise<unknown> {
  const gateway = Object.entries(await account.control.state()).filter(([name]) => /gateway/i.test(name))
  const text = JSON.stringify(gateway, (key: string, value: unknown) => (key === 'lastUpdatedDate' ? undefined : value))
  return { gateway: JSON.parse(text) as unknown, fn: await dumpWithoutCode(account) }
}

const errorOf = (result: Awaited<ReturnType<Deployable['run']>>): string => result.annotations.find(({ level }) => level === 'error')?.message ?? ''

describe('a stage that others have made', () => {
  test('is joined, deployed to, changed, rolled back, to release 0, too, and given back, and no caller of its URL fails', async () => {
    const { service, account, restApiId, api, run, url } = await found()
    await furnish(account, restApiId, 'prod')
    await secondStage(account, restApiId, 'prod')
    const [before, foreign] = [await accountOf(service), await foreignPart(account, restApiId, 'prod')]
    const { deploymentId } = await api.send(new GetStageCommand({ restApiId, stageName: 'prod' }))
    const loops = [callers(`${url}/hello`, {}), callers(`${url}/hello`, { method: 'OPTIONS' })]
    const step = async (more: Readonly<Record<string, string>> = {}) => {
      const result = succeeded(await run(more))
      expect(await foreignPart(account, restApiId, 'prod')).toEqual(foreign)
      return result
    }
    const planned = await step({ command: 'plan' })
    expect(planned.output).toMatch(new RegExp(`> stage +prod +was not made by this service; what it serves is release 0[\\s\\S]*release 0.*deployment ${deploymentId}`))
    expect(await accountOf(service)).toEqual(before)
    const first = await step()
    expect(first.outputs['release']).toBe('2')
    expect((await call(first, '/items')).body).toMatchObject({ text: 'new' })
    await step()
    expect(await service.writes()).toEqual([])
    for (const text of ['newer', 'newest']) {
      service.write('lambda_function.py', handler(text))
      await step({ routes: `GET /items\nGET /${text}` })
    }
    expect((await call(first, '/newest')).body).toMatchObject({ text: 'newest' })
    await step({ command: 'rollback' })
    expect((await call(first, '/newer')).body).toMatchObject({ text: 'newer' })
    const back = await step({ command: 'rollback', to: '0' })
    expect([back.outputs['api-deployment-id'], (await call(first, '/hello')).status, (await call(first, '/items')).status]).toEqual([deploymentId, 200, 403])
    await step({ command: 'rollback', to: '0' })
    expect(await service.writes()).toEqual([])
    service.write('lambda_function.py', handler('after'))
    await step({ 'throttling-rate': '50', routes: 'GET /items' }).catch(() => undefined)
    const again = succeeded(await run({ 'throttling-rate': '50', routes: 'GET /items' }))
    expect((await call(again, '/items')).body).toMatchObject({ text: 'after' })
    expect((await api.send(new GetStageCommand({ restApiId, stageName: 'prod' }))).methodSettings?.['*/*']?.throttlingRateLimit).toBe(50)
    succeeded(await run({ command: 'destroy', confirm: 'greet' }))
    const statuses = (await Promise.all(loops.map(({ stop }) => stop()))).flat()
    const failed = statuses.filter((status) => status !== 200)
    process.stdout.write(`joined stage: ${statuses.length} requests, ${failed.length} failed\n`)
    expect([statuses.length > 50, failed]).toEqual([true, []])
    expect(await accountOf(service)).toEqual(before)
    succeeded(await run({ command: 'destroy', confirm: 'greet' }))
    expect(await service.writes()).toEqual([])
  })

  test('gets back a setting that leaves the config, and one that was not set before is not set again', async () => {
    const { service, run } = await found({ 'access-log': 'off' })
    const before = await accountOf(service)
    succeeded(await run({ 'throttling-rate': '50', 'throttling-burst': '9' }))
    succeeded(await run({ 'throttling-rate': '60' }))
    succeeded(await run())
    succeeded(await run())
    expect(await service.writes()).toEqual([])
    succeeded(await run({ 'throttling-rate': '70' }))
    succeeded(await run({ command: 'destroy', confirm: 'greet' }))
    expect(await accountOf(service)).toEqual(before)
  })

  test('with a canary of somebody else is refused before anything is written', async () => {
    const { service, api, restApiId, run } = await found()
    const { id: value } = await api.send(new CreateDeploymentCommand({ restApiId }))
    await api.send(new UpdateStageCommand({ restApiId, stageName: 'prod', patchOperations: [
      { op: 'replace', path: '/canarySettings/percentTraffic', value: '10' }, { op: 'replace', path: '/canarySettings/deploymentId', value },
    ] }))
    const result = await run()
    expect([result.exitCode, await service.writes()]).toEqual([1, []])
    expect(errorOf(result)).toMatch(/Stage prod of greet has a canary that this service did not make[\s\S]*op=remove,path=\/canarySettings/)
  })

  test('is not given back while the deployment that it served is gone, unless others have put theirs there', async () => {
    const { api, restApiId, run, url } = await found()
    const { deploymentId } = await api.send(new GetStageCommand({ restApiId, stageName: 'prod' }))
    succeeded(await run())
    await api.send(new DeleteDeploymentCommand({ restApiId, deploymentId }))
    const refused = await run({ command: 'destroy', confirm: 'greet' })
    expect([refused.exitCode, errorOf(refused)]).toEqual([1, expect.stringContaining(`deployment ${deploymentId}, which it served before this service, is gone`)])
    const { id: theirs } = await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }))
    succeeded(await run({ command: 'destroy', confirm: 'greet' }))
    expect((await api.send(new GetStageCommand({ restApiId, stageName: 'prod' }))).deploymentId).toBe(theirs)
    expect((await fetch(`${url}/hello`)).status).toBe(200)
  })

  test('of an API of ours stays refused, and so does one of another service', async () => {
    const { service, api, restApiId, run } = await found()
    succeeded(await run())
    const other = await service.run({ 'api-id': restApiId, service: 'other', 'function-name': 'other', join: 'false' })
    expect([other.exitCode, errorOf(other)]).toEqual([1, expect.stringMatching(/stage prod of API \w+ that this service did not make\.[\s\S]*belongs to the service greet[\s\S]*Choose another `stage`/)])
    expect((await api.send(new GetStageCommand({ restApiId, stageName: 'prod' }))).tags?.['lambda-api-deploy:service']).toBe('greet')
  })
})
