import { describe, expect, test } from '@jest/globals'
import { functionSet } from '../../src/service/release-record.ts'
import type { ApiSpec, FunctionSettings, FunctionSpec, Service } from '../../src/service/service.ts'
import { changesOf, planOf, type Case } from '../support/plan.ts'
import { madeRoleArn, release, type FunctionStanding, type Standing } from '../support/standing.ts'
import { code, route, serviceOf, specOf } from '../support/wanted.ts'

const withSpec = (more: Partial<FunctionSpec>): Service => serviceOf({ functions: [specOf('shop', more)] })
const withSettings = (settings: Partial<FunctionSettings>): Service => withSpec({ settings: { ...specOf('shop').settings, ...settings } })
const withApi = (api: Partial<ApiSpec>): Service => serviceOf({ api: { ...serviceOf().api, ...api } })
const withLog = (accessLog: Partial<Service['accessLog']>): Service => serviceOf({ accessLog: { ...serviceOf().accessLog, ...accessLog } })
const shop: FunctionStanding = { versions: { 1: 'one', 2: 'two', 3: 'three' }, a: '3', b: '2' }
const standing = (more: Partial<FunctionStanding>, rest: Standing = {}): Standing => ({
  functions: { shop: { ...shop, ...more } },
  ...rest,
})
const both = ['shop', 'extra'].map((name) => specOf(name))
const ofBoth = { functions: functionSet(['shop', 'extra']) }
const madeRole = {
  name: 'shop-eu-west-1',
  arn: madeRoleArn,
  tags: {},
  permissionsBoundary: undefined,
  inline: new Map(), policies: ['arn:aws:iam::aws:policy/Other'],
}

const bucket = 's3://lambda-api-deploy-123456789012-eu-west-1'

/** What every change of code or settings brings with it: the idle slot takes over, and the oldest release goes. */
const goesLive = ['update alias shop:prod-b', 'update stage prod', 'delete function version shop:1', 'delete deployment d1']
const newVersion = ['create function version shop', ...goesLive]
const bothSlots = (name: string): string[] =>
  ['a', 'b'].flatMap((slot) => [`create alias ${name}:prod-${slot}`, `create permission ${name}:prod-${slot}`])

