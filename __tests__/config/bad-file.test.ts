import { describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Diagnostic } from '../../src/diagnostics.ts'
import { errorsOf, load, loadWell, runner, shortForm } from './support.ts'

/** A service that is right; each row replaces one line by a wrong one. Lines are counted from 1. */
const good = `service: shop
defaults:
  runtime: python3.13
functions:
  read:
    handler: read.handler
  book:
    handler: book.handler
api:
  access-log: json
  routes:
    GET /items: read
    POST /items/{id}: book
release:
  keep-releases: 3
stages:
  prod:
    api: { cloudwatch-role: create }
`

/** The line to replace, what stands there instead, and the complaints. */
const rows: readonly (readonly [number, string, ...string[]])[] = [
  [1, 'service: 2024', 'service: 2024 is not a name of letters, digits, - and _. -> Write it in quotes: "2024". @1:10'],
  [1, 'service:', 'service has no value. -> Write a name of letters, digits, - and _ after it, or take the line out. @1:9'],
  [1, 'servise: shop', 'The file has no key "servise". -> Did you mean "service"? @1:1'],
  [1, '', 'The service has no name. -> Give the input function-name or service, or write service: NAME at the top of lambda-api.yml. @0:0'],
  [1, 'service: shop\nmemory-size: 512', 'The file has no key "memory-size". -> It belongs below functions.read (or another function), or for all functions below defaults. @2:1'],
  [1, 'service: shop\nroutes: { GET /: read }', 'The file has no key "routes". -> It belongs below api. @2:1'],
  [1, 'service: shop\nkeep-releases: 3', 'The file has no key "keep-releases". -> It belongs below release. @2:1'],
  [1, 'service: shop\nstage: prod', 'The file has no key "stage". -> It belongs to the inputs of the step, not to the file. @2:1'],
  [1, 'service: shop\naws-region: eu-west-1', 'The file has no key "aws-region". -> It belongs to the inputs of the step, not to the file. @2:1'],
  [1, 'service: shop\nservice: store', 'lambda-api.yml: the key "service" stands there twice on the same level. -> Take one of the two out, or rename it. @2:1'],
  [1, 'service: shop\n<<: { x: y }', 'The file has no key "<<". -> Merge keys are not read: write what functions share below defaults. @2:1'],
  [5, '  "re ad": { handler: a.b }\n  "re ad": { handler: a.b }\n  read:', 'lambda-api.yml: the key "re ad" stands there twice on the same level. -> Take one of the two out, or rename it. @6:3', '"re ad" is not the name of a function. -> Rename the function. @6:3'],
  [1, 'service: shop\nconstructor: x', 'The file has no key "constructor". -> Take it out. @2:1'],
  [3, '  runtime: python3.13\n  constructor: x', 'defaults has no key "constructor". -> Take it out. @4:3'],
  [3, '  runtime: python3.13\n  __proto__: { timeout: 5 }', 'defaults has no key "__proto__". -> Take it out. @4:3'],
  [10, '  access-log: constructor', 'api.access-log: "constructor" is not json, clf, csv, xml, off or a format of your own. -> Write json, clf, csv, xml, off or a format of your own, which contains $context.requestId. @10:15'],
  [3, '  runtime: 3.13', 'defaults.runtime: 3.13 is not a Python or Node runtime of Lambda. -> Write python3.13. @3:12'],
  [3, '  runtime: [python3.13]', 'defaults.runtime: a list is not a Python or Node runtime of Lambda. -> Write it like python3.13. @3:12'],
  [3, '  runtime: python3.13\n  memory_size: 512', 'defaults has no key "memory_size". -> Did you mean "memory-size"? @4:3'],
  [3, '  runtime: python3.13\n  memorySize: 512', 'defaults has no key "memorySize". -> Did you mean "memory-size"? @4:3'],
  [3, '  runtime: python3.13\n  env: { A1: x }', 'defaults has no key "env". -> Did you mean "environment-variables"? @4:3'],
  [3, '  runtime: python3.13\n  memory-size: "512"', 'defaults.memory-size: "512" is not a whole number from 128 to 10240 (MB). -> Write the number alone, without unit and quotes: 512. @4:16'],
  [3, '  runtime: python3.13\n  timeout: 1.5', 'defaults.timeout: 1.5 is not a whole number from 1 to 900 (seconds). -> Write a whole number from 1 to 900 (seconds). @4:12'],
  [3, '  runtime: python3.13\n  timeout:', 'defaults.timeout has no value. -> Write a whole number from 1 to 900 (seconds) after it, or take the line out. @4:11'],
  [3, '  runtime: python3.13\n  source: ../../x', 'defaults.source: "../../x" leads out of the workspace. -> Name a path inside the workspace. @4:11'],
  [3, '  runtime: python3.13\n  layers: { a: b }', 'defaults.layers: a map is not the ARN of a layer version. -> Write it like arn:aws:lambda:eu-central-1:123456789012:layer:tools:3. @4:11'],
  [3, '  runtime: python3.13\n  tags: [a]', 'defaults.tags is not a map of tag keys to values. -> Write each as KEY: value, without a dash. @4:9'],
  [3, '  runtime: python3.13\n  function-name: both', 'The functions read and book are both named both in AWS. -> Give each its own function-name, or none. @4:18'],
  [7, '  Read:', 'The functions read and Read have names in AWS that differ in capitals alone. -> Rename one of the two, or give one a role. @7:3', 'api.routes: POST /items/{id} leads to the function "book", which is not described. -> Describe it below functions, or name another. @13:5'],
  [5, '  re ad:', '"re ad" is not the name of a function. -> Rename the function. @5:3', 'api.routes: GET /items leads to the function "read", which is not described. -> Did you mean "re ad"? @12:5'],
  [6, '    handlr: read.handler', 'functions.read has no key "handlr". -> Did you mean "handler"? @6:5'],
  [6, '    handler: read handler', 'functions.read.handler: "read handler" is not a handler of the form module.function, without spaces. -> Write it like lambda_function.lambda_handler. @6:14'],
  [6, '    handler: !secret read.handler', 'lambda-api.yml is not YAML that can be read: !secret is no tag that is read here. -> Write the value out, without the tag. @6:14'],
  [8, '    package: b.zip\n    include: [x]', 'functions.book.include makes no sense together with package. -> Take include out, or package. @9:14'],
  [8, '    vpc-security-group-ids: sg-1', 'functions.book.vpc-security-group-ids is given without vpc-subnet-ids. -> Add vpc-subnet-ids, or take vpc-security-group-ids out. @8:29'],
  [8, '    vpc-subnet-ids: [subnet-1]', 'functions.book.vpc-subnet-ids is given without vpc-security-group-ids. -> Add vpc-security-group-ids, or take vpc-subnet-ids out. @8:21'],
  [8, '    layers: [arn:aws:lambda:us-east-1:123456789012:layer:tools:3]', 'functions.book.layers, item 1: "arn:aws:lambda:us-east-1:123456789012:layer:tools:3" lies in us-east-1, but the function in eu-central-1. -> Name a version of the layer that lies in eu-central-1, or publish one there. @8:14'],
  [8, '    role: arn:aws-cn:iam::123456789012:role/x', 'functions.book.role: "arn:aws-cn:iam::123456789012:role/x" is of the partition aws-cn, but eu-central-1 is of aws. -> Name one of aws: arn:aws:…. @8:11'],
  [10, '  access_log: json', 'api has no key "access_log". -> Did you mean "access-log"? @10:3'],
  [10, '  access-log: { formt: json }', 'api.access-log has no key "formt". -> Did you mean "format"? @10:17'],
  [10, '  access-log-group: /x', 'api has no key "access-log-group". -> Write it as access-log: { group: … }. @10:3'],
  [10, '  access-log: { retention-days: 2 }', 'api.access-log.retention-days: 2 is not one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 (days). -> Write 3, for example. @10:33'],
  [10, '  access-log: false', 'api.access-log: false is not json, clf, csv, xml, off or a format of your own. -> Write off. @10:15'],
  [10, '  access-log: jsno', 'api.access-log: "jsno" is not json, clf, csv, xml, off or a format of your own. -> Write json. @10:15'],
  [10, '  access-log: { format: { "id": "$context.requestId" } }', `api.access-log.format: a map is not json, clf, csv, xml, off or a format of your own. -> A format in JSON needs quotes around the whole: '{"id":"$context.requestId"}'. @10:25`],
  [10, '  access-log: {"id": $context.requestId, "status": "$context.status"}', `api.access-log is not json, clf, csv, xml, off or a format of your own. -> A format in JSON needs quotes around the whole: '{"id":"$context.requestId","status":"$context.status"}'. @10:15`],
  [10, '  binary-media-types: */*', 'api.binary-media-types: * begins an alias in YAML, and nothing is named &/*. -> Write it in quotes: "*/*". @10:23'],
  [10, '  binary-media-types: [image/png, *x]', 'api.binary-media-types, item 2: * begins an alias in YAML, and nothing is named &x. -> Write it in quotes: "*x". Where an alias is meant, write &x before the value that it stands for, further up. @10:35'],
  [3, '  runtime: python3.13\n  exclude: [*.log]', 'defaults.exclude, item 1: * begins an alias in YAML, and nothing is named &.log. -> Write it in quotes: "*.log". @4:13'],
  [3, '  runtime: python3.13\n  exclude: *', 'lambda-api.yml is not YAML that can be read: * begins an alias, and names none. -> Write it in quotes: "*". @4:12'],
  [3, '  runtime: python3.13\n  description: Reads: events', 'lambda-api.yml is not YAML that can be read: a value holds a colon and a blank, which begins a map. -> Write the value in quotes. @4:16'],
  [3, '  runtime: python3.13\n  description: @events', 'lambda-api.yml is not YAML that can be read: a value cannot begin with @. -> Write the value in quotes. @4:16'],
  [3, '  runtime: python3.13\n  description: ${{ github.sha }}', 'defaults.description holds ${{ }}, which is plain text in this file. -> For an environment variable write { from-env: SHA }, and give the step env: { SHA: ${{ github.sha }} } in the workflow. Other settings are inputs of the step, too: there an expression is evaluated. @4:16'],
  [3, '  runtime: python3.13\n  environment-variables: { AA: "x-${{ secrets.DB_PASSWORD }}" }', 'defaults.environment-variables.AA holds ${{ }}, which is plain text in this file. -> For an environment variable write { from-env: DB_PASSWORD }, and give the step env: { DB_PASSWORD: ${{ secrets.DB_PASSWORD }} } in the workflow. Other settings are inputs of the step, too: there an expression is evaluated. @4:32'],
  [3, '  runtime: python3.13\n  environment-variables: { AA: ${{ secrets.DB_PASSWORD }} }', 'lambda-api.yml holds ${{ }}, which is plain text in this file. -> For an environment variable write { from-env: DB_PASSWORD }, and give the step env: { DB_PASSWORD: ${{ secrets.DB_PASSWORD }} } in the workflow. Other settings are inputs of the step, too: there an expression is evaluated. @4:33'],
  [9, '---\napi:', 'lambda-api.yml is not YAML that can be read: there is more than one document in it. -> Take that line out, or put what follows into a file of its own. @9:1'],
  [10, '\taccess-log: json', 'lambda-api.yml is not YAML that can be read: a line is indented by a tab. -> Indent it by spaces. @10:1'],
  [10, '<<<<<<< HEAD\n  access-log: json\n=======\n  access-log: csv\n>>>>>>> other', 'lambda-api.yml holds a merge conflict that nobody has solved. -> Keep one of the two sides, and take out the lines with <<<<<<<, ======= and >>>>>>>. @10:1'],
  [10, '  cors: { origins: ["*"] }', 'api has no key "cors". -> There is no setting for CORS: take it out, list OPTIONS /path as a route, and let the handler answer with the headers. @10:3'],
  [10, '  name: shop', 'api has no key "name". -> Did you mean "api-name"? @10:3'],
  [12, '    GET /items: raed', 'api.routes: GET /items leads to the function "raed", which is not described. -> Did you mean "read"? @12:5'],
  [12, '    GET /items:', 'api.routes.GET /items names no function. -> Write GET /items: read, with the right function behind it (read or book). @12:16'],
  [12, '    GET /items: [read]', 'api.routes.GET /items names no function. -> Write GET /items: read, with the right function behind it (read or book). @12:17'],
  [12, '    GET /items: { function: read, throttling: {} }', 'api.routes.GET /items: a route has no "throttling". -> Take it out; a route has only the key function. @12:35'],
  [12, '    get /items/: read', 'api.routes: "get /items/" is not METHOD /path. -> Write GET /items. @12:5'],
  [12, '    POST /items/{name}/x: read', 'api.routes: POST /items/{id}: {id} and {name} stand on one level, below /items. -> Use the same name in both: {name}. @13:5'],
  [14, 'releases:', 'The file has no key "releases". -> Did you mean "release"? @14:1'],
  [15, '  keep-releases: many', 'release.keep-releases: "many" is not a whole number from 0 to 20. -> Write a whole number from 0 to 20. @15:18'],
  [16, 'stages: [prod]', 'lambda-api.yml is not YAML that can be read: All mapping items must start at the same column -> Fix the line; indentation is by spaces, and text with : or # in it needs quotes. @17:1'],
  [17, '  pr od:', '"pr od" is not the name of a stage. -> Rename the stage. @17:3'],
  [18, '    routes: {}', 'stages.prod has no key "routes". -> It belongs below stages.prod.api. @18:5'],
  [18, '    service: other', 'stages.prod has no key "service". -> It belongs at the top of the file. @18:5'],
  [18, '    functions: { raed: { timeout: 3000 } }', 'stages.prod.functions.raed.timeout: 3000 is not a whole number from 1 to 900 (seconds). -> Write a whole number from 1 to 900 (seconds). @18:35'],
  [18, '    functions: { read: 5 }', 'stages.prod.functions.read is not a map of keys and values. -> Write keys below it, each with its value. @18:24'],
  [18, '  dev:\n    defaults: { timeout: 0 }', 'stages.dev.defaults.timeout: 0 is not a whole number from 1 to 900 (seconds). -> Write a whole number from 1 to 900 (seconds). @19:26'],
]

