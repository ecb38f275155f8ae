import { Validator } from '@cfworker/json-schema'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { fileSchema } from '../../scripts/generate/schema.ts'
import { errorsOf } from './support.ts'

const validator = new Validator(fileSchema(), '2020-12')
const isTaken = (file: string): boolean => validator.validate(parse(file)).valid
const service = (one: string, rest = ''): string => `service: shop\ndefaults: { runtime: python3.13 }\nfunctions:\n  one: ${one}\n${rest}`

test.each([
  ['subnets without groups', service('{ vpc-subnet-ids: subnet-1 }')],
  ['groups without subnets', service('{ vpc-security-group-ids: [sg-1] }')],
  ['a package and a source', service('{ package: a.zip, source: src }')],
  ['policies for a role that exists', service('{ role: "arn:aws:iam::123456789012:role/x", role-policies: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }')],
  ['a reserved variable', service('{ environment-variables: { AWS_REGION: x } }')],
  ['a stage that is no name', service('{}', 'stages: { "a b": {} }\n')],
  ['a greedy variable in the middle', service('{}', 'api: { routes: { "GET /{proxy+}/x": one } }\n')],
  ['a slash at the end', service('{}', 'api: { routes: { "GET /x/": one } }\n')],
])('what the action refuses, an editor marks: %s', async (_what, file) => {
  expect((await errorsOf({ file })).length).toBeGreaterThan(0)
  expect(isTaken(file)).toBe(false)
})

test.each([
  ['a whole VPC', service('{ vpc-subnet-ids: subnet-1, vpc-security-group-ids: sg-1 }')],
  ['half a VPC, and the other half in the defaults', service('{ vpc-subnet-ids: subnet-1 }').replace('{ runtime', '{ vpc-security-group-ids: sg-1, runtime')],
  ['half a VPC, and the other half in the stage', service('{ vpc-subnet-ids: subnet-1 }', 'stages: { prod: { defaults: { vpc-security-group-ids: sg-1 } } }\n')],
  ['a function without a word', service('')],
  ['routes', service('{}', 'api: { routes: { GET /: one, "GET /a/{id}/b": one, "ANY /{proxy+}": one, "GET /b/{rest+}": one } }\n')],
])('what the action takes, an editor does not mark: %s', async (_what, file) => {
  expect(await errorsOf({ file })).toEqual([])
  expect(isTaken(file)).toBe(true)
})
