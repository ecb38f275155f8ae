import { beforeAll, expect, test } from '@jest/globals'
import { join } from 'node:path'
import { blocks, readPage } from '../../../__tests__/readme/markdown.ts'
import { freshAccount } from '../../testing.ts'
import { installClients, live } from './clients.ts'
import { expected } from './expected.ts'

beforeAll(installClients)

test('the commands of local-aws/README.md, as they stand there', async () => {
  const block = blocks(readPage('local-aws/README.md')).find(({ text }) => text.includes('aws lambda'))
  expect(block?.text).toMatch(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:4566 /)
  const account = freshAccount()
  const commands = (block?.text ?? '').replaceAll('http://127.0.0.1:4566', account.url).replaceAll('123456789012', account.id)
  expect(await live(account, 'sh', ['-euc', commands])).toEqual({ Functions: [] })
  expect(await account.control.journal()).toMatchObject([{ operation: 'ListFunctions', account: account.id }])
})

test('the AWS CLI lives the whole life of examples/greeting', async () => {
  const account = freshAccount()
  // It waits in real time.
  await account.control.runClock(20)
  expect(await live(account, 'sh', [join(import.meta.dirname, 'life-aws-cli.sh')])).toEqual(expected)
})
