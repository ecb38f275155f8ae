import { describe, expect, test } from '@jest/globals'
import { errorsOf, greeting, load, shortForm } from './support.ts'

const table = 'arn:aws:dynamodb:eu-central-1:123456789012:table/events'
const file = (statements: string): string => `
service: greeting
defaults: { runtime: python3.13 }
functions:
  greeting:
    handler: app.handler
    role-statements: ${statements}
`
const roleOf = async (from: Parameters<typeof load>[0]): Promise<unknown> => (await load(from)).service.functions[0]?.role

describe('role-statements', () => {
  test('in the file, with lists or single values', async () => {
    const role = await roleOf({ file: file(`\n      - { allow: [dynamodb:GetItem, dynamodb:Query], on: [${table}, ${table}/index/*] }\n      - { allow: s3:*, on: '*' }`) })
    expect(role).toEqual({
      kind: 'create', policies: [],
      statements: [{ allow: ['dynamodb:GetItem', 'dynamodb:Query'], on: [table, `${table}/index/*`] }, { allow: ['s3:*'], on: ['*'] }],
    })
  })

  test('as an input, in JSON', async () => {
    const role = await roleOf({ inputs: { ...greeting, 'role-statements': JSON.stringify([{ allow: ['dynamodb:GetItem'], on: table }]) } })
    expect(role).toMatchObject({ statements: [{ allow: ['dynamodb:GetItem'], on: [table] }] })
  })

  test('AWS’s own policies by name', async () => {
    const role = await roleOf({ inputs: { ...greeting, 'role-policies': 'AWSLambdaSQSQueueExecutionRole\narn:aws:iam::123456789012:policy/events' } })
    expect(role).toMatchObject({ policies: ['AWSLambdaSQSQueueExecutionRole', 'arn:aws:iam::123456789012:policy/events'] })
  })

  test.each([
    ['no statement', '[dynamodb:GetItem]', /is no statement/],
    ['a key that is none', `[{ effect: Deny, allow: dynamodb:GetItem, on: ${table} }]`, /a statement has no key "effect"/],
    ['nothing that is allowed', `[{ on: ${table} }]`, /lacks `allow`/],
    ['no resource', '[{ allow: dynamodb:GetItem }]', /lacks `on`/],
    ['an action without its service', `[{ allow: GetItem, on: ${table} }]`, /is not an action of IAM.*dynamodb:GetItem/s],
    ['a name in place of an ARN', '[{ allow: dynamodb:GetItem, on: events }]', /is not the ARN of a resource/],
    ['more than IAM takes', `[${Array.from({ length: 200 }, (_, index) => `{ allow: dynamodb:GetItem, on: ${table}-${index} }`).join(', ')}]`, /is too long/],
  ])('%s is an error', async (_name, statements, text) => {
    expect((await errorsOf({ file: file(statements) })).map(shortForm).join('\n')).toMatch(text)
  })

  test('beside a role that exists', async () => {
    const errors = await errorsOf({ file: file(`[{ allow: s3:GetObject, on: '*' }]\n    role: arn:aws:iam::123456789012:role/own`) })
    expect(errors.map(shortForm)).toEqual([expect.stringContaining("role-statements makes no sense together with a role's ARN")])
  })
})
