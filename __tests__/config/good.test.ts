import { describe, expect, test } from '@jest/globals'
import { accessLogFormats } from '../../src/service/access-log-formats.ts'
import type { FunctionSpec, Service } from '../../src/service/service.ts'
import { greeting, load, runner, workspace } from './support.ts'

const events = `# yaml-language-server: $schema=./lambda-api.schema.json
service: events
defaults:
  source: src
  runtime: python3.13
  environment-variables:
    TABLE: events-dev
    STRIPE_KEY: { from-env: STRIPE_KEY }
functions:
  read:  { handler: read.handler }
  book:  { handler: book.handler, memory-size: 1024, timeout: 20 }
  admin: { handler: admin.handler, source: admin }
api:
  access-log: { format: json, retention-days: 30 }
  routes:
    GET /events: read
    GET /events/{id}: read
    POST /events/{id}/bookings: { function: book }
    ANY /admin/{proxy+}: { function: admin }
stages:
  prod:
    defaults: { environment-variables: { TABLE: events } }
    functions: { book: { memory-size: 2048 } }
    release: { keep-releases: 10 }
    api: { access-log: { retention-days: 365 } }
`

const file = 'lambda-api.yml'
const runtimePlace = { file, line: 5, column: 12 }

const expectedFunction = (key: string, settings: Partial<FunctionSpec['settings']>, code: Partial<FunctionSpec['code']>): FunctionSpec => ({
  key,
  name: `events-${key}`,
  code: {
    source: `${workspace}/src`,
    base: workspace,
    handler: `${key}.handler`,
    runtime: 'python3.13',
    architecture: 'x86_64',
    include: [],
    exclude: [],
    places: {},
    ...code,
  },
  role: { kind: 'create', policies: [], statements: [] },
  settings: {
    environmentVariables: { TABLE: 'events', STRIPE_KEY: 'sk_live_1' },
    layers: [],
    vpcSubnetIds: [],
    vpcSecurityGroupIds: [],
    ...settings,
  },
  tags: {},
})

const expected: Service = {
  name: 'events',
  stage: 'prod',
  repository: 'octo/shop',
  commit: 'a'.repeat(40),
  functions: [
    expectedFunction('admin', {}, {
      source: `${workspace}/admin`,
      places: { source: { file, line: 12, column: 44 }, handler: { file, line: 12, column: 21 }, runtime: runtimePlace },
    }),
    expectedFunction('book', { memorySize: 2048, timeout: 20 }, {
      places: { source: { file, line: 4, column: 11 }, handler: { file, line: 11, column: 21 }, runtime: runtimePlace },
    }),
    expectedFunction('read', {}, {
      places: { source: { file, line: 4, column: 11 }, handler: { file, line: 10, column: 21 }, runtime: runtimePlace },
    }),
  ],
  api: {
    name: 'events',
    endpointType: 'REGIONAL',
    binaryMediaTypes: [],
    routes: [
      { method: 'ANY', path: '/admin/{proxy+}', functionName: 'events-admin' },
      { method: 'GET', path: '/events', functionName: 'events-read' },
      { method: 'GET', path: '/events/{id}', functionName: 'events-read' },
      { method: 'POST', path: '/events/{id}/bookings', functionName: 'events-book' },
    ],
  },
  accessLog: { format: accessLogFormats.json, retentionDays: 365, cloudwatchRole: { kind: 'keep' } },
  release: { keepReleases: 10, smokeTests: [] },
}

const withKey = { ...runner, STRIPE_KEY: 'sk_live_1' }

describe('the booking service', () => {
  test('on the stage that has values of its own', async () => {
    const config = await load({ file: events, env: withKey })
    const functions = config.service.functions.map(({ places: _places, ...one }) => one)
    expect({ ...config.service, functions }).toStrictEqual(expected)
    expect(config.service.functions[0]?.places?.['handler']).toEqual({ file: 'lambda-api.yml', line: 12, column: 21 })
    expect(config.diagnostics.all).toEqual([])
    expect(config.masks).toEqual(['sk_live_1'])
  })

  test('on another stage', async () => {
    const { service } = await load({ file: events, env: withKey, inputs: { stage: 'dev' } })
    expect(service.stage).toBe('dev')
    expect(service.functions[1]?.settings.memorySize).toBe(1024)
    expect(service.functions[1]?.settings.environmentVariables['TABLE']).toBe('events-dev')
    expect(service.accessLog.retentionDays).toBe(30)
    expect(service.release.keepReleases).toBe(5)
  })

  test('an input that is not about a function overrides the file', async () => {
    const { service } = await load({ file: events, env: withKey, inputs: { 'access-log': 'off', 'keep-releases': '0', 'api-name': 'bookings' } })
    expect(service.accessLog.format).toBeUndefined()
    expect(service.release.keepReleases).toBe(0)
    expect(service.api.name).toBe('bookings')
  })
})

