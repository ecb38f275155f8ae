import { afterAll, expect, test } from '@jest/globals'
import { everything, handler, makeService, succeeded } from '../support/service.ts'

const service = makeService({ ...everything, stage: 'prod' })
afterAll(() => service.remove())

test('code, settings and what Lambda does not version change in one run, and no write of ours makes another one stale', async () => {
  service.write('lambda_function.py', handler('one'))
  succeeded(await service.run())
  service.write('lambda_function.py', handler('two'))
  succeeded(await service.run({ tags: 'team=a', timeout: '9', 'memory-size': '256', 'reserved-concurrency': '5' }))
  const journal = await service.account.control.journal()
  expect(journal.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PublishVersion', 'TagResource', 'PutFunctionConcurrency']))
  expect(journal.filter(({ writes, status = 0 }) => writes && status >= 400).map(({ operation, error }) => `${operation}: ${error}`)).toEqual([])
})