const rows: readonly (readonly [string, Case, readonly string[]])[] = [
  [
    'nothing stands yet',
    { standing: 'nothing' },
    [
      'create function shop',
      'create function version shop',
      ...bothSlots('shop'),
      'create API shop',
      'create route GET /items',
      'create deployment prod',
      'create log group /aws/apigateway/shop-<api-id>/prod',
      'create stage prod',
    ],
  ],
  ['nothing changed', {}, []],
  ['other code', { words: { shop: 'four' } }, ['update function code shop', ...newVersion]],
  ['another setting', { wanted: withSettings({ memorySize: 256 }) }, ['update function configuration shop', ...newVersion]],
  [
    'a setting that goes back to its default',
    { standing: standing({ configuration: { MemorySize: 256 } }) },
    ['update function configuration shop', ...newVersion],
  ],
  [
    'code and a setting',
    { wanted: withSettings({ timeout: 9 }), words: { shop: 'four' } },
    ['update function code shop', 'update function configuration shop', ...newVersion],
  ],
  [
    'another architecture',
    { wanted: withSpec({ code: { ...specOf('shop').code, architecture: 'arm64' } }) },
    ['update function code shop', ...newVersion],
  ],
  ['code that an old version has', { words: { shop: 'one' } }, ['update alias shop:prod-b', 'update stage prod', 'delete deployment d1']],
  [
    'code that the idle slot has',
    { words: { shop: 'two' } },
    ['update stage prod', 'delete function version shop:1', 'delete deployment d1'],
  ],
  ['code that $LATEST has already', { words: { shop: 'four' }, standing: standing({ latest: 'four' }) }, newVersion],
  ['the live version again, whatever $LATEST has', { standing: standing({ latest: 'four' }) }, []],
  [
    'of two versions that fit, the newer one',
    { words: { shop: 'two' }, standing: standing({ versions: { 1: 'two', 2: 'two', 3: 'three' }, b: '1' }) },
    ['update alias shop:prod-b', 'update stage prod', 'delete deployment d1'],
  ],
  [
    'but the live one above a newer one that fits, too',
    {
      words: { shop: 'two' },
      standing: standing({ versions: { 2: 'two', 3: 'two' }, a: '2', b: '3' }, { record: [release(3, ['2']), release(2, ['3'])] }),
    },
    [],
  ],
  [
    'an update that has failed is sent again',
    { words: { shop: 'four' }, standing: standing({ latest: 'four', configuration: { LastUpdateStatus: 'Failed' } }) },
    ['update function configuration shop', ...newVersion],
  ],
  [
    'weights that somebody has put on the live alias',
    { standing: standing({ weighted: '2' }) },
    ['update alias shop:prod-b', 'update stage prod', 'delete function version shop:1', 'delete deployment d1'],
  ],
  [
    'another route',
    { wanted: withApi({ routes: [...serviceOf().api.routes, route('GET /more')] }) },
    ['create route GET /more', 'create deployment prod', 'update stage prod', 'delete function version shop:1', 'delete deployment d1'],
  ],
  [
    'a route that goes',
    { wanted: withApi({ routes: [route('GET /more')] }) },
    [
      'delete route GET /items',
      'create route GET /more',
      'create deployment prod',
      'update stage prod',
      'delete function version shop:1',
      'delete deployment d1',
    ],
  ],
  [
    'a setting of the API',
    { wanted: withApi({ minimumCompressionSize: 9 }) },
    ['update API shop', 'create deployment prod', 'update stage prod', 'delete function version shop:1', 'delete deployment d1'],
  ],
  [
    'a route and code',
    { wanted: withApi({ routes: [...serviceOf().api.routes, route('GET /more')] }), words: { shop: 'four' } },
    [
      'update function code shop',
      'create function version shop',
      'update alias shop:prod-b',
      'create route GET /more',
      'create deployment prod',
      'update stage prod',
      'delete function version shop:1',
      'delete deployment d1',
    ],
  ],
  ['another name of the API', { wanted: withApi({ name: 'Shop' }) }, ['update API Shop', 'update stage prod']],
  ['throttling is no release', { wanted: withApi({ throttlingRate: 9 }) }, ['update stage prod']],
  ['another format of the access log', { wanted: withLog({ format: '$context.status' }) }, ['update stage prod']],
  ['no access log any more', { wanted: serviceOf({ accessLog: { cloudwatchRole: { kind: 'keep' } } }) }, ['update stage prod']],
  [
    'an access log in an account without a role for it',
    { wanted: withLog({ cloudwatchRole: { kind: 'create' } }), standing: { stage: { accessLogSettings: undefined } } },
    ['create account CloudWatch role lambda-api-deploy-api-gateway-logs-eu-west-1', 'update stage prod'],
  ],
  ['the retention of the access log', { wanted: withLog({ retentionDays: 7 }) }, ['update log group /aws/apigateway/shop-a1/prod']],
  ['reserved concurrency', { wanted: withSpec({ reservedConcurrency: 5 }) }, ['create reserved concurrency shop']],
  [
    'reserved concurrency that goes',
    { standing: standing({ spec: specOf('shop', { reservedConcurrency: 5 }) }) },
    ['delete reserved concurrency shop'],
  ],
  ["a tag of the user's", { wanted: withSpec({ tags: { team: 'sales' } }) }, ['update function tags shop']],
  [
    "the retention of the function's log",
    { wanted: withSpec({ logRetentionDays: 7 }) },
    ['update function tags shop', 'create log group /aws/lambda/shop'],
  ],
  [
    'a retention that goes is taken away',
    {
      standing: standing({
        spec: specOf('shop', { logRetentionDays: 7 }),
        more: { logGroup: { name: '/aws/lambda/shop', retentionDays: 7, ours: false } },
      }),
    },
    ['update function tags shop', 'update log group /aws/lambda/shop'],
  ],
  [
    'but not where somebody has set another since',
    {
      standing: standing({
        spec: specOf('shop', { logRetentionDays: 7 }),
        more: { logGroup: { name: '/aws/lambda/shop', retentionDays: 9, ours: false } },
      }),
    },
    ['update function tags shop'],
  ],
  [
    'a permission that somebody has removed',
    { standing: standing({ isUncalled: true }) },
    ['create permission shop:prod-a', 'create permission shop:prod-b'],
  ],
  ['a slot without an alias', { standing: standing({ b: undefined }) }, ['create alias shop:prod-b', 'create permission shop:prod-b']],
  [
    'a stage that somebody has deleted',
    {
      standing: {
        live: null,
        deployments: ['d3'],
        more: { accountRole: { arn: 'arn:aws:iam::123456789012:role/logs', fault: undefined } },
      },
    },
    [
      'update alias shop:prod-b',
      'create route GET /items',
      'create deployment prod',
      'create stage prod',
      'delete function version shop:1',
      'delete function version shop:2',
      'delete deployment d3',
    ],
  ],
  [
    'a function more, without a route',
    { wanted: serviceOf({ functions: both }), standing: { functions: { shop, extra: null } } },
    ['create function extra', 'create function version extra', ...bothSlots('extra')],
  ],
  [
    'a function more, with a route',
    {
      wanted: serviceOf({ functions: both, api: withApi({ routes: [...serviceOf().api.routes, route('GET /extra', 'extra')] }).api }),
      standing: { functions: { shop, extra: null } },
    },
    [
      'create function extra',
      'create function version extra',
      ...bothSlots('extra'),
      'create route GET /extra',
      'create deployment prod',
      'update stage prod',
      'delete function version shop:1',
      'delete deployment d1',
    ],
  ],
  [
    'a function less stays as long as a kept release has it',
    {
      former: [{ name: 'extra', role: undefined, users: [] }],
      standing: standing({ versions: { 2: 'two', 3: 'three' } }, { record: [release(3, ['3']), release(2, ['2', '2'], ofBoth)] }),
    },
    [],
  ],
  [
    'and goes then, its role before it',
    { former: [{ name: 'extra', role: { ...madeRole, name: 'extra-eu-west-1' }, users: [] }] },
    ['delete role extra-eu-west-1', 'delete function extra'],
  ],
  ['what an interrupted run has left', { standing: { deployments: ['d3', 'd2', 'd1', 'd9'] } }, ['delete deployment d9']],
  [
    'policies of a role that we make, those that it lacks first and those that it has too many last',
    {
      wanted: withSpec({ role: { kind: 'create', policies: [], statements: [] } }),
      standing: standing({ configuration: { Role: madeRoleArn }, more: { role: madeRole } }),
    },
    ['update role shop-eu-west-1', 'update role shop-eu-west-1'],
  ],
  [
    'a role that is yet to be made',
    { wanted: withSpec({ role: { kind: 'create', policies: [], statements: [] } }) },
    ['create role shop-eu-west-1', 'update function configuration shop', ...newVersion],
  ],
  [
    'a role that a version still has stays',
    { standing: standing({ configuration: { Role: madeRoleArn }, more: { formerRole: { name: 'shop-eu-west-1', state: madeRole } } }) },
    ['update function configuration shop', ...newVersion],
  ],
  [
    'and goes then',
    { standing: standing({ more: { formerRole: { name: 'shop-eu-west-1', state: madeRole } } }) },
    ['delete role shop-eu-west-1'],
  ],
  [
    'a large package goes through S3',
    { wanted: withSpec({ s3Bucket: 'create' }), words: { shop: 'four' }, code: { size: 60 * 1_048_576 } },
    [
      `create package upload ${bucket}/lambda-api-deploy/shop/shop/${Buffer.from(code('four').sha256, 'base64').toString('hex')}.zip`,
      'update function code shop',
      'create function version shop',
      'delete package upload those of shop that are older than a day',
      ...goesLive,
    ],
  ],
  [
    'no release is kept',
    { wanted: serviceOf({ release: { keepReleases: 0, smokeTests: [] } }), words: { shop: 'four' } },
    [
      'update function code shop',
      'create function version shop',
      'update alias shop:prod-b',
      'update stage prod',
      'delete function version shop:1',
      'delete deployment d2',
      'delete deployment d1',
    ],
  ],
]

describe('what a deploy changes', () => {
  test.each(rows)('%s', (_name, given, changes) => {
    expect(changesOf(planOf(given).steps)).toEqual(changes)
  })

  test('an access log that no role may write is refused', () => {
    expect(() => planOf({ standing: { stage: { accessLogSettings: undefined } } })).toThrow('API Gateway has no role for writing logs')
  })
})
