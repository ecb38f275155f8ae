import { expect, test } from '@jest/globals'
import { definitionDiffers, formerSearch, mayHaveFormer, needsWorkingCopy } from '../../src/release/differs.ts'
import { definitionDigest } from '../../src/resources/api/definition/parts.ts'
import { functionSet } from '../../src/service/release-record.ts'
import type { Service } from '../../src/service/service.ts'
import { actualOf, nothing, release, type Standing } from '../support/standing.ts'
import { route, serviceOf } from '../support/wanted.ts'

const moreRoutes = serviceOf({ api: { ...serviceOf().api, routes: [route('GET /items'), route('GET /more')] } })
const ofOthers = release(2, ['2', '2'], { functions: functionSet(['shop', 'extra']) })

interface Row {
  readonly wanted?: Service
  readonly standing?: Standing | 'nothing'
  /** What must be read: another definition is deployed, the working copy, functions that the config has not, those of any name. */
  readonly reads: readonly ('definition' | 'copy' | 'former' | 'everywhere')[]
}

const rows: readonly (readonly [string, Row])[] = [
  ['nothing changed', { reads: [] }],
  ['other routes', { wanted: moreRoutes, reads: ['definition', 'copy', 'former'] }],
  ['no stage', { standing: { live: null, deployments: [] }, reads: ['definition', 'copy'] }],
  ['no API', { standing: 'nothing', reads: ['definition', 'copy'] }],
  ['a stage whose record is of another deployment', { standing: { stage: { deploymentId: 'd9' } }, reads: ['definition', 'copy', 'former'] }],
  ['a deployment that a stopped run has left', { standing: { deployments: ['d9', 'd3', 'd2', 'd1'] }, reads: ['copy', 'former', 'everywhere'] }],
  ['a release of other functions', { standing: { record: [release(3, ['3']), ofOthers] }, reads: ['former', 'everywhere'] }],
]

test.each(rows)('what a deploy must read: %s', (_name, { wanted = serviceOf(), standing = {}, reads }) => {
  const actual = standing === 'nothing' ? nothing(wanted) : actualOf(standing)
  const goal = { service: wanted, digest: definitionDigest(wanted) }
  const found = {
    definition: definitionDiffers(goal, actual),
    copy: needsWorkingCopy(goal, actual),
    former: mayHaveFormer(goal, actual),
    everywhere: formerSearch(goal, actual).everywhere,
  }
  expect(Object.entries(found).flatMap(([name, isRead]) => (isRead ? [name] : []))).toEqual(reads)
})
