import { describe, expect, test } from '@jest/globals'
import { evaluate } from '../../kernel/policy/evaluate.ts'
import type { PolicyStatement } from '../../kernel/settings.ts'

const need = { action: 'lambda:UpdateAlias', resource: 'arn:aws:lambda:eu-west-1:111122223333:function:greeting', context: { 'iam:PassedToService': 'lambda.amazonaws.com', 'aws:TagKeys': ['a', 'b'] } }
const allow: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' }

// IAM user guide: "Policy evaluation logic", "IAM JSON policy elements" (Action, Resource, Condition).
describe('an identity policy', () => {
  const cases: [string, PolicyStatement[], string][] = [
    ['without a statement that matches', [{ ...allow, Action: 's3:*' }], 'implicit deny'],
    ['that allows all', [allow], 'allowed'],
    ['with a deny beside', [allow, { ...allow, Effect: 'Deny', Action: 'lambda:Update*' }], 'explicit deny'],
    ['with actions in another case', [{ ...allow, Action: ['x:y', 'Lambda:updatealias'] }], 'allowed'],
    ['with a wildcard inside an action', [{ ...allow, Action: 'lambda:*Alias' }], 'allowed'],
    ['with a question mark', [{ ...allow, Resource: 'arn:aws:lambda:eu-west-?:*:function:greeting' }], 'allowed'],
    ['for another resource', [{ ...allow, Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:greeting:*' }], 'implicit deny'],
    ['with NotAction', [{ Effect: 'Allow', NotAction: 'lambda:*', Resource: '*' }], 'implicit deny'],
    ['with NotResource', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' }], 'allowed'],
    ['with a condition that holds', [{ ...allow, Condition: { StringEquals: { 'iam:passedtoservice': 'lambda.amazonaws.com' } } }], 'allowed'],
    ['with a condition that fails', [{ ...allow, Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }], 'implicit deny'],
    ['with a condition on an unknown key', [{ ...allow, Condition: { StringLike: { 'aws:ResourceTag/x': '*' } } }], 'implicit deny'],
    ['with IfExists on an unknown key', [{ ...allow, Condition: { StringLikeIfExists: { 'aws:ResourceTag/x': 'y' } } }], 'allowed'],
    ['with a list of keys, all allowed', [{ ...allow, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b', 'c'] } } }], 'allowed'],
    ['with a list of keys, one not allowed', [{ ...allow, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } } }], 'implicit deny'],
    ['with any value of a list', [{ ...allow, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'b' } } }], 'allowed'],
    ['with a negated condition', [{ ...allow, Condition: { StringNotEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }], 'implicit deny'],
    ['with Null', [{ ...allow, Condition: { Null: { 'aws:ResourceTag/x': 'true', 'aws:TagKeys': 'false' } } }], 'allowed'],
  ]
  test.each(cases)('%s', (_, Statement, expected) => {
    expect(evaluate({ Statement }, need)).toBe(expected)
  })

  test('a condition operator that is not evaluated is an error and no yes', () => {
    expect(() => evaluate({ Statement: [{ ...allow, Condition: { BinaryEquals: { 'iam:PassedToService': 'eA==' } } }] }, need)).toThrow('BinaryEquals')
  })
})

// IAM user guide: "Condition operators", "Set operators for multivalued context keys".
describe('a condition', () => {
  const context = {
    'aws:PrincipalAccount': '111122223333', 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deployer', 'aws:SourceIp': '127.0.0.1', 'aws:SecureTransport': 'true',
    'aws:CurrentTime': '2026-03-01T12:00:00Z', 's3:max-keys': '10', 'aws:TagKeys': ['team', 'stage'], 'aws:ResourceTag/team': 'a*',
  }
  const cases: [string, string, string | readonly string[], boolean][] = [
    ['StringEquals', 'aws:ResourceTag/team', ['b', 'a*'], true],
    ['StringEquals', 'aws:ResourceTag/Team', 'A*', false],
    ['StringEqualsIgnoreCase', 'aws:ResourceTag/team', 'A*', true],
    ['StringNotEqualsIgnoreCase', 'aws:ResourceTag/team', 'A*', false],
    ['StringLike', 'aws:PrincipalArn', '*:role/deploy?r', true],
    ['StringNotLike', 'aws:PrincipalArn', '*:role/deploy?r', false],
    ['StringNotEquals', 'aws:ResourceTag/none', 'x', true],
    ['StringEquals', 'aws:SourceAccount', '111122223333', false],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', true],
    ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/deployer', true],
    ['ArnLike', 'aws:PrincipalArn', 'arn:*', false],
    ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', false],
    ['Bool', 'aws:SecureTransport', 'True', true],
    ['Bool', 'aws:SecureTransport', 'false', false],
    ['IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '127.0.0.0/8'], true],
    ['NotIpAddress', 'aws:SourceIp', '127.0.0.1', false],
    ['IpAddress', 'aws:SourceIp', '::1/128', false],
    ['NumericLessThanEquals', 's3:max-keys', '10', true],
    ['NumericGreaterThan', 's3:max-keys', '10', false],
    ['NumericNotEquals', 's3:max-keys', '10.0', false],
    ['NumericEquals', 's3:max-keys', '10.0', true],
    ['NumericLessThan', 's3:max-keys', '11', true],
    ['NumericGreaterThanEquals', 's3:max-keys', '10', true],
    ['DateGreaterThan', 'aws:CurrentTime', '2026-03-01T11:59:59Z', true],
    ['DateLessThan', 'aws:CurrentTime', '1772366399', false],
    ['DateLessThanEquals', 'aws:CurrentTime', '2026-03-01T12:00:00Z', true],
    ['DateGreaterThanEquals', 'aws:CurrentTime', '2026-03-01T12:00:01Z', false],
    ['DateEquals', 'aws:CurrentTime', '2026-03-01T13:00:00+01:00', true],
    ['DateNotEquals', 'aws:CurrentTime', '2026-03-01T13:00:00+01:00', false],
    ['ArnNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/other', true],
    ['Null', 'aws:ResourceTag/none', 'true', true],
    ['ForAnyValue:StringLike', 'aws:TagKeys', 'te*', true],
    ['ForAnyValue:StringNotEquals', 'aws:TagKeys', 'team', true],
    ['ForAnyValue:StringNotEquals', 'aws:none', 'team', false],
    ['ForAllValues:StringNotEquals', 'aws:TagKeys', 'team', false],
    ['ForAllValues:StringEquals', 'aws:none', 'team', true],
    ['StringEqualsIfExists', 'aws:none', 'team', true],
  ]
  test.each(cases)('%s %s %j', (operator, key, value, holds) => {
    const policy = (Effect: 'Allow' | 'Deny') => ({ Statement: [allow, { ...allow, Effect, Condition: { [operator]: { [key]: value } } }].slice(Effect === 'Allow' ? 1 : 0) })
    expect(evaluate(policy('Allow'), { ...need, context })).toBe(holds ? 'allowed' : 'implicit deny')
    expect(evaluate(policy('Deny'), { ...need, context })).toBe(holds ? 'explicit deny' : 'allowed')
  })

  test('all keys and operators of a statement must hold', () => {
    const of = (Condition: PolicyStatement['Condition']): string => evaluate({ Statement: { ...allow, ...(Condition === undefined ? {} : { Condition }) } }, { ...need, context })
    expect(of({ StringEquals: { 'aws:PrincipalAccount': '111122223333', 'aws:SourceIp': '127.0.0.1' } })).toBe('allowed')
    expect(of({ StringEquals: { 'aws:PrincipalAccount': '111122223333', 'aws:SourceIp': '127.0.0.2' } })).toBe('implicit deny')
    expect(of({ StringEquals: { 'aws:PrincipalAccount': '111122223333' }, Bool: { 'aws:SecureTransport': 'false' } })).toBe('implicit deny')
  })
})

// IAM user guide, "IAM policy elements: Variables and tags".
describe('a variable', () => {
  const context = { 'aws:PrincipalAccount': '111122223333', 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/r', 'aws:ResourceTag/team': 'a*', 'aws:TagKeys': ['x'] }
  const finding = (statement: Partial<PolicyStatement>, Version = '2012-10-17'): string => evaluate({ Version, Statement: { ...allow, ...statement } }, { ...need, context })
  const cases: [string, Partial<PolicyStatement>, string][] = [
    ['stands in a resource', { Resource: 'arn:aws:lambda:*:${aws:PrincipalAccount}:function:*' }, 'allowed'],
    ['does so in any case', { Resource: 'arn:aws:lambda:*:${AWS:principalaccount}:*' }, 'allowed'],
    ['stands in a condition', { Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:ResourceTag/team}' } } }, 'allowed'],
    ['of a character is that character', { Condition: { StringLike: { 'aws:ResourceTag/team': 'a${*}' } } }, 'allowed'],
    ['has a value without wildcards', { Condition: { StringLike: { 'aws:PrincipalAccount': '${aws:ResourceTag/team}' } } }, 'implicit deny'],
    ['without a value makes the statement void', { Resource: ['arn:${aws:none}*'] }, 'implicit deny'],
    ['without a value has its default', { Resource: "arn:aws:lambda:*:*:function:${aws:PrincipalTag/name, 'greeting'}" }, 'allowed'],
    ['of a list has no value', { Resource: '*${aws:TagKeys}' }, 'implicit deny'],
    ['stands in an ARN of a condition', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::${aws:PrincipalAccount}:role/*' } } }, 'allowed'],
  ]
  test.each(cases)('%s', (_, statement, expected) => expect(finding(statement)).toBe(expected))

  test('is plain text in a policy of the older version', () => {
    expect(finding({ Resource: 'arn:aws:lambda:*:${aws:PrincipalAccount}:function:*' }, '2008-10-17')).toBe('implicit deny')
    expect(evaluate({ Statement: { ...allow, Resource: '${x}' } }, { ...need, resource: '${x}' })).toBe('allowed')
  })
})
