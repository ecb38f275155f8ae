import { beforeEach, describe, expect, test } from '@jest/globals'
import { newApi, newCaller, newStage, type Caller } from './caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await newCaller()
})

describe('CreateDeployment', () => {
  test('refuses an API without methods, and a method without integration', async () => {
    const { id: restApiId, rootResourceId } = await caller.call('CreateRestApi', { name: 'bare' })
    expect(await caller.refusal('CreateDeployment', { restApiId })).toBe("400 BadRequestException: The REST API doesn't contain any methods")
    await caller.call('PutMethod', { restApiId, resourceId: rootResourceId, httpMethod: 'GET', authorizationType: 'NONE' })
    expect(await caller.refusal('CreateDeployment', { restApiId })).toBe('400 BadRequestException: No integration defined for method')
  })

  test('answers as recorded; the summary only when asked for', async () => {
    const { restApiId } = await newApi(caller)
    const made = await caller.call('CreateDeployment', { restApiId, description: 'first' })
    expect(made).toEqual({ id: expect.stringMatching(/^[a-z0-9]{6}$/), createdDate: expect.any(Date), description: 'first' })
    const read = await caller.call('GetDeployment', { restApiId, deploymentId: made.id, embed: ['apisummary'] })
    expect(read.apiSummary).toEqual({ '/pets': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } })
  })

  test('is a snapshot: what is changed later does not reach it', async () => {
    const { restApiId, petsId, deploymentId } = await newStage(caller)
    await caller.call('DeleteMethod', { restApiId, resourceId: petsId, httpMethod: 'GET' })
    const read = await caller.call('GetDeployment', { restApiId, deploymentId, embed: ['apisummary'] })
    expect(read.apiSummary).toHaveProperty(['/pets', 'GET'])
  })

  test('with a stage name makes the stage, or repoints it', async () => {
    const { restApiId } = await newApi(caller)
    const first = await caller.call('CreateDeployment', { restApiId, stageName: 's1', variables: { a: '1' }, stageDescription: 'd' })
    expect(await caller.call('GetStage', { restApiId, stageName: 's1' })).toMatchObject({ deploymentId: first.id, variables: { a: '1' }, description: 'd' })
    const second = await caller.call('CreateDeployment', { restApiId, stageName: 's1' })
    expect(await caller.call('GetStage', { restApiId, stageName: 's1' })).toMatchObject({ deploymentId: second.id, variables: { a: '1' } })
  })

  test('with canary settings leaves the stage and gives its canary the deployment', async () => {
    const { restApiId, deploymentId, stageName } = await newStage(caller)
    const canarySettings = { percentTraffic: 50, stageVariableOverrides: { testVar: 'canary' } }
    const canary = await caller.call('CreateDeployment', { restApiId, stageName, canarySettings })
    expect(await caller.call('GetStage', { restApiId, stageName })).toMatchObject({
      deploymentId,
      canarySettings: { deploymentId: canary.id, percentTraffic: 50, stageVariableOverrides: { testVar: 'canary' }, useStageCache: false },
    })
    expect(await caller.refusal('CreateDeployment', { restApiId, stageName })).toBe(
      '400 BadRequestException: Invalid deployment content specified.Non canary deployment not supported on stage dev because Canary is enabled. Provide CanarySettings in deploymentInput.',
    )
    expect(await caller.refusal('DeleteDeployment', { restApiId, deploymentId: canary.id })).toBe(
      '400 BadRequestException: Active stages with canary settings pointing to this deployment must be moved or deleted',
    )
  })

  test.each([
    [undefined, 'Non null and non empty stageName must be provided for canary deployment. Provided value is null'],
    ['', 'Non null and non empty stageName must be provided for canary deployment. Provided value is '],
    ['non-existing', 'Stage non-existing must already be created before making a canary release deployment'],
  ])('refuses a canary on stage %j, and leaves no deployment', async (stageName, text) => {
    const { restApiId } = await newApi(caller)
    const refusal = await caller.refusal('CreateDeployment', { restApiId, stageName, canarySettings: { percentTraffic: 50 } })
    expect(refusal).toBe(`400 BadRequestException: Invalid deployment content specified.${text}`)
    expect((await caller.call('GetDeployments', { restApiId })).items).toEqual([])
  })

  test('refused for its stage name leaves no deployment', async () => {
    const { restApiId } = await newApi(caller)
    expect(await caller.refusal('CreateDeployment', { restApiId, stageName: '$default' })).toBe('400 BadRequestException: Stage name only allows a-zA-Z0-9_')
    expect((await caller.call('GetDeployments', { restApiId })).items).toEqual([])
  })
})

test('DeleteDeployment refuses what a stage serves', async () => {
  const { restApiId, deploymentId } = await newStage(caller)
  expect(await caller.refusal('DeleteDeployment', { restApiId, deploymentId })).toBe(
    '400 BadRequestException: Active stages pointing to this deployment must be moved or deleted',
  )
  await caller.call('DeleteStage', { restApiId, stageName: 'dev' })
  await caller.call('DeleteDeployment', { restApiId, deploymentId })
  expect(await caller.refusal('GetDeployment', { restApiId, deploymentId })).toBe('404 NotFoundException: Invalid Deployment identifier specified')
})

test('UpdateDeployment knows the description alone', async () => {
  const { restApiId, deploymentId } = await newStage(caller)
  const patchOperations = [{ op: 'replace', path: '/description', value: 'new-description' }]
  expect(await caller.call('UpdateDeployment', { restApiId, deploymentId, patchOperations })).toHaveProperty('description', 'new-description')
})
