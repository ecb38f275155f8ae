import { afterEach, expect, test } from '@jest/globals'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const made: Deployable[] = []
afterEach(() => made.splice(0).forEach((each) => each.remove()))

const file = (service: string, functions: string, route: string): string => `
service: ${service}
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions: ${functions}
api: { access-log: off, routes: { GET /: ${route} } }
`

test('deploy 27: functions of two services that are named the same in AWS are told with their owner, all at once, and the cure is taken', async () => {
  const service = makeService({ stage: 'prod' })
  made.push(service)
  service.write('app.py', handler('one'))
  const deploy = async (text: string) => {
    service.write('lambda-api.yml', text)
    return service.run()
  }
  succeeded(await deploy(file('shop-admin', '{ web: {}, jobs: {} }', 'web').replace('GET /: web', 'GET /: web, GET /jobs: jobs')))
  const refused = await deploy(file('shop', '{ admin-web: {}, admin-jobs: {} }', 'admin-web'))
  expect(refused.exitCode).toBe(1)
  expect(await service.writes()).toEqual([])
  const errors = refused.annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
  expect(errors.map((message) => /^There is a (\S+ \S+) that this service did not make/.exec(message)?.[1]).sort()).toEqual([
    'function shop-admin-jobs', 'function shop-admin-web', 'role shop-admin-jobs-eu-west-1', 'role shop-admin-web-eu-west-1',
  ])
  for (const message of errors) expect(message).toMatch(/\nWhy: It belongs to the service shop-admin, .*\nCure: Choose another `function-name` here/)
  const cured = file('shop', '{ admin-web: { function-name: shop-web }, admin-jobs: { function-name: shop-jobs } }', 'admin-web')
  succeeded(await deploy(cured))
  succeeded(await deploy(cured))
  expect(await service.writes()).toEqual([])
})
