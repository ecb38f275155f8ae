import { expect, test } from '@jest/globals'
import type { Diagnostic } from '../../src/diagnostics.ts'
import { errorsOf, load } from './support.ts'

const file = (read: string, more = ''): string => `service: shop
defaults: { runtime: python3.13 }
functions:
  read: { handler: read.handler${read === '' ? '' : `, ${read}`} }
api: { routes: { GET /items: read } }
${more}`

const told = ({ what, why = '', cure = '', place }: Diagnostic): string => `${what} ${why} ${cure} @${place?.file}:${place?.line}`

test.each([
  ['snap-start: true, provisioned-concurrency: 2', /functions\.read\.snap-start makes no sense together with provisioned-concurrency.*lambda-api\.yml:4/],
  ['snap-start: true, ephemeral-storage: 1024', /snap-start makes no sense together with ephemeral-storage: 1024/],
  ['snap-start: true, runtime: nodejs22.x, handler: index.handler', /snap-start does not go with the runtime nodejs22\.x.*Python 3\.12/],
  ['snap-start: true, runtime: python3.11', /does not go with the runtime python3\.11.*Write runtime: python3\.13/],
  ['reserved-concurrency: 3, provisioned-concurrency: 2', /reserved-concurrency of shop-read is 3, and its provisioned-concurrency needs 4.*Set reserved-concurrency to 4/],
  ['provisioned-concurrency: -1', /-1 is not a whole number of 0 or more/],
])('%s is refused', async (read, message) => {
  const text = read.includes('handler:') ? file('').replace('handler: read.handler', read) : file(read)
  const errors = (await errorsOf({ file: text })).map(told)
  expect(errors.join('\n')).toMatch(message)
  expect(errors).toHaveLength(1)
})

test('all stages of a function count against what is reserved for it, and one of them twice', async () => {
  const stages = 'stages: { prod: { defaults: { provisioned-concurrency: 3 } }, test: { defaults: { provisioned-concurrency: 2 } } }\n'
  const errors = (await errorsOf({ file: file('reserved-concurrency: 7', stages) })).map(told)
  expect(errors.join('\n')).toMatch(/is 7, and its provisioned-concurrency needs 8.*The stages together provision/)
  expect((await load({ file: file('reserved-concurrency: 8', stages) })).service.functions[0]?.provisionedConcurrency).toBe(3)
})

test.each([
  ['snap-start: true', { settings: { snapStart: true } }],
  ['snap-start: true, provisioned-concurrency: 0', { settings: { snapStart: true } }],
  ['snap-start: false, provisioned-concurrency: 2, ephemeral-storage: 1024', { provisionedConcurrency: 2 }],
  ['reserved-concurrency: 4, provisioned-concurrency: 2', { provisionedConcurrency: 2 }],
])('%s is taken', async (read, expected) => {
  expect((await load({ file: file(read) })).service.functions[0]).toMatchObject(expected)
})
