import { expect, test } from '@jest/globals'
import { page } from '../../api-gateway/paging.ts'
import type { Call } from '../../kernel/call.ts'

const items = Array.from({ length: 600 }, (_, at) => String(at).padStart(3, '0'))
const pageOf = (params: Readonly<Record<string, unknown>>): ReturnType<typeof page<string>> => page({ params } as Call, items, (item) => item)

// API reference of every GetXs operation: "The default value is 25 and the maximum value is 500." No kind of thing that local AWS has may be so many.
test.each([
  [undefined, 25],
  [0, 25],
  [30, 30],
  [500, 500],
  [600, 500],
])('limit %s gives %i', (limit, count) => {
  expect(pageOf({ limit }).items).toHaveLength(count)
})

test('pages follow each other without a gap, the last one without a position', () => {
  const first = pageOf({ limit: 500 })
  const second = pageOf({ limit: 500, position: first.position })
  expect([...first.items, ...second.items]).toEqual(items)
  expect(second.position).toBeUndefined()
})
