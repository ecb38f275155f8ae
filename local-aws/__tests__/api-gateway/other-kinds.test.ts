import { beforeEach, describe, expect, test } from '@jest/globals'
import { duringFirst } from '../support/in-flight.ts'
import { newApi, newCaller, newStage, type Caller } from './caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await newCaller()
})

test('models: two defaults, refusals as recorded, a used one stays', async () => {
  const { restApiId, petsId } = await newApi(caller)
  const { items } = await caller.call('GetModels', { restApiId })
  expect((items as { name: string }[]).map(({ name }) => name).sort()).toEqual(['Empty', 'Error'])
  const model = { restApiId, name: 'Pet', contentType: 'application/json', schema: '{"type":"object"}' }
  await caller.call('CreateModel', model)
  expect(await caller.refusal('CreateModel', model)).toBe('409 ConflictException: Model name already exists for this REST API')
  expect(await caller.refusal('CreateModel', { ...model, name: '' })).toBe('400 BadRequestException: Model name must be non-empty')
  expect(await caller.refusal('CreateModel', { ...model, name: 'Other', schema: '' })).toBe(
    '400 BadRequestException: Model schema must have at least 1 property or array items defined',
  )
  expect(await caller.refusal('GetModel', { restApiId, modelName: 'MySchema' })).toBe('404 NotFoundException: Invalid model name specified: MySchema')
  await caller.call('PutMethod', { restApiId, resourceId: petsId, httpMethod: 'ANY', authorizationType: 'NONE', requestModels: { 'application/json': 'Pet' } })
  expect(await caller.refusal('DeleteModel', { restApiId, modelName: 'Pet' })).toBe(
    "409 ConflictException: Cannot delete model 'Pet', is referenced in method request: /pets/ANY",
  )
})

test('request validators live and die as recorded', async () => {
  const { restApiId } = await newApi(caller)
  expect(await caller.refusal('CreateRequestValidator', { restApiId: 'api_id' })).toBe('400 BadRequestException: Invalid REST API identifier specified')
  const { id: requestValidatorId } = await caller.call('CreateRequestValidator', { restApiId, name: 'all' })
  const patch = (op: string, path: string, value?: string) => ({ restApiId, requestValidatorId, patchOperations: [{ op, path, value }] })
  expect(await caller.call('UpdateRequestValidator', patch('replace', '/validateRequestBody', 'true'))).toHaveProperty('validateRequestBody', true)
  expect(await caller.call('UpdateRequestValidator', patch('replace', '/validateRequestBody'))).toHaveProperty('validateRequestBody', false)
  expect(await caller.refusal('UpdateRequestValidator', patch('replace', '/invalidPath', 'true'))).toBe(
    "400 BadRequestException: Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
  )
  expect(await caller.refusal('UpdateRequestValidator', patch('replace', '/name', ''))).toBe('400 BadRequestException: Request Validator name cannot be blank')
  await caller.call('DeleteRequestValidator', { restApiId, requestValidatorId })
  expect(await caller.refusal('GetRequestValidator', { restApiId, requestValidatorId })).toBe(
    '404 NotFoundException: Invalid Request Validator identifier specified',
  )
})

test('authorizers: an unknown API reads as a passing conflict', async () => {
  const authorizer = { name: 'a', type: 'TOKEN', identitySource: 'method.request.header.Auth', authorizerUri: 'arn:aws:apigateway:x' }
  expect(await caller.refusal('CreateAuthorizer', { restApiId: 'nobody', ...authorizer })).toBe(
    '409 ConflictException: Unable to complete operation due to concurrent modification. Please try again later.',
  )
  const { restApiId } = await newApi(caller)
  const made = await caller.call('CreateAuthorizer', { restApiId, ...authorizer })
  expect(made).toMatchObject({ authType: 'custom', type: 'TOKEN' })
  expect(await caller.refusal('GetAuthorizer', { restApiId, authorizerId: 'nobody' })).toBe('404 NotFoundException: Invalid Authorizer identifier specified')
})

