import { describe, expect, test } from '@jest/globals'
import type { Diagnostic } from '../../src/diagnostics.ts'
import { loadConfig } from '../../src/config/index.ts'
import { errorsOf, greeting, load, runner, type Source } from './support.ts'

/** Faults that public bug reports led to, by their numbers; each with neighbours of its kind. */
const step = (inputs: Readonly<Record<string, string>> = {}, more: Source = {}): Source => ({ inputs: { ...greeting, ...inputs }, ...more })
const file = (lines: string): Source => ({ file: `service: shop\ndefaults: { runtime: python3.13 }\nfunctions:\n  read: { handler: read.handler }\n${lines}` })
const routes = 'api: { routes: { GET /items: read } }\n'
const cures = (errors: readonly Diagnostic[]): string[] => errors.map(({ what, cure }) => `${what} ${cure}`)
const variables = async (text: string) => (await load(step({ 'environment-variables': text }))).service.functions[0]?.settings.environmentVariables
const warnings = async (source: Source): Promise<string[]> => (await load(source)).diagnostics.warnings.map(({ what, cure }) => `${what} ${cure}`)

describe('the environment is not the inputs', () => {
  test.each([['INPUT_METHOD', 'ibus'], ['INPUT_VERSION', '1.4.2'], ['INPUT_REPOSITORY_NAME', 'acme/shop'], ['INPUT_REF', 'main']])(
    'deploy 01: %s of the job or the machine stops no deploy', async (name, value) => {
      expect((await warnings(step({}, { env: { ...runner, [name]: value } })))[0]).toContain(name)
    },
  )
  test('deploy 01: a misspelt input does', async () => {
    expect(cures(await errorsOf(step({}, { env: { ...runner, INPUT_RUNTIMES: 'python3.13' } })))[0]).toContain('Did you mean "runtime"?')
  })
})

test.each([['MEMORY', 'memory-size'], ['ENV', 'environment-variables'], ['REGION', 'aws-region'], ['ZIP-FILE', 'package'], ['PYTHON-VERSION', 'runtime'], ['LAYER-ARNS', 'layers']])(
  'newcomer: the input %s of another action is told by its name here, %s', async (name, here) => {
    const source = step({}, { env: { ...runner, [`INPUT_${name}`]: 'x' } })
    const errors = await errorsOf(source)
    expect((errors.length > 0 ? cures(errors) : await warnings(source)).join()).toContain(`Here it is called ${here}.`)
  },
)

describe('signs that YAML keeps for itself', () => {
  test.each([
    ['binary-media-types: */*', '"*/*"'], ['binary-media-types: [image/png, */*]', '"*/*"'],
  ])('deploy 02: %s is told with the quotes that it needs', async (line, quoted) => {
    expect(cures(await errorsOf(file(`api:\n  ${line}\n  routes: { GET /items: read }\n`)))[0]).toContain(`Write it in quotes: ${quoted}.`)
  })
  test.each(['exclude: *.log', 'exclude: [*.log, "*.md"]'])('deploy 02: %s', async (line) => {
    expect(cures(await errorsOf({ file: `service: shop\ndefaults:\n  ${line}\n  runtime: python3.13\n` }))[0]).toContain('Write it in quotes: "*.log".')
  })
})

test.each([
  ['{"APP_CHANNEL": 1122334455667788990}', 'APP_CHANNEL', '1122334455667788990'],
  ['{"APP_VERSION": 1.10}', 'APP_VERSION', '1.10'], ['{"HEX": 1e400}', 'HEX', '1e400'], ['{"ZERO": -0}', 'ZERO', '-0'],
])('deploy 03: %s arrives as it is written', async (json, name, value) => expect(await variables(json)).toEqual({ [name]: value }))
test('deploy 03: tags, too, and a key that stands twice is told', async () => {
  expect((await load(step({ tags: '{"build": 20261130000000000123}' }))).service.functions[0]?.tags).toEqual({ build: '20261130000000000123' })
  expect(cures(await errorsOf(step({ 'environment-variables': '{"AA": 1, "AA": 2}' })))[0]).toContain('gives "AA" twice')
})

