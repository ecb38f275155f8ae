import { afterAll, expect, test } from '@jest/globals'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { runAction } from '../support/runner.ts'

const service: Deployable = makeService({})
afterAll(service.remove)

test('a cache that is named from the working folder, inside of the source, never ships', async () => {
  service.write('lambda_function.py', handler('one'))
  const run = () => runAction({
    workspace: service.workspace,
    inputs: { 'function-name': 'shop', runtime: 'python3.13', 'access-log': 'off' },
    aws: { endpoint: service.account.url, account: service.account.id, region: service.account.region },
    env: { LAMBDA_API_DEPLOY_CACHE: 'packages' },
  })
  const first = succeeded(await run())
  const second = succeeded(await run())
  expect(second.outputs['changed']).toBe('false')
  expect(second.outputs['package-sha256']).toBe(first.outputs['package-sha256'])
})

test.each(['/dev/null', '/proc/nowhere', '/proc', '/nowhere/at/all'])('break 17, deploy 13: a home that cannot be written to, %s, stops no run', async (HOME) => {
  service.write('lambda_function.py', handler('one'))
  service.write('requirements.txt', '')
  const result = await runAction({
    workspace: service.workspace,
    inputs: { 'function-name': 'shop', runtime: 'python3.13', 'access-log': 'off', command: 'plan' },
    aws: { endpoint: service.account.url, account: service.account.id, region: service.account.region },
    env: { HOME, LAMBDA_API_DEPLOY_CACHE: '' },
  })
  succeeded(result)
})
