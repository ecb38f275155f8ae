import { describe, expect, test } from '@jest/globals'
import { planGoLive, servedAfter } from '../../src/release/go-live.ts'
import { handoverTo, type NextRelease } from '../../src/release/next.ts'
import { definitionDigest } from '../../src/resources/api/definition/parts.ts'
import { parseRecord, versionsIn, type Release } from '../../src/service/release-record.ts'
import type { Service } from '../../src/service/service.ts'
import { actualOf, nothing, release, type Standing } from '../support/standing.ts'
import { serviceOf } from '../support/wanted.ts'

const digest = definitionDigest(serviceOf())
const deployed = (shop: string | undefined, deploymentId?: string): NextRelease => ({
  deploymentId,
  digest,
  versions: new Map([['shop', shop]]),
  commit: 'abcdef0',
})
const chosen = (from: Release): NextRelease => ({
  deploymentId: from.deploymentId,
  digest: from.digest,
  commit: from.commit,
  versions: versionsIn(from, ['shop']) ?? new Map(),
})
const kept = release(2, ['2'])
const throttled = serviceOf({ api: { ...serviceOf().api, throttlingRate: 9 } })
/** What this run has made. */
const ids = { deploymentId: 'd9', versions: new Map([['shop', '9']]) }

interface Row {
  readonly service?: Service
  readonly next: NextRelease
  readonly standing?: Standing | 'nothing'
  /** `action: reason`. */
  readonly entry: string
  readonly deploymentId: string
  /** The slot, and each release of the record as number, deployment and versions; none where no variable is written. */
  readonly variables?: readonly [string, ...string[]]
}

const rows: readonly (readonly [string, Row])[] = [
  [
    'a first deploy',
    {
      next: deployed(undefined),
      standing: 'nothing',
      entry: 'create: does not exist yet',
      deploymentId: 'd9',
      variables: ['prod-a', '1 d9 9'],
    },
  ],
  ['nothing new', { next: deployed('3', 'd3'), entry: 'keep: serves what the config asks for', deploymentId: 'd3' }],
  ['other settings alone', { service: throttled, next: deployed('3', 'd3'), entry: 'update: settings differ', deploymentId: 'd3' }],
  [
    'other code',
    {
      next: deployed(undefined, 'd3'),
      entry: 'update: a new release goes live',
      deploymentId: 'd3',
      variables: ['prod-b', '4 d3 9', '3 d3 3', '2 d2 2'],
    },
  ],
  [
    'other routes',
    {
      next: deployed('3'),
      entry: 'update: a new release goes live',
      deploymentId: 'd9',
      variables: ['prod-a', '4 d9 3', '3 d3 3', '2 d2 2'],
    },
  ],
  [
    'both',
    {
      next: deployed(undefined),
      entry: 'update: a new release goes live',
      deploymentId: 'd9',
      variables: ['prod-b', '4 d9 9', '3 d3 3', '2 d2 2'],
    },
  ],
  [
    'a rollback',
    {
      next: chosen(kept),
      entry: 'update: a new release goes live',
      deploymentId: 'd2',
      variables: ['prod-b', '4 d2 2', '3 d3 3', '2 d2 2'],
    },
  ],
  [
    'a promote',
    {
      next: chosen(release(7, ['1'])),
      entry: 'update: a new release goes live',
      deploymentId: 'd7',
      variables: ['prod-b', '4 d7 1', '3 d3 3', '2 d2 2'],
    },
  ],
  [
    'a promote of routes alone',
    {
      next: chosen(release(7, ['3'])),
      entry: 'update: a new release goes live',
      deploymentId: 'd7',
      variables: ['prod-a', '4 d7 3', '3 d3 3', '2 d2 2'],
    },
  ],
]

describe('going live', () => {
  test.each(rows)('%s', (_name, { service = serviceOf(), next, standing = {}, entry, deploymentId, variables }) => {
    const actual = standing === 'nothing' ? nothing(service) : actualOf(standing)
    const handover = handoverTo(next, service, actual)
    const step = planGoLive({ next, handover, service, actual })
    expect(`${step.action}: ${step.reason}`).toBe(entry)
    const served = servedAfter(next, { handover, service, ids })
    expect(served.deploymentId).toBe(deploymentId)
    const record = parseRecord('shop', served.variables).map(
      (each) => `${each.number} ${each.deploymentId} ${each.versions.join(',')}`,
    )
    expect([served.variables['shop_alias'], ...record].filter((each) => each !== undefined)).toEqual(variables ?? [])
  })

  test('an id that this run was to make and has not is a defect', () => {
    const given = {
      handover: handoverTo(deployed(undefined), serviceOf(), actualOf()),
      service: serviceOf(),
      ids: { deploymentId: 'd9', versions: new Map<string, string>() },
    }
    expect(() => servedAfter(deployed(undefined), given)).toThrow('the version of shop is not known yet')
    expect(() => servedAfter(deployed('3'), { ...given, ids: { ...given.ids, deploymentId: undefined } })).toThrow(
      'the deployment is not known yet',
    )
  })
})
