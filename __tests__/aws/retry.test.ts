import { expect, test } from '@jest/globals'
import { Pace } from '../../src/aws/pace.ts'
import { withRetry } from '../../src/aws/retry.ts'

/** The milliseconds that are waited after a refusal with this Retry-After; the wait itself is cut off. */
async function waitAfter(retryAfterSeconds: string): Promise<number> {
  const throttled = Object.assign(new Error('Too Many Requests'), { name: 'TooManyRequestsException', retryAfterSeconds, $metadata: { httpStatusCode: 429 } })
  let told = NaN
  const stop = new Error('enough')
  const onWait = (_reason: string, milliseconds: number): never => {
    told = milliseconds
    throw stop
  }
  await expect(withRetry(() => Promise.reject(throttled), { onWait })).rejects.toBe(stop)
  return told
}

test('throttling is waited out for as long as the call says', async () => {
  const throttled = Object.assign(new Error('Too Many Requests'), { name: 'TooManyRequestsException', $metadata: { httpStatusCode: 429 } })
  let attempts = 0
  await expect(withRetry(() => {
    attempts += 1
    return Promise.reject(throttled)
  }, { throttledFor: 0 })).rejects.toBe(throttled)
  expect(attempts).toBe(1)
})

test('Retry-After as a number of seconds is obeyed', async () => {
  expect(await waitAfter('7')).toBeGreaterThanOrEqual(7_000)
  expect(await waitAfter('7')).toBeLessThan(8_000)
})

test('as a date, too', async () => {
  const wait = await waitAfter(new Date(Date.now() + 30_000).toUTCString())
  expect(wait).toBeGreaterThan(25_000)
  expect(wait).toBeLessThan(31_000)
})

test.each(['soon', '', 'Thu, 01 Jan 1970 00:00:00 GMT'])('what asks for no time (%j) still is no storm', async (text) => {
  const wait = await waitAfter(text)
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThan(1_000)
})

test('more than the whole patience is not waited', async () => {
  expect(await waitAfter('86400')).toBeLessThan(301_000)
})

test.each([['OperationAborted', 409], ['ConcurrentModificationException', 409]])('%s passes', async (name, httpStatusCode) => {
  let attempts = 0
  const attempt = (): Promise<string> => (++attempts === 1 ? Promise.reject(Object.assign(new Error('try again'), { name, $metadata: { httpStatusCode } })) : Promise.resolve('done'))
  expect(await withRetry(attempt)).toBe('done')
})

test.each([
  'The function could not be updated due to a concurrent update operation.',
  "The operation cannot be performed at this time. The resource arn:aws:lambda:eu-west-1:123456789012:function:shop is currently in the following state: 'Pending'. StateReasonCode: 'Creating'",
  'The operation cannot be performed at this time. The function is currently in the following state: Pending',
])('A1, A10: a conflict of Lambda that passes: %s', async (message) => {
  let attempts = 0
  const conflict = Object.assign(new Error(message), { name: 'ResourceConflictException', $metadata: { httpStatusCode: 409 } })
  expect(await withRetry(() => (++attempts === 1 ? Promise.reject(conflict) : Promise.resolve('done')))).toBe('done')
})

test('A10: a conflict of Lambda that stays is no reason to try again', async () => {
  const conflict = Object.assign(new Error('Function already exist: shop'), { name: 'ResourceConflictException', $metadata: { httpStatusCode: 409 } })
  await expect(withRetry(() => Promise.reject(conflict))).rejects.toBe(conflict)
})

test('a clock that is set back holds nothing', async () => {
  const { now } = Date
  const pace = new Pace()
  await pace.wait('apigateway:GetResources')
  try {
    Date.now = () => now() - 3_600_000
    const start = performance.now()
    await pace.wait('apigateway:GetResources')
    // The hour that is not held.
    expect(performance.now() - start).toBeLessThan(600_000)
  } finally {
    Date.now = now
  }
})
