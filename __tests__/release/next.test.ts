import { describe, expect, test } from '@jest/globals'
import { handoverTo, type NextRelease } from '../../src/release/next.ts'
import { definitionDigest } from '../../src/resources/api/definition/parts.ts'
import { functionSet, parseRecord, versionsIn } from '../../src/service/release-record.ts'
import { actualOf, nothing, otherStage, release, type Standing } from '../support/standing.ts'
import { serviceOf, specOf } from '../support/wanted.ts'

const digest = definitionDigest(serviceOf())

/** The release that a deploy makes of these versions and this deployment. */
function next(shop: string | undefined, more: Partial<NextRelease> = {}): NextRelease {
  return { deploymentId: 'd3', digest, versions: new Map([['shop', shop]]), commit: 'abcdef0', ...more }
}

interface Expected {
  readonly isNew: boolean
  readonly number: number
  readonly slot: 'a' | 'b'
  readonly moves?: boolean
  readonly isOtherSlot?: boolean
  /** Numbers of the releases that are kept. */
  readonly kept: readonly number[]
  readonly fields?: readonly string[]
}

const hundred = Array.from({ length: 100 }, (_each, index) => `f${String(index).padStart(2, '0')}`)
const big = (number: number) =>
  release(
    number,
    hundred.map(() => '12'),
    { functions: functionSet(hundred), digest: String(number).repeat(16) },
  )
const absent = { functions: { shop: { versions: { 3: 'three' }, a: '3' } } }

const rows: readonly (readonly [string, NextRelease, Standing | 'nothing', Expected])[] = [
  [
    'the first release',
    next(undefined, { deploymentId: undefined }),
    'nothing',
    { isNew: true, number: 1, slot: 'a', isOtherSlot: true, kept: [] },
  ],
  ['the live release again', next('3'), {}, { isNew: false, number: 3, slot: 'a', kept: [3, 2, 1] }],
  [
    'a version that is yet to be published',
    next(undefined),
    {},
    {
      isNew: true,
      number: 4,
      slot: 'b',
      moves: true,
      isOtherSlot: true,
      kept: [3, 2],
      fields: ['slot prod-a -> prod-b', 'shop version 3 -> version (new)'],
    },
  ],
  [
    'a version that stands',
    next('1'),
    {},
    {
      isNew: true,
      number: 4,
      slot: 'b',
      moves: true,
      isOtherSlot: true,
      kept: [3, 2],
      fields: ['slot prod-a -> prod-b', 'shop version 3 -> version 1'],
    },
  ],
  [
    'from slot b to slot a',
    next('1'),
    { live: 'b', functions: { shop: { versions: { 1: 'one', 2: 'two', 3: 'three' }, a: '2', b: '3' } } },
    {
      isNew: true,
      number: 4,
      slot: 'a',
      moves: true,
      isOtherSlot: true,
      kept: [3, 2],
      fields: ['slot prod-b -> prod-a', 'shop version 3 -> version 1'],
    },
  ],
  [
    'a deployment that is yet to be made',
    next('3', { deploymentId: undefined }),
    {},
    {
      isNew: true,
      number: 4,
      slot: 'a',
      kept: [3, 2],
      fields: ['deployment d3 -> (new)'],
    },
  ],
  [
    'versions and a deployment',
    next(undefined, { deploymentId: undefined }),
    {},
    {
      isNew: true,
      number: 4,
      slot: 'b',
      moves: true,
      isOtherSlot: true,
      kept: [3, 2],
      fields: ['slot prod-a -> prod-b', 'shop version 3 -> version (new)', 'deployment d3 -> (new)'],
    },
  ],
  [
    'weights on the live alias',
    next('3'),
    { functions: { shop: { versions: { 1: 'one', 2: 'two', 3: 'three' }, a: '3', b: '2', weighted: '2' } } },
    {
      isNew: true,
      number: 4,
      slot: 'b',
      moves: true,
      isOtherSlot: true,
      kept: [3, 2],
      fields: ['slot prod-a -> prod-b', 'shop version 3 -> version 3'],
    },
  ],
  [
    'a function that the stage does not serve yet',
    {
      ...next('3'),
      versions: new Map([
        ['shop', '3'],
        ['extra', undefined],
      ]),
    },
    {
      functions: { shop: { versions: { 3: 'three' }, a: '3' }, extra: null },
    },
    { isNew: false, number: 3, slot: 'a', kept: [3, 2, 1] },
  ],
  [
    'a live alias that names no version that stands',
    next('3'),
    { functions: { shop: { versions: { 3: 'three' }, a: '9', b: '3' } } },
    {
      isNew: false,
      number: 3,
      slot: 'a',
      kept: [3, 2, 1],
    },
  ],
  [
    'a stage that has lost its variable',
    next('3'),
    { stage: { variables: { shop_release: '3:d3:x:y::0:3' } } },
    { isNew: true, number: 4, slot: 'a', kept: [3] },
  ],
  [
    'a record that nobody can read',
    next('3', { deploymentId: undefined }),
    { stage: { variables: { shop_alias: 'prod-a', shop_release: 'oh' } } },
    {
      isNew: true,
      number: 1,
      slot: 'a',
      kept: [],
      fields: ['deployment d3 -> (new)'],
    },
  ],
  [
    'a release whose deployment is gone is not kept',
    next(undefined),
    { deployments: ['d3', 'd1'] },
    { isNew: true, number: 4, slot: 'b', moves: true, isOtherSlot: true, kept: [3, 1] },
  ],
  [
    'nor one whose version is gone',
    next(undefined),
    { functions: { shop: { versions: { 1: 'one', 3: 'three' }, a: '3' } } },
    {
      isNew: true,
      number: 4,
      slot: 'b',
      moves: true,
      isOtherSlot: true,
      kept: [3, 1],
    },
  ],
  [
    'one of other functions is',
    next(undefined),
    { ...absent, record: [release(3, ['3']), release(2, ['7', '8'], { functions: 'abcdef' })] },
    {
      isNew: true,
      number: 4,
      slot: 'b',
      moves: true,
      isOtherSlot: true,
      kept: [3, 2],
    },
  ],
]

