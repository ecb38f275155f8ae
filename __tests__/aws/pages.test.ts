import { expect, test } from '@jest/globals'
import { allPages } from '../../src/aws/pages.ts'

/** A listing of these pages, each marked by its number; `last` is what stands in the place of a mark on the last one. */
const listing = (pages: readonly (readonly number[] | undefined)[], last?: string) => async (from: string | undefined) => {
  const index = from === undefined ? 0 : Number(from)
  return { items: pages[index], next: index + 1 < pages.length ? String(index + 1) : last }
}

test.each([undefined, ''])('every page once, in order, to the one that is followed by %j', async (last) => {
  expect(await allPages(listing([[1, 2], [3], [4]], last))).toEqual([1, 2, 3, 4])
})

test('an empty page, and one without a list, is not the end', async () => {
  expect(await allPages(listing([[], undefined, [5]]))).toEqual([5])
})
