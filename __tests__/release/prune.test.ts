import { describe, expect, jest, test } from '@jest/globals'
import { handoverTo } from '../../src/release/next.ts'
import { planPrune } from '../../src/release/prune.ts'
import { definitionDigest } from '../../src/resources/api/definition/parts.ts'
import { functionSet } from '../../src/service/release-record.ts'
import { silent } from '../../src/progress.ts'
import type { ApplyContext } from '../../src/resources/step.ts'
import { changesOf } from '../support/plan.ts'
import { actualOf, madeRoleArn, nothing, otherStage, release, type FunctionStanding, type Standing } from '../support/standing.ts'
import { serviceOf } from '../support/wanted.ts'

const five: FunctionStanding = { versions: { 1: 'one', 2: 'two', 3: 'three', 4: 'four', 5: 'five' }, a: '3', b: '2' }
const standing = (more: Standing = {}, shop: Partial<FunctionStanding> = {}): Standing => ({
  functions: { shop: { ...five, ...shop } },
  ...more,
})

interface Row {
  /** The version that goes live; none where this run publishes it. */
  readonly shop?: string | undefined
  readonly deploymentId?: string
  readonly standing?: Standing
  readonly keepReleases?: number
  /** Versions of shop and deployments that go. */
  readonly gone: readonly string[]
}

const rows: readonly (readonly [string, Row])[] = [
  ['break 27: nothing new: what the record names stays, and what is newer', { shop: '3', deploymentId: 'd3', gone: [] }],
  [
    'nothing new: what is older than all that is needed was left by an interrupted run',
    {
      shop: '3',
      deploymentId: 'd3',
      standing: standing({ record: [release(3, ['3']), release(2, ['2'])], deployments: ['d3', 'd2', 'd1'] }),
      gone: ['shop:1', 'd1'],
    },
  ],
  ['a new version: the oldest release goes', { deploymentId: 'd3', gone: ['shop:1', 'shop:4', 'shop:5', 'd1'] }],
  ['a version that stands is not taken away while it goes live', { shop: '5', deploymentId: 'd3', gone: ['shop:1', 'shop:4', 'd1'] }],
  ['a new deployment', { shop: '3', gone: ['shop:1', 'shop:4', 'shop:5', 'd1'] }],
  [
    'one release is kept: what the idle slot names now stays for a while',
    { deploymentId: 'd3', keepReleases: 1, gone: ['shop:1', 'shop:4', 'shop:5', 'd2', 'd1'] },
  ],
  [
    'A4, break 1: no release is kept: what the stage serves stays all the same',
    { deploymentId: 'd3', keepReleases: 0, gone: ['shop:1', 'shop:4', 'shop:5', 'd2', 'd1'] },
  ],
  [
    'without a move the idle slot keeps its version, and what the stage serves its deployment',
    { shop: '3', keepReleases: 0, gone: ['shop:1', 'shop:4', 'shop:5', 'd2', 'd1'] },
  ],
  [
    'A3, break 4: what a slot named before stays as long as it names the next one',
    {
      deploymentId: 'd3',
      standing: standing({}, { aliases: [{ Name: 'dev-a', FunctionVersion: '5', Description: 'inputs i code c before 4' }] }),
      gone: ['shop:1', 'd1'],
    },
  ],
  [
    'break 11: a canary that somebody has put on this stage keeps its deployment',
    {
      deploymentId: 'd3',
      standing: standing({ stage: { canarySettings: { deploymentId: 'd1' } } }),
      gone: ['shop:1', 'shop:4', 'shop:5'],
    },
  ],
  [
    "an alias of somebody else's keeps its version",
    {
      deploymentId: 'd3',
      standing: standing({}, { aliases: [{ Name: 'theirs', FunctionVersion: '4' }] }),
      gone: ['shop:1', 'shop:5', 'd1'],
    },
  ],
  [
    'and one that it sends a part of its calls to',
    {
      deploymentId: 'd3',
      standing: standing(
        {},
        { aliases: [{ Name: 'theirs', FunctionVersion: '4', RoutingConfig: { AdditionalVersionWeights: { 5: 0.1 } } }] },
      ),
      gone: ['shop:1', 'd1'],
    },
  ],
  [
    "another stage's slot keeps its version",
    {
      deploymentId: 'd3',
      standing: standing({}, { aliases: [{ Name: 'dev-a', FunctionVersion: '5' }] }),
      gone: ['shop:1', 'shop:4', 'd1'],
    },
  ],
  [
    "another stage's record keeps its releases",
    {
      deploymentId: 'd3',
      standing: standing({ otherStages: [otherStage('dev', [release(9, ['4']), release(8, ['1'], { deploymentId: 'd1' })])] }),
      gone: ['shop:5', 'd1'],
    },
  ],
  [
    'and what it serves',
    {
      deploymentId: 'd3',
      standing: standing({ otherStages: [{ stageName: 'dev', deploymentId: 'd1' }] }),
      gone: ['shop:1', 'shop:4', 'shop:5'],
    },
  ],
  [
    'and a canary of its',
    {
      deploymentId: 'd3',
      standing: standing({ otherStages: [{ stageName: 'dev', canarySettings: { deploymentId: 'd1' } }] }),
      gone: ['shop:1', 'shop:4', 'shop:5'],
    },
  ],
  [
    'all numbers of a release of other functions count',
    {
      deploymentId: 'd3',
      standing: standing({ record: [release(3, ['3']), release(2, ['4', '5'], { functions: functionSet(['shop', 'extra']) })] }),
      gone: ['shop:1'],
    },
  ],
  [
    'without a stage both slots move',
    { shop: '5', standing: standing({ live: null }), gone: ['shop:1', 'shop:2', 'shop:3', 'shop:4', 'd3', 'd2', 'd1'] },
  ],
  [
    'a deployment without our mark stays',
    {
      shop: '3',
      deploymentId: 'd3',
      standing: standing({
        more: {
          deployments: [
            { id: 'd8', description: 'by hand' },
            { id: 'd7', description: 'lambda-api-deploy shop dev x' },
            { id: 'd6', description: 'lambda-api-deploy shop prod x' },
          ],
        },
      }),
      gone: ['d6'],
    },
  ],
]

