import { describe, expect, test } from '@jest/globals'
import { parseDocument, type Document } from 'yaml'
import { errorsOf, load, runner, shortForm, workspace } from './support.ts'

/** A service that is right; each row puts something into it at a wrong place. */
const good = `service: shop
defaults: { runtime: python3.13 }
functions: { read: { handler: read.handler } }
api: { routes: { GET /items: read } }
stages: { prod: { api: { access-log: csv } } }
`

function withAt(path: readonly string[], value: unknown, file = good): string {
  const document: Document = parseDocument(file)
  document.setIn(path, value)
  return String(document)
}

/** Where it stands, what it is, and the cure. */
const rows: readonly (readonly [readonly string[], unknown, string])[] = [
  [['GET /x'], 'read', 'It belongs below api.routes.'],
  [['api', 'POST /x'], 'read', 'It belongs below api.routes.'],
  [['defaults', 'get /x'], 'read', 'It belongs below api.routes.'],
  [['functions', 'read', 'ANY /x'], 'read', 'It belongs below api.routes.'],
  [['functions', 'GET /x'], 'read', 'It belongs below api.routes.'],
  [['stages', 'prod', 'GET /x'], 'read', 'It belongs below stages.prod.api.routes.'],
  [['stages', 'prod', 'routes'], { 'GET /x': 'read' }, 'It belongs below stages.prod.api.'],
  [['stages', 'prod', 'timeout'], 20, 'It belongs below stages.prod.functions.read, or for all functions below stages.prod.defaults.'],
  [['stages', 'prod', 'api', 'timeout'], 20, 'It belongs below stages.prod.functions.read, or for all functions below stages.prod.defaults.'],
  [['stages', 'prod', 'keep-releases'], 2, 'It belongs below stages.prod.release.'],
  [['stages', 'prod', 'service'], 'shop', 'It belongs at the top of the file.'],
  [['stages', 'prod', 'stages'], {}, 'It belongs at the top of the file.'],
  [['api', 'functions'], {}, 'It belongs at the top of the file.'],
  [['prod'], { defaults: { timeout: 20 } }, 'It belongs below stages.'],
  [['order'], { handler: 'order.handler' }, 'It belongs below functions.'],
  [['stages', 'prod', 'debug'], { handler: 'order.handler' }, 'It belongs below stages.prod.functions.'],
  [['functions', 'handler'], 'read.handler', 'It belongs below functions.read, or for all functions below defaults.'],
  [['functions', 'tags'], { team: 'x' }, 'It belongs below functions.read, or for all functions below defaults.'],
  [['functions', 'layers'], [], 'It belongs below functions.read, or for all functions below defaults.'],
  [['functions', 'read', 'routes'], { 'GET /x': 'read' }, 'It belongs below api.'],
  [['functions', 'read', 'throttling'], { rate: 5 }, 'It belongs below api.'],
  [['api', 'rate'], 5, 'Write it as throttling: { rate: … }.'],
  [['api', 'retention-days'], 7, 'Write it as access-log: { retention-days: … }.'],
  [['api', 'memory'], 512, 'Here it is called memory-size, and belongs below functions.read, or for all functions below defaults.'],
  [['functions', 'read', 'env'], { AA: 'b' }, 'Did you mean "environment-variables"?'],
  [['functions', 'read', 'environment'], { AA: 'b' }, 'Did you mean "environment-variables"?'],
  [['defaults', 'memory'], 512, 'Did you mean "memory-size"?'],
  [['functions', 'read', 'policies'], ['AWSLambdaSQSQueueExecutionRole'], 'Did you mean "role-policies"?'],
  [['functions', 'read', 'codeUri'], 'src', 'Did you mean "source"?'],
  [['name'], 'shop', 'Did you mean "service"?'],
  [['region'], 'eu-west-1', 'Here it is called aws-region, and belongs to the inputs of the step, not to the file.'],
  [['functions', 'read', 'events'], [], 'Here it is called routes, and belongs below api.'],
]

