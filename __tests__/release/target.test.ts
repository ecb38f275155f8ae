import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../src/errors.ts'
import { markedFor, refuseHeld } from '../../src/release/held.ts'
import { chooseRelease, releaseAgain } from '../../src/release/target.ts'
import { formatRecord, functionSet, namesIn, parseRecord, type Release } from '../../src/service/release-record.ts'
import { actualOf, release, type Standing } from '../support/standing.ts'
import { serviceOf } from '../support/wanted.ts'

const held = (each: Release): Release => ({ ...each, isHeld: true })
const unverified = (each: Release): Release => ({ ...each, isUnverified: true })
const failed = (each: Release): Release => held(unverified(each))
const afterRollback = [release(4, ['2'], { deploymentId: 'd2' }), held(release(3, ['3'])), release(2, ['2']), release(1, ['1'])]

const rows: readonly (readonly [string, string | undefined, Standing, string])[] = [
  ['the release before the live one', undefined, {}, '2'],
  ['a number', '1', {}, '1'],
  ['the live one', '3', {}, '3'],
  ['a commit in short', 'beef000', { record: [release(3, ['3']), release(2, ['2']), release(1, ['1'], { commit: 'beef000' })] }, '1'],
  ['a whole commit', `beef000${'1'.repeat(33)}`, { record: [release(3, ['3']), release(2, ['2'], { commit: 'beef000' })] }, '2'],
  ['the newest of a commit', 'c0ffee0', {}, '3'],
  ['a version', 'shop:1', {}, '1'],
  ['a version of another function', 'cart:1', {}, 'No release "cart:1" of shop on prod is kept. 2 (commit c0ffee0); 1 (commit c0ffee0)'],
  ['after a rollback, the live one', undefined, { live: 'b', record: afterRollback }, '4'],
  ['after a rollback, the one that was left', '3', { live: 'b', record: afterRollback }, '3'],
  ['after what failed was taken back, the live one', undefined, { live: 'b', record: [release(3, ['1']), failed(release(2, ['2'])), release(1, ['1'])] }, '3'],
  ['after that, where what is live has not passed either, the last one that has', undefined, { record: [unverified(release(4, ['2'])), failed(release(3, ['3'])), unverified(release(2, ['2'])), release(1, ['1'])] }, '1'],
  ['past what is not verified', undefined, { record: [release(3, ['3']), unverified(release(2, ['2'])), release(1, ['1'])] }, '1'],
  ['what the record knows best where another deployment was put on the stage', undefined, { stage: { deploymentId: 'x' } }, '3'],
  ['a first release', undefined, { record: [release(1, ['1'])] }, 'There is no release of shop on prod before the live one. none'],
  ['a deployment that is gone', '2', { deployments: ['d3', 'd1'] }, 'Release 2 of shop on prod cannot be gone back to: its deployment d2 is gone. 1 (commit c0ffee0)'],
  ['a version that is gone', undefined, { functions: { shop: { versions: { 3: 'three', 1: 'one' }, a: '3', b: '1' } } }, 'Release 2 of shop on prod cannot be gone back to: version 2 of shop is gone. 1 (commit c0ffee0)'],
  ['a function that is gone', '1', { record: [release(3, ['3']), release(1, ['1', '1'], { functions: functionSet(['cart', 'shop']) })] }, 'Release 1 of shop on prod cannot be gone back to: a function of it is gone, or is no longer ours. none'],
]

/** The number of the release, or what the error says and what it says can be gone back to. */
function chosen(to: string | undefined, standing: Standing): string {
  try {
    return String(chooseRelease(to, serviceOf(), actualOf(standing)).number)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return `${error.text.what} ${/gone back to: (.*)\.$/.exec(error.text.why ?? '')?.[1] ?? 'none'}`
  }
}

describe('the release that a rollback leads to', () => {
  test.each(rows)('%s', (_name, to, standing, expected) => {
    expect(chosen(to, standing)).toBe(expected)
  })
})

describe('what is held', () => {
  const actual = actualOf()
  const again = releaseAgain(release(2, ['2']), actual)

  test('is what a rollback leaves, wherever the record has it', () => {
    const record = [release(3, ['3']), release(2, ['2']), release(1, ['3'])]
    const marks = markedFor(again, { record, digest: 'known' }).map(({ number, isHeld }) => [number, isHeld ?? false])
    expect(marks).toEqual([[3, true], [2, false], [1, true]])
  })

  test('is not what it leads to, and stays held until something is deployed', () => {
    const record = [release(4, ['1']), held(release(3, ['3'])), held(release(2, ['2']))]
    expect(markedFor(again, { record, digest: 'known' }).map(({ isHeld }) => isHeld ?? false)).toEqual([true, true, false])
    const { goesBackTo: _, ...deployed } = again
    expect(markedFor(deployed, { record, digest: 'known' }).some(({ isHeld }) => isHeld)).toBe(false)
  })

  test('is nothing where another deployment was put on the stage', () => {
    expect(markedFor(again, { record: [release(3, ['3'])], digest: undefined })[0]?.isHeld).toBeUndefined()
  })

  test('is refused as long as routes, code and settings are the same', () => {
    const record = [release(4, ['1']), held(release(2, ['2']))]
    expect(() => refuseHeld(again, record, serviceOf())).toThrow('Release 2 of shop on prod is held')
    expect(() => refuseHeld({ ...again, digest: 'other' }, record, serviceOf())).not.toThrow()
    expect(() => refuseHeld({ ...again, versions: new Map([['shop', undefined]]) }, record, serviceOf())).not.toThrow()
    expect(() => refuseHeld({ ...again, versions: new Map([['shop', '5']]) }, record, serviceOf())).not.toThrow()
  })

  test('stands in the record, also where it goes on in another variable', () => {
    const many = held(release(3, Array.from({ length: 200 }, (_each, index) => String(1000 + index))))
    expect(parseRecord('shop', formatRecord('shop', [many, held(release(2, ['2'])), release(1, ['1'])]))).toEqual([
      many, held(release(2, ['2'])), release(1, ['1']),
    ])
  })
})

describe('the functions of a release', () => {
  const of = (names: readonly string[]): Release => release(1, names.map(() => '1'), { functions: functionSet(names) })
  const hundred = Array.from({ length: 100 }, (_each, index) => `f${index}`)

  test.each([
    ['all of them', ['a', 'b'], ['b', 'a'], ['a', 'b']],
    ['all but some', ['a', 'c'], ['a', 'b', 'c', 'd'], ['a', 'c']],
    ['all but two of a hundred', hundred.slice(2), hundred, [...hundred.slice(2)].sort()],
    ['others', ['a', 'x'], ['a', 'b', 'c'], undefined],
    ['more than there are', ['a', 'b', 'c'], ['a', 'b'], undefined],
    ['too few of too many', hundred.slice(50), hundred, undefined],
  ] as const)('%s', (_name, names, candidates, expected) => {
    expect(namesIn(of(names), candidates)).toEqual(expected)
  })
})
