import { expect, test } from '@jest/globals'
import { isSeen, visibleAfter } from '../../kernel/visibility.ts'

test('what is new is met by no call, then by every other, then by all; one call meets the same whenever it looks', () => {
  const visibility = visibleAfter(1000, 100)
  expect(isSeen(visibility, { now: 1000, seq: 1 })).toBe(false)
  expect(isSeen(visibility, { now: 1049, seq: 2 })).toBe(false)
  expect([3, 4, 5, 6].map((seq) => [isSeen(visibility, { now: 1050, seq }), isSeen(visibility, { now: 1050, seq })])).toEqual([[true, true], [false, false], [true, true], [false, false]])
  expect([7, 8].map((seq) => isSeen(visibility, { now: 1100, seq }))).toEqual([true, true])
  expect(isSeen(visibleAfter(1000, 0), { now: 1000, seq: 1 })).toBe(true)
})
