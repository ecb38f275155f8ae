import { expect, test } from '@jest/globals'
import { count, duration, size } from '../../src/render/format.ts'

test.each([
  [0.04, '0.0 s'], [59.4, '59.4 s'], [59.97, '1 min 0 s'], [60, '1 min 0 s'], [119.6, '2 min 0 s'], [754, '12 min 34 s'],
])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text))

test.each([[0, '0 B'], [1023, '1023 B'], [1536, '1.5 KB'], [52_428_800, '50 MB'], [262_144_000, '250 MB']])('%d bytes are %s', (bytes, text) => expect(size(bytes)).toBe(text))

test.each([[1, 'route', '1 route'], [2, 'route', '2 routes'], [3, 'policy', '3 policies'], [4, 'alias', '4 aliases'], [2, 'API', '2 APIs'], [0, 'key', '0 keys']])('%d %s', (number, noun, text) => {
  expect(count(number, noun)).toBe(text)
})
