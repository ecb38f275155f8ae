import { describe, expect, test } from '@jest/globals'
import { count } from '../../scripts/conformance/count.ts'
import { expectation } from '../../scripts/conformance/recordings.ts'
import { section, withSection } from '../../scripts/conformance/report.ts'
import type { Step } from '../conformance/rows.ts'

const refusal = { Error: { Code: 'NotFoundException', Message: 'no' }, message: 'no', ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 404 } }
const exchanges = [
  { source: 'f::t', row: 'made', content: { id: '<id:1>', ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 201 } } },
  { source: 'f::t', row: 'gone', content: refusal },
  { source: 'f::t', row: 'left', content: {} },
  { source: 'f::t', row: 'other', content: {} },
]
const steps: readonly Step[] = [
  { call: 'apigateway CreateRestApi', with: { name: 'a' }, row: 'made', status: 201, answer: { id: '<id:1>' } },
  { call: 'apigateway GetRestApi', row: 'gone', status: 404, error: { name: 'NotFoundException', message: 'no' }, differs: 'why' },
]
const uncovered = { operations: { 'f::t': { left: 'GetStage', other: 'Invoke' } }, reasons: { 'f::t': 'because' } }
const known = {
  scenarios: [{ source: 'f::t', steps }],
  results: steps.map((step) => ({ source: `f::t ${step.row ?? ''}`, step, difference: step.differs === undefined ? undefined : 'got something else' })),
  uncovered,
  operations: new Set(['CreateRestApi', 'GetRestApi', 'GetStage']),
}

describe('counting', () => {
  test('what is covered, what agrees, and why not', () => {
    expect(count(exchanges, known)).toEqual({
      operations: [
        { operation: 'CreateRestApi', recorded: 1, covered: 1, agreeing: 1 },
        { operation: 'GetRestApi', recorded: 1, covered: 1, agreeing: 0 },
        { operation: 'GetStage', recorded: 1, covered: 0, agreeing: 0 },
      ],
      differing: [{ source: 'f::t gone', call: 'GetRestApi', reason: 'why' }],
      uncovered: [{ source: 'f::t left', operation: 'GetStage', reason: 'because' }],
    })
  })
  test('a row that does not say what was recorded is an error', () => {
    const bent = [{ ...steps[0], answer: { id: 'else' } } as Step]
    expect(() => count(exchanges, { ...known, scenarios: [{ source: 'f::t', steps: bent }] })).toThrow('f::t made')
  })
  test('so is a recorded answer that nobody knows', () => {
    expect(() => count([...exchanges, { source: 'f::t', row: 'new', content: {} }], known)).toThrow('f::t new')
  })
})

test('a recorded answer in the words of a row', () => {
  expect(expectation(refusal)).toEqual({ status: 404, error: { name: 'NotFoundException', message: 'no' } })
  expect(expectation({ Code: 'V', Errors: ['a'], Count: 1 })).toEqual({ status: 400, error: { name: 'V', problems: ['a'] } })
  expect(expectation({ CodeSha256: 'code-sha256', Name: '<a:len(3)>' })).toEqual({ answer: { CodeSha256: '<code-sha256>', Name: 'aaa' } })
})

test('the section stands between its markers, however often it is made', () => {
  const text = section(count(exchanges, known))
  expect(text).toContain('Of the 3 recorded answers of the operations that `src/` calls, 2 (66.7 %) are covered by a row, and in 1 (33.3 %) local AWS agrees.')
  const page = withSection('# Page\n\nfoot', text)
  expect(withSection(page, text)).toBe(page)
  expect(page).toContain('- why (1)\n  - `f::t`: GetRestApi `gone`\n')
})
