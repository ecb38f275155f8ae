import { expect, test } from '@jest/globals'
import { planPermission, planPermissionPrune, statementId } from '../../src/resources/lambda/permission.ts'
import { stageCallsArn } from '../../src/service/arns.ts'

const api = { account: { partition: 'aws', accountId: '123456789012', region: 'eu-west-1' }, apiId: 'a1' }
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop'

test('of the statements that a policy shows, only ours for this very alias are stale', () => {
  const live = statementId('shop', 'prod-a', stageCallsArn(api.account, { apiId: 'a1', stage: 'prod' }))
  const statement = (Sid: string, Resource: string) => ({ Sid, Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction', Resource })
  const shown = [
    statement(live, `${functionArn}:prod-a`),
    statement('lambda-api-deploy-gone', `${functionArn}:prod-a`),
    statement('lambda-api-deploy-other', `${functionArn}:prod-b`),
    statement('lambda-api-deploy-function', functionArn),
    statement('somebody', `${functionArn}:prod-a`),
  ]
  const stale = planPermissionPrune({ functionName: 'shop', alias: 'prod-a', stage: 'prod', ...api, statements: shown })
  expect(stale.map(({ id }) => id)).toEqual(['function/shop/permission/prod-a/lambda-api-deploy-gone'])
})

const source = stageCallsArn(api.account, { apiId: 'a1', stage: 'prod' })
const ours = {
  Sid: statementId('shop', 'prod-a', source), Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction',
  Resource: `${functionArn}:prod-a`, Condition: { ArnLike: { 'AWS:SourceArn': source } },
}

test.each([
  ['all of ours', ours, []],
  ['another source', { ...ours, Condition: { ArnLike: { 'AWS:SourceArn': source.replace('prod', 'test') } } }, ['update']],
  ['no source at all', { ...ours, Condition: undefined }, ['update']],
  ['one condition more', { ...ours, Condition: { ...ours.Condition, StringEquals: { 'AWS:SourceAccount': '210987654321' } } }, ['update']],
  ['another principal', { ...ours, Principal: { Service: 'events.amazonaws.com' } }, ['update']],
  ['a denial', { ...ours, Effect: 'Deny' }, ['update']],
  ['another action', { ...ours, Action: 'lambda:GetFunction' }, ['update']],
  ['another name', { ...ours, Sid: 'somebody' }, ['create']],
])('a statement is ours when all of it is: %s', (_name, statement, actions) => {
  const steps = planPermission({ functionName: 'shop', alias: 'prod-a', stage: 'prod', ...api, statements: [statement] }, [])
  expect(steps.map(({ action }) => action)).toEqual(actions)
})
