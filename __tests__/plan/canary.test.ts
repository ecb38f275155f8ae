import { describe, expect, test } from '@jest/globals'
import type { CanarySpec, Service } from '../../src/service/service.ts'
import { canaryVariables } from '../../src/service/canary.ts'
import type { SmokeTest } from '../../src/service/smoke/smoke-test.ts'
import { changesOf, idsBefore, planOf, type Case } from '../support/plan.ts'
import { release, type Standing } from '../support/standing.ts'
import { route, serviceOf } from '../support/wanted.ts'

const tenth: CanarySpec = { percent: 10, bake: 60_000, alarms: [] }
const held: CanarySpec = { ...tenth, bake: 'hold' }
const smoke: SmokeTest = {
  line: 'GET /items -> 200', request: { method: 'GET', path: '/items', query: '', headers: [] }, route: route('GET /items'), pathParameters: null,
  expected: { status: [{ from: 200, to: 200 }] },
}
const wanting = (canary: CanarySpec | undefined, smokeTests: readonly SmokeTest[] = []): Service =>
  serviceOf({ release: { keepReleases: 2, smokeTests, ...(canary === undefined ? {} : { canary }) } })

/** Release 3 is live in slot a; release 4, of version 4 in slot b, gets a share. */
function tried({ bake = 60_000, percent = 10 }: Partial<Pick<CanarySpec, 'bake' | 'percent'>> = {}): Standing {
  const trial = release(4, ['4'], { deploymentId: 'd3' })
  const stageVariableOverrides = canaryVariables(serviceOf(), { release: trial, slot: 'b', bake })
  return {
    functions: { shop: { versions: { 1: 'one', 2: 'two', 3: 'three', 4: 'four' }, a: '3', b: '4' } },
    stage: { canarySettings: { deploymentId: 'd3', percentTraffic: percent, stageVariableOverrides } },
    more: { canaryLogGroup: { name: group, retentionDays: undefined, ours: true } },
  }
}

const group = '/aws/apigateway/shop-a1/prod/Canary'
const four = { words: { shop: 'four' } }
const publish = ['update function code shop', 'create function version shop', 'update alias shop:prod-b']
const prune = ['delete function version shop:1', 'delete deployment d1']

const rows: readonly (readonly [string, Case, readonly string[]])[] = [
  ['a new release', { wanted: wanting(tenth), ...four }, [...publish, `create log group ${group}`, 'create canary prod', 'update stage prod', ...prune]],
  ['one that is held takes nothing away', { wanted: wanting(held), ...four }, [...publish, `create log group ${group}`, 'create canary prod']],
  ['nothing changed', { wanted: wanting(tenth) }, [`create log group ${group}`]],
  ['the same release as a canary already', { wanted: wanting(tenth), ...four, standing: tried() }, ['update stage prod', ...prune]],
  ['the same with another share', { wanted: wanting(tenth), ...four, standing: tried({ percent: 50 }) }, ['update canary prod', 'update stage prod', ...prune]],
  ['the same that was held', { wanted: wanting(held), ...four, standing: tried({ bake: 'hold' }) }, []],
  ['the same, and all requests at once', { wanted: wanting(undefined), ...four, standing: tried() }, ['update stage prod', ...prune]],
  ['another release, which needs the slot', { wanted: wanting(undefined), words: { shop: 'five' }, standing: tried() }, ['delete canary prod', ...publish, 'update stage prod', 'delete function version shop:1', 'delete deployment d1']],
]

describe('what a deploy with a canary changes', () => {
  test.each(rows)('%s', (_name, each, changes) => {
    expect(changesOf(planOf(each).steps)).toEqual(changes)
  })

  test('a first deploy has nothing to compare with', () => {
    const { steps, course } = planOf({ wanted: wanting(tenth), standing: 'nothing' })
    expect(changesOf(steps).filter((change) => /canary prod|stage/.test(change))).toEqual(['create stage prod'])
    expect(course).toEqual({})
  })

  test('all requests come after the watch, the watch after the canary, and the canary after the slot', () => {
    const { steps, guards } = planOf({ wanted: wanting(tenth), ...four })
    const live = steps.find(({ id }) => id === 'stage')
    expect(idsBefore(live)).toEqual(expect.arrayContaining(['canary', 'canary/watched']))
    expect(idsBefore(guards.find(({ id }) => id === 'canary/watched'))).toContain('canary')
    expect(steps.find(({ id }) => id === 'canary')?.phase).toBe('go live')
  })

  test('smoke tests are asked before it, and over HTTP only of what all callers get', () => {
    const looks = (canary: CanarySpec): string[] =>
      planOf({ wanted: wanting(canary, [smoke]), ...four }).guards.filter(({ id }) => id.startsWith('smoke-test')).map(({ phase }) => phase)
    expect(looks(tenth)).toEqual(['check', 'verify'])
    expect(looks(held)).toEqual(['check'])
  })

  test.each([
    ['is held and not what this run makes', { wanted: wanting(tenth), words: { shop: 'five' }, standing: tried({ bake: 'hold' }) }, /is held: it waits for a decision/],
    ['is held, and this run would not hold it', { wanted: wanting(tenth), ...four, standing: tried({ bake: 'hold' }) }, /is held: it waits for a decision/],
    ['was made by hand', { wanted: wanting(tenth), ...four, standing: { stage: { canarySettings: { deploymentId: 'd2', percentTraffic: 5 } } } }, /canary that this service did not make: 5 %/],
  ] as const)('it is refused where the canary that stands %s', (_name, each, message) => {
    expect(() => planOf(each)).toThrow(message)
  })
})
