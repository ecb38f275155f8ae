import { describe, expect, test } from '@jest/globals'
import { loadConfig } from '../../src/config/index.ts'
import { DiagnosticsError } from '../../src/diagnostics.ts'
import { UserError } from '../../src/errors.ts'
import type { Service } from '../../src/service/service.ts'
import { errorsOf, load, loadWell, runner, shortForm, workspace } from './support.ts'

/** One service in both forms: inputs, and the file that says the same. */
const twins: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['nothing but what is needed', {}, ''],
  [
    'code',
    { source: 'src', handler: 'a.b', architecture: 'arm64', requirements: 'src/r.txt', include: '*.md\n#x\na\\,b', exclude: 'tests/**' },
    '{ source: src, handler: a.b, architecture: arm64, requirements: src/r.txt, include: ["*.md", "a\\\\,b"], exclude: tests/** }',
  ],
  ['a prebuilt package', { package: 'dist/a.zip' }, '{ package: dist/a.zip }'],
  [
    'settings',
    {
      description: 'Says hello: often',
      'memory-size': '256',
      timeout: '10',
      'ephemeral-storage': '1024',
      tracing: 'active',
      'log-format': 'json',
      'log-retention-days': '14',
      'reserved-concurrency': '0',
      'vpc-subnet-ids': 'subnet-1,subnet-2',
      'vpc-security-group-ids': 'sg-1',
      'environment-variables': 'TABLE=a\nURL=b=c',
      tags: '{"team": "x", "cost center": "1"}',
    },
    `{ description: "Says hello: often", memory-size: 256, timeout: 10, ephemeral-storage: 1024, tracing: active, log-format: json,
       log-retention-days: 14, reserved-concurrency: 0, vpc-subnet-ids: [subnet-1, subnet-2], vpc-security-group-ids: sg-1,
       environment-variables: { TABLE: a, URL: b=c }, tags: { team: x, cost center: 1 } }`,
  ],
  [
    'a role to make',
    { 'role-policies': 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'role-permissions-boundary': 'arn:aws:iam::123456789012:policy/edge' },
    '{ role: create, role-policies: arn:aws:iam::aws:policy/ReadOnlyAccess, role-permissions-boundary: arn:aws:iam::123456789012:policy/edge }',
  ],
  ['a role that exists', { role: 'arn:aws:iam::123456789012:role/a/b' }, '{ role: "arn:aws:iam::123456789012:role/a/b" }'],
]

const apiTwins: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['routes', { routes: 'GET /a\nANY /b/{proxy+}' }, 'routes: { GET /a: greeting, "ANY /b/{proxy+}": { function: greeting } }'],
  [
    'the API itself',
    { 'api-name': 'My API', 'endpoint-type': 'EDGE', 'binary-media-types': '*/*', 'minimum-compression-size': '0' },
    'api-name: My API\n  endpoint-type: EDGE\n  binary-media-types: ["*/*"]\n  minimum-compression-size: 0',
  ],
  [
    'its log',
    { 'access-log': 'clf', 'access-log-group': '/x/y', 'access-log-retention-days': '1', 'cloudwatch-role': 'create' },
    'access-log: { format: clf, group: /x/y, retention-days: 1 }\n  cloudwatch-role: create',
  ],
  ['the short form of its log', { 'access-log': 'off' }, 'access-log: off'],
]

/** Places differ: inputs have none. */
const withoutPlaces = (service: Service): unknown => ({
  ...service,
  functions: service.functions.map(({ code, role, places: _places, ...one }) => ({ ...one, code: { ...code, places: {} }, role: role.kind === 'given' ? role.arn : role })),
})

