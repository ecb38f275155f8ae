import { describe, expect, test } from '@jest/globals'
import { call, deployExample, routesOf } from './example.ts'

/** What the example's README writes into a workflow. */
const inputs = {
  'function-name': 'greeting',
  source: 'examples/greeting',
  handler: 'greeting.lambda_handler',
  runtime: 'python3.13',
  exclude: 'test_*.py\nREADME.md',
  routes: 'GET /greeting\nGET /greeting/{name}',
}

describe.each([
  ['by its lambda-api.yml', {}],
  ['by inputs alone', { prefix: 'examples/greeting', inputs }],
])('greeting, described %s', (_, step) => {
  test('answers on all its routes', async () => {
    await using deployed = await deployExample('greeting', step)
    expect(routesOf(deployed.result)).toEqual(['GET /greeting', 'GET /greeting/{name}'])
    expect(deployed.result.outputs['function-name']).toBe('greeting')
    expect(await call('GET', `${deployed.url}/greeting`)).toEqual([200, { message: 'Hello, world!' }])
    expect(await call('GET', `${deployed.url}/greeting/J%C3%BCrgen%20M`)).toEqual([200, { message: 'Hello, Jürgen M!' }])
    expect(await call('POST', `${deployed.url}/greeting`)).toEqual([403, { message: 'Missing Authentication Token' }])
  })
})
