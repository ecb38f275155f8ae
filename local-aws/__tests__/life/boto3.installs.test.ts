import { beforeAll, expect, test } from '@jest/globals'
import { join } from 'node:path'
import { freshAccount } from '../../testing.ts'
import { installClients, live } from './clients.ts'
import { expected } from './expected.ts'

beforeAll(installClients)

test('boto3 lives the whole life of examples/greeting: deploy, invoke, change, canary, roll back, delete', async () => {
  const account = freshAccount()
  // A script makes more control calls in a second than AWS would let it; rates have tests of their own.
  await account.control.configure({ rates: false })
  // It waits in real time.
  await account.control.runClock(20)
  expect(await live(account, 'python', [join(import.meta.dirname, 'life_boto3.py')])).toEqual(expected)
})