test.each([
  ['KEY=-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7\nU2VjcmV0+TailOfTheKey42=\n-----END RSA PRIVATE KEY-----', 'TailOfTheKey42'],
  ['KEY={\n  "url": "https://hooks.example/x?sig=abcdef"\n}', 'hooks.example'],
  ['{"KEY": "line one\nsecond=TailOfTheKey42"}', 'TailOfTheKey42'],
  ['KEY=first\n  indented: TailOfTheKey42=', 'TailOfTheKey42'],
])('deploy 04: no part of a value of several lines is printed (%#)', async (text, secret) => {
  const errors = await errorsOf(step({ 'environment-variables': text }))
  expect(errors.length).toBeGreaterThan(0)
  expect(JSON.stringify(errors)).not.toContain(secret)
  expect(JSON.stringify(errors)).toMatch(/from-env/)
})

test.each(['${{ secrets.DB_PASSWORD }}', '"x-${{ vars.NAME }}"', '"${{ github.sha }}"'])('deploy 05: %s in the file is told, and does not go live', async (value) => {
  const errors = await errorsOf({ file: `service: shop\ndefaults: { runtime: python3.13, environment-variables: { AA: ${value} } }\n` })
  expect(cures(errors)[0]).toMatch(/holds \$\{\{ \}\}, which is plain text in this file\..*from-env/)
})

test.each([
  ['format: { "id": "$context.requestId" }'], ['"id": "$context.requestId"'],
])('deploy 06: access-log: { %s } asks for quotes around the JSON, and takes it with them', async (line) => {
  const [error] = await errorsOf(file(`api:\n  access-log: { ${line} }\n  routes: { GET /items: read }\n`))
  const written = /quotes around the whole: ('.*')\.$/.exec(error?.cure ?? '')?.[1] ?? ''
  expect(await errorsOf(file(`api:\n  access-log: ${written}\n  routes: { GET /items: read }\n`))).toEqual([])
})

test.each([
  ['two documents', '---\n', 'more than one document'], ['a tab', '\tapi: {}\n', 'a line is indented by a tab'],
  ['a merge conflict', '<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n', 'merge conflict'],
])('deploy 07: %s is one mistake, in our words', async (_what, line, words) => {
  const errors = await errorsOf(file(`${line}${routes}`))
  expect(errors).toHaveLength(1)
  expect(errors[0]?.what).toContain(words)
  expect(JSON.stringify(errors)).not.toMatch(/parseAllDocuments/)
})

test.each([
  [{ 'vpc-subnet-ids': 'subnet-0a1b2c3d' }, 'vpc-security-group-ids'], [{ 'vpc-security-group-ids': 'sg-0a1b2c3d' }, 'vpc-subnet-ids'],
] as const)('deploy 08: %j alone is told before any call', async (inputs, missing) => {
  expect(cures(await errorsOf(step(inputs)))).toEqual([expect.stringContaining(`Add ${missing}`)])
  const both = { 'vpc-subnet-ids': 'subnet-0a1b2c3d', 'vpc-security-group-ids': 'sg-0a1b2c3d' }
  expect(await errorsOf(step(both))).toEqual([])
})

test('deploy 09: a layer of another Region is told on its line, before any call', async () => {
  const layer = 'arn:aws:lambda:us-east-1:123456789012:layer:tools:3'
  const [error] = await errorsOf({ file: `service: shop\nfunctions:\n  read:\n    runtime: python3.13\n    layers:\n      - ${layer}\n${routes}` })
  expect(error).toMatchObject({ what: expect.stringContaining('lies in us-east-1'), place: { line: 6 } })
  expect(await errorsOf(step({ layers: layer.replace('us-east-1', 'eu-central-1') }))).toEqual([])
})

test.each(['A1=x B1=y', 'A1=x,B1=y', 'URL=x, TABLE=y'])('deploy 10: %s looks like two values in one, and is warned of', async (text) => {
  expect((await warnings(step({ 'environment-variables': text })))[0]).toContain('looks as if it held a second KEY=value')
})

test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])('deploy 11: a line break at the end of %s is told as that', async (name) => {
  for (const value of ['abc\n', 'abc ', 'a\tbc']) {
    const errors = await errorsOf(step({}, { env: { ...runner, [name]: value } }))
    expect(errors.map(({ what }) => what)).toEqual([expect.stringContaining(`The environment variable ${name}`)])
  }
})