function replaced(line: number, text: string): string {
  return good
    .split('\n')
    .map((old, index) => (index + 1 === line ? text : old))
    .join('\n')
}

describe('a bad line in the file', () => {
  test.each(rows)('line %i: %s', async (line, text, ...expected) => {
    const errors = (await errorsOf({ file: replaced(line, text) })).map(shortForm)
    expect(errors).toEqual(expected.filter((one) => one !== ''))
  })
})

/** The line as a cure tells to write it; undefined where the cure is no thing to write. */
function cured(line: string, column: number, { what, cure = '' }: Diagnostic): string | undefined {
  const [before, rest] = [line.slice(0, column - 1), line.slice(column - 1)]
  const meant = /^Did you mean "(.+)"\?$/.exec(cure)?.[1]
  const wrong = /"([^"]+)"(?:, which is not described)?\.$/.exec(what)?.[1]
  if (meant !== undefined && wrong !== undefined) return before + rest.replace(wrong, meant)
  if (cure === 'Take it out.') return ''
  const route = /is not METHOD \/path/.test(what) ? /^Write (\S+ \S+)\.$/.exec(cure)?.[1] : undefined
  if (route !== undefined) return before + rest.replace(/^[^:]+/, route)
  const patterns = [/^Write it in quotes: ("[^"]*")\./, /^Write it like (.+)\.$/, /^Write (\S+), for example\.$/, /: (\d+)\.$/, /^Write (?!a |the |one |keys )(\S+)\.$/, /the whole: ('.*')\.$/]
  const value = patterns.map((pattern) => pattern.exec(cure)?.[1]).find((found) => found !== undefined)
  if (value === undefined) return undefined
  const token = /^(?:"[^"]*"|'[^']*'|\{[^}]*\}|\[[^\]]*\]|[^,}\]]+)/
  return before + (token.test(rest) ? rest.replace(token, () => value) : ` ${value}`)
}

