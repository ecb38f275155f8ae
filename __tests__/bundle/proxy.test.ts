import { afterAll, expect, test } from '@jest/globals'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { everything, handler, makeService } from '../support/service.ts'
import { startAction } from '../support/runner.ts'

const service = makeService({ ...everything, command: 'plan', stage: 'prod' })
service.write('lambda_function.py', handler('one'))
const seen: string[] = []
/** A forward proxy: it gets the whole address in the request line. */
const proxy = createServer((incoming, answer) => {
  seen.push(incoming.url ?? '')
  const outgoing = request(incoming.url ?? '', { method: incoming.method ?? 'GET', headers: incoming.headers }, (result) => {
    answer.writeHead(result.statusCode ?? 502, result.headers)
    result.pipe(answer)
  })
  incoming.pipe(outgoing)
})
afterAll(() => {
  proxy.closeAllConnections()
  proxy.close()
  service.remove()
})

test('the AWS clients go through the proxy that the environment names, and around it where NO_PROXY says so', async () => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const run = (env: Record<string, string>): ReturnType<typeof startAction>['result'] =>
    startAction({
      workspace: service.workspace, inputs: { ...everything, command: 'plan' }, env,
      aws: { endpoint: service.account.url, account: service.account.id, region: service.account.region },
    }).result
  const through = await run({ HTTP_PROXY: address, http_proxy: address })
  expect(through.exitCode).toBe(0)
  const calls = (await service.account.control.journal()).length
  expect(calls).toBeGreaterThan(3)
  expect(seen.filter((url) => url.startsWith(service.account.url))).toHaveLength(calls)
  seen.length = 0
  const around = await run({ HTTP_PROXY: address, http_proxy: address, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' })
  expect(around.exitCode).toBe(0)
  expect(seen).toEqual([])
})
