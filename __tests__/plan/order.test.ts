import { describe, expect, test } from '@jest/globals'
import { applyPlan } from '../../src/plan/apply.ts'
import { silent } from '../../src/progress.ts'
import type { ApplyContext, Task } from '../../src/resources/step.ts'
import type { FunctionSpec, Service } from '../../src/service/service.ts'
import { idsBefore, planOf, type Case } from '../support/plan.ts'
import { madeRoleArn, release } from '../support/standing.ts'
import { route, serviceOf, specOf } from '../support/wanted.ts'

const withSpec = (more: Partial<FunctionSpec>): Service => serviceOf({ functions: [specOf('shop', more)] })
const moreRoutes = serviceOf({ api: { ...serviceOf().api, routes: [...serviceOf().api.routes, route('GET /more')] } })
const two = serviceOf({ functions: [specOf('shop'), specOf('extra')] })
const ofTwo = {
  functions: { shop: { versions: { 3: 'three' }, a: '3', b: '3' }, extra: { versions: { 3: 'three' }, a: '3', b: '3' } },
  service: two,
}

const cases = {
  'other code': { words: { shop: 'four' } },
  'code and a setting': { words: { shop: 'four' }, wanted: withSpec({ settings: { ...specOf('shop').settings, timeout: 9 } }) },
  'a large package': { words: { shop: 'four' }, wanted: withSpec({ s3Bucket: 'create' }), code: { size: 60 * 1_048_576 } },
  'a new role': { wanted: withSpec({ role: { kind: 'create', policies: [], statements: [] }, logRetentionDays: 7 }) },
  'other code and routes': { words: { shop: 'four' }, wanted: moreRoutes },
  'code that the idle slot has': { words: { shop: 'two' } },
  'nothing changed': {},
  'two functions': { words: { shop: 'four', extra: 'four' }, wanted: two, standing: ofTwo },
  'the first deploy': { standing: 'nothing' },
  'a tag and other code': { words: { shop: 'four' }, wanted: withSpec({ tags: { team: 'sales' }, logRetentionDays: 7 }) },
  'a function that is gone': {
    former: [{ name: 'old', role: undefined, users: [] }],
    standing: { deployments: ['d9', 'd3'], record: [release(3, ['3'])] },
  },
  'a former role': {
    standing: {
      functions: {
        shop: {
          versions: { 1: 'one', 3: 'three' },
          a: '3',
          b: '3',
          more: {
            formerRole: { name: 'made', state: { name: 'made', arn: madeRoleArn, tags: {}, permissionsBoundary: undefined, inline: new Map(), policies: [] } },
          },
        },
      },
      record: [release(3, ['3'])],
    },
  },
} as const satisfies Readonly<Record<string, Case>>

/** In a plan, what must be done before a task: each of these, and none of those. */
const rows: readonly (readonly [keyof typeof cases, string, readonly string[], readonly string[]])[] = [
  ['other code', 'function/shop/version', ['function/shop/code'], ['stage/unchanged']],
  ['other code', 'stage/unchanged', ['function/shop/code'], ['function/shop/version']],
  ['other code', 'stage/unchanged', ['slot/unused'], []],
  ['other code', 'function/shop/version/1', ['unused'], []],
  ['other code', 'deployment/d1', ['unused'], []],
  ['other code', 'function/shop/alias/prod-b', ['function/shop/version', 'stage/unchanged'], []],
  ['code and a setting', 'function/shop/configuration', ['function/shop/code'], []],
  ['code and a setting', 'function/shop/version', ['function/shop/configuration'], []],
  ['a large package', 'function/shop/code', ['function/shop/upload'], []],
  ['a new role', 'function/shop/configuration', ['function/shop/role'], []],
  ['a new role', 'function/shop/log-group', ['function/shop/role'], ['function/shop/version']],
  ['other code and routes', 'deployment', ['route/GET /more', 'slot/unused'], ['function/shop/version']],
  ['other code and routes', 'function/shop/alias/prod-b', ['deployment', 'function/shop/version'], []],
  ['two functions', 'function/extra/alias/prod-b', ['function/shop/version', 'function/extra/version', 'stage/unchanged'], ['function/shop/alias/prod-b']],
  ['two functions', 'function/shop/alias/prod-b', ['function/extra/alias/prod-b'], []],
  ['two functions', 'function/shop/code', ['claim'], ['function/extra/code']],
  ['other code', 'stage/unchanged', ['claim'], []],
  ['other code and routes', 'route/GET /more', ['claim'], []],
  ['the first deploy', 'claim', ['api'], []],
  ['the first deploy', 'function/shop', [], ['claim']],
  ['the first deploy', 'function/shop/version', ['claim'], []],
  ['the first deploy', 'api', ['function/shop'], ['function/shop/version']],
  ['the first deploy', 'route/GET /items', ['api'], []],
  ['the first deploy', 'function/shop/alias/prod-a', ['function/shop/version', 'claim'], ['deployment']],
  ['the first deploy', 'function/shop/permission/prod-b', ['function/shop/alias/prod-b', 'api'], []],
  ['the first deploy', 'access-log-group', ['api'], []],
  ['a tag and other code', 'function/shop/tags', ['function/shop/version', 'function/shop/log-group'], []],
  ['a function that is gone', 'deployment/d9', ['function/old'], []],
  ['a former role', 'function/shop/version/1', ['role/made'], []],
]

/** What is looked at, or waited for, before a plan is carried on. */
const looks: readonly (readonly [keyof typeof cases, readonly string[]])[] = [
  ['nothing changed', []],
  ['the first deploy', ['claim']],
  ['other code', ['claim', 'slot/unused', 'stage/unchanged', 'unused']],
  ['other code and routes', ['claim', 'slot/unused', 'unused']],
  ['code that the idle slot has', ['slot/unused', 'stage/unchanged', 'function/shop/invocable', 'unused']],
  ['a former role', ['unused']],
]

test.each(looks)('the looks of a plan: %s', (name, ids) => {
  expect(planOf(cases[name]).guards.map(({ id }) => id)).toEqual(ids)
})

describe('the order of a plan', () => {
  test.each(rows)('%s: %s', (name, id, before, notBefore) => {
    const { steps, guards } = planOf(cases[name])
    const found = idsBefore([...steps, ...guards].find((each) => each.id === id))
    expect(found).toEqual(expect.arrayContaining([...before]))
    expect(found.filter((each) => notBefore.includes(each))).toEqual([])
  })

  test.each(Object.entries<Case>(cases))('the scheduler takes the plan: %s', async (_name, given) => {
    const { steps, guards } = planOf(given)
    const order: string[] = []
    const tasks = [...steps, ...guards].map((each): Task => {
      const note = async (): Promise<void> => void order.push(each.id)
      return 'check' in each ? { ...each, check: note } : { ...each, apply: note }
    })
    await applyPlan(tasks, { progress: silent, ids: {} } as unknown as ApplyContext)
    expect(order).toHaveLength(tasks.filter((each) => 'check' in each || each.action !== 'keep').length)
  })
})
