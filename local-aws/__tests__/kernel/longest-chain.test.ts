import { describe, expect, test } from '@jest/globals'
import { longestChain } from '../../client.ts'

describe('the longest chain of calls that wait for one another', () => {
  const cases: [string, [number, number][], number][] = [
    ['no call', [], 0],
    ['one call', [[0, 1]], 1],
    ['one after the other', [[0, 1], [1, 2], [5, 6]], 3],
    ['all at once', [[0, 3], [1, 4], [2, 5]], 1],
    ['two lanes of two', [[0, 10], [0, 10], [11, 20], [12, 20]], 2],
    ['a long call beside three short ones', [[0, 100], [0, 10], [10, 20], [30, 40]], 3],
    ['in another order than they started', [[30, 40], [0, 10], [15, 25]], 3],
    ['a call that starts while its neighbour still runs does not wait for it', [[0, 10], [9, 20], [20, 30]], 2],
  ]
  test.each(cases)('%s', (_, spans, expected) => {
    expect(longestChain(spans.map(([start, end]) => ({ start, end })))).toBe(expected)
  })

  test('a call in flight is nobody\'s predecessor', () => {
    expect(longestChain([{ start: 0 }, { start: 5, end: 6 }])).toBe(1)
  })
})
