import { expect, test } from '@jest/globals'
import { handoverTo } from '../../src/release/next.ts'
import { planPrune } from '../../src/release/prune.ts'
import { definitionDigest } from '../../src/resources/api/definition/parts.ts'
import { functionSet } from '../../src/service/release-record.ts'
import { changesOf } from '../support/plan.ts'
import { actualOf, otherStage, release, type FunctionStanding, type Standing } from '../support/standing.ts'
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
  ['nothing new: what the record names stays, and what is newer', { shop: '3', deploymentId: 'd3', gone: [] }],
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
    'no release is kept: what the stage serves stays all the same',
    { deploymentId: 'd3', keepReleases: 0, gone: ['shop:1', 'shop:4', 'shop:5', 'd2', 'd1'] },
  ],
  [
    'without a move the idle slot keeps its version, and what the stage serves its deployment',
    { shop: '3', keepReleases: 0, gone: ['shop:1', 'shop:4', 'shop:5', 'd2', 'd1'] },
  ],
  [
    'what a slot named before stays as long as it names the next one',
    {
      deploymentId: 'd3',
      standing: standing({}, { aliases: [{ Name: 'dev-a', FunctionVersion: '5', Description: 'inputs i code c before 4' }] }),
      gone: ['shop:1', 'd1'],
    },
  ],
  [
    'a canary that somebody has put on this stage keeps its deployment',
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
  const service = serviceOf({ release: { keepReleases } })
  const actual = actualOf(given)
  const next = { deploymentId, digest: definitionDigest(service), versions: new Map([['shop', shop]]), commit: '' }
  const { steps } = planPrune({ service, actual, next, handover: handoverTo(next, service, actual), former: [] })
  expect(changesOf(steps)).toEqual(gone.map((name) => `delete ${name.startsWith('d') ? 'deployment' : 'function version'} ${name}`))
})
