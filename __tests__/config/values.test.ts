import { describe, expect, test } from '@jest/globals'
import { accessLogFormats } from '../../src/service/access-log-formats.ts'
import { errorsOf, greeting, load, runner, shortForm } from './support.ts'

const variables = (text: string): Readonly<Record<string, string>> => ({ ...greeting, 'environment-variables': text })
const inFile = (defaults: string): string => `service: shop\ndefaults:\n  runtime: python3.13\n${defaults}\nfunctions: { one: {} }\n`

/** Values of environment-variables and tags that are refused: the input, the text, what is said. */
const rows: readonly (readonly [string, string, string])[] = [
  ['environment-variables', 'TABLE', 'input "environment-variables": line 1 is not KEY=value.'],
  ['environment-variables', 'AA=1\n=2', 'input "environment-variables": line 2 is not KEY=value.'],
  ['environment-variables', 'AA=1\nAA=2', 'input "environment-variables": line 2 gives AA again.'],
  ['environment-variables', '{"AA": }', 'input "environment-variables" starts with { but is not JSON.'],
  ['environment-variables', '{"AA": null}', 'input "environment-variables": AA has no value that a variable can hold.'],
  ['environment-variables', '{"AA": ["x"]}', 'input "environment-variables": AA has no value that a variable can hold.'],
  ['environment-variables', 'MY-KEY=1', 'input "environment-variables": line 1 is not KEY=value.'],
  ['environment-variables', '1KEY=1', 'input "environment-variables": line 1 is not KEY=value.'],
  ['environment-variables', '{"MY-KEY": "1"}', 'input "environment-variables": "MY-KEY" is not a name that Lambda takes.'],
  ['environment-variables', '{"AA": 1, "AA": 2}', 'input "environment-variables" gives "AA" twice.'],
  ['tags', '{"team": "a", "team": "b"}', 'input "tags" gives "team" twice.'],
  ['environment-variables', 'A=1', 'input "environment-variables": "A" is not a name that Lambda takes.'],
  ['environment-variables', 'AWS_REGION=eu-west-1', 'input "environment-variables": AWS_REGION is reserved by Lambda.'],
  ['environment-variables', 'LAMBDA_TASK_ROOT=/x', 'input "environment-variables": LAMBDA_TASK_ROOT is reserved by Lambda.'],
  ['environment-variables', '_HANDLER=x', 'input "environment-variables": _HANDLER is reserved by Lambda.'],
  ['environment-variables', '{"AA": {"from-env": "NOWHERE"}}', 'input "environment-variables": AA: the step\'s environment has no NOWHERE.'],
  ['environment-variables', `BIG=${'x'.repeat(4087)}`, 'input "environment-variables": 4097 bytes, but Lambda takes at most 4096 for all variables together.'],
  ['tags', 'team', 'input "tags": line 1 is not KEY=value.'],
  ['tags', 'aws:team=x', 'input "tags": tag "aws:team" starts with aws:, which AWS keeps for itself.'],
  ['tags', 'managed-by=me', 'input "tags": tag "managed-by" is one of those by which the action knows its own things.'],
  ['tags', 'lambda-api-deploy:service=x', 'input "tags": tag "lambda-api-deploy:service" is one of those by which the action knows its own things.'],
  ['tags', `${'k'.repeat(129)}=x`, `input "tags": tag "${'k'.repeat(129)}" has a key of 129 characters, but at most 128 are allowed.`],
  ['tags', `team=${'v'.repeat(257)}`, 'input "tags": tag "team" has a value of 257 characters, but at most 256 are allowed.'],
  ['tags', 'team=a&b', 'input "tags": tag "team" has a character in its value that AWS does not take.'],
  ['tags', 'te&am=a', 'input "tags": tag "te&am" has a character in its key that AWS does not take.'],
  ['tags', '{"team": null}', 'input "tags": tag "team" has no value; write "" for an empty one.'],
  ['tags', Array.from({ length: 46 }, (_, i) => `t${i}=x`).join('\n'), 'input "tags": 46 tags, but at most 45 are allowed.'],
  ['access-log', '$context.status', 'input "access-log": the format lacks $context.requestId or $context.extendedRequestId.'],
  ['access-log', '$context.requestIdentity', 'input "access-log": the format lacks $context.requestId or $context.extendedRequestId.'],
  ['access-log', '$context.requestId\n$context.status', 'input "access-log": the format has more than one line.'],
  ['access-log', '$context.requestId ${context.status}', 'input "access-log": ${context.status} is no variable of an access log.'],
  ['access-log', '$context.requestId $context', 'input "access-log": $context is no variable of an access log.'],
  ['access-log', '$context.requestId $input.body', 'input "access-log": $input is no variable of an access log.'],
  ['access-log', `$context.requestId ${'x'.repeat(3060)}`, 'input "access-log": the format has 3079 bytes, but at most 3072 are allowed.'],
  ['access-log', 'apache', 'input "access-log": "apache" is not json, clf, csv, xml, off or a format of your own.'],
]