describe('inputs and file give the same service', () => {
  const inputs = { 'function-name': 'greeting', runtime: 'python3.13' }
  const head = 'service: greeting\ndefaults: { function-name: greeting, runtime: python3.13 }\n'

  test.each(twins)('%s', async (_, more, text) => {
    const file = `${head}functions:\n  greeting: ${text}\n`
    expect(withoutPlaces((await load({ file })).service)).toStrictEqual(withoutPlaces((await load({ inputs: { ...inputs, ...more } })).service))
  })
  test.each(apiTwins)('%s', async (_, more, text) => {
    const file = `${head}functions: { greeting: }\napi:\n  ${text}\n`
    expect(withoutPlaces((await load({ file })).service)).toStrictEqual(withoutPlaces((await load({ inputs: { ...inputs, ...more } })).service))
  })
  test.each([...twins, ...apiTwins])('inputs over a file that says otherwise: %s', async (_, more) => {
    const file = 'service: other\ndefaults: { runtime: python3.11 }\nfunctions: { greeting: { timeout: 7 } }\nstages: { prod: { defaults: { timeout: 8 } } }\n'
    const all = { service: 'greeting', timeout: '9', ...inputs, ...more }
    const alone = (await load({ inputs: all })).service
    expect(withoutPlaces((await load({ file, inputs: all })).service)).toStrictEqual(withoutPlaces(alone))
  })
})

const two = 'service: shop\ndefaults: { runtime: python3.13 }\nfunctions: { a: , b: }\napi: { routes: { GET /a: a, GET /b: b } }\n'

describe('a file with several functions', () => {
  test.each([
    ['memory-size', '512', 'Write memory-size into the file, below functions.a (or another function), or for all functions below defaults.'],
    ['routes', 'GET /a', 'Write the routes into the file.'],
  ])('takes no input %s', async (name, value, cure) => {
    const errors = await errorsOf({ file: two, inputs: { [name]: value } })
    expect(errors[0]).toMatchObject({ what: `input "${name}" describes a service with one function.`, cure })
  })
  test('needs routes', async () => {
    const errors = await errorsOf({ file: two.replace(/^api.*\n/m, '') })
    expect(errors.map((one) => one.what)).toEqual(['A service with more than one function needs routes.'])
  })
  test('warns of a function that no route reaches', async () => {
    const { diagnostics } = await load({ file: two.replace('GET /b: b', 'GET /b: a') })
    expect(diagnostics.warnings.map((one) => one.what)).toEqual(['No route leads to the function b.'])
  })
})

describe('what Lambda does not version', () => {
  const staged = (dev: string, prod: string): string => `${two}stages:\n  dev: ${dev}\n  prod: ${prod}\n`

  test.each([
    ['reserved-concurrency', '5'],
    ['log-retention-days', '7'],
    ['tags', '{ team: x }'],
  ])('%s must be the same on all stages', async (name, value) => {
    const errors = await errorsOf({ file: staged('{}', `{ functions: { b: { ${name}: ${value} } } }`) })
    expect(errors.map(shortForm)).toEqual([
      `${name} of the function b differs between the stages dev and prod. -> Write ${name} once, below functions.b, and take it out of stages. @7:${31 + name.length}`,
    ])
  })
  test('equal values are no mistake', async () => {
    const same = '{ functions: { b: { tags: { x: y, z: w }, reserved-concurrency: 2 } } }'
    expect(await errorsOf({ file: staged(same, same.replace('x: y, z: w', 'z: w, x: y')) })).toEqual([])
  })
  test('the order of a list says nothing', async () => {
    const dev = '{ api: { binary-media-types: [image/png, image/jpeg] } }'
    expect(await errorsOf({ file: staged(dev, '{ api: { binary-media-types: [image/jpeg, image/png] } }') })).toEqual([])
    expect(await errorsOf({ file: staged(dev, '{ api: { binary-media-types: [image/jpeg] } }') })).toHaveLength(1)
  })
  test('what it versions may differ', async () => {
    expect(await errorsOf({ file: staged('{ defaults: { timeout: 5 } }', '{}') })).toEqual([])
  })
  test('other stages need no secrets', async () => {
    const secret = '{ defaults: { environment-variables: { KEY: { from-env: DEV_KEY } } } }'
    expect(await errorsOf({ file: staged(secret, '{}') })).toEqual([])
    expect(await errorsOf({ file: staged('{}', secret) })).toHaveLength(1)
  })
})