/** The file once the cure was followed; undefined where it leads out of the file. */
function followed([path, value, cure]: (typeof rows)[number]): string | undefined {
  const key = path.at(-1) ?? ''
  const meant = /^Did you mean "(.+)"\?$/.exec(cure)?.[1]
  if (meant !== undefined) return withAt([...path.slice(0, -1), meant], value)
  const nested = /^Write it as ([\w-]+): \{ ([\w-]+): … \}\.$/.exec(cure)
  if (nested !== null) return withAt([...path.slice(0, -1), nested[1] ?? '', nested[2] ?? ''], value)
  const name = /^Here it is called ([\w-]+),/.exec(cure)?.[1] ?? key
  if (/ at the top /.test(cure)) return typeof value === 'string' ? withAt([name], value) : good
  const below = / below ([^ ,]+?)[.,]?(?: or .+)?(?:, with .+)?$/.exec(cure)?.[1]?.split('.')
  return below === undefined ? undefined : withAt([...below, /^get /.test(name) ? name.toUpperCase().replace('/X', '/x') : name], value)
}

describe('what stands in the wrong part of the file', () => {
  test('the file is right without it', async () => expect(await errorsOf({ file: good })).toEqual([]))
  test.each(rows)('%j: %j -> %s', async (path, value, cure) => {
    const errors = await errorsOf({ file: withAt(path, value) })
    expect(errors.map((each) => each.cure)).toContain(cure)
  })
  const moved = rows.flatMap((row) => {
    const file = followed(row)
    return file === undefined || (row[2].includes('called routes')) ? [] : [[row[0].join('.'), row[2], file] as const]
  })
  test('most can be followed', () => expect(moved.length).toBeGreaterThan(rows.length - 4))
  test.each(moved)('%s: %s, and it is taken', async (_path, _cure, file) => expect((await errorsOf({ file })).map(shortForm)).toEqual([]))
})

/** Routes as an input has them, as other tools write them, and with a missing blank; the cure's lines are put in their place. */
const shapes = [
  '    - GET /x',
  '    - GET /x: read\n    - POST /y: book',
  '    - get /users/:id',
  '    - { method: get, path: /x, function: read }',
  '    GET /x:read\n    POST /y:book',
  '    GET /x:read',
  '    GET /x: read\n    POST /y:book',
  '    POST /y:book\n    GET /x: read',
  '    - "GET /x -> read"',
  '    |\n      GET /x\n      GET /y',
]

describe('routes in another shape', () => {
  const file = (routes: string): string => `service: shop\ndefaults: { runtime: python3.13 }\nfunctions: { read: {}, book: {} }\napi:\n  routes:\n${routes}\n`
  test.each(shapes)('%j is told with the lines to write, which are taken', async (routes) => {
    const [error, ...more] = await errorsOf({ file: file(routes) })
    expect(more).toEqual([])
    const [, lines = ''] = /^Write (?:each on a line of its own(?:, with the right function behind it \(read or book\))?: )?(.+)$/.exec(error?.cure ?? '') ?? []
    const written = lines.replace(/\.$/, '').split(' · ').map((line) => `    ${line}`)
    expect(written.join()).toMatch(/^ {4}[A-Z]+ \/\S* ?/)
    expect((await errorsOf({ file: file(written.join('\n')) })).map(shortForm)).toEqual([])
  })

  const lone = [
    ['functions: { read: {} }', 'read'], ['functions: { read: {} }\nstages: { prod: { functions: { read: { timeout: 9 } } } }', 'read'],
    ['', 'shop'], ['defaults: { runtime: python3.13, function-name: greet }', 'greet'],
  ] as const
  test.each(lone.flatMap(([head, key]) => shapes.filter((shape) => !/read|book/.test(shape)).map((routes) => [head, key, routes] as const)))(
    'of the only function of %j bears its key %s: %j', async (head, key, routes) => {
      const one = (lines: string): string =>
        `service: shop\n${head.includes('defaults') ? '' : 'defaults: { runtime: python3.13 }\n'}${head}\napi:\n  routes:\n${lines}\n`
      const cure = (await errorsOf({ file: one(routes) }))[0]?.cure ?? ''
      const lines = /^Write each on a line of its own: (.+)$/.exec(cure)?.[1]?.split(' · ') ?? []
      expect(lines.map((line) => line.split(': ')[1])).toEqual(lines.map(() => key))
      expect(lines).not.toEqual([])
      expect((await errorsOf({ file: one(lines.map((line) => `    ${line}`).join('\n')) })).map(shortForm)).toEqual([])
    },
  )

  test('a setting directly below functions, where there is no function, is told where one would stand', async () => {
    const [error] = await errorsOf({ file: 'service: shop\nfunctions: { handler: app.handler, runtime: python3.13 }\n' })
    expect(error?.cure).toBe('It belongs below defaults, or below a key of your own: functions: { read: … }.')
  })

  test.each([['app.handler', 'book'], ['shop-read', 'read'], ['reed', 'read']])('a route to %s is meant as one to %s', async (target, key) => {
    const more = file(`    GET /x: ${target}`).replace('book: {}', 'book: { handler: app.handler }')
    expect((await errorsOf({ file: more })).map((each) => each.cure)).toEqual([`Did you mean "${key}"?`])
  })
  test('a route to a handler that no function has', async () => {
    expect((await errorsOf({ file: file('    GET /x: other.handler') })).map((each) => each.cure)).toEqual([
      'A route leads to the key of a function, not to a handler: write book or read, or describe a function with that handler.',
    ])
  })
  test.each(['handler:app.handler', 'timeout:20'])('a setting without a blank behind its colon, %s', async (line) => {
    const [error] = await errorsOf({ file: `service: shop\nfunctions:\n  read:\n    ${line}\n` })
    expect(error?.cure).toBe(`Write ${line.replace(':', ': ')}, with a blank behind the colon.`)
  })
})

