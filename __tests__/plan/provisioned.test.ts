import { describe, expect, test } from '@jest/globals'
import { planRollback } from '../../src/plan/rollback.ts'
import { chooseRelease, releaseAgain } from '../../src/release/target.ts'
import { provisionedTag, type Provisioned } from '../../src/resources/lambda/provisioned.ts'
import { functionTags } from '../../src/resources/lambda/tags.ts'
import type { FunctionSpec, Service } from '../../src/service/service.ts'
import { changesOf, idsBefore, planOf } from '../support/plan.ts'
import { actualOf, type FunctionStanding, type Standing } from '../support/standing.ts'
import { serviceOf, specOf } from '../support/wanted.ts'

type Slots = Readonly<Record<string, Provisioned>>
const ready = (requested: number): Provisioned => ({ requested, status: 'READY' })
const versions = { versions: { 1: 'one', 2: 'two', 3: 'three' }, a: '3', b: '2' }

/** Release 3 is live in slot a; what its slots have, and how much an earlier run has set. */
function standing(slots: Slots, told: number | undefined, more: Partial<FunctionStanding> = {}): Standing {
  const actual = actualOf({ functions: { shop: { ...versions, ...more } } })
  const state = actual.functions.get('shop')?.state
  if (state === undefined) throw new Error('no function')
  const tags = { ...functionTags(serviceOf(), specOf('shop')), ...(told === undefined ? {} : { [provisionedTag('prod')]: String(told) }) }
  const provisioned = told === undefined ? {} : { provisioned: new Map(Object.entries(slots)) }
  return { functions: { shop: { ...versions, ...more, more: { state: { ...state, tags, ...provisioned } } } } }
}

const wanting = (provisionedConcurrency: number | undefined): Service =>
  serviceOf({ functions: [specOf('shop', provisionedConcurrency === undefined ? {} : { provisionedConcurrency } satisfies Partial<FunctionSpec>)] })
const put = 'provisioned concurrency shop:prod-'

const rows: readonly (readonly [string, { readonly wanted?: number; readonly slots?: Slots; readonly told?: number; readonly word?: string }, readonly string[]])[] = [
  ['nothing is asked for', {}, []],
  ['what is live gets some', { wanted: 2 }, [`create ${put}a`]],
  ['it is there', { wanted: 2, slots: { 'prod-a': ready(2) }, told: 2 }, []],
  ['another number', { wanted: 3, slots: { 'prod-a': ready(2) }, told: 2 }, [`update ${put}a`]],
  ['another number, and somebody else scales it', { wanted: 3, slots: { 'prod-a': ready(7) }, told: 2 }, [`update ${put}a`]],
  ['somebody else scales it', { wanted: 2, slots: { 'prod-a': ready(7) }, told: 2 }, []],
  ['a run was killed before it remembered the number', { wanted: 3, slots: { 'prod-a': ready(3) }, told: 2 }, [`update ${put}a`]],
  ['a run was killed after it remembered the number', { wanted: 2, told: 2 }, [`create ${put}a`]],
  ['it is being set up', { wanted: 2, slots: { 'prod-a': { requested: 2, status: 'IN_PROGRESS' } }, told: 2 }, [`update ${put}a`]],
  ['it has failed', { wanted: 2, slots: { 'prod-a': { requested: 2, status: 'FAILED' } }, told: 2 }, [`update ${put}a`]],
  ['it is no longer asked for', { slots: { 'prod-a': ready(2) }, told: 2 }, [`delete ${put}a`, 'update function tags shop']],
  ['a killed run has left the idle slot', { wanted: 2, slots: { 'prod-a': ready(2), 'prod-b': ready(2) }, told: 2 }, [`delete ${put}b`]],
  ['somebody else has given the idle slot some', { wanted: 2, slots: { 'prod-a': ready(2), 'prod-b': ready(1) }, told: 2 }, []],
  ['another version goes live', { wanted: 2, slots: { 'prod-a': ready(2) }, told: 2, word: 'two' }, [`create ${put}b`, 'update stage prod', `delete ${put}a`]],
  ['another version, and a killed run has given the idle slot its environments', { wanted: 2, slots: { 'prod-a': ready(2), 'prod-b': ready(2) }, told: 2, word: 'two' }, ['update stage prod', `delete ${put}a`]],
]

describe('what a deploy does with provisioned concurrency', () => {
  test.each(rows)('%s', (_what, { wanted, slots = {}, told, word = 'three' }, changes) => {
    const { steps } = planOf({ wanted: wanting(wanted), words: { shop: word }, standing: standing(slots, told) })
    expect(changesOf(steps.filter(({ kind }) => /^(provisioned|stage|function tags)/.test(kind)))).toEqual(changes)
  })

  test('an idle slot that takes another version loses it first, gets it after, and the slot before loses it once it is not called', () => {
    const plan = planOf({ wanted: wanting(2), words: { shop: 'four' }, standing: standing({ 'prod-a': ready(2), 'prod-b': ready(2) }, 2) })
    const id = (end: string): string => `function/shop/${end}`
    const step = (name: string) => plan.steps.find((each) => each.id === id(name))
    expect(idsBefore(step('alias/prod-b'))).toContain(id('provisioned/prod-b/delete'))
    expect(idsBefore(step('provisioned/prod-b'))).toContain(id('alias/prod-b'))
    expect(step('provisioned/prod-b')?.phase).toBe('prepare')
    expect([step('provisioned/prod-a/delete')?.phase, idsBefore(step('provisioned/prod-a/delete'))]).toEqual(['prune', expect.arrayContaining(['cooled'])])
  })

  test('where somebody else scales what is live, the next slot gets as much', () => {
    const { steps } = planOf({ wanted: wanting(2), words: { shop: 'two' }, standing: standing({ 'prod-a': ready(7) }, 2) })
    expect(steps.find(({ id }) => id === 'function/shop/provisioned/prod-b')?.fields).toEqual([{ field: 'provisioned-concurrency', from: '(none)', to: '7' }])
  })
})

test('a rollback gives the slot that goes live as much as earlier runs have set, without a config', () => {
  const actual = actualOf(standing({ 'prod-a': ready(2) }, 2))
  const service = serviceOf()
  const { steps } = planRollback(service, { actual, routes: undefined, next: releaseAgain(chooseRelease(undefined, service, actual), actual) })
  expect(changesOf(steps)).toEqual([`create ${put}b`, 'update stage prod', `delete ${put}a`])
})