describe('gateway responses', () => {
  test('all types are there before anyone puts one; a default colours its class', async () => {
    const { restApiId } = await newApi(caller)
    const { items } = await caller.call('GetGatewayResponses', { restApiId })
    expect(items).toHaveLength(21)
    await caller.call('PutGatewayResponse', { restApiId, responseType: 'DEFAULT_5XX', statusCode: '599' })
    expect(await caller.call('GetGatewayResponse', { restApiId, responseType: 'INTEGRATION_FAILURE' })).toMatchObject({ statusCode: '599', defaultResponse: true })
    expect(await caller.call('GetGatewayResponse', { restApiId, responseType: 'THROTTLED' })).toMatchObject({ statusCode: '429', defaultResponse: true })
    await caller.call('DeleteGatewayResponse', { restApiId, responseType: 'DEFAULT_5XX' })
    expect(await caller.refusal('DeleteGatewayResponse', { restApiId, responseType: 'DEFAULT_5XX' })).toBe(
      '404 NotFoundException: Gateway response type not defined on api',
    )
  })

  test.each([
    ['add', '/statusCode', '404', '400 BadRequestException: Invalid patch path /statusCode'],
    ['replace', '/responseParameters/gatewayresponse.header.x', 'y', '404 NotFoundException: Invalid parameter name specified'],
    ['replace', undefined, 'y', '400 BadRequestException: Invalid patch path null'],
    ['add', '/responseTemplates/application~1json', undefined, '400 BadRequestException: Invalid null or empty value in responseTemplates'],
  ])('UpdateGatewayResponse refuses %s %s', async (...[op, path, value, text]) => {
    const { restApiId } = await newApi(caller)
    expect(await caller.refusal('UpdateGatewayResponse', { restApiId, responseType: 'DEFAULT_4XX', patchOperations: [{ op, path, value }] })).toBe(text)
  })
})

test('API keys and usage plans', async () => {
  const { restApiId } = await newStage(caller)
  expect(await caller.refusal('CreateApiKey', { value: 'short' })).toBe('400 BadRequestException: API Key value should be at least 20 characters')
  const key = await caller.call('CreateApiKey', { name: 'testKey', enabled: true })
  expect((await caller.call('GetApiKeys', { nameQuery: 'test' })).items).toHaveLength(1)
  expect((await caller.call('GetApiKeys', { nameQuery: 'Key' })).items).toHaveLength(0)
  expect(((await caller.call('GetApiKeys', {})).items as object[])[0]).not.toHaveProperty('value')
  const plan = await caller.call('CreateUsagePlan', { name: 'p', apiStages: [{ apiId: restApiId, stage: 'dev' }] })
  expect(await caller.call('CreateUsagePlanKey', { usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' })).toMatchObject({ value: key.value })
  const patch = (value: string) => ({ usagePlanId: plan.id, patchOperations: [{ op: 'add', path: '/apiStages', value }] })
  expect(await caller.refusal('UpdateUsagePlan', patch('nonsense'))).toBe('400 BadRequestException: Invalid API Stage specified')
  expect(await caller.refusal('UpdateUsagePlan', patch(`${restApiId}:nobody`))).toBe(
    `404 NotFoundException: Invalid API Stage {api: ${restApiId}, stage: nobody} specified for usageplan ${String(plan.id)}`,
  )
  expect((await caller.call('GetUsagePlanKeys', { usagePlanId: 'nobody' })).items).toEqual([])
})

describe('one write at a time', () => {
  const add = (api: { restApiId: string; rootId: string }, pathPart: string) =>
    caller.call('CreateResource', { restApiId: api.restApiId, parentId: api.rootId, pathPart }).then(() => 'taken', (error: Error) => `${error.name}: ${error.message}`)

  test('of two to the same API that overlap, the later one is refused', async () => {
    const api = await newApi(caller)
    const refused = 'ConflictException: Unable to complete operation due to concurrent modification. Please try again later.'
    expect(await duringFirst(caller.account.control, [() => add(api, 'a'), () => add(api, 'b')])).toEqual(['taken', refused])
    expect(await add(api, 'c')).toBe('taken')
  })

  test('reads and other APIs do not count', async () => {
    const [one, other] = [await newApi(caller), await newApi(caller)]
    const read = () => caller.call('GetResources', { restApiId: one.restApiId }).then(() => 'read')
    expect(await duringFirst(caller.account.control, [read, () => add(one, 'a')])).toEqual(['read', 'taken'])
    expect(await duringFirst(caller.account.control, [() => add(one, 'b'), read, () => add(other, 'a')])).toEqual(['taken', 'read', 'taken'])
  })
})