describe('the name of the file', () => {
  const warned = async (...names: readonly string[]): Promise<string[]> => {
    const { diagnostics } = await load({ inputs: { 'function-name': 'shop', runtime: 'python3.13' }, folder: names })
    return diagnostics.warnings.map(({ what, cure }) => `${what} ${cure}`)
  }
  test.each(['lambda_api.yml', 'lambda-api.yml.txt', 'Lambda-Api.yml', 'lamda-api.yaml', '.lambda-api.yml', 'lambda-api.json', 'lambdaapi.yml'])(
    '%s is almost the one, and is not read',
    async (name) => expect(await warned('app.py', name)).toEqual([
      `${name} is not read: the config file is lambda-api.yml or lambda-api.yaml, at the top of the workspace. Rename it to lambda-api.yml, or give the input config-file: ${name}.`,
    ]),
  )
  test.each(['lambda.yml', 'lambda-api.schema.json', 'lambda-api.yml.bak', 'lambda_api.py', 'serverless.yml', 'api.yml', 'lambda-function.yml'])(
    '%s is another', async (name) => expect(await warned(name)).toEqual([]),
  )
})

describe('a rollback needs no config', () => {
  const rollback = (inputs: Record<string, string>, file: string) =>
    load({ inputs: { command: 'rollback', ...inputs }, env: runner, file, folder: [workspace] })
  const broken = ['service: [', 'service: shop\nfunctions: { read: { timeout: 99999, nonsense: 1 } }', 'just text', '\tservice: shop']

  test.each(broken)('a broken file, %j, does not stop it where the step names the service', async (file) => {
    const { service, diagnostics } = await rollback({ service: 'shop' }, file)
    expect(service.name).toBe('shop')
    expect(diagnostics.errors).toEqual([])
  })
  test('nor where the file names it, and is wrong elsewhere', async () => {
    const { service, diagnostics } = await rollback({}, broken[1] ?? '')
    expect(service.name).toBe('shop')
    expect(diagnostics.warnings.map(({ what }) => what)).toEqual([
      'lambda-api.yml has a mistake, and the run goes on without the file: functions.read has no key "nonsense".',
    ])
  })
  test('where nothing else names it, the mistake is told', async () => {
    expect((await errorsOf({ inputs: { command: 'rollback' }, file: 'service: [' })).map(({ what }) => what)[0]).toMatch(/is not YAML/)
  })
})

