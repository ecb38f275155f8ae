import { describe, expect, test } from '@jest/globals'
import { planRoutes } from '../../src/plan/routes.ts'
import type { ServedMethods } from '../../src/resources/api/definition/served-methods.ts'
import { step, type Step } from '../../src/resources/step.ts'
import type { Service } from '../../src/service/service.ts'

const service = (routes: Readonly<Record<string, string>>): Service =>
  ({
    name: 'shop',
    api: { routes: Object.entries(routes).map(([key, functionName]) => ({ method: key.split(' ')[0], path: key.split(' ')[1], functionName })) },
  }) as unknown as Service

const served = (routes: Readonly<Record<string, string>>): ServedMethods => new Map(Object.entries(routes))
const edit = (action: 'create' | 'update' | 'delete', name: string, reason = 'of the working copy'): Step =>
  step({ id: `route/${name}`, kind: 'route', name, action, phase: 'prepare', reason, apply: async () => undefined })

interface Row {
  readonly wanted: Readonly<Record<string, string>>
  readonly served?: Readonly<Record<string, string>> | undefined
  readonly edits?: readonly Step[]
  readonly foreign?: readonly string[]
  /** `action kind name`, in order. */
  readonly told: readonly string[]
}

const rows: readonly (readonly [string, Row])[] = [
  ['a route that another stage has taken out of the working copy goes from this one', { wanted: { 'GET /a': 'f' }, served: { 'GET /a': 'f', 'GET /b': 'f' }, told: ['delete route GET /b'] }],
  ['a route that another stage has put there is new for this one', { wanted: { 'GET /a': 'f', 'GET /b': 'f' }, served: { 'GET /a': 'f' }, told: ['create route GET /b'] }],
  ['a route that another stage has led to another function is told', { wanted: { 'GET /a': 'g' }, served: { 'GET /a': 'f' }, told: ['update route GET /a'] }],
  ['what another stage has left in the working copy is no route that goes', { wanted: { 'GET /a': 'f' }, served: { 'GET /a': 'f' }, edits: [edit('delete', 'GET /b')], told: ['delete working copy GET /b'] }],
  ['what is put back into the working copy is nothing that callers notice', { wanted: { 'GET /a': 'f' }, served: { 'GET /a': 'f' }, edits: [edit('create', 'GET /a')], told: ['create working copy GET /a'] }],
  ['an edit that callers notice is one line, not two', { wanted: { 'GET /a': 'f' }, served: { 'GET /b': 'f' }, edits: [edit('delete', 'GET /b'), edit('create', 'GET /a')], told: ['delete route GET /b', 'create route GET /a'] }],
  ['a route that is served, and was changed by hand in the working copy, stays an update for callers where it leads elsewhere', { wanted: { 'GET /a': 'g' }, served: { 'GET /a': 'f' }, edits: [edit('update', 'GET /a')], told: ['update route GET /a'] }],
  ['a method of somebody else’s that is served is no route that goes', { wanted: { 'GET /a': 'f' }, served: { 'GET /a': 'f', 'POST /hook': 'other' }, foreign: ['POST /hook'], told: [] }],
  ['adopting a method says so', { wanted: { 'POST /hook': 'f' }, served: { 'POST /hook': 'other' }, foreign: ['POST /hook'], edits: [edit('update', 'POST /hook', 'is adopted')], told: ['update route POST /hook'] }],
  ['a stage that does not exist yet serves nothing', { wanted: { 'GET /a': 'f', 'GET /b': 'f' }, served: {}, edits: [edit('create', 'GET /b')], told: ['create route GET /b', 'create route GET /a'] }],
  ['where nobody knows what is served the edits are all that can be told', { wanted: { 'GET /a': 'f' }, served: undefined, edits: [edit('delete', 'GET /b')], told: ['delete route GET /b'] }],
  ['nothing differs', { wanted: { 'ANY /': 'f', 'ANY /{proxy+}': 'f' }, served: { 'ANY /': 'f', 'ANY /{proxy+}': 'f' }, told: [] }],
]

describe('routes are told as callers of the stage notice them', () => {
  test.each(rows)('%s', (_name, row) => {
    const input = { served: row.served === undefined ? undefined : served(row.served), foreign: new Set(row.foreign), edits: row.edits ?? [] }
    const { edits, others } = planRoutes(service(row.wanted), input)
    expect([...edits, ...others].map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual(row.told)
    // Every edit stays one, in its place: how it is told changes nothing of what is done.
    expect(edits.map(({ id, apply }) => [id, apply])).toEqual((row.edits ?? []).map(({ id, apply }) => [id, apply]))
  })

  test('a route that leads elsewhere names both functions, and an adopted one keeps its reason', () => {
    const moved = planRoutes(service({ 'GET /a': 'g' }), { served: served({ 'GET /a': 'f' }), foreign: new Set(), edits: [] })
    expect(moved.others[0]?.fields).toEqual([{ field: 'function', from: 'f', to: 'g' }])
    const adopted = planRoutes(service({ 'GET /a': 'f' }), { served: served({ 'GET /a': 'f' }), foreign: new Set(['GET /a']), edits: [edit('update', 'GET /a', 'is adopted')] })
    expect(adopted.edits[0]?.reason).toBe('is adopted')
  })
})