test.each(rows)('%s: %.40j', async (input, text, expected) => {
  const errors = await errorsOf({ inputs: { ...greeting, [input]: text } })
  expect(errors.map((one) => one.what)).toEqual([expected])
  expect(errors.every((one) => one.cure !== undefined)).toBe(true)
})

test.each([['A', 'VALUE_A'], ['1X', 'VALUE_X'], ['1KEY', 'KEY'], ['MY-KEY', 'MY_KEY'], ['_', 'VALUE'], ['É', 'VALUE']])('the name %s is refused, and %s, which is proposed, is not', async (name, proposed) => {
  const [refused] = await errorsOf({ inputs: variables(JSON.stringify({ [name]: 'x' })) })
  expect(refused?.cure).toBe(`Rename it, for example to ${proposed}.`)
  expect(await errorsOf({ inputs: variables(JSON.stringify({ [proposed]: 'x' })) })).toEqual([])
})

describe('environment variables', () => {
  const read = async (text: string): Promise<unknown> => (await load({ inputs: variables(text) })).service.functions[0]?.settings.environmentVariables

  test('lines are split at the first =, without quoting', async () => {
    expect(await read('URL=https://x?a=b\n# comment\n\n  KEY = spaced\nEMPTY=\r\nLAST=1')).toEqual({
      URL: 'https://x?a=b',
      KEY: ' spaced',
      EMPTY: '',
      LAST: '1',
    })
  })
  test('JSON', async () => expect(await read('{"TABLE": "a=b\\n#c", "DEBUG": true, "PORT": 80}')).toEqual({ TABLE: 'a=b\n#c', DEBUG: 'true', PORT: '80' }))
  test('numbers in JSON keep their spelling, as in the file', async () => {
    const json = '{"CHANNEL": 1122334455667788990, "VERSION": 1.10, "SMALL": 1e-7, "LIST": "[1.10]", "QUOTED": "a \\"b\\" \\u00e4, {c}: [d]"}'
    const wanted = { CHANNEL: '1122334455667788990', VERSION: '1.10', SMALL: '1e-7', LIST: '[1.10]', QUOTED: 'a "b" ä, {c}: [d]' }
    expect(await read(json)).toEqual(wanted)
    const { service } = await load({ inputs: { ...greeting, tags: '{"build": 20261130000000000123, "__proto__": 1.0}' } })
    expect(service.functions[0]?.tags).toEqual(JSON.parse('{"build": "20261130000000000123", "__proto__": "1.0"}'))
  })
  test('exactly 4096 bytes are taken', async () => expect(await read(`BIG=${'x'.repeat(4086)}`)).toEqual({ BIG: 'x'.repeat(4086) }))
  test('in the file, text stays as it is written', async () => {
    const file = inFile('  environment-variables: { VERSION: 1.10, HEX: 0x1F, YES: true, NO: "", WHY: no }')
    const { service } = await load({ file })
    expect(service.functions[0]?.settings.environmentVariables).toEqual({ VERSION: '1.10', HEX: '0x1F', YES: 'true', NO: '', WHY: 'no' })
  })
  test('quotes around a value are worth a warning, which keeps the value to itself', async () => {
    const { diagnostics } = await load({ inputs: variables('KEY="topsecret"') })
    expect(diagnostics.warnings).toHaveLength(1)
    expect(JSON.stringify(diagnostics.warnings)).not.toContain('topsecret')
  })
  test('no complaint holds a value', async () => {
    const bad = 'A-B=topsecret\nAWS_REGION=topsecret\ntopsecret-without-equals\n'
    expect(JSON.stringify(await errorsOf({ inputs: variables(`${bad}BIG=${'topsecret'.repeat(500)}`) }))).not.toContain('topsecret')
    expect(JSON.stringify(await errorsOf({ inputs: variables('{"A": "topsecret"') }))).not.toContain('topsecret')
  })
})

