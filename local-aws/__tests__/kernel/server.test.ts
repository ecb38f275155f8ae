import { expect, test } from '@jest/globals'
import { freshAccount } from '../../testing.ts'

test('every test run has a local AWS, and a fresh account is empty', async () => {
  const { control } = freshAccount()
  expect(await control.journal()).toEqual([])
  expect(await control.state()).toMatchObject({ lambda: {}, apigateway: {} })
})
