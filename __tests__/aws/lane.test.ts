import { expect, test } from '@jest/globals'
import { setImmediate as turn } from 'node:timers/promises'
import { Lanes } from '../../src/aws/lane.ts'

type Call = readonly [operation: string, input: object]

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop'

/** Starts the calls at once, lets none of them end, and says how many are under way. */
async function underWay(...calls: readonly Call[]): Promise<number> {
  const lanes = new Lanes()
  let started = 0
  for (const [operation, input] of calls) {
    void lanes.run(operation, input, () => {
      started += 1
      return new Promise(() => undefined)
    })
  }
  await turn()
  return started
}

test.each<[string, Call, Call]>([
  ['an alias and a permission of one function', ['lambda:CreateAlias', { FunctionName: 'shop', Name: 'prod-b' }], ['lambda:AddPermission', { FunctionName: 'shop', Qualifier: 'prod-a' }]],
  ['its tags, which are named by its ARN', ['lambda:PutFunctionConcurrency', { FunctionName: 'shop' }], ['lambda:TagResource', { Resource: arn }]],
  ['a function by its ARN with a qualifier, and by its name with one', ['lambda:DeleteFunction', { FunctionName: `${arn}:3` }], ['lambda:UpdateAlias', { FunctionName: 'shop:prod-a' }]],
  ['a method and a deployment of one API', ['apigateway:PutMethod', { restApiId: 'abc' }], ['apigateway:CreateDeployment', { restApiId: 'abc' }]],
  ['the tags of a stage and its API', ['apigateway:UpdateStage', { restApiId: 'abc' }], ['apigateway:TagResource', { resourceArn: 'arn:aws:apigateway:eu-west-1::/restapis/abc/stages/prod' }]],
])('%s are written one after the other', async (_what, first, second) => {
  expect(await underWay(first, second)).toBe(1)
})

test.each<[string, Call, Call]>([
  ['two functions', ['lambda:CreateAlias', { FunctionName: 'shop' }], ['lambda:CreateAlias', { FunctionName: 'shop-read' }]],
  ['two APIs', ['apigateway:PutMethod', { restApiId: 'abc' }], ['apigateway:PutMethod', { restApiId: 'abd' }]],
  ['a write and a read', ['lambda:UpdateAlias', { FunctionName: 'shop' }], ['lambda:GetAlias', { FunctionName: 'shop' }]],
  ['two reads', ['apigateway:GetResources', { restApiId: 'abc' }], ['apigateway:GetStages', { restApiId: 'abc' }]],
  ['a write and a call of the function', ['lambda:AddPermission', { FunctionName: 'shop' }], ['lambda:Invoke', { FunctionName: 'shop' }]],
  ['things that AWS keeps apart itself', ['iam:CreateRole', { RoleName: 'shop' }], ['iam:AttachRolePolicy', { RoleName: 'shop' }]],
])('%s do not wait for each other', async (_what, first, second) => {
  expect(await underWay(first, second)).toBe(2)
})

test('the order is that of the calls, and a write that fails holds up none behind it', async () => {
  const lanes = new Lanes()
  const done: string[] = []
  const write = (name: string, work: () => Promise<void>): Promise<unknown> => lanes.run('lambda:UpdateAlias', { FunctionName: 'shop' }, work).finally(() => done.push(name))
  const failed = write('first', async () => {
    await turn()
    throw new Error('refused')
  })
  const second = write('second', async () => turn())
  await expect(failed).rejects.toThrow('refused')
  await second
  expect(done).toEqual(['first', 'second'])
})
