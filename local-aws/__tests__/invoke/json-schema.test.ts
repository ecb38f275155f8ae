import { expect, test } from '@jest/globals'
import { matchesSchema } from '../../invoke/json-schema.ts'

const url = (model: string): string => `https://apigateway.amazonaws.com/restapis/abcdef1234/models/${model}`
const models: Readonly<Record<string, string>> = {
  Pet: JSON.stringify({ type: 'object', required: ['name'], properties: { name: { type: 'string' }, owner: { $ref: url('Owner') } } }),
  Owner: JSON.stringify({ type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }),
}
const schemaOf = (name: string): string | undefined => models[name]
const pets = JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', type: 'array', items: { $ref: url('Pet') } })

test.each([
  [[{ name: 'a' }], true],
  [[{ name: 'a', owner: { id: 1 } }], true],
  [[{}], false],
  [[{ name: 'a', owner: {} }], false],
])('models refer to models: %j', (value, matches) => {
  expect(matchesSchema(value, pets, schemaOf)).toBe(matches)
})

test('draft 4: exclusiveMinimum is a switch beside minimum', () => {
  const schema = JSON.stringify({ type: 'number', minimum: 1, exclusiveMinimum: true })
  expect([1, 2].map((value) => matchesSchema(value, schema, schemaOf))).toEqual([false, true])
})

test('references into the schema itself', () => {
  const schema = JSON.stringify({ definitions: { id: { type: 'integer' } }, properties: { id: { $ref: '#/definitions/id' } } })
  expect([{ id: 1 }, { id: 'x' }].map((value) => matchesSchema(value, schema, schemaOf))).toEqual([true, false])
})

test('a reference that leads nowhere is no match', () => {
  expect(() => matchesSchema([{}], JSON.stringify({ items: { $ref: url('None') } }), schemaOf)).toThrow('Unresolved $ref')
})
