import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { startAction } from '../support/runner.ts'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const config = (functions: readonly string[], keepReleases: number): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions: {${functions.map((name) => ` ${name}: {}`).join(',')} }
api:
  access-log: off
  routes: {${functions.map((name) => ` GET /${name}: ${name}`).join(',')} }
release: { keep-releases: ${keepReleases} }
`

const made: Deployable[] = []
let service: Deployable
beforeEach(() => {
  service = makeService({ stage: 'prod' })
  made.push(service)
  service.write('app.py', handler('one'))
})
afterAll(() => made.forEach((each) => each.remove()))

const deploy = async (functions: readonly string[], keepReleases: number): ReturnType<Deployable['run']> => {
  service.write('lambda-api.yml', config(functions, keepReleases))
  return succeeded(await service.run())
}
const names = async (): Promise<string[]> => {
  const { lambda } = (await service.account.control.state()) as { lambda: Record<string, { functions: object }> }
  return Object.keys(lambda['eu-west-1']?.functions ?? {}).sort()
}

describe('functions that come and go', () => {
  test('one that is added joins the live slot without moving the others', async () => {
    await deploy(['read'], 5)
    const result = await deploy(['read', 'book'], 5)
    expect(await service.writes()).not.toContain('UpdateFunctionCode')
    expect((await call(result, '/book')).status).toBe(200)
    expect((await call(result, '/read')).status).toBe(200)
    await deploy(['read', 'book'], 5)
    expect(await service.writes()).toEqual([])
  })

  test('one that is gone from the config goes with its role as soon as no kept release needs it', async () => {
    await deploy(['read', 'book'], 1)
    await deploy(['read'], 1)
    expect(await names()).toEqual(['shop-book', 'shop-read'])
    service.write('app.py', handler('two'))
    await deploy(['read'], 1)
    expect(await names()).toEqual(['shop-read'])
    expect(JSON.stringify(await service.account.control.state())).not.toContain('shop-book')
    await deploy(['read'], 1)
    expect(await service.writes()).toEqual([])
  })

  test('what looks alike but belongs to another service stays, also when the last stage goes', async () => {
    await deploy(['read'], 0)
    const other = makeService({})
    made.push(other)
    other.write('app.py', handler('mail'))
    const mail = await startAction({
      workspace: other.workspace, inputs: { 'function-name': 'shop-mail', runtime: 'python3.11', handler: 'app.lambda_handler', 'access-log': 'off' },
      aws: { endpoint: service.account.url, account: service.account.id, region: service.account.region },
    }).result
    expect(mail.exitCode).toBe(0)
    await deploy(['list'], 0)
    expect(await names()).toEqual(['shop-list', 'shop-mail'])
    succeeded(await service.run({ command: 'destroy', confirm: 'shop' }))
    expect(await names()).toEqual(['shop-mail'])
  })
})
