import { expect, test } from '@jest/globals'
import { cappedJson } from '../../src/render/index.ts'

test('a list that fits is whole', () => {
  expect(cappedJson([{ a: 1 }, 'ü'])).toEqual({ json: '[{"a":1},"ü"]', omitted: 0 })
  expect(cappedJson([])).toEqual({ json: '[]', omitted: 0 })
})

test('the limit counts bytes, commas and brackets', () => {
  expect(cappedJson(['ü', 'ü'], 11)).toEqual({ json: '["ü","ü"]', omitted: 0 })
  expect(cappedJson(['ü', 'ü'], 10)).toEqual({ json: '["ü"]', omitted: 1 })
})

test('ten thousand entries stay below 100 KB', () => {
  const { json, omitted } = cappedJson(Array.from({ length: 10_000 }, (_, id) => ({ id, text: 'x'.repeat(50) })))
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(102_400)
  expect((JSON.parse(json) as unknown[]).length + omitted).toBe(10_000)
})