/** What only previews, sweeps and strangers' pull requests change. */
const usual = { isOffline: false, comment: true, sweep: { isDryRun: false, service: 'greeting' } }

test('the smallest config of all', async () => {
  const { service, options, diagnostics } = await load({ inputs: greeting })
  expect(service).toStrictEqual({
    name: 'greeting',
    stage: 'prod',
    repository: 'octo/shop',
    commit: 'a'.repeat(40),
    functions: [
      {
        key: 'greeting',
        name: 'greeting',
        code: {
          source: workspace,
          base: workspace,
          handler: 'lambda_function.lambda_handler',
          runtime: 'python3.13',
          architecture: 'x86_64',
          include: [],
          exclude: [],
          places: {},
        },
        role: { kind: 'create', policies: [], statements: [] },
        settings: { environmentVariables: {}, layers: [], vpcSubnetIds: [], vpcSecurityGroupIds: [] },
        tags: {},
      },
    ],
    api: {
      name: 'greeting',
      endpointType: 'REGIONAL',
      binaryMediaTypes: [],
      routes: [
        { method: 'ANY', path: '/', functionName: 'greeting' },
        { method: 'ANY', path: '/{proxy+}', functionName: 'greeting' },
      ],
    },
    accessLog: { format: accessLogFormats.json, cloudwatchRole: { kind: 'keep' } },
    release: { keepReleases: 5, smokeTests: [] },
  } satisfies Service)
  expect(options).toStrictEqual({ command: 'deploy', region: 'eu-central-1', allowedAccountIds: [], force: false, deleteLogs: false, allowOlder: false, allowForeignChanges: false, ...usual })
  expect(diagnostics.all).toEqual([])
})

describe('the run', () => {
  const optionsOf = async (inputs: Readonly<Record<string, string>>, env = runner): Promise<unknown> =>
    (await load({ inputs: { ...greeting, ...inputs }, env })).options

  test('all of its options', async () => {
    const inputs = { command: 'destroy', confirm: 'greeting', 'delete-logs': 'true', 'aws-region': 'us-gov-west-1' }
    expect(await optionsOf({ ...inputs, 'allowed-account-ids': '123456789012, 210987654321\n111111111111' })).toStrictEqual({
      command: 'destroy',
      allowOlder: false,
      allowForeignChanges: false,
      region: 'us-gov-west-1',
      allowedAccountIds: ['123456789012', '210987654321', '111111111111'],
      deleteLogs: true,
      force: false,
      ...usual,
    })
  })
  test.each(['12', '3f9a1c2', 'a'.repeat(40), 'greeting:7'])('a rollback to %s, without a runtime', async (to) => {
    const { options, service } = await load({ inputs: { service: 'greeting', command: 'rollback', to } })
    expect(options).toMatchObject({ command: 'rollback', to })
    expect(service.name).toBe('greeting')
  })
  test.each(['us-east-1', 'mx-central-1', 'eusc-de-east-1', 'us-iso-west-1', 'eu-isoe-west-1', 'cn-northwest-1', 'us-west-12'])('%s is a Region', async (region) => {
    expect(await optionsOf({ 'aws-region': region })).toMatchObject({ region })
  })
  test('AWS_DEFAULT_REGION is the last resort', async () => {
    const env = { GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: '', AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' }
    expect(await optionsOf({}, env)).toMatchObject({ region: 'eu-west-1' })
  })
  test('destroy needs no runtime', async () => {
    const { service } = await load({ inputs: { service: 'greeting', command: 'destroy', confirm: 'greeting' } })
    expect(service.functions.map((one) => one.name)).toEqual(['greeting'])
  })
})

test('Node has a default handler of its own', async () => {
  const { service } = await load({ inputs: { ...greeting, runtime: 'nodejs24.x' } })
  expect(service.functions[0]?.code.handler).toBe('index.handler')
})
