import { describe, expect, test } from '@jest/globals'
import { gatewayAnswer } from '../../../src/service/smoke/answer.ts'
import { answerText, isOnlyLate, shortcomings } from '../../../src/service/smoke/expect.ts'
import type { Answer, Expectation } from '../../../src/service/smoke/smoke-test.ts'

const request = { method: 'GET', path: '/', query: '', headers: [['accept', 'image/png']] } as const
const judged = (payload: string, more: { functionError?: string; took?: number; binaryMediaTypes?: string[] } = {}): Answer =>
  gatewayAnswer({ payload, took: more.took ?? 5, ...(more.functionError === undefined ? {} : { functionError: more.functionError }) }, { request, binaryMediaTypes: more.binaryMediaTypes ?? [] })

describe("a function's result, as API Gateway answers it", () => {
  // What AWS makes of them is recorded in test_aws_proxy_response_payload_format_validation; the last ones stand in the developer guide.
  test.each([
    ['{"statusCode": 200}', 200], ['{"statusCode": 200, "headers": {"a": true}}', 200], ['{"statusCode": 200, "headers": null, "body": null}', 200],
    ['{"statusCode": "418"}', 418], ['{"headers": {"a": "b"}}', 200], ['{"statusCode": 200, "multiValueHeaders": {"a": ["b"]}}', 200],
    ['{"statusCode": 200, "wrongValue": "value"}', 502], ['{}', 502], ['{"statusCode": 200, "multiValueHeaders": {"a": "b"}}', 502], ['{"statusCode": "wrong"}', 502],
    ['"just a string"', 502], ['null', 502], ['[]', 502], ['{"statusCode": 200, "body": {"a": 1}}', 502], ['{"statusCode": 99}', 502], ['{"statusCode": 200, "headers": []}', 502], ['', 502],
  ])('%s is a %d', (payload, status) => {
    expect(judged(payload).status).toBe(status)
  })

  test('an error of the function is a 502, one that takes too long a 504', () => {
    expect(judged('{"errorMessage": "x"}', { functionError: 'Unhandled' })).toMatchObject({ status: 502, body: '{"errorMessage": "x"}' })
    expect(judged('{"statusCode": 200}', { took: 29_500 }).status).toBe(504)
  })

  test('a body in Base64 is decoded where the API lists the type that is accepted', () => {
    const payload = JSON.stringify({ statusCode: 200, body: Buffer.from('hello').toString('base64'), isBase64Encoded: true })
    expect([judged(payload).body, judged(payload, { binaryMediaTypes: ['image/png'] }).body, judged(payload, { binaryMediaTypes: ['*/*'] }).body]).toEqual(['aGVsbG8=', 'hello', 'hello'])
  })
})

describe('what an answer lacks', () => {
  const answer: Answer = { status: 200, body: '{"ok": true, "list": [1, {"a": "x", "b": 2}], "none": null}', took: 120 }
  const ok = { status: [{ from: 200, to: 299 }] }
  const rows: readonly (readonly [Partial<Expectation>, string[]])[] = [
    [{}, []],
    [{ text: '"ok"', pattern: /LIST/i, within: 120, json: { ok: true } }, []],
    [{ json: { list: [1, { b: 2 }], none: null } }, []],
    [{ status: [{ from: 300, to: 300 }] }, ['status 300 was expected, and it is 200']],
    [{ text: 'nine' }, ['the text "nine" is not in it']],
    [{ pattern: /^nine/ }, ['nothing in it matches /^nine/']],
    [{ within: 100 }, ['an answer within 100 ms was expected, and it took 120 ms']],
    [{ json: { ok: 'true' } }, ['ok should be "true", and is true']],
    [{ json: { list: [1] } }, ['list should be a list of 1, and is a list of 2']],
    [{ json: { list: [1, { a: 'y' }] } }, ['list[1].a should be "y", and is "x"']],
    [{ json: { other: { deep: 1 } } }, ['other should be an object, and is missing']],
    [{ json: [] }, ['its JSON should be a list of 0, and is {"ok":true,"list":[1,{"a":"x","b":2}],"none":null}']],
  ]
  test.each(rows)('%j', (expected, lacks) => {
    expect(shortcomings({ ...ok, ...expected }, answer)).toEqual(lacks)
  })

  test('only late is what is right otherwise', () => {
    expect([isOnlyLate({ ...ok, within: 1 }, answer), isOnlyLate({ ...ok, within: 1, text: 'nine' }, answer), isOnlyLate(ok, answer)]).toEqual([true, false, false])
  })

  test('is shown cut, on one line and without secrets', () => {
    const secrets = ['se"cret', 'se']
    expect(answerText({ status: 500, body: 'a\n  "se\\"cret" se"cret', took: 4.4 }, secrets)).toBe('500 in 4 ms: a "***" ***')
    expect(answerText({ status: 500, body: 'x'.repeat(1000), took: 4 }, [])).toMatch(/x{400}… \(1000 characters\)$/)
  })
})
