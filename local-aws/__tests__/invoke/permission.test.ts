import { describe, expect, test } from '@jest/globals'
import { arnLike, mayInvoke, type PolicyStatement } from '../../invoke/permission.ts'

const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:abc/dev/GET/pets/7'

describe('arnLike', () => {
  test.each([
    [ARN, true],
    ['arn:aws:execute-api:eu-west-1:123456789012:abc/*', true],
    ['arn:aws:execute-api:eu-west-1:123456789012:abc/*/GET/pets/*', true],
    ['arn:aws:execute-api:eu-west-1:123456789012:abc/dev/*/pets/?', true],
    ['arn:aws:execute-api:*:*:abc/dev/*', true],
    ['arn:aws:execute-api:eu-west-1:123456789012:abc/dev/GET/pets/{id}', false],
    ['arn:aws:execute-api:eu-west-1:123456789012:abc/dev/ANY/pets/7', false],
    ['arn:aws:execute-api:eu-west-1:123456789012:abd/*', false],
    // A star stays within its colon part.
    ['arn:aws:*:123456789012:abc/dev/GET/pets/7', false],
    ['*', false],
  ])('%s: %s', (pattern, matches) => {
    expect(arnLike(pattern, ARN)).toBe(matches)
  })
})

describe('mayInvoke', () => {
  const statement = (members: Partial<PolicyStatement>): PolicyStatement => ({
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Condition: { ArnLike: { 'AWS:SourceArn': ARN } },
    ...members,
  })
  const caller = { sourceArn: ARN, sourceAccount: '123456789012' }

  test.each<[Partial<PolicyStatement>, boolean]>([
    [{}, true],
    [{ Condition: undefined }, true],
    [{ Action: 'lambda:*', Principal: '*' }, true],
    [{ Condition: { ArnLike: { 'AWS:SourceArn': ARN }, StringEquals: { 'AWS:SourceAccount': '123456789012' } } }, true],
    [{ Condition: { ArnLike: { 'AWS:SourceArn': ARN }, StringEquals: { 'AWS:SourceAccount': '999999999999' } } }, false],
    [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }, false],
    [{ Principal: { Service: 's3.amazonaws.com' } }, false],
    [{ Action: 'lambda:GetFunction' }, false],
    [{ Effect: 'Deny' }, false],
  ])('%j: %s', (members, allowed) => {
    expect(mayInvoke([statement(members)], caller)).toBe(allowed)
  })

  test('no statement allows nothing, a deny wins', () => {
    expect(mayInvoke([], caller)).toBe(false)
    expect(mayInvoke([statement({}), statement({ Effect: 'Deny' })], caller)).toBe(false)
  })
})