describe('a value of several lines is not printed as though it were names', () => {
  const pem = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj', 'U2VjcmV0+TailOfTheKey42=', '-----END PRIVATE KEY-----']
  const wrapped = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM'
  test.each([
    ['a PEM whose last line ends in =', `APP_KEY=${pem.join('\n')}`, ['U2VjcmV0', 'TailOfTheKey42', 'MIIEvQ']],
    ['a PEM whose last line could be a name', `APP_KEY=${pem.join('\n').replace('+', 'x')}`, ['U2VjcmV0', 'MIIEvQ']],
    ['JSON that begins on the first line', 'APP={\n  "url": "https://hooks.example/x?sig=abc",\n  "k": "v"\n}', ['hooks', 'sig', '"url"']],
    ['Base64 in two lines', `APP_TOKEN=${wrapped}\naB3d=`.replace('aB3d=', 'aB3d9fQ='), ['aB3d', 'QUJD']],
    ['Base64 in two lines, padded twice', `APP_TOKEN=${wrapped}\naB3d9f==`, ['aB3d', 'QUJD']],
    ['a long line of Base64 alone', 'AA=1\nAPPd3h5aB3d9fQzUx9==', ['d3h5']],
    ['words with = and a quote', 'AA=1\nit\'s "secret=stuff"', ['secret', 'stuff']],
  ])('%s', async (_what, text, secrets) => {
    const errors = await errorsOf({ inputs: variables(text) })
    expect(errors[0]?.what).toMatch(/^input "environment-variables": line \d is not KEY=value\.$/)
    expect(errors[0]?.cure).toContain('from-env')
    for (const secret of secrets) expect(JSON.stringify(errors)).not.toContain(secret)
  })
  test('JSON with a raw line break in it: from-env and toJSON are the cure', async () => {
    const [error] = await errorsOf({ inputs: variables('{"KEY": "topsecret\nsecond"}') })
    expect(error?.cure).toMatch(/toJSON[\s\S]*from-env/)
    expect(JSON.stringify(error)).not.toContain('topsecret')
  })
  test('a value that stands where from-env wants a name', async () => {
    const [error] = await errorsOf({ inputs: variables('{"KEY": {"from-env": "sk_live-4242 topsecret"}}') })
    expect(error?.what).toContain('does not hold the name of an environment variable')
    expect(JSON.stringify(error)).not.toMatch(/sk_live|topsecret/)
  })
  test.each([`TOKEN=${wrapped}\nEMPTY=`, 'SEPARATOR==', `TOKEN=${wrapped}\nPLAIN=x`, 'A_LONG_NAME_OF_MANY_LETTERS='])('%.60j is no such value', async (text) => {
    expect(await errorsOf({ inputs: variables(text) })).toEqual([])
  })
})

test.each([['AA=1 BB=2', 1], ['AA=1,BB=2', 1], ['AA=a=b', 0], ['URL=https://x?a=1&B=2', 0], ['LABELS=team=a,part=b', 0]])(
  'lines that were joined into one are worth a warning, which holds no value: %s',
  async (text, count) => {
    const { diagnostics } = await load({ inputs: variables(text) })
    expect(diagnostics.warnings.map((one) => one.what)).toEqual(Array(count).fill('input "environment-variables": the value of AA looks as if it held a second KEY=value.'))
  },
)

describe('variables of the access log', () => {
  const warnings = async (format: string): Promise<readonly string[]> => {
    const { service, diagnostics } = await load({ inputs: { ...greeting, 'access-log': format } })
    expect(service.accessLog.format).toBe(format)
    return diagnostics.warnings.map(({ what, cure }) => `${what} -> ${cure}`)
  }
  const documented = ['tlsVersion', 'cipherSuite', 'integration.responseTransferMode', 'integration.timeToAllHeaders', 'integration.timeToFirstContent', 'customDomain.routingRuleIdMatched', 'identity.accessKey', 'waf.status', 'authorizer.claims.sub']
  test.each(documented)('$context.%s is documented', async (name) => expect(await warnings(`$context.requestId $context.${name}`)).toEqual([]))
  test.each([
    ['statuss', 'input "access-log": this action knows no $context.statuss. -> Did you mean "status"?'],
    ['ofTomorrow', 'input "access-log": this action knows no $context.ofTomorrow. -> Check the name in the API Gateway developer guide.'],
    ['routeKey', 'input "access-log": a REST API\'s access log has no $context.routeKey. -> Take it out, or name another.'],
  ])('$context.%s is worth a warning: the list is AWS\'s, and grows', async (name, warning) => {
    expect(await warnings(`$context.requestId $context.${name}`)).toEqual([warning])
  })
  test('braces, as of a shell, are told with the right spelling', async () => {
    const [error] = await errorsOf({ inputs: { ...greeting, 'access-log': '$context.requestId ${context.status}' } })
    expect(error?.cure).toBe('Write $context.status.')
  })
})

