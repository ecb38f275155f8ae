import { beforeAll, expect, test } from '@jest/globals'
import { join } from 'node:path'
import { freshAccount } from '../../support/local-aws.ts'
import { installClients, live } from './clients.ts'
import { expected } from './expected.ts'

beforeAll(installClients, 300_000)

test('the AWS CLI lives the whole life of examples/greeting', async () => {
  const account = freshAccount()
  expect(await live(account, 'sh', [join(import.meta.dirname, 'life-aws-cli.sh')])).toEqual(expected)
}, 300_000)