const curable = (await Promise.all(rows.map(async ([line, text]) => {
  const [error] = await errorsOf({ file: replaced(line, text) })
  const lines = replaced(line, text).split('\n')
  const [at, column] = [error?.place?.line ?? 0, error?.place?.column ?? 0]
  const written = error === undefined || at === 0 ? undefined : cured(lines[at - 1] ?? '', column, error)
  return written === undefined ? [] : [[text.trim(), written.trim(), lines.with(at - 1, written).join('\n'), error?.what ?? ''] as const]
}))).flat()

describe('a cure that is a thing to write is taken when it is written', () => {
  test('is found', () => expect(curable.length).toBeGreaterThan(25))
  test.each(curable)('%s -> %s', async (_bad, _written, file, what) => {
    const errors = await errorsOf({ file })
    expect(errors.map((error) => error.what)).not.toContain(what)
    expect(errors.filter((error) => !/names no function|leads to the function|makes no sense|is not a media type/.test(error.what)).map(shortForm)).toEqual([])
  })
})

describe('a function that only a stage has', () => {
  const warned = async (functions: string): Promise<string[]> => {
    const { diagnostics } = await load({ file: replaced(18, `    functions: ${functions}`), inputs: { stage: 'dev' } })
    return diagnostics.warnings.map(shortForm)
  }

  test('is worth a warning where it is named almost like another', async () => {
    expect(await warned('{ raed: { timeout: 30 } }')).toContain('stages.prod.functions.raed is a function that only this stage has. -> Did you mean "read"? @18:18')
  })
  test('and none where it is not, or where all stages have it', async () => {
    expect((await warned('{ debugging: {}, read: {} }')).filter((one) => one.startsWith('stages.'))).toEqual([])
  })
})

