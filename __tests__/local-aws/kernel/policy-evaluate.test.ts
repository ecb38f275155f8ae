import { describe, expect, test } from '@jest/globals'
import { evaluate } from '../../../local-aws/kernel/policy/evaluate.ts'
import type { PolicyStatement } from '../../../local-aws/kernel/settings.ts'

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
    expect(() => evaluate({ Statement: [{ ...allow, Condition: { IpAddress: { 'iam:PassedToService': '10.0.0.0/8' } } }] }, need)).toThrow('IpAddress')
  })
})
