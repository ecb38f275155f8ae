import { describe, expect, test } from '@jest/globals'
import { planDestroy, type DestroyInput } from '../../src/plan/destroy.ts'
import { codeMark } from '../../src/resources/code.ts'
import type { ServiceId } from '../../src/service/service.ts'
import { changesOf, idsBefore } from '../support/plan.ts'
import { actualOf, copyOf, madeRoleArn, nothing, otherStage, release, type FunctionStanding, type Standing } from '../support/standing.ts'
import { account, code, route, serviceOf, specOf } from '../support/wanted.ts'

/** All that a destroy must know of the service: no config. */
const id: ServiceId = { name: 'shop', stage: 'prod', repository: 'acme/shop' }
const shop: FunctionStanding = { versions: { 1: 'one', 2: 'two', 3: 'three' }, a: '3', b: '2' }
const standing = (more: Partial<FunctionStanding> = {}, rest: Standing = {}): Standing => ({
  functions: { shop: { ...shop, ...more } },
  ...rest,
})
const role = { name: 'shop-eu-west-1', arn: madeRoleArn, tags: {}, permissionsBoundary: undefined, inline: new Map(), policies: [] }
const log = '/aws/apigateway/shop-a1/prod'
const dev = otherStage('dev', [release(4, ['1'], { deploymentId: 'd1' })])
const devSlots = [{ Name: 'dev-a', FunctionVersion: '1', Description: codeMark(code('one')) }]
const foreignStage = { stageName: 'theirs', deploymentId: 'd8' }
const stays = 'because what this service did not make hangs on it'

/** The stage's own slots, versions and deployments. */
const slots = ['delete alias shop:prod-a', 'delete alias shop:prod-b']

const rows: readonly (readonly [string, Standing | 'nothing', Partial<DestroyInput>, readonly string[], readonly string[]])[] = [
  [
    'the last stage',
    standing(),
    {},
    ['delete stage prod', 'delete API shop (a1)', 'delete function shop'],
    [`Log groups stay: ${log}, /aws/lambda/shop.`],
  ],
  [
    'the last stage and its logs',
    standing(),
    { deleteLogs: true },
    ['delete stage prod', `delete log group ${log}`, 'delete log group /aws/lambda/shop', 'delete API shop (a1)', 'delete function shop'],
    [],
  ],
  [
    'with the roles that we made, the former one, too',
    standing({ more: { role, formerRole: { name: 'old', state: { ...role, name: 'old' } } } }),
    {},
    ['delete stage prod', 'delete API shop (a1)', 'delete function shop', 'delete role shop-eu-west-1', 'delete role old'],
    [`Log groups stay: ${log}, /aws/lambda/shop.`],
  ],
  [
    'the role of a function that is gone already',
    {
      functions: { shop: null },
      more: {
        functions: new Map([
          ['shop', { name: 'shop', state: undefined, role, formerRole: undefined, givenRole: undefined, logGroup: undefined }],
        ]),
      },
    },
    {},
    ['delete stage prod', 'delete API shop (a1)', 'delete role shop-eu-west-1'],
    [`Log groups stay: ${log}.`],
  ],
  [
    'functions that the config no longer describes',
    standing(),
    { former: [{ name: 'extra', role: undefined, users: [] }] },
    ['delete stage prod', 'delete API shop (a1)', 'delete function shop', 'delete function extra'],
    [`Log groups stay: ${log}, /aws/lambda/shop, /aws/lambda/extra.`],
  ],
  [
    'where the stage is gone already',
    standing({}, { live: null }),
    {},
    ['delete API shop (a1)', 'delete function shop'],
    [`Log groups stay: ${log}, /aws/lambda/shop.`],
  ],
  ['where nothing stands', 'nothing', {}, [], []],
  [
    'one stage of two',
    standing({ aliases: devSlots }, { otherStages: [dev] }),
    {},
    [
      'delete stage prod',
      ...slots,
      'delete function version shop:2',
      'delete function version shop:3',
      'delete deployment d3',
      'delete deployment d2',
    ],
    [`Log groups stay: ${log}.`],
  ],
  [
    'and its log',
    standing({ aliases: devSlots }, { otherStages: [dev] }),
    { deleteLogs: true },
    [
      'delete stage prod',
      `delete log group ${log}`,
      ...slots,
      'delete function version shop:2',
      'delete function version shop:3',
      'delete deployment d3',
      'delete deployment d2',
    ],
    [],
  ],
  [
    'but not a log that the other stage writes to',
    standing(
      {},
      {
        otherStages: [{ ...dev, accessLogSettings: { destinationArn: `arn:aws:logs:eu-west-1:${account.accountId}:log-group:${log}` } }],
      },
    ),
    { deleteLogs: true },
    [
      'delete stage prod',
      ...slots,
      'delete function version shop:2',
      'delete function version shop:3',
      'delete deployment d3',
      'delete deployment d2',
    ],
    [],
  ],
  [
    "nor a log of somebody else's",
    standing({}, { more: { accessLogGroup: { name: 'theirs', retentionDays: 7, ours: false } } }),
    { deleteLogs: true },
    ['delete stage prod', 'delete log group /aws/lambda/shop', 'delete API shop (a1)', 'delete function shop'],
    [],
  ],
  [
    'a stage of others keeps API and functions',
    standing({}, { otherStages: [foreignStage] }),
    {},
    ['delete stage prod', ...slots, 'delete function version shop:1', 'delete function version shop:2', 'delete function version shop:3'],
    [
      `Log groups stay: ${log}.`,
      'API a1 stays, because it holds what this service did not make: stage theirs.',
      `Function shop stays, ${stays}: routes or stages of others.`,
    ],
  ],
  [
    'an alias of others keeps the function, and what it names',
    standing({ aliases: [{ Name: 'theirs', FunctionVersion: '2' }], more: { role } }),
    {},
    ['delete stage prod', 'delete API shop (a1)', ...slots, 'delete function version shop:1', 'delete function version shop:3'],
    [`Log groups stay: ${log}.`, `Function shop stays, ${stays}: alias theirs.`],
  ],
]

