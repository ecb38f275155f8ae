import { afterEach, describe, expect, test } from '@jest/globals'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

let made: Deployable[] = []
afterEach(() => {
  for (const each of made) each.remove()
  made = []
})

function service(inputs: Readonly<Record<string, string>> = {}): Deployable {
  const one = makeService({ ...everything, stage: 'prod', ...inputs })
  made.push(one)
  one.write('lambda_function.py', handler('one'))
  return one
}

describe('AWS is eventually consistent', () => {
  const windows = { lambdaVisible: 6_000, gatewayVisible: 2_000, roleVisible: 3_000, accountVisible: 4_000 }

  test('A2: a first deploy waits for what it has made, and says nothing of another run', async () => {
    const shop = service()
    await shop.account.control.configure({ windows })
    const result = succeeded(await shop.run())
    expect(result.log.join('\n')).not.toContain('Another run')
    expect(await call(result, '/items')).toMatchObject({ status: 200 })
    const unbelieved = (await shop.account.control.journal()).filter(({ status }) => status === 404)
    expect(unbelieved.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['GetFunctionConfiguration']))
  })

  test('A2: so does one with other code', async () => {
    const shop = service()
    succeeded(await shop.run())
    await shop.account.control.configure({ windows })
    shop.write('lambda_function.py', handler('two'))
    expect(await call(succeeded(await shop.run()), '/items')).toMatchObject({ status: 200, body: { text: 'two' } })
  })
})