test.each(['just text', '- service: shop', '42'])('a file that is no map, %j, is one mistake: what it lacks for it is not told as well', async (file) => {
  expect((await errorsOf({ file })).map((one) => one.what)).toEqual(['The file is not a map of keys and values.'])
})

test('a file without a word is one without a name', async () => {
  expect((await errorsOf({ file: '# nothing yet\n' })).map((one) => one.what)).toContain('The service has no name.')
})

test('the file that the rows change is right', async () => {
  expect(await errorsOf({ file: good })).toEqual([])
})

test.each([
  ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le').toString()],
  ['UTF-16, big end first', Buffer.from(good, 'utf16le').swap16().toString()],
  ['Latin-1', Buffer.from('service: caf\xE9\n', 'latin1').toString()],
])('break 28: a file in %s is told as such, once', async (_what, file) => {
  expect((await errorsOf({ file })).map(({ what, cure }) => `${what} ${cure}`)).toEqual(['lambda-api.yml is not written in UTF-8. Save it as UTF-8 in your editor.'])
})

test('break 20: a file with very many keys that are not known is told in a few errors, at once', async () => {
  const file = Array.from({ length: 30_000 }, (_, index) => `key${index}: 1`).join('\n')
  const errors = await errorsOf({ file: `service: shop\n${file}` })
  expect(errors.map((one) => one.what)).toContain('The file has 29980 more keys that are not known.')
  expect(errors.length).toBeLessThan(30)
})

test('break 20: a pipe in place of the file is not waited for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  execFileSync('mkfifo', [join(folder, 'lambda-api.yml')])
  const reading = loadWell({ inputs: () => '', env: runner, workspace: folder })
  await expect(reading).rejects.toMatchObject({ text: { what: expect.stringMatching(/lambda-api\.yml cannot be read/), why: 'It is a pipe, a socket or a device.' } })
  rmSync(folder, { recursive: true })
})
