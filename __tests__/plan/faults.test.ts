import { describe, expect, test } from '@jest/globals'
import { planLines } from '../../src/render/index.ts'
import { definitionDigest } from '../../src/resources/api/definition/parts.ts'
import { planOf } from '../support/plan.ts'
import { release } from '../support/standing.ts'
import { route, serviceOf, specOf } from '../support/wanted.ts'

/** What somebody has put on our stage by hand, as the console does. */
const canaries = [
  ['that sends half of the callers to another deployment', { percentTraffic: 50, deploymentId: 'd9' }],
  ['that sends nobody there yet', { percentTraffic: 0, deploymentId: 'd9' }],
  ['that has the slot of its own', { percentTraffic: 10, deploymentId: 'd3', stageVariableOverrides: { shop_alias: 'prod-b' } }],
] as const

describe('deploy 19: a canary that somebody has put on the stage by hand', () => {
  const refused = /prod of shop has a canary that this service did not make: \d+ % of the requests get deployment d\d/
  test.each(canaries)('%s is refused with new code: no release is called live that part of the callers do not get', (_what, canarySettings) => {
    expect(() => planOf({ words: { shop: 'four' }, standing: { stage: { canarySettings } } })).toThrow(refused)
  })
  test.each(canaries)('%s is refused also where nothing else has changed', (_what, canarySettings) => {
    expect(() => planOf({ standing: { stage: { canarySettings } } })).toThrow(refused)
  })
})

const wide = serviceOf({ api: { ...serviceOf().api, routes: [route('GET /items'), route('GET /items/{id}'), route('DELETE /items/{id}'), route('ANY /{proxy+}')] } })

test('newcomer 1.7: routes that go stand first and by name, each a line of its own and without its resource', () => {
  const lines = planLines(planOf({ standing: { service: wide, record: [release(3, ['3'], { digest: definitionDigest(wide) }), release(2, ['2'])] } }).steps)
  expect(lines.slice(1, 5).map((line) => line.trim().replace(/ {2,}/g, ' '))).toEqual([
    'what callers notice', '- route ANY /{proxy+} is no longer in the config', '- route DELETE /items/{id} is no longer in the config', '- route GET /items/{id} is no longer in the config',
  ])
  expect(lines.join('\n')).not.toContain('resource')
})

test('newcomer 1.8: a value of the environment that changes is told by its name, in the plan of a deploy, too', () => {
  const spec = (TABLE: string) => specOf('shop', { settings: { ...specOf('shop').settings, environmentVariables: { TABLE } } })
  const { steps } = planOf({ wanted: serviceOf({ functions: [spec('hush-new')] }), standing: { service: serviceOf({ functions: [spec('hush-old')] }) } })
  const lines = planLines(steps).join('\n')
  expect(lines).toMatch(/environment-variables TABLE +-> \(value withheld\)/)
  expect(lines).not.toContain('hush')
})
