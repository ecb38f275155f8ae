import { describe, expect, test } from '@jest/globals'
import { errorsOf, greeting, load } from './support.ts'

const mixed = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3hJ6lM9o'
/** What a secret scanner of GitHub's would find; put together here, so that none finds it in this file. */
const secrets: readonly (readonly [string, string, string])[] = [
  ['KEY_ID', `AK${'IA'}Q3EGZ7TKWRB2MXVN`, 'an access key of AWS'],
  ['SESSION', `AS${'IA'}Q3EGZ7TKWRB2MXVN`, 'an access key of AWS'],
  ['ANY', mixed.slice(0, 40), 'a secret access key of AWS'],
  ['GH', `gh${'p_'}${mixed.slice(0, 36)}`, 'a token of GitHub'],
  ['GH', `github${'_pat_'}${mixed}`, 'a token of GitHub'],
  ['GL', `gl${'pat-'}${mixed.slice(0, 20)}`, 'a token of GitLab'],
  ['HOOK', `https://hooks.slack.${'com/services'}/T0AB/B0CD/${mixed}`, 'a token of Slack'],
  ['PAY', `sk${'_live_'}${mixed}`, 'a key of Stripe'],
  ['MAPS', `AI${'za'}${mixed.slice(0, 35)}`, 'a key of Google'],
  ['LLM', `sk-${'proj-'}${mixed}`, 'a key of OpenAI or Anthropic'],
  ['PEM', '-----BEGIN RSA PRIVATE KEY-----\\nMIIE', 'a private key'],
  ['PEM', '-----BEGIN OPENSSH PRIVATE KEY-----', 'a private key'],
  ['JWT', `ey${'JhbGciOiJIUzI1'}.ey${'JzdWIiOiIxMjM0'}.${mixed}`, 'a signed token (JWT)'],
  ['DATABASE_URL', 'postgres://shop:tr0ub4dor@db.example.org/shop', 'an address with a password'],
  ['DB_PASSWORD', 'tr0ub4dor&3', 'a secret, by the name of its variable'],
  ['STRIPE_API_KEY', 'something-9f3k', 'a secret, by the name of its variable'],
  ['appSecret', 'something-9f3k', 'a secret, by the name of its variable'],
]

const plain: readonly (readonly [string, string])[] = [
  ['TABLE', 'events'], ['DB_PASSWORD_ARN', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db'], ['API_KEY', '/shop/prod/api-key'],
  ['DB_PASSWORD', 'changeme'], ['SECRET', 'arn:aws:secretsmanager:eu-west-1:1:secret:x'], ['DATABASE_URL', 'postgres://db.example.org/shop'],
  ['AWS_EXAMPLE', `AK${'IA'}IOSFODNN7EXAMPLE`], ['TOKEN_URL', 'https://id.example.org/oauth/token'], ['PAGE_TOKEN', 'next'], ['HASH', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['TASK', 'risk-assessment-of-something-long-enough'],
]

const warningsOf = async (name: string, value: string) => {
  const file = `service: shop\nfunctions:\n  read:\n    runtime: python3.13\n    environment-variables:\n      ${name}: ${JSON.stringify(value)}\napi: { routes: { GET /: read } }\n`
  return (await load({ file })).diagnostics.warnings
}

describe('a value in the file that looks like a secret', () => {
  test.each(secrets)('%s: %.12s… is told as %s, with its place, and never printed', async (name, value, is) => {
    const warnings = await warningsOf(name, value)
    expect(warnings).toMatchObject([{ what: `functions.read.environment-variables.${name} looks like ${is}.`, place: { file: 'lambda-api.yml', line: 6 } }])
    expect(JSON.stringify(warnings)).not.toContain(value.slice(-12))
  })
  test.each(plain)('%s: %s is none', async (name, value) => expect(await warningsOf(name, value)).toEqual([]))
  test('the cure is taken, and silences it', async () => {
    const [warning] = await warningsOf('DB_PASSWORD', 'tr0ub4dor&3')
    const [, entry = '', variable = ''] = /^Write (DB_PASSWORD: \{ from-env: (\w+) \}), give the step env: \{ \2: \$\{\{ secrets\.\2 \}\} \}/.exec(warning?.cure ?? '') ?? []
    const file = `service: shop\nfunctions: { read: { runtime: python3.13, environment-variables: { ${entry} } } }\napi: { routes: { GET /: read } }\n`
    const { diagnostics, masks } = await load({ file, env: { GITHUB_REPOSITORY: 'octo/shop', AWS_REGION: 'eu-central-1', [variable]: 'tr0ub4dor&3' } })
    expect(diagnostics.all).toEqual([])
    expect(masks).toContain('tr0ub4dor&3')
  })
})

/** Setting, what was written, the number that is meant. */
const units: readonly (readonly [string, string, string])[] = [
  ['memory-size', '1 GB', '1024'], ['memory-size', '1.5GiB', '1536'], ['memory-size', '2G', '2048'], ['memory-size', '1,024 MB', '1024'],
  ['memory-size', '524288 KB', '512'], ['ephemeral-storage', '10gb', '10240'], ['timeout', '5m', '300'], ['timeout', '2 minutes', '120'],
  ['timeout', '1m30s', '90'], ['timeout', '2500ms', '3'], ['timeout', '0.25h', '900'], ['minimum-compression-size', '10 KB', '10240'],
  ['minimum-compression-size', '1MB', '1048576'], ['throttling-rate', '100/s', '100'], ['throttling-rate', '50 rps', '50'],
  ['throttling-rate', '20 requests per second', '20'], ['throttling-burst', '40 requests', '40'],
  ['log-retention-days', '2 weeks', '14'], ['log-retention-days', '1 year', '365'], ['log-retention-days', '6 months', '180'],
]

describe('a number with a unit', () => {
  test.each(units)('%s: %s is meant as %s, which is taken', async (name, written, number) => {
    const [error] = await errorsOf({ inputs: { ...greeting, [name]: written } })
    expect(error?.cure).toMatch(new RegExp(`(: |Write )${number}(\\.|, for example\\.)$`))
    expect(await errorsOf({ inputs: { ...greeting, [name]: number } })).toEqual([])
  })
  test.each([['memory-size', '1 parsec'], ['memory-size', '100 GB'], ['timeout', '1h'], ['timeout', 'PT5M'], ['keep-releases', '5k']])('%s: %s is not', async (name, written) => {
    const [error] = await errorsOf({ inputs: { ...greeting, [name]: written } })
    expect(error?.cure).toMatch(/^Write a whole number from/)
  })
})
