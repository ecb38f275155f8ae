import { expect, test } from '@jest/globals'
import { freshAccount } from '../../local-aws/testing.ts'

test('local AWS has the rules that this lane asks for: all of them, or only those with evidence', async () => {
  const { unverified } = await freshAccount().control.settings()
  expect(unverified).toBe(process.env['LOCAL_AWS_DOCUMENTED_ONLY'] !== 'true')
})