describe('from-env', () => {
  test.each(['constructor', '__proto__', 'toString'])('break 18: %s, a name of every object, is no variable', async (name) => {
    const [error] = await errorsOf({ inputs: variables(`{"KEY": {"from-env": "${name}"}}`) })
    expect(error?.what).toContain(`the step's environment has no ${name}`)
  })

  const file = inFile('  environment-variables: { KEY: { from-env: STRIPE_KEY } }')

  test('takes the value, and masks it from 8 characters on', async () => {
    const long = await load({ file, env: { ...runner, STRIPE_KEY: 'sk_12345' } })
    expect(long.service.functions[0]?.settings.environmentVariables).toEqual({ KEY: 'sk_12345' })
    expect(long.masks).toEqual(['sk_12345'])
    expect(long.secrets).toEqual(['STRIPE_KEY'])
    expect((await load({ file, env: { ...runner, STRIPE_KEY: 'sk_1234' } })).masks).toEqual([])
  })
  test('missing or empty is an error with its place', async () => {
    for (const env of [runner, { ...runner, STRIPE_KEY: '' }]) {
      const [error] = await errorsOf({ file, env })
      expect(error?.what).toMatch(/^defaults\.environment-variables\.KEY: the step's environment has no STRIPE_KEY/)
      expect(error?.cure).toBe('Give it to the step: env: { STRIPE_KEY: ${{ secrets.STRIPE_KEY }} }.')
      expect(error?.place).toEqual({ file: 'lambda-api.yml', line: 4, column: 33 })
    }
  })
  test('destroy does not ask for it', async () => {
    expect((await load({ file, inputs: { command: 'destroy', confirm: 'shop' } })).masks).toEqual([])
  })
  test('of several lines each is masked by itself: a lone brace would blank out all JSON', async () => {
    const key = '{\n  "type": "service_account",\n  "id": "7"\r\n}'
    expect((await load({ file, env: { ...runner, STRIPE_KEY: key } })).masks).toEqual(['"type": "service_account",', '"id": "7"'])
  })
  test.each([
    ['eu-central-1', 'the Region'], ['123456789012', 'the account id'], ['/reports/all', 'the route'], ['/aws/apigateway/shared', 'the log group'], ['executor', 'the role'],
  ])('a mask that would swallow an output is an error: %s', async (value, word) => {
    const inputs = { 'allowed-account-ids': '123456789012' }
    const described = file.replace('one: {}', 'one: { role: "arn:aws:iam::210987654321:role/executor" }')
    const api = 'api:\n  routes: { GET /reports/all: one }\n  access-log: { group: /aws/apigateway/shared }\n'
    const [error] = await errorsOf({ file: described + api, inputs, env: { ...runner, STRIPE_KEY: value } })
    expect(error?.what).toMatch(new RegExp(`^A from-env value is part of ${word}, "`))
  })
  test('a mask that would swallow a name is an error', async () => {
    const errors = await errorsOf({ file: file.replace('service: shop', 'service: sk_12345'), env: { ...runner, STRIPE_KEY: 'sk_12345' } })
    expect(errors.map((one) => one.what)).toContain('A from-env value is part of the name of the service, "sk_12345".')
  })
})

describe('access log', () => {
  const format = async (text: string): Promise<string | undefined> => (await load({ inputs: { ...greeting, 'access-log': text } })).service.accessLog.format

  test('A13: json is the default, and valid JSON where every variable is text', async () => {
    const json = await format('')
    expect(json).toBe(accessLogFormats.json)
    expect(Object.keys(JSON.parse(json?.replace(/\$context\.[\w.]+/g, 'x') ?? '') as object)).toEqual([
      ...['requestId', 'extendedRequestId', 'sourceIp', 'requestTime', 'httpMethod', 'resourcePath', 'path', 'protocol', 'status', 'responseLength'],
      ...['responseLatency', 'integrationLatency', 'integrationStatus', 'integrationError', 'error'],
    ])
  })
  test('off means none', async () => expect(await format('off')).toBeUndefined())
  test.each(['clf', 'csv', 'xml'] as const)('%s', async (name) => expect(await format(name)).toBe(accessLogFormats[name]))
  test.each(Object.entries(accessLogFormats))('the preset %s passes as a format of one\'s own', async (_, text) => expect(await format(text)).toBe(text))
  test.each(['$context.requestId:$context.status', '$context.requestId-$context.stage', '$context.status: $context.requestId'])('%s', async (text) => expect(await format(text)).toBe(text))
  test('one of one\'s own, with a line break at its end and names of an authorizer', async () => {
    const own = '$context.extendedRequestId $context.authorizer.claims.sub $context.authorizer.tenant_id $5'
    expect(await format(`${own}\n`)).toBe(own)
  })
})

test('an unknown newer runtime passes with a warning', async () => {
  const { service, diagnostics } = await load({ inputs: { ...greeting, runtime: 'python3.19' } })
  expect(service.functions[0]?.code.runtime).toBe('python3.19')
  expect(diagnostics.warnings.map(shortForm)).toEqual([
    'input "runtime": this action does not know python3.19 yet; it goes on, and Lambda decides. -> Check the name against the runtimes in the Lambda developer guide.',
  ])
})