test('deploy 12: a path of the host in a container job is told with the path to write, which is taken', async () => {
  const [error] = await errorsOf(step({ source: '/home/ubuntu/_work/shop/shop/src' }))
  const written = /Write (\S+?)\.$/.exec(error?.cure ?? '')?.[1] ?? ''
  expect(written).toBe('src')
  expect(await errorsOf(step({ source: written }))).toEqual([])
})

test.each(['prodcution', 'Production', 'prod'])('deploy 14: the stage %s beside production is warned of', async (stage) => {
  const source = file(`${routes}stages: { production: { defaults: { timeout: 9 } } }\n`)
  expect((await warnings({ ...source, inputs: { stage } })).join('\n')).toContain('Did you mean "production"?')
})

test.each(['$context.tlsVersion $context.cipherSuite', '$context.integration.responseTransferMode', '$context.identity.accessKey', '$context.customDomain.routingRuleIdMatched'])(
  'deploy 29: %s, which AWS documents, is taken', async (format) => {
    expect(await errorsOf(step({ 'access-log': `$context.requestId ${format}` }))).toEqual([])
  },
)
test('deploy 29: a name that nobody knows yet is a warning, and braces are told with the right spelling', async () => {
  expect(await errorsOf(step({ 'access-log': '$context.requestId $context.notYetThere' }))).toEqual([])
  expect(cures(await errorsOf(step({ 'access-log': '$context.requestId ${context.status}' })))[0]).toContain('$context.status')
})

test.each(['cors: true', 'cors: { origins: ["*"] }', 'CORS: {}'])('deploy 37: api.%s is told with what to do in its place', async (line) => {
  expect(cures(await errorsOf(file(`api:\n  ${line}\n  routes: { GET /items: read }\n`)))[0]).toContain('list OPTIONS /path as a route')
  expect(await errorsOf(file('api: { routes: { GET /items: read, OPTIONS /items: read } }\n'))).toEqual([])
})

test.each(['GET,POST /x', 'GET|POST /x', 'GET: /x', '- GET /x', "'GET /x'", '[GET] /x', 'GET /x # note', 'GET /x;', '* GET /x', '`GET /x`'])(
  'deploy 38: the cure for the route %s is taken when it is fed back', async (line) => {
    const [error] = await errorsOf(step({ routes: line }))
    const written = /^Write (?:each on a line of its own: )?(.+?)\.?$/.exec(error?.cure ?? '')?.[1] ?? ''
    expect(await errorsOf(step({ routes: written.split(' · ').join('\n') }))).toEqual([])
  },
)

test.each([['29', 0], ['30', 1], ['300', 1]])('deploy 39: a timeout of %s seconds behind the 29 of the gateway', async (timeout, count) => {
  expect((await warnings(step({ timeout }))).filter((each) => each.includes('API Gateway waits 29'))).toHaveLength(count)
})

test.each(['python3.7', 'nodejs16.x', 'python2.7'])('newcomer 1.10: %s is told as old, not as new', async (runtime) => {
  const { all } = await load(step({ runtime })).then(({ diagnostics }) => diagnostics, () => ({ all: [] }))
  expect(JSON.stringify(all)).not.toContain('does not know')
})

test.each([
  ['a key that is misspelt', 'GET /items: reed', 1], ['a method in small letters', 'get /items: read', 1], ['no function at all', 'GET /items:', 1],
])('a function whose route has %s is not told to have none', async (_what, route, count) => {
  const { config, findings } = await loadConfig({ inputs: () => '', env: runner, workspace: '/w', readFile: async (path) => (path.endsWith('api.yml') ? file(`api: { routes: { ${route} } }\n`).file : undefined), listFolder: async () => [] })
  expect([config === undefined, findings.errors.length, findings.warnings.map(({ what }) => what)]).toEqual([false, count, []])
})

test('newcomer 2.14: a file without functions is a service with one', async () => {
  const { service } = await load({ file: 'service: shop\ndefaults: { runtime: python3.13 }\n' })
  expect(service.functions.map(({ name }) => name)).toEqual(['shop'])
})