describe('break 3: what others call stays, and is told', () => {
  const onAlias = (more: readonly string[]) => new Map([['shop', { direct: [], versions: new Set<string>(), aliases: new Map([['prod-a', more]]) }]])

  test('a slot that a stage of others names, and the version behind it', () => {
    const theirs = { ...foreignStage, variables: { shop_alias: 'prod-a' } }
    const { steps, notes } = planned(standing({}, { otherStages: [theirs] }), { deleteLogs: true })
    expect(changesOf(steps)).toEqual(['delete stage prod', `delete log group ${log}`, 'delete alias shop:prod-b', 'delete function version shop:1', 'delete function version shop:2'])
    expect(notes).toContain(`Alias shop:prod-a stays, ${stays}: stage theirs.`)
  })

  test('a slot with a statement of others, also while another stage of ours remains', () => {
    const { steps, notes } = planned(standing({ aliases: devSlots }, { otherStages: [dev] }), { users: onAlias(['policy statement hand on alias prod-a']) })
    expect(changesOf(steps)).not.toContain('delete alias shop:prod-a')
    expect(changesOf(steps)).toContain('delete alias shop:prod-b')
    expect(notes).toContain(`Alias shop:prod-a stays, ${stays}: policy statement hand on alias prod-a.`)
  })

  test('break 16: a function with a statement or an event source of others, and its log', () => {
    const users = new Map([['shop', { direct: ['policy statement s3'], versions: new Set<string>(), aliases: new Map() }]])
    const { steps, notes } = planned(standing({ more: { role } }), { users, deleteLogs: true })
    expect(changesOf(steps)).toEqual(['delete stage prod', `delete log group ${log}`, 'delete API shop (a1)', ...slots, 'delete function version shop:1', 'delete function version shop:2', 'delete function version shop:3'])
    expect(notes).toContain(`Function shop stays, ${stays}: policy statement s3.`)
  })

  test('a deployment that the canary of a stage of others serves', () => {
    const theirs = { ...dev, canarySettings: { deploymentId: 'd3' } }
    expect(changesOf(planned(standing({ aliases: devSlots }, { otherStages: [theirs] }), {}).steps)).not.toContain('delete deployment d3')
  })

  test('deploy 17: a function that the config no longer describes', () => {
    const { steps, notes } = planned(standing(), { former: [{ name: 'extra', role: undefined, users: ['event source mapping 1'] }] })
    expect(changesOf(steps)).not.toContain('delete function extra')
    expect(notes).toContain(`Function extra stays, ${stays}: event source mapping 1.`)
  })
})

const foreignRoute = (functionName: string): Partial<DestroyInput> => {
  const theirs = serviceOf({ name: 'other', api: { ...serviceOf().api, routes: [route('POST /hook', functionName)] } })
  return { copy: copyOf(theirs, actualOf()) }
}

function planned(given: Standing | 'nothing', remains: Partial<DestroyInput>) {
  const actual = given === 'nothing' ? nothing() : actualOf(given)
  return planDestroy(id, { actual, copy: undefined, former: [], besides: [], users: new Map(), deleteLogs: false, ...remains })
}

describe('what a destroy takes away', () => {
  test.each(rows)('%s', (_name, given, remains, changes, notes) => {
    const plan = planned(given, remains)
    expect(changesOf(plan.steps)).toEqual(changes)
    expect(plan.notes.map((note) => note.replace(' `delete-logs: true` removes them.', ''))).toEqual(notes)
  })

  test('a route of others keeps the API, and the function that it leads to', () => {
    expect(changesOf(planned({}, foreignRoute('shop')).steps)).not.toContain('delete function shop')
    expect(planned({}, foreignRoute('shop')).notes).toContain('API a1 stays, because it holds what this service did not make: POST /hook.')
    expect(changesOf(planned({}, foreignRoute('else')).steps)).toContain('delete function shop')
  })

  test('the API goes after its logs, a role after its function, versions after the aliases that name them', () => {
    const { steps } = planned(standing({ more: { role } }), { deleteLogs: true })
    const before = (name: string): string[] => idsBefore(steps.find((each) => each.id === name))
    expect(before('api')).toEqual([`log-group/${log}`, 'log-group//aws/lambda/shop'])
    // The next run finds a log by its function.
    expect(before('function/shop')).toEqual([`log-group/${log}`, 'log-group//aws/lambda/shop'])
    expect(before('role/shop-eu-west-1')).toEqual(['function/shop', `log-group/${log}`, 'log-group//aws/lambda/shop'])
    const one = planned(standing({}, { otherStages: [dev] }), {}).steps.find((each) => each.id === 'function/shop/version/3')
    expect(idsBefore(one)).toEqual(['function/shop/alias/prod-a', 'function/shop/alias/prod-b'])
  })
})

test('a service of two functions loses both', () => {
  const service = serviceOf({ functions: [specOf('shop'), specOf('extra')] })
  const { steps } = planned({ service, functions: { shop, extra: { versions: { 1: 'one' }, a: '1', b: '1' } } }, {})
  expect(changesOf(steps)).toEqual(['delete stage prod', 'delete API shop (a1)', 'delete function shop', 'delete function extra'])
})
