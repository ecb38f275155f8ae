import { expect, test } from '@jest/globals'
import { newApi, newCaller } from './caller.ts'

/** Virtual milliseconds that no test lasts. */
const EVER = 1e12

// serverless issue 173, architect issue 136
test('what is too young is found by no call that names it', async () => {
  const caller = await newCaller()
  const { restApiId, rootId } = await newApi(caller)
  await caller.account.control.configure({ windows: { gatewayVisible: EVER } })
  const { id: resourceId } = await caller.call('CreateResource', { restApiId, parentId: rootId, pathPart: 'new' })
  const resource = '404 NotFoundException: Invalid Resource identifier specified'
  expect(await caller.refusal('PutMethod', { restApiId, resourceId, httpMethod: 'GET', authorizationType: 'NONE' })).toBe(resource)
  expect(await caller.refusal('CreateResource', { restApiId, parentId: resourceId, pathPart: 'below' })).toBe(resource)
  await caller.call('PutMethod', { restApiId, resourceId: rootId, httpMethod: 'GET', authorizationType: 'NONE' })
  expect(await caller.refusal('PutIntegration', { restApiId, resourceId: rootId, httpMethod: 'GET', type: 'MOCK' })).toBe('404 NotFoundException: Invalid Method identifier specified')
  await caller.call('DeleteMethod', { restApiId, resourceId: rootId, httpMethod: 'GET' }).catch(() => undefined)
  const { id: younger } = await caller.call('CreateRestApi', { name: 'younger' })
  expect(await caller.refusal('GetResources', { restApiId: younger })).toMatch(/^404 NotFoundException: Invalid API identifier specified/)
})

test('a deployment that is too young goes to no stage', async () => {
  const caller = await newCaller()
  const { restApiId } = await newApi(caller)
  const older = await caller.call('CreateDeployment', { restApiId })
  await caller.call('CreateStage', { restApiId, stageName: 'dev', deploymentId: older.id })
  await caller.account.control.configure({ windows: { gatewayVisible: EVER } })
  const { id: deploymentId } = await caller.call('CreateDeployment', { restApiId })
  const refused = '400 BadRequestException: Deployment id does not exist'
  expect(await caller.refusal('CreateStage', { restApiId, stageName: 'prod', deploymentId })).toBe(refused)
  expect(await caller.refusal('UpdateStage', { restApiId, stageName: 'dev', patchOperations: [{ op: 'replace', path: '/deploymentId', value: deploymentId }] })).toBe(refused)
})

// aws-cdk issue 27083
test('a dollar stands in a path part', async () => {
  const caller = await newCaller()
  const { restApiId, rootId } = await newApi(caller)
  expect(await caller.call('CreateResource', { restApiId, parentId: rootId, pathPart: '$appliances:all' })).toMatchObject({ path: '/$appliances:all' })
})
