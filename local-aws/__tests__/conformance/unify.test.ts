import { describe, expect, test } from '@jest/globals'
import { compare } from './compare.ts'
import type { Json } from './rows.ts'
import { unify, type Bindings } from './unify.ts'

const bound = (...pairs: readonly (readonly [string, string])[]): Bindings => new Map(pairs)

describe('what agrees', () => {
  const cases: readonly (readonly [string, Json, unknown])[] = [
    ['equal values', { a: [1, true, null, 'x'] }, { a: [1, true, undefined, 'x'] }],
    ['any time', { at: 'date' }, { at: new Date() }],
    ['a placeholder inside a text', 'arn:<partition>:lambda:<name:1>', 'arn:aws:lambda:f'],
    ['a placeholder for a number', '<size>', 12],
    ['JSON in a string', { Policy: { Sid: 's' } }, { Policy: '{"Sid":"s"}' }],
    ['bytes', 'text', new TextEncoder().encode('text')],
    ['items in any order', { items: [{ id: '<id:1>', path: '/' }, { id: '<id:2>', parentId: '<id:1>', path: '/a' }] }, { items: [{ id: 'b', parentId: 'a', path: '/a' }, { id: 'a', path: '/' }] }],
  ]
  test.each(cases)('%s', (_, recorded, answer) => expect(unify(recorded, answer, bound())).toBeUndefined())
})

describe('what differs', () => {
  const cases: readonly (readonly [string, Json, unknown])[] = [
    ['another text', 'a', 'b'],
    ['a number as a text', 1, '1'],
    ['a missing member', { a: 1, b: 2 }, { a: 1 }],
    ['a member too many', { a: 1 }, { a: 1, b: 2 }],
    ['a shorter list', [1, 2], [1]],
    ['another order', { names: ['a', 'b'] }, { names: ['b', 'a'] }],
    ['no time at all', { at: 'date' }, {}],
    ['two texts for one placeholder', { a: '<id:1>', b: '<id:1>' }, { a: 'x', b: 'y' }],
    ['one text for two placeholders', { a: '<id:1>', b: '<id:2>' }, { a: 'x', b: 'x' }],
    ['items with a wrong reference', { items: [{ id: '<id:1>' }, { id: '<id:2>', parentId: '<id:1>' }] }, { items: [{ id: 'a' }, { id: 'b', parentId: 'b' }] }],
  ]
  test.each(cases)('%s', (_, recorded, answer) => expect(unify(recorded, answer, bound())).toEqual(expect.any(String)))
})

test('what a placeholder stood for once, it stands for in the whole scenario', () => {
  const bindings = bound(['<region>', 'eu-west-1'])
  expect(unify('<id:1> in <region>', 'abc in eu-west-1', bindings)).toBeUndefined()
  expect(unify('<id:1>', 'abd', bindings)).toBe(': recorded "<id:1>", got "abd"')
  expect(unify('<region>', 'us-east-1', bindings)).toEqual(expect.any(String))
})

test('a member that is younger than the record may be there', () => {
  expect(unify({ c: { a: 1 } }, { c: { a: 1, b: 2 } }, bound(), ['c.b'])).toBeUndefined()
})

describe('refusals', () => {
  const step = { call: 'lambda GetFunction', status: 404, error: { name: 'ResourceNotFoundException', message: 'Function not found: <name:1>', type: 'User' } }
  const error = { name: 'ResourceNotFoundException', message: 'Function not found: f', type: 'User' }
  test('agree in status, name, message and type', () => expect(compare(step, { status: 404, error }, bound())).toBeUndefined())
  test.each([
    ['status', { status: 400, error }],
    ['name', { status: 404, error: { ...error, name: 'NotFoundException' } }],
    ['message', { status: 404, error: { ...error, message: 'No such function' } }],
    ['type', { status: 404, error: { ...error, type: 'Server' } }],
    ['being one', { status: 200, answer: {} }],
  ])('differ in %s', (_, outcome) => expect(compare(step, outcome, bound())).toEqual(expect.any(String)))
  test('differ from an answer', () => expect(compare({ call: 'lambda GetFunction', answer: {} }, { status: 404, error }, bound())).toContain('refused'))
  test('list the problems of a request in any order, and all of them', () => {
    const both = { call: 'c', status: 400, error: { name: 'V', problems: ['a', 'b'] } }
    const said = (message: string) => compare(both, { status: 400, error: { name: 'V', message, type: undefined } }, bound())
    expect(said('2 validation errors detected: b; a')).toBeUndefined()
    expect(said('1 validation error detected: a')).toContain('problems')
  })
})
