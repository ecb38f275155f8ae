import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

let service: Deployable
beforeEach(() => {
  service = makeService({ ...everything, stage: 'prod', 'reserved-concurrency': '5', tags: 'team=a' })
  service.write('lambda_function.py', handler('one'))
})
afterEach(() => service.remove())

test('writes to one function, and writes to one API, never overlap', async () => {
  await service.account.control.configure({ latencyMs: 100 })
  succeeded(await service.run())
  const written = (await service.account.control.journal()).filter(({ writes, service: name }) => writes && (name === 'lambda' || name === 'apigateway'))
  for (const name of ['lambda', 'apigateway']) {
    const calls = written.filter((each) => each.service === name && each.operation !== 'UpdateAccount')
    expect(calls.length).toBeGreaterThan(5)
    const overlaps = calls.flatMap((each, index) => calls.slice(0, index).filter((before) => (before.end ?? Infinity) > each.start).map((before) => `${before.operation} and ${each.operation}`))
    expect(overlaps).toEqual([])
  }
})

test('a conflict with another write to the function is no statement that stands there: it is tried again, and the API answers', async () => {
  await service.account.control.fault({ operation: 'AddPermission' }, { kind: 'error', code: 'ResourceConflictException', status: 409, message: 'The function could not be updated due to a concurrent update operation.' }, 1)
  const result = succeeded(await service.run())
  expect((await service.account.control.journal()).filter(({ operation }) => operation === 'AddPermission')).toHaveLength(3)
  expect(await call(result, '/items')).toMatchObject({ status: 200 })
})
