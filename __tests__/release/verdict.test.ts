import { expect, test } from '@jest/globals'
import { isWorse } from '../../src/release/verdict.ts'

/** Failures and requests of the canary, then of the rest. */
const rows: readonly (readonly [string, readonly [number, number], readonly [number, number], boolean])[] = [
  ['nothing was asked', [0, 0], [0, 0], false],
  ['two failures are too few, whatever the share', [2, 2], [0, 100_000], false],
  ['three of three at one percent', [3, 3], [0, 300], true],
  ['three at half of the requests may be chance', [3, 50], [0, 50], false],
  ['ten of them are not', [10, 50], [0, 50], true],
  ['all fail alike, because a database is gone', [50, 50], [450, 450], false],
  ['a backend that fails sometimes, for both', [12, 1000], [110, 9000], false],
  ['three times as many', [36, 1000], [110, 9000], true],
  ['much traffic: a difference that is no chance, and matters to nobody', [1200, 100_000], [9000, 900_000], false],
  ['much traffic: twice as many', [2000, 100_000], [9000, 900_000], true],
  ['no other requests to compare with', [30, 30], [0, 0], false],
]

test.each(rows)('%s', (_name, [errors, requests], [otherErrors, others], expected) => {
  expect(isWorse({ canary: { errors, requests }, rest: { errors: otherErrors, requests: others } })).toBe(expected)
})

test('a canary that is as good as the rest is taken back in less than one of a thousand looks', () => {
  let state = 7
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const looks = 20_000
  let wrong = 0
  for (let look = 0; look < looks; look++) {
    const split = { canary: { requests: 0, errors: 0 }, rest: { requests: 0, errors: 0 } }
    for (let request = 0; request < 100; request++) {
      const side = random() < 0.1 ? split.canary : split.rest
      side.requests += 1
      if (random() < 0.1) side.errors += 1
    }
    if (isWorse(split)) wrong += 1
  }
  expect(wrong).toBeLessThan(looks / 1000)
})
