import { describe, expect, test } from '@jest/globals'
import { planRollback, type RouteChange } from '../../src/plan/rollback.ts'
import { chooseRelease, releaseAgain } from '../../src/release/target.ts'
import { changesOf, idsBefore } from '../support/plan.ts'
import { actualOf, release, type Standing } from '../support/standing.ts'
import { serviceOf } from '../support/wanted.ts'

function planned(to: string | undefined, standing: Standing = {}, routes?: RouteChange) {
  const service = { ...serviceOf(), release: { keepReleases: 9, smokeTests: [] } }
  const actual = actualOf(standing)
  return planRollback(service, { actual, routes, next: releaseAgain(chooseRelease(to, service, actual), actual) })
}

const moved = { shop: { versions: { 1: 'one', 2: 'two', 3: 'three' }, a: '3', b: '1' } }
const canary = { stage: { canarySettings: { deploymentId: 'd1', percentTraffic: 50 } } }
const throttled = { stage: { methodSettings: { '*/*': { throttlingRateLimit: 7 } } } }

const rows: readonly (readonly [string, string | undefined, Standing, readonly string[], readonly string[]])[] = [
  ['the idle slot names it still', undefined, {}, ['update stage prod'], ['stage/unchanged', 'function/shop/invocable']],
  ['the idle slot has moved on', '2', { functions: moved }, ['update alias shop:prod-b', 'update stage prod'], ['claim', 'slot/unused', 'stage/unchanged']],
  ['routes alone', undefined, { record: [release(3, ['3']), release(2, ['3'], { digest: 'other' })] }, ['update stage prod'], ['stage/unchanged']],
  ['what is live already', '3', {}, [], []],
  ['what is live already, with other settings of the stage', '3', throttled, [], []],
  ['settings of the stage stay', undefined, throttled, ['update stage prod'], ['stage/unchanged', 'function/shop/invocable']],
  ['a canary that somebody has put there goes', '3', canary, ['update stage prod'], ['stage/unchanged']],
  ['a permission that is lacking', undefined, { functions: { shop: { ...moved.shop, b: '2', isUncalled: true } } }, ['create permission shop:prod-a', 'create permission shop:prod-b', 'update stage prod'], ['stage/unchanged', 'function/shop/invocable']],
]

describe('what a rollback changes', () => {
  test.each(rows)('%s', (_name, to, standing, changes, guards) => {
    const plan = planned(to, standing)
    expect(changesOf(plan.steps)).toEqual(changes)
    expect(plan.guards.map(({ id }) => id)).toEqual(guards)
  })

  test('the slot is moved after the looks, and the stage says which release takes the place of which', () => {
    const { steps } = planned('2', { functions: moved })
    expect(idsBefore(steps.find(({ kind }) => kind === 'alias'))).toEqual(['claim', 'slot/unused', 'stage/unchanged'])
    const stage = steps.find(({ kind }) => kind === 'stage')
    expect(stage?.reason).toBe('from release 3 back to release 2, as release 4')
    expect(stage?.fields.map(({ field, from, to }) => `${field} ${from} ${to}`)).toEqual([
      'slot prod-a prod-b', 'shop version 3 version 2', 'deployment d3 d2',
    ])
  })

  test('routes that callers lose or get are told', () => {
    const routes = { before: new Set(['GET /a', 'GET /b']), after: new Set(['GET /b', 'GET /c']) }
    expect(changesOf(planned(undefined, {}, routes).steps)).toEqual(['update stage prod', 'delete route GET /a', 'create route GET /c'])
  })

  test('all releases stay, and the one that was left is held', () => {
    const { handover } = planned('1', { functions: moved })
    expect(handover).toMatchObject({ number: 4, slot: 'b', moves: true })
    expect(handover.kept.map(({ number, isHeld }) => [number, isHeld ?? false])).toEqual([[3, true], [2, false], [1, false]])
  })
})
