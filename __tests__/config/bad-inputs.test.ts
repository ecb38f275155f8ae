import { describe, expect, test } from '@jest/globals'
import { loadConfig } from '../../src/config/index.ts'
import { errorsOf, greeting, load, runner, shortForm } from './support.ts'

const arn = 'arn:aws:iam::123456789012:role/greeting'
const layer = 'arn:aws:lambda:eu-central-1:123456789012:layer:tools:3'

/** One bad input beside good ones, and the complaint that it gets: what -> cure. */
const rows: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ command: 'deplo' }, 'input "command": "deplo" is not deploy, plan, promote, rollback, destroy or sweep. -> Write deploy.'],
  [{ command: 'ship' }, 'input "command": "ship" is not deploy, plan, promote, rollback, destroy or sweep. -> Write deploy, plan, promote, rollback, destroy or sweep.'],
  [{ to: '12' }, 'input "to" makes no sense with command: deploy. -> Take to out, or give command: rollback.'],
  [{ to: 'last one', command: 'rollback' }, 'input "to": "last one" is not a release\'s number, a commit or FUNCTION:VERSION. -> Write it like 12.'],
  [{ command: 'rollback', force: 'true' }, 'input "force" makes no sense with command: rollback. -> Take force out; to names the release.'],
  [{ stage: 'my stage' }, 'input "stage": "my stage" is not a stage name of letters, digits, - and _. -> Write it like prod.'],
  [{ stage: '$default' }, 'input "stage": "$default" is not a stage name of letters, digits, - and _. -> Write it like prod.'],
  [{ stage: 's'.repeat(127) }, `input "stage": "${'s'.repeat(117)}..." has 127 characters, but at most 126 are allowed. -> Shorten it.`],
  [{ 'aws-region': 'Frankfurt' }, 'input "aws-region": "Frankfurt" is not a Region. -> Write it like eu-central-1.'],
  [{ 'allowed-account-ids': '123' }, 'input "allowed-account-ids": "123" is not an account id of 12 digits. -> Write it like "123456789012", in quotes.'],
  [{ command: 'destroy' }, 'destroy asks for confirm. -> Give the input confirm: greeting.'],
  [
    { command: 'destroy', confirm: 'greetings' },
    'input "confirm" is "greetings", but the service is "greeting". -> Give the input confirm: greeting.',
  ],
  [
    { 'delete-logs': 'yes' },
    'input "delete-logs": "yes" is not true or false. -> Write true or false, in small letters and without quotes.',
  ],
  [
    { 'delete-logs': 'True' },
    'input "delete-logs": "True" is not true or false. -> Write true or false, in small letters and without quotes.',
  ],
  [
    { 'config-file': 'infra/api.yml' },
    'input "config-file": there is no file "infra/api.yml". -> Check the path, and that actions/checkout runs before this step.',
  ],
  [{ service: 'my service' }, 'input "service": "my service" is not a name of letters, digits, - and _. -> Write it like events.'],
  [
    { 'function-name': 'greet.ing' },
    'input "function-name": "greet.ing" is not a function name of letters, digits, - and _. -> Write it like events-read.',
  ],
  [{ 'function-name': 'f'.repeat(65) }, `input "function-name": "${'f'.repeat(65)}" has 65 characters, but at most 64 are allowed. -> Shorten it.`],
  [{ source: '../other' }, 'input "source": "../other" leads out of the workspace. -> Name a path inside the workspace.'],
  [{ source: '/etc' }, 'input "source": "/etc" leads out of the workspace. -> Name a path inside the workspace.'],
  [{ requirements: '../r.txt' }, 'input "requirements": "../r.txt" leads out of the workspace. -> Name a path inside the workspace.'],
  [
    { handler: 'app handler' },
    'input "handler": "app handler" is not a handler of the form module.function, without spaces. -> Write it like lambda_function.lambda_handler.',
  ],
  [
    { handler: 'handler' },
    'input "handler": "handler" is not a handler of the form module.function, without spaces. -> Write it like lambda_function.lambda_handler.',
  ],
  [{ handler: `${'m'.repeat(127)}.f` }, `input "handler": "${'m'.repeat(117)}..." has 129 characters, but at most 128 are allowed. -> Shorten it.`],
  [{ runtime: 'python-3.13' }, 'input "runtime": "python-3.13" is not a Python or Node runtime of Lambda. -> Write python3.13.'],
  [{ runtime: '3.12' }, 'input "runtime": "3.12" is not a Python or Node runtime of Lambda. -> Write python3.12.'],
  [{ runtime: 'node22' }, 'input "runtime": "node22" is not a Python or Node runtime of Lambda. -> Write nodejs22.x.'],
  [{ runtime: 'nodejs24' }, 'input "runtime": "nodejs24" is not a Python or Node runtime of Lambda. -> Write nodejs24.x.'],
  [{ runtime: 'java21' }, 'input "runtime": "java21" is not a Python or Node runtime of Lambda. -> Write python3.13 or nodejs24.x.'],
  [{ runtime: '' }, 'The function has no runtime. -> Write runtime: python3.13 or nodejs24.x, for example.'],
  [{ architecture: 'arm' }, 'input "architecture": "arm" is not x86_64 or arm64. -> Write arm64.'],
  [{ architecture: 'x86-64' }, 'input "architecture": "x86-64" is not x86_64 or arm64. -> Write x86_64.'],
  [
    { role: 'greeting-role' },
    'input "role": "greeting-role" is not create or a role\'s ARN. -> Write create, or the whole ARN: arn:aws:iam::123456789012:role/greeting-role.',
  ],
  [
    { 'role-policies': 'administrator' },
    'input "role-policies": "administrator" is not the ARN of a managed policy, or the name of one of AWS\'s own. -> Write it like AWSLambdaSQSQueueExecutionRole.',
  ],
  [
    { role: arn, 'role-policies': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    'input "role-policies" makes no sense together with a role\'s ARN. -> Take role-policies out, or write role: create.',
  ],
  [
    { role: arn, 'role-permissions-boundary': 'arn:aws:iam::123456789012:policy/edge' },
    'input "role-permissions-boundary" makes no sense together with a role\'s ARN. -> Take role-permissions-boundary out, or write role: create.',
  ],
  [{ 'memory-size': '64' }, 'input "memory-size": 64 is not a whole number from 128 to 10240 (MB). -> Write a whole number from 128 to 10240 (MB).'],
  [{ 'memory-size': '10241' }, 'input "memory-size": 10241 is not a whole number from 128 to 10240 (MB). -> Write a whole number from 128 to 10240 (MB).'],
  [
    { 'memory-size': '512MB' },
    'input "memory-size": "512MB" is not a whole number from 128 to 10240 (MB). -> Write the number alone, without unit and quotes: 512.',
  ],
  [
    { 'memory-size': '99999 MB' },
    'input "memory-size": "99999 MB" is not a whole number from 128 to 10240 (MB). -> Write a whole number from 128 to 10240 (MB).',
  ],
  [
    { 'memory-size': '1_024' },
    'input "memory-size": "1_024" is not a whole number from 128 to 10240 (MB). -> Write the number alone, without unit and quotes: 1024.',
  ],
  [{ timeout: '901' }, 'input "timeout": 901 is not a whole number from 1 to 900 (seconds). -> Write a whole number from 1 to 900 (seconds).'],
  [{ timeout: '0' }, 'input "timeout": 0 is not a whole number from 1 to 900 (seconds). -> Write a whole number from 1 to 900 (seconds).'],
  [{ timeout: '30s' }, 'input "timeout": "30s" is not a whole number from 1 to 900 (seconds). -> Write the number alone, without unit and quotes: 30.'],
  [
    { 'ephemeral-storage': '511' },
    'input "ephemeral-storage": 511 is not a whole number from 512 to 10240 (MB). -> Write a whole number from 512 to 10240 (MB).',
  ],
  [{ description: 'd'.repeat(257) }, `input "description": "${'d'.repeat(117)}..." has 257 characters, but at most 256 are allowed. -> Shorten it.`],
  [{ layers: 'arn:aws:lambda:eu-central-1:123456789012:layer:tools' }, `input "layers": "arn:aws:lambda:eu-central-1:123456789012:layer:tools" is not the ARN of a layer version. -> Write it like ${layer}.`],
  [{ layers: Array.from({ length: 6 }, () => layer).join(',') }, 'input "layers": a list of 6 is too long: at most 5 are allowed. -> Take some out.'],
  [
    { 'vpc-subnet-ids': 'vpc-1', 'vpc-security-group-ids': 'sg-1' },
    'input "vpc-subnet-ids": "vpc-1" is not a subnet id. -> Write it like subnet-0a1b2c3d.',
  ],
  [{ 'vpc-security-group-ids': 'sg-1' }, 'input "vpc-security-group-ids" is given without vpc-subnet-ids. -> Add vpc-subnet-ids, or take vpc-security-group-ids out.'],
  [{ tracing: 'on' }, 'input "tracing": "on" is not active or pass-through. -> Write active.'],
  [{ tracing: 'PassThrough' }, 'input "tracing": "PassThrough" is not active or pass-through. -> Write pass-through.'],
  [{ 'log-format': 'JSON' }, 'input "log-format": "JSON" is not json or text. -> Write json.'],
  [
    { 'log-retention-days': '10' },
    'input "log-retention-days": 10 is not one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 (days). -> Write 14, for example.',
  ],
  [{ 'reserved-concurrency': '-1' }, 'input "reserved-concurrency": -1 is not a whole number of 0 or more. -> Write a whole number of 0 or more.'],
  [{ 'reserved-concurrency': '1.5' }, 'input "reserved-concurrency": "1.5" is not a whole number of 0 or more. -> Write a whole number of 0 or more.'],
  [{ package: 'dist/app.zip', source: 'src' }, 'input "source" makes no sense together with package. -> Take source out, or package.'],
  [{ package: 'dist/app.zip', exclude: '*.md' }, 'input "exclude" makes no sense together with package. -> Take exclude out, or package.'],
  [{ 'api-name': '-events' }, 'input "api-name": "-events" is not an API name of letters, digits, spaces, ., - and _. -> Write it like events.'],
  [{ 'endpoint-type': 'regional' }, 'input "endpoint-type": "regional" is not REGIONAL or EDGE. -> Write REGIONAL.'],
  [{ 'endpoint-type': 'PRIVATE' }, 'input "endpoint-type": "PRIVATE" is not REGIONAL or EDGE. -> Write REGIONAL or EDGE.'],
  [{ 'binary-media-types': 'png' }, 'input "binary-media-types": "png" is not a media type. -> Write it like image/png.'],
  [
    { 'minimum-compression-size': '10485761' },
    'input "minimum-compression-size": 10485761 is not a whole number from 0 to 10485760 (bytes). -> Write a whole number from 0 to 10485760 (bytes).',
  ],
  [{ 'access-log-group': 'a b' }, 'input "access-log-group": "a b" is not a log group name of letters, digits and . - _ / #, or a Firehose stream\'s ARN. -> Write it like /aws/apigateway/events.'],
  [
    { 'access-log-group': 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/shop' },
    'input "access-log-group": "arn:aws:firehose:eu-central-1:123456789012:deliverystream/shop" is no stream that API Gateway writes to. -> Name another stream, such as amazon-apigateway-shop.',
  ],
  [
    { 'access-log-group': 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-shop' },
    'input "access-log-group": "arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-shop" lies in eu-west-1, but the API in eu-central-1. -> Name a stream in eu-central-1, or make one there.',
  ],
  [
    { 'access-log-group': 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/amazon-apigateway-shop', 'access-log-retention-days': '7' },
    'input "access-log-retention-days" makes no sense together with a Firehose stream. -> Take access-log-retention-days out.',
  ],
  [
    { 'access-log-group': 'aws/apigateway/events' },
    'input "access-log-group": "aws/apigateway/events" starts with aws/, which AWS keeps for itself. -> Write /aws/apigateway/events, or another name.',
  ],
  [
    { 'cloudwatch-role': 'yes' },
    'input "cloudwatch-role": "yes" is not keep, create or a role\'s ARN. -> Write keep, create, or the whole ARN: arn:aws:iam::123456789012:role/yes.',
  ],
  [{ 'bake-time': 'hold' }, 'bake-time is set without canary-percent. -> Set canary-percent, such as 10, or take bake-time out.'],
  [{ alarms: 'shop-5xx' }, 'alarms is set without canary-percent. -> Set canary-percent, such as 10, or take alarms out.'],
  [{ 'canary-percent': '100' }, 'input "canary-percent": 100 is not a whole number from 1 to 99. -> Write a whole number from 1 to 99.'],
  [{ 'keep-releases': '21' }, 'input "keep-releases": 21 is not a whole number from 0 to 20. -> Write a whole number from 0 to 20.'],
]

describe('a bad input', () => {
  test.each(rows)('%j', async (inputs, expected) => {
    const errors = await errorsOf({ inputs: { ...greeting, ...inputs } })
    expect(errors.map(shortForm)).toEqual([expected])
  })
})

/** What a cure tells to write for a setting; undefined where it is no thing to write. */
function writtenIn(cure: string): string | undefined {
  const patterns = [/^Write it like (.+)\.$/, /^Write (\S+), for example\.$/, /: (\d+)\.$/, /^Write (?!a |the |one )(\S+)\.$/, /: (arn:\S+)\.$/]
  return patterns.map((pattern) => pattern.exec(cure)?.[1]).find((found) => found !== undefined)?.replace(/^"([^"]*)", in quotes$/, '$1')
}

const curable = (await Promise.all(rows.map(async ([inputs]) => {
  const [error] = await errorsOf({ inputs: { ...greeting, ...inputs } })
  const [name = ''] = Object.keys(inputs)
  const value = writtenIn(error?.cure ?? '')
  return value === undefined ? [] : [[name, inputs[name] ?? '', value] as const]
}))).flat()

describe('a cure that is a thing to write is taken when it is written', () => {
  test('is found', () => expect(curable.length).toBeGreaterThan(25))
  test.each(curable)('%s: %s -> %s', async (name, _bad, value) => {
    const pair = { 'vpc-subnet-ids': 'subnet-1', 'vpc-security-group-ids': 'sg-1' }
    const others = name in pair ? pair : name === 'to' ? { command: 'rollback' } : {}
    expect(await errorsOf({ inputs: { ...greeting, ...others, [name]: value } })).toEqual([])
  })
})

describe('what the environment has', () => {
  test.each([
    ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE\n', 'ends in a blank or a line break'],
    ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI\r\n', 'ends in a blank or a line break'],
    ['AWS_SESSION_TOKEN', 'IQoJb3Jp\nZ2luX2Vj', 'holds a blank or a line break'],
  ])('%s with white space in it is told before any call, and no part of it', async (name, value, where) => {
    const errors = await errorsOf({ inputs: greeting, env: { ...runner, [name]: value } })
    expect(errors.map((one) => one.what)).toEqual([`The environment variable ${name} ${where}.`])
    expect(JSON.stringify(errors)).not.toContain(value.slice(0, 6))
  })

  test.each([
    ['/home/runner/work/shop/shop/src', 'In a container ${{ github.workspace }} gives the host\'s path. Write src.'],
    ['/home/runner/work/shop/shop', 'In a container ${{ github.workspace }} gives the host\'s path. Write ".".'],
    ['/home/runner/work/shop/shopping/src', 'Name a path inside the workspace.'],
    ['/srv/other', 'Name a path inside the workspace.'],
  ])('a workspace in a container: source %s', async (source, cure) => {
    const inputs = (name: string): string => ({ ...greeting, source })[name] ?? ''
    const { findings } = await loadConfig({ inputs, env: runner, workspace: '/__w/shop/shop' })
    expect(findings.errors.map((one) => one.cure)).toEqual([cure])
  })
})

describe('stages', () => {
  const file = 'service: shop\ndefaults: { runtime: python3.13 }\nfunctions: { one: {} }\nstages: { production: { defaults: { timeout: 9 } }, dev: }\n'
  const warned = async (stage: string): Promise<readonly string[]> => {
    const { diagnostics } = await load({ file, inputs: { stage } })
    return diagnostics.warnings.map(({ what, cure }) => `${what} ${cure?.split('?')[0]}?`)
  }
  test.each(['prodcution', 'Production', 'prod', 'product'])('%s, near to one of the file, is worth a warning', async (stage) => {
    expect(await warned(stage)).toEqual([`The stage "${stage}" has no values of its own. Did you mean "production"?`])
  })
  test.each(['production', 'dev', 'staging', 'pr-12', 'test'])('%s is meant as it is', async (stage) => expect(await warned(stage)).toEqual([]))
  test('the cure that the warning names is taken', async () => {
    const { diagnostics } = await load({ file: file.replace('dev: }', 'dev: , prod: {} }'), inputs: { stage: 'prod' } })
    expect(diagnostics.all).toEqual([])
  })
})

test.each([['29', []], ['30', ['The function greeting may run for 30 seconds, but API Gateway waits 29.']]])('a timeout of %s behind the gateway', async (timeout, warnings) => {
  const { diagnostics } = await load({ inputs: { ...greeting, timeout } })
  expect(diagnostics.warnings.map((one) => one.what)).toEqual(warnings)
})

test.each([['python3.7', /has most likely ended python3\.7/], ['nodejs16.x', /has most likely ended nodejs16\.x/], ['python3.99', /does not know python3\.99 yet/]])('%s is old or new, and told so', async (runtime, what) => {
  const { diagnostics } = await load({ inputs: { ...greeting, runtime } })
  expect(diagnostics.warnings.map((one) => one.what)).toEqual([expect.stringMatching(what)])
})

describe('what the step lacks', () => {
  test('a Region', async () => {
    const env = { GITHUB_REPOSITORY: runner.GITHUB_REPOSITORY }
    expect((await errorsOf({ inputs: greeting, env })).map((one) => one.what)).toEqual(['No Region is given.'])
  })
  test('a Region that is one', async () => {
    const errors = await errorsOf({ inputs: greeting, env: { ...runner, AWS_REGION: 'europe' } })
    expect(errors.map((one) => one.what)).toEqual(['environment variable AWS_REGION: "europe" is not a Region.'])
  })
  test('the repository', async () => {
    const errors = await errorsOf({ inputs: greeting, env: { AWS_REGION: 'eu-central-1' } })
    expect(errors.map((one) => one.what)).toEqual(['GITHUB_REPOSITORY is not set.'])
  })
  test('a name', async () => {
    const errors = await errorsOf({ inputs: { runtime: 'python3.13' } })
    expect(errors.map((one) => one.what)).toEqual(['The service has no name.'])
  })
})

test.each([
  ['INPUT_TIMOUT', 'There is no input "timout". -> Did you mean "timeout"? Where INPUT_TIMOUT is a variable of the job or the machine, give it another name.'],
  ['INPUT_MEMORY_SIZE', 'There is no input "memory_size". -> Did you mean "memory-size"? Where INPUT_MEMORY_SIZE is a variable of the job or the machine, give it another name.'],
  ['INPUT_BUILD-IMAGE', 'There is no input "build-image". -> Take it out of with:. The README lists all inputs. Where INPUT_BUILD-IMAGE is a variable of the job or the machine, give it another name.'],
])('an input that does not exist: %s', async (variable, expected) => {
  const errors = await errorsOf({ inputs: greeting, env: { ...runner, [variable]: '1' } })
  expect(errors.map(shortForm)).toEqual([expected])
})

test.each(['METHOD', 'VERSION', 'REPOSITORY', 'RETENTION', 'NAME', 'REGION', 'TAG', 'REF', 'ENVIRONMENT', 'RELEASE_NAME'])(
  'INPUT_%s, which may be a variable of the job or the machine, stops no run',
  async (name) => {
    const { diagnostics } = await load({ inputs: greeting, env: { ...runner, [`INPUT_${name}`]: 'ibus' } })
    expect(diagnostics.all.map(({ severity, what }) => `${severity}: ${what}`)).toEqual([`warning: There is no input "${name.toLowerCase()}".`])
  },
)

test('all mistakes come at once, of inputs and file alike', async () => {
  const file = 'service: shop\nfunctons: {}\nfunctions:\n  api: { runtime: python3.13, timeout: 1000 }\n'
  const errors = await errorsOf({ inputs: { 'memory-size': 'big', stage: 'a b' }, file, env: { ...runner, INPUT_HANDLR: 'x.y' } })
  expect(errors.map((one) => one.what)).toEqual([
    'There is no input "handlr".',
    'input "stage": "a b" is not a stage name of letters, digits, - and _.',
    'The file has no key "functons".',
    'input "memory-size": "big" is not a whole number from 128 to 10240 (MB).',
    'functions.api.timeout: 1000 is not a whole number from 1 to 900 (seconds).',
  ])
})