test.each(rows)('%s', (_name, { shop, deploymentId, standing: given = standing(), keepReleases = 2, gone }) => {
  const service = serviceOf({ release: { keepReleases, smokeTests: [] } })
  const actual = actualOf(given)
  const next = { deploymentId, digest: definitionDigest(service), versions: new Map([['shop', shop]]), commit: '' }
  const { steps } = planPrune({ service, actual, next, handover: handoverTo(next, service, actual), former: [] })
  expect(changesOf(steps)).toEqual(gone.map((name) => `delete ${name.startsWith('d') ? 'deployment' : 'function version'} ${name}`))
})

/** A role that we made for shop before its config named another one. */
const formerRole = {
  name: 'shop-eu-west-1',
  state: { name: 'shop-eu-west-1', arn: madeRoleArn, tags: {}, permissionsBoundary: undefined, inline: new Map(), policies: [] },
}

const roleRows: readonly (readonly [string, Readonly<Record<string, string>>, 'delete' | 'keep'])[] = [
  ['no version runs with it', {}, 'delete'],
  ['only versions that go run with it', { 1: madeRoleArn, 4: madeRoleArn }, 'delete'],
  ['the live version runs with it', { 3: madeRoleArn }, 'keep'],
  ['a version of a kept release runs with it, and one that goes', { 1: madeRoleArn, 2: madeRoleArn }, 'keep'],
]

test.each(roleRows)('a former role: %s', (_name, roles, action) => {
  const actual = actualOf(standing({}, { roles, more: { formerRole } }))
  const next = { deploymentId: 'd3', digest: definitionDigest(serviceOf()), versions: new Map([['shop', undefined]]), commit: '' }
  const { steps } = planPrune({ service: serviceOf(), actual, next, handover: handoverTo(next, serviceOf(), actual), former: [] })
  expect(steps.find(({ kind }) => kind === 'role')?.action).toBe(action)
})

describe('the wait before what was served goes', () => {
  const now = 1_800_000_000_000
  const seconds = (age: number): number => now / 1000 - age
  const waits = 'Waiting 1 s until nobody sees what is taken away.'

  interface Wait {
    /** How long ago the kept releases went live, newest first, and this run; in seconds. */
    readonly kept: readonly number[]
    readonly thisRun: number
    readonly isFirst?: boolean
    readonly told: readonly string[]
  }

  const waitRows: readonly (readonly [string, Wait])[] = [
    ['what goes is of releases before the oldest that is kept', { kept: [1, 60], thisRun: 1, told: [] }],
    ['that one went live a short while ago', { kept: [1, 14.95], thisRun: 1, told: [waits] }],
    ['no release is kept: this run went live a short while ago', { kept: [], thisRun: 14.95, told: [waits] }],
    ['before the first release nobody sees anything', { kept: [], thisRun: 1, isFirst: true, told: [] }],
  ]

  test.each(waitRows)('%s', async (_name, { kept, thisRun, isFirst = false, told }) => {
    const handover = { isNew: true, moves: true, kept: kept.map((age, index) => release(9 - index, ['3'], { wentLiveAt: seconds(age) })) }
    const next = { deploymentId: 'd3', digest: '', versions: new Map([['shop', undefined]]), commit: '' }
    const deployments = [{ id: 'd0', description: 'lambda-api-deploy shop prod x' }]
    const actual = { ...(isFirst ? nothing() : actualOf()), deployments }
    const { guards } = planPrune({ service: serviceOf(), actual, next, handover, former: [] })
    const lines: string[] = []
    const progress = { ...silent, info: (line: string) => void lines.push(line) }
    // The clock stands still, so that a busy machine changes nothing.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now)
    for (const guard of guards) await guard.check({ ids: { wentLiveAt: now - thisRun * 1000 }, progress } as unknown as ApplyContext)
    clock.mockRestore()
    expect([guards.map(({ id }) => id), lines]).toEqual([['unused'], told])
  })
})
