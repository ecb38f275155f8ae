import { expect, test } from '@jest/globals'
import { startAlteringProxy } from '../support/altering-proxy.ts'
import { runAction } from '../support/runner.ts'
import { everything, handler, makeService, succeeded } from '../support/service.ts'

test('break 28: a change of the endpoint type that is answered with 200 and not taken is told as that, and not as another run', async () => {
  const service = makeService({})
  const { account, workspace } = service
  // An emulator that knows no such change answers with the API as it is.
  const deaf = await startAlteringProxy(account.url, (request, forward) => {
    const isChange = request.method === 'PATCH' && /^\/restapis\/[^/]+$/.test(request.path) && request.body.includes('/endpointConfiguration/')
    return forward(isChange ? { method: 'GET', path: request.path, body: Buffer.alloc(0) } : request)
  })
  const run = (type: string) => runAction({
    workspace, inputs: { ...everything, stage: 'prod', 'endpoint-type': type },
    aws: { endpoint: deaf.url, account: account.id, region: account.region },
  })
  service.write('lambda_function.py', handler('one'))
  succeeded(await run('REGIONAL'))
  const result = await run('EDGE')
  const error = result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message).join('\n')
  expect([result.exitCode, error]).toEqual([1, expect.stringMatching(/endpoint/)])
  expect(error).not.toContain('Another run has won')
  await deaf.close()
  service.remove()
})
