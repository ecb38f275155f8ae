import { describe, expect, test } from '@jest/globals'
import { fittingBefore, formatRecord, functionSet, parseRecord, recordVariables, versionsIn, type Release } from '../../src/service/release-record.ts'

const release = (number: number, more: Partial<Release> = {}): Release => ({
  number, deploymentId: 'ab12cd', digest: '0123456789abcdef', functions: 'a1b2c3', versions: ['3', '12'], commit: '9fceb02', wentLiveAt: 1_795_000_000, ...more,
})
const many = (number: number, count: number): Release => release(number, { versions: Array.from({ length: count }, (_each, index) => String(1_000 + index)) })
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_each, index) => make(index))

describe('the record of releases', () => {
  test('reads back what it wrote, newest first, each release in a variable of its own', () => {
    const record = [release(3), release(2, { versions: [] }), release(1, { commit: '', wentLiveAt: 0 })]
    const variables = formatRecord('shop', record)
    expect(Object.keys(variables)).toEqual(['shop_release', 'shop_release_1', 'shop_release_2'])
    expect(parseRecord('shop', { ...variables, STRIPE: 'x' })).toEqual(record)
  })

  test('keeps what was left, what is not verified, and what is both', () => {
    const record = [release(4, { isUnverified: true }), release(3, { isHeld: true, isUnverified: true }), release(2, { isHeld: true }), release(1)]
    expect(parseRecord('shop', formatRecord('shop', record))).toEqual(record)
  })

  test('has room for a hundred functions and five releases before the live one', () => {
    const record = times(6, (index) => many(6 - index, 100))
    expect(parseRecord('shop', formatRecord('shop', record))).toEqual(record)
  })

  test.each([0, 1, 60, 89, 90, 91, 100, 250, 1_000])('a release of %i functions takes as many variables as it needs, and none over AWS\'s limits', (count) => {
    const variables = formatRecord('shop', times(30, (index) => many(30 - index, count)))
    for (const value of Object.values(variables)) {
      expect(value.length).toBeLessThanOrEqual(512)
      expect(value).toMatch(/^[A-Za-z0-9\-._~:/?#&=,]+$/)
    }
    expect(Object.keys(variables).length).toBeLessThanOrEqual(80)
    expect(recordVariables('shop', variables).sort()).toEqual(Object.keys(variables).sort())
    expect(parseRecord('shop', variables)[0]).toEqual(many(30, count))
  })

  test('what fits beside the live release is just what the variables hold', () => {
    const before = times(60, (index) => many(59 - index, 150))
    const read = parseRecord('shop', formatRecord('shop', [many(60, 150), ...before]))
    expect(read.slice(1)).toEqual(fittingBefore(many(60, 150), before))
    expect(read.length).toBeGreaterThan(20)
  })

  test('ends where somebody has taken out or changed a variable', () => {
    const variables = formatRecord('shop', times(4, (index) => many(4 - index, 150)))
    const { shop_release_2: _gone, ...cut } = variables
    expect(parseRecord('shop', cut)).toEqual([many(4, 150)])
    expect(parseRecord('shop', { ...variables, shop_release_3: 'mine' })).toEqual([many(4, 150)])
    expect(parseRecord('shop', { ...variables, shop_release: 'mine' })).toEqual([])
  })

  test('tells sets of functions apart, whatever their order', () => {
    expect(functionSet(['b', 'a'])).toBe(functionSet(['a', 'b']))
    expect(functionSet(['a'])).not.toBe(functionSet(['a', 'b']))
    expect(functionSet(['a b'])).toMatch(/^[0-9a-f]{6}$/)
  })

  test('versions are those of the functions in the order of their names', () => {
    const made = release(1, { functions: functionSet(['b', 'a']) })
    expect(versionsIn(made, ['b', 'a'])).toEqual(new Map([['a', '3'], ['b', '12']]))
    expect(versionsIn(made, ['a', 'c'])).toBeUndefined()
  })

  test.each([undefined, '', 'nonsense', '1:ab', 'x:ab:cd:aa:1:0:', '1:ab:cd:aa:9fceb02:1795000000:3;4', '1:ab:cd:aa:9fceb02:1795000000:3,'])('takes %p for no record', (text) => {
    expect(parseRecord('shop', text === undefined ? undefined : { shop_release: text })).toEqual([])
  })
})