/** A line of the file, the cure, and the line as the cure tells to write it. */
const slips: readonly (readonly [string, string, string])[] = [
  ['functions: { read: app.handler }', 'Write read: { handler: app.handler }.', 'functions: { read: { handler: app.handler } }'],
  ['functions: [read, book]', 'Write keys without a dash: functions: { read: {}, book: {} }, each with its own settings in the braces.', 'functions: { read: {}, book: {} }\napi: { routes: { GET /: read } }'],
  ['functions:\n  - { name: read, handler: a.b }', 'Write keys without a dash: functions: { read: {} }, each with its own settings in the braces.', 'functions: { read: { handler: a.b } }'],
  ['stages: [dev, prod]', 'Write keys without a dash: stages: { dev: {}, prod: {} }, each with its own settings in the braces.', 'stages: { dev: {}, prod: {} }'],
  ['api: { throttling: 100 }', 'Write throttling: { rate: 100 }. It may hold rate, burst.', 'api: { throttling: { rate: 100 } }'],
  ['functions: { read: { handler: "app:handler" } }', 'Write app.handler.', 'functions: { read: { handler: app.handler } }'],
  ['functions: { read: { handler: app.handler() } }', 'Write app.handler.', 'functions: { read: { handler: app.handler } }'],
  ['functions: { read: { handler: "src/app.py:main" } }', 'Write src/app.main.', 'functions: { read: { handler: src/app.main } }'],
  ['functions: { read: { tracing: true } }', 'Write active.', 'functions: { read: { tracing: active } }'],
  ['functions: { read: { tracing: false } }', 'Write pass-through.', 'functions: { read: { tracing: pass-through } }'],
  ['functions: { read: { architecture: linux/amd64 } }', 'Write x86_64.', 'functions: { read: { architecture: x86_64 } }'],
  ['functions: { read: { architecture: AArch64 } }', 'Write arm64.', 'functions: { read: { architecture: arm64 } }'],
  ['functions: { read: { log-retention-days: 0 } }', 'Take it out: without it logs are kept for ever.', 'functions: { read: {} }'],
  ['api: { access-log: { retention-days: never } }', 'Take it out: without it logs are kept for ever.', 'api: {}'],
  ['functions: { read: { layers: [12] } }', 'Write it like arn:aws:lambda:eu-central-1:123456789012:layer:tools:3.', 'functions: { read: { layers: [arn:aws:lambda:eu-central-1:123456789012:layer:tools:3] } }'],
  ['functions: { read: { role-statements: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: ["s3:Get*"], Resource: "*" }] } } }', 'Write [{ allow: ["s3:Get*"], on: ["*"] }].', 'functions: { read: { role-statements: [{ allow: ["s3:Get*"], on: ["*"] }] } }'],
  ['api: { access-log: true }', 'Write it like json.', 'api: { access-log: json }'],
  ['functions: { read: { environment-variables: [AA=b] } }', 'Write each as KEY: value, without a dash.', 'functions: { read: { environment-variables: { AA: b } } }'],
  ['functions: { read: { tags: [team=x] } }', 'Write each as KEY: value, without a dash.', 'functions: { read: { tags: { team: x } } }'],
  ['functions: { read: { role-statements: [{ Effect: Allow, Action: "sqs:SendMessage", Resource: "*" }] } }', 'Write { allow: [sqs:SendMessage], on: ["*"] }.', 'functions: { read: { role-statements: [{ allow: [sqs:SendMessage], on: ["*"] }] } }'],
  ['functions: { read: {} }\napi: { routes: { /x: { get: read } } }', 'Write each on a line of its own: GET /x: read', 'functions: { read: {} }\napi: { routes: { GET /x: read } }'],
]

describe('slips in the form of a value', () => {
  const slip = (lines: string): string => `service: shop\ndefaults: { runtime: python3.13 }\n${lines}\n`
  test.each(slips)('%s -> %s', async (wrong, cure, right) => {
    expect((await errorsOf({ file: slip(wrong) })).map((each) => each.cure)).toContain(cure)
    expect((await errorsOf({ file: slip(right) })).map(shortForm)).toEqual([])
  })
  test.each([['aws-region', 'EU-WEST-1', 'eu-west-1'], ['aws-region', 'eu-west-1a', 'eu-west-1'], ['command', 'delete', 'destroy'], ['command', 'dry-run', 'plan'], ['role-statements', '{"Effect":"Allow","Action":"sqs:*","Resource":"*"}', '{"allow":["sqs:*"],"on":["*"]}'], ['allowed-account-ids', '1111-2222-3333', '"111122223333", in quotes']])('input %s: %s -> %s', async (name, wrong, right) => {
    const inputs = { 'function-name': 'shop', runtime: 'python3.13' }
    expect((await errorsOf({ inputs: { ...inputs, [name]: wrong } })).map((each) => each.cure)).toEqual([`Write ${right}.`])
    expect(await errorsOf({ inputs: { ...inputs, confirm: 'shop', [name]: /^\{.*|[\w-]+/.exec(right)?.[0] ?? '' } })).toEqual([])
  })
  test('a variable without a blank behind its colon keeps its value to itself', async () => {
    const lines = 'functions:\n  read:\n    environment-variables:\n      TABLE: x\n      DB_PASSWORD:tr0ub4dor\n'
    const errors = await errorsOf({ file: slip(lines) })
    expect(errors.map((each) => each.cure)).toEqual(['Write DB_PASSWORD: ….'])
    expect(JSON.stringify(errors)).not.toContain('tr0ub4dor')
  })
})
