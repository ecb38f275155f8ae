import { describe, expect, test } from '@jest/globals'
import { fittingBefore, formatRecord, functionSet, parseRecord, type Release } from '../../src/service/release-record.ts'

const release = (number: number, more: Partial<Release> = {}): Release => ({ number, deploymentId: 'ab12cd', digest: '0123456789abcdef', functions: 'a1b2c3', versions: ['3', '12'], commit: '9fceb02', ...more })

describe('the record of releases', () => {
  test('reads back what it wrote, newest first', () => {
    const record = [release(3), release(2, { versions: [] }), release(1, { commit: '' })]
    expect(parseRecord(formatRecord(record))).toEqual(record)
  })

  test('holds only characters and lengths that a stage variable takes', () => {
    const text = formatRecord(Array.from({ length: 60 }, (_each, index) => release(60 - index)))
    expect(text).toMatch(/^[A-Za-z0-9\-._:/?&=,]+$/)
    expect(text.length).toBeLessThanOrEqual(512)
    expect(parseRecord(text)[0]).toEqual(release(60))
    expect(parseRecord(text).length).toBeGreaterThan(5)
  })

  test('leaves out the versions of a live release that alone would pass the limit', () => {
    const many = release(1, { versions: Array.from({ length: 200 }, () => '100') })
    expect(parseRecord(formatRecord([many, release(0)]))).toEqual([{ ...many, versions: [] }])
  })

  test('what fits beside the live release is just what the text holds', () => {
    const before = Array.from({ length: 60 }, (_each, index) => release(59 - index))
    expect(parseRecord(formatRecord([release(60), ...before])).slice(1)).toEqual(fittingBefore(release(60), before))
  })

  test('tells sets of functions apart, whatever their order', () => {
    expect(functionSet(['b', 'a'])).toBe(functionSet(['a', 'b']))
    expect(functionSet(['a'])).not.toBe(functionSet(['a', 'b']))
    expect(functionSet(['a b'])).toMatch(/^[0-9a-f]{6}$/)
  })

  test.each(['', 'nonsense', '1:ab', 'x:ab:cd:1:', '1:ab:cd:1:aa/broken'])('takes %p for no record', (text) => {
    expect(parseRecord(text)).toEqual([])
  })
})