describe('finding the file', () => {
  const file = 'service: shop\ndefaults: { runtime: python3.13 }\nfunctions: { a: { source: src } }\n'

  test('lambda-api.yaml, too', async () => {
    expect((await load({ files: { 'lambda-api.yaml': file } })).service.name).toBe('shop')
  })
  test('by config-file; its paths start at its own folder', async () => {
    const { service } = await load({ files: { 'apis/shop/api.yml': file }, inputs: { 'config-file': 'apis/shop/api.yml' } })
    expect(service.functions[0]?.code.source).toBe(`${workspace}/apis/shop/src`)
    expect(service.functions[0]?.code.places.source).toEqual({ file: 'apis/shop/api.yml', line: 3, column: 27 })
  })
  test('an input’s path starts at the workspace all the same', async () => {
    const inputs = { 'config-file': 'apis/shop/api.yml', source: 'lib' }
    expect((await load({ files: { 'apis/shop/api.yml': file }, inputs })).service.functions[0]?.code.source).toBe(`${workspace}/lib`)
  })
  test('two are one too many', async () => {
    const errors = await errorsOf({ file, files: { 'lambda-api.yaml': file } })
    expect(errors.map((one) => one.what)).toEqual(['There are two config files: lambda-api.yml and lambda-api.yaml.'])
  })
  test('an empty one lacks everything', async () => {
    expect((await errorsOf({ file: '' })).map((one) => one.what)).toEqual(['The service has no name.', 'The function has no runtime.'])
  })
  test('one that cannot be read gives no complaint of what it may hold', async () => {
    const errors = await errorsOf({ file: 'service: [', inputs: { timeout: '0' } })
    expect(errors.map((one) => one.what.slice(0, 45))).toEqual([expect.stringContaining('lambda-api.yml is not YAML'), expect.stringContaining('input "timeout"')])
  })
  test('a name that is no file on disk is missing, one that the system refuses is no defect of ours', async () => {
    const failure = async (name: string): Promise<unknown> => {
      const inputs = (input: string): string => (input === 'config-file' ? name : '')
      return loadWell({ inputs, env: runner, workspace: import.meta.dirname }).catch((error: unknown) => error)
    }
    const whats = (error: unknown): readonly string[] => (error instanceof DiagnosticsError ? error.diagnostics.map((one) => one.what) : [String(error)])
    for (const name of ['nowhere.yml', 'layers.test.ts/inside.yml', '.']) expect(whats(await failure(name))[0]).toBe(`input "config-file": there is no file "${name}".`)
    const refused = await failure('x'.repeat(300))
    expect(refused).toBeInstanceOf(UserError)
    expect((refused as UserError).text.what).toMatch(/^The config file .* cannot be read\.$/)
  })
  test('aliases are followed, and cannot multiply without end', async () => {
    const aliased = 'service: shop\nfunctions:\n  a: &a { runtime: python3.13, timeout: 4 }\n  b: *a\napi: { routes: { GET /a: a, GET /b: b } }\n'
    expect((await load({ file: aliased })).service.functions.map((one) => one.settings.timeout)).toEqual([4, 4])
    const bomb = ['x0: &x0 [1,1]', ...Array.from({ length: 60 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}]`)]
    expect((await errorsOf({ file: bomb.join('\n') })).map((one) => one.what)).toContain('The file has 41 more keys that are not known.')
    expect((await errorsOf({ file: 'service: &a [*a]' })).map((one) => one.what)).toContain('The alias *a stands inside of what it names.')
  })
})

describe('the functions that further checks may look into', () => {
  const buildable = async (text: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[] | undefined> => {
    const inputs = (name: string): string => ({ 'config-file': 'lambda-api.yml', ...more })[name] ?? ''
    const { config } = await loadConfig({ inputs, env: runner, workspace, readFile: () => Promise.resolve(text) })
    return config?.buildable.map((one) => one.name)
  }

  test('are all of them', async () => expect(await buildable(two)).toEqual(['shop-a', 'shop-b']))
  test('but for those whose code is unknown', async () => expect(await buildable(two.replace('a: ,', 'a: { handler: 5 },'))).toEqual(['shop-b']))
  test('and none for destroy, which needs no code', async () => {
    expect(await buildable(two, { command: 'destroy', confirm: 'shop' })).toEqual([])
  })
  test('nor of a file that cannot be read', async () => expect(await buildable('service: [')).toBeUndefined())
})
