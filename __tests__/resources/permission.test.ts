import { expect, test } from '@jest/globals'
import { planStalePermissions, sourceArn, statementId } from '../../src/resources/lambda/permission.ts'
import type { FunctionState } from '../../src/resources/lambda/state.ts'

const where = { born: { partition: 'aws', accountId: '123456789012', apiId: 'a1' }, region: 'eu-west-1' } as Parameters<typeof planStalePermissions>[1]
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop'

test('of the statements that a policy shows, only ours for this very alias are stale', () => {
  const live = statementId('shop', 'prod-a', sourceArn({ ...where, stage: 'prod' }))
  const statement = (Sid: string, Resource: string) => ({ Sid, Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction', Resource })
  const shown = [
    statement(live, `${functionArn}:prod-a`),
    statement('lambda-api-deploy-gone', `${functionArn}:prod-a`),
    statement('lambda-api-deploy-other', `${functionArn}:prod-b`),
    statement('lambda-api-deploy-function', functionArn),
    statement('somebody', `${functionArn}:prod-a`),
  ]
  const state = { policies: new Map([['prod-a', shown]]) } as unknown as FunctionState
  const stale = planStalePermissions({ functionName: 'shop', alias: 'prod-a', stage: 'prod', state, needs: [] }, where)
  expect(stale.map(({ id }) => id)).toEqual(['function/shop/permission/prod-a/lambda-api-deploy-gone'])
})
