import { beforeEach, describe, expect, test } from '@jest/globals'
import { newApi, newCaller, type Caller } from './caller.ts'

const LAMBDA = 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f'

let caller: Caller
let at: { restApiId: string; resourceId: string; httpMethod: string }
beforeEach(async () => {
  caller = await newCaller()
  const { restApiId, petsId } = await newApi(caller)
  at = { restApiId, resourceId: petsId, httpMethod: 'POST' }
})

const patches = (op: string, path: string, value?: string) => ({ ...at, patchOperations: [{ op, path, value }] })

describe('PutMethod', () => {
  test('answers as recorded, once', async () => {
    const method = await caller.call('PutMethod', { ...at, authorizationType: 'NONE', operationName: 'CreatePet' })
    expect(method).toEqual({ httpMethod: 'POST', authorizationType: 'NONE', apiKeyRequired: false, operationName: 'CreatePet' })
    expect(await caller.refusal('PutMethod', { ...at, authorizationType: 'NONE' })).toBe('409 ConflictException: Method already exists for this resource')
  })

  test.each([
    [{ restApiId: 'nobody' }, '404 NotFoundException: Invalid Resource identifier specified'],
    [{ resourceId: 'nobody' }, '404 NotFoundException: Invalid Resource identifier specified'],
    [{ httpMethod: 'FETCH' }, '400 BadRequestException: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY'],
    [
      { authorizationType: 'CUSTOM' },
      '400 BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    ],
    [{ requestValidatorId: 'nobody' }, '400 BadRequestException: Invalid Request Validator identifier specified'],
    [{ requestModels: { 'application/json': 'petModel' } }, '400 BadRequestException: Invalid model identifier specified: petModel'],
    [
      { requestParameters: { 'method.request.querystring.q': true, 'method.request.header.q': true } },
      '400 BadRequestException: Parameter names must be unique across querystring, header and path',
    ],
  ])('refuses %j', async (members, text) => {
    expect(await caller.refusal('PutMethod', { ...at, authorizationType: 'NONE', ...members })).toBe(text)
  })
})

describe('UpdateMethod', () => {
  beforeEach(() => caller.call('PutMethod', { ...at, authorizationType: 'NONE', apiKeyRequired: true }))

  test('sets, replaces and removes', async () => {
    await caller.call('UpdateMethod', patches('add', '/requestParameters/method.request.querystring.optional', 'true'))
    const added = await caller.call('UpdateMethod', patches('add', '/requestModels/application~1json', 'Empty'))
    expect(added).toMatchObject({ requestModels: { 'application/json': 'Empty' }, requestParameters: { 'method.request.querystring.optional': true } })
    const removed = await caller.call('UpdateMethod', patches('remove', '/requestModels/application~1json'))
    expect(removed.requestModels).toBeUndefined()
    const wrongBoolean = await caller.call('UpdateMethod', patches('replace', '/apiKeyRequired', 'whatever'))
    expect(wrongBoolean.apiKeyRequired).toBe(false)
    const dropped = await caller.call('UpdateMethod', patches('replace', '/authorizerId', 'abc'))
    expect(dropped.authorizerId).toBeUndefined()
  })

  test.each([
    ['add', '/apiKeyRequired', 'true', 'Invalid patch operation specified. Must be one of: [replace]'],
    ['replace', '/httpMethod', 'GET', 'Invalid patch path /httpMethod'],
    ['replace', '/requestParameters', 'x', 'Invalid patch path /requestParameters'],
    ['add', '/requestModels/application/json', 'Empty', 'Invalid patch path /requestModels/application/json'],
    [
      'replace',
      '/authorizationType',
      'CUSTOM',
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    ],
    ['replace', '/requestValidatorId', 'abc', 'Invalid Request Validator identifier specified'],
  ])('refuses %s %s', async (...[op, path, value, text]) => {
    expect(await caller.refusal('UpdateMethod', patches(op, path, value))).toBe(`400 BadRequestException: ${text}`)
  })

  test('DeleteMethod works once', async () => {
    await caller.call('DeleteMethod', at)
    for (const operation of ['DeleteMethod', 'GetMethod']) {
      expect(await caller.refusal(operation, at)).toBe('404 NotFoundException: Invalid Method identifier specified')
    }
  })
})

describe('PutIntegration', () => {
  beforeEach(() => caller.call('PutMethod', { ...at, authorizationType: 'NONE' }))
  const proxy = { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: `${LAMBDA}/invocations` }

  test('answers as recorded and replaces', async () => {
    const integration = await caller.call('PutIntegration', { ...at, ...proxy })
    expect(integration).toEqual({
      type: 'AWS_PROXY',
      httpMethod: 'POST',
      uri: proxy.uri,
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29_000,
      cacheNamespace: at.resourceId,
      cacheKeyParameters: [],
    })
    const second = await caller.call('PutIntegration', { ...at, type: 'HTTP', integrationHttpMethod: 'GET', uri: 'http://example.com' })
    expect(second).toMatchObject({ type: 'HTTP', connectionType: 'INTERNET' })
  })

  test.each([`${LAMBDA}/invocations`, `${LAMBDA}:live/invocations`, `${LAMBDA}:\${stageVariables.alias}/invocations`])('takes %s', async (uri) => {
    expect(await caller.call('PutIntegration', { ...at, ...proxy, uri })).toHaveProperty('uri', uri)
  })

  const onlyLambda = "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."
  test.each([
    [{ integrationHttpMethod: undefined }, 'Enumeration value for HttpMethod must be non-empty'],
    [{ uri: 'not-an-arn' }, 'Invalid ARN specified in the request'],
    [{ uri: 'arn:aws:lambda:eu-west-1:123456789012:function:f' }, 'AWS ARN for integration must contain path or action'],
    [{ uri: 'arn:aws:apigateway:eu-west-1:s3:path/b/k' }, onlyLambda],
    [{ uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations' }, onlyLambda],
    [{ type: 'HTTP_PROXY', uri: 'ftp://x' }, 'Invalid HTTP endpoint specified for URI'],
    [{ timeoutInMillis: 30_000 }, 'Timeout should be between 50 ms and 29000 ms'],
    [
      { requestParameters: { 'integration.request.path.x': 'true' } },
      'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]',
    ],
    [
      { requestParameters: { 'integration.request.path.x': 'method.request.path.x' } },
      'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.request.path.x]',
    ],
  ])('refuses %j', async (members, text) => {
    expect(await caller.refusal('PutIntegration', { ...at, ...proxy, ...members })).toBe(`400 BadRequestException: ${text}`)
  })

  test('needs its method, and DeleteIntegration works once', async () => {
    expect(await caller.refusal('PutIntegration', { ...at, ...proxy, httpMethod: 'PUT' })).toBe('404 NotFoundException: Invalid Method identifier specified')
    await caller.call('PutIntegration', { ...at, ...proxy })
    await caller.call('DeleteIntegration', at)
    for (const operation of ['DeleteIntegration', 'GetIntegration']) {
      expect(await caller.refusal(operation, at)).toBe('404 NotFoundException: Invalid Integration identifier specified')
    }
  })
})

describe('responses', () => {
  beforeEach(async () => {
    await caller.call('PutMethod', { ...at, authorizationType: 'NONE' })
    await caller.call('PutMethodResponse', { ...at, statusCode: '200', responseParameters: { 'method.response.header.X': true } })
  })

  test('PutMethodResponse works once, updates as recorded', async () => {
    expect(await caller.refusal('PutMethodResponse', { ...at, statusCode: '200' })).toBe('409 ConflictException: Response already exists for this resource')
    const update = (op: string, path: string) => caller.refusal('UpdateMethodResponse', { ...patches(op, path), statusCode: '200' })
    expect(await update('remove', '/responseParameters/method.response.header.Y')).toBe('404 NotFoundException: Invalid parameter name specified')
    expect(await update('remove', '/responseModels/text~1xml')).toBe('404 NotFoundException: Content-Type specified was not found')
    expect(await update('add', '/wrong/x')).toBe('400 BadRequestException: Invalid patch path /wrong/x')
    expect(await caller.refusal('GetMethodResponse', { ...at, statusCode: '404' })).toBe('404 NotFoundException: Invalid Response status code specified')
  })

  test('PutIntegrationResponse needs an integration and declared headers, and replaces', async () => {
    const response = { ...at, statusCode: '200', responseParameters: { 'method.response.header.X': "'*'" } }
    expect(await caller.refusal('PutIntegrationResponse', response)).toBe('404 NotFoundException: Invalid Integration identifier specified')
    await caller.call('PutIntegration', { ...at, type: 'MOCK' })
    await caller.call('PutIntegrationResponse', response)
    const second = await caller.call('PutIntegrationResponse', { ...response, responseTemplates: { 'application/json': '' } })
    expect(second.responseTemplates).toEqual({ 'application/json': null })
    expect(await caller.refusal('PutIntegrationResponse', { ...response, responseParameters: { 'method.response.header.Y': "'*'" } })).toMatch(
      /Invalid mapping expression parameter specified: method\.response\.header\.Y\]$/,
    )
    expect(await caller.refusal('PutIntegrationResponse', { ...response, responseTemplates: { 123: 'x' } })).toBe(
      '400 BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    )
    expect(await caller.refusal('DeleteIntegrationResponse', { ...at, httpMethod: 'PUT', statusCode: '200' })).toBe(
      '404 NotFoundException: Invalid Integration identifier specified',
    )
  })
})