const text = ({ field, from, to }: { field: string; from?: string; to?: string }): string => `${field} ${from} -> ${to}`

describe('the next release', () => {
  test.each(rows)('%s', (_name, release_, standing, expected) => {
    const actual = standing === 'nothing' ? nothing() : actualOf(standing)
    const { kept, fields, ...handover } = handoverTo(release_, serviceOf(), actual)
    const { kept: numbers, fields: lines, ...rest } = { moves: false, isOtherSlot: false, ...expected }
    expect({ ...handover, kept: kept.map(({ number }) => number) }).toEqual({ ...rest, kept: numbers })
    if (lines !== undefined) expect(fields.map(text)).toEqual(lines)
  })

  test('of a hundred functions the record has room for five releases before the live one', () => {
    const service = serviceOf({ functions: hundred.map((name) => specOf(name)), release: { keepReleases: 5, smokeTests: [] } })
    const functions = Object.fromEntries(hundred.map((name) => [name, { versions: { 12: 'one' }, a: '12' }]))
    const actual = actualOf({ service, functions, record: [7, 6, 5, 4, 3, 2, 1].map(big) })
    const { kept } = handoverTo({ ...next('3'), versions: new Map(hundred.map((name) => [name, undefined])) }, service, actual)
    expect(kept.map(({ number }) => number)).toEqual([7, 6, 5, 4, 3])
  })
})

describe('releases that other commands will choose', () => {
  test('a rollback is a release of the record', () => {
    const actual = actualOf()
    const [, before] = actual.served.record
    if (before === undefined) throw new Error('the record is too short')
    const { deploymentId, digest: frozen, commit } = before
    const rollback = { deploymentId, digest: frozen, commit, versions: versionsIn(before, ['shop']) ?? new Map<string, string>() }
    expect(handoverTo(rollback, serviceOf(), actual)).toMatchObject({ isNew: true, number: 4, slot: 'b', moves: true })
    expect(handoverTo(rollback, serviceOf(), actual).fields.map(text)).toEqual([
      'slot prod-a -> prod-b',
      'shop version 3 -> version 2',
      'deployment d3 -> d2',
    ])
  })

  test('a promote is what another stage serves', () => {
    const [live] = parseRecord('shop', otherStage('dev', [release(7, ['1'], { deploymentId: 'd7' })]).variables)
    if (live === undefined) throw new Error('no release was read')
    const promoted = {
      deploymentId: live.deploymentId,
      digest: live.digest,
      commit: live.commit,
      versions: versionsIn(live, ['shop']) ?? new Map<string, string>(),
    }
    expect(handoverTo(promoted, serviceOf(), actualOf())).toMatchObject({ isNew: true, number: 4, slot: 'b', moves: true })
  })
})

describe('the versions in a release', () => {
  test.each([
    [
      'by name, whatever the order',
      release(1, ['7', '8'], { functions: functionSet(['a', 'b']) }),
      ['b', 'a'],
      [
        ['a', '7'],
        ['b', '8'],
      ],
    ],
    ['of another set of functions are not known', release(1, ['7'], { functions: functionSet(['a']) }), ['b'], undefined],
    ['of which there was no room are not known', release(1, []), ['shop'], undefined],
  ])('%s', (_name, given, names, expected) => {
    const versions = versionsIn(given, names)
    expect(versions && [...versions]).toEqual(expected)
  })
})

test('a release that stands twice after a rollback counts once', () => {
  const again = { ...release(3, ['1']), digest: release(1, ['1']).digest }
  const actual = actualOf({ functions: { shop: { versions: { 1: 'one', 2: 'two', 3: 'three' }, a: '1', b: '2' } }, record: [again, release(2, ['2']), release(1, ['1'])] })
  const keeping = (keepReleases: number) => ({ ...serviceOf(), release: { ...serviceOf().release, keepReleases } })
  const kept = (count: number): number[] => handoverTo(next(undefined), keeping(count), actual).kept.map(({ number }) => number)
  expect([kept(1), kept(2)]).toEqual([[3], [3, 2, 1]])
})
