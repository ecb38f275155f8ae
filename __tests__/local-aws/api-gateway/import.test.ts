import { beforeEach, describe, expect, test } from '@jest/globals'
import {
  APIGatewayClient,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  CreateDeploymentCommand,
  GetAuthorizersCommand,
  GetExportCommand,
  GetGatewayResponseCommand,
  GetModelsCommand,
  GetResourcesCommand,
  GetRequestValidatorsCommand,
  GetRestApiCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
  type PutRestApiCommandOutput,
} from '@aws-sdk/client-api-gateway'
import { refusal } from '../lambda/support.ts'
import { freshAccount, type FreshAccount } from '../../support/local-aws.ts'

let account: FreshAccount
let gateway: APIGatewayClient
let restApiId: string
let rootId: string
beforeEach(async () => {
  account = freshAccount()
  await account.control.configure({ rates: false })
  gateway = new APIGatewayClient(account.client)
  const api = await gateway.send(new CreateRestApiCommand({ name: 'before', description: 'kept?', binaryMediaTypes: ['image/heif'], endpointConfiguration: { types: ['REGIONAL'] } }))
  restApiId = api.id ?? ''
  rootId = api.rootResourceId ?? ''
})

const uri = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${AWS::AccountId}:function:f:${stageVariables.alias}/invocations'
const integration = { type: 'aws_proxy', httpMethod: 'POST', uri }
const operation = { responses: {}, 'x-amazon-apigateway-integration': integration }

function documentOf(paths: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { openapi: '3.0.1', info: { title: 'after', version: '1.0.0' }, paths, ...more }
}

function put(document: unknown, options: { mode?: 'merge' | 'overwrite'; failOnWarnings?: boolean; parameters?: Record<string, string> } = {}): Promise<PutRestApiCommandOutput> {
  const body = typeof document === 'string' ? document : JSON.stringify(document)
  return gateway.send(new PutRestApiCommand({ restApiId, body, ...options }))
}

async function routes(): Promise<string[]> {
  const { items = [] } = await gateway.send(new GetResourcesCommand({ restApiId, limit: 500 }))
  return items.flatMap(({ path = '', resourceMethods = {} }) => Object.keys(resourceMethods).map((method) => `${method} ${path}`)).sort()
}

async function resource(path: string) {
  const { items = [] } = await gateway.send(new GetResourcesCommand({ restApiId, limit: 500, embed: ['methods'] }))
  return items.find((item) => item.path === path)
}

describe('PutRestApi', () => {
  test('overwrite leaves exactly the document, and keeps id, root and endpoint', async () => {
    await put(documentOf({ '/old': { get: operation }, '/kept/{id}': { get: operation, post: operation } }), { mode: 'overwrite' })
    const kept = await resource('/kept/{id}')
    const api = await put(documentOf({ '/kept/{id}': { get: operation }, '/new/{proxy+}': { 'x-amazon-apigateway-any-method': operation } }), { mode: 'overwrite' })
    expect(await routes()).toEqual(['ANY /new/{proxy+}', 'GET /kept/{id}'])
    expect(api).toMatchObject({ id: restApiId, rootResourceId: rootId, name: 'after', version: '1.0.0', endpointConfiguration: { types: ['REGIONAL'] } })
    expect(api.description).toBeUndefined()
    expect(api.binaryMediaTypes).toBeUndefined()
    expect(api.warnings).toBeUndefined()
    expect((await resource('/kept/{id}'))?.id).toBe(kept?.id)
  })

  test('merge is the default, keeps what the document does not name, and unites media types', async () => {
    await put(documentOf({ '/old': { get: operation } }))
    const api = await put(documentOf({ '/new': { get: operation } }, { 'x-amazon-apigateway-binary-media-types': ['image/png'] }))
    expect(await routes()).toEqual(['GET /new', 'GET /old'])
    expect(api).toMatchObject({ name: 'after', binaryMediaTypes: ['image/heif', 'image/png'], tags: {} })
  })

  test('a method is written whole, with variables of AWS replaced and those of the stage kept', async () => {
    await put(documentOf({ '/x/{id}': { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], get: { ...operation, operationId: 'GetX' } } }))
    const { resourceMethods: { GET } = {} } = (await resource('/x/{id}')) ?? {}
    expect(GET).toMatchObject({
      operationName: 'GetX',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      requestParameters: { 'method.request.path.id': true },
      methodIntegration: {
        type: 'AWS_PROXY',
        httpMethod: 'POST',
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29_000,
        uri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${account.id}:function:f:\${stageVariables.alias}/invocations`,
      },
    })
  })

  test('a bad path refuses the whole, in the import\'s words', async () => {
    await put(documentOf({ '/a/{id}': { get: operation } }))
    expect(await refusal(put(documentOf({ '/fine': { get: operation }, '/a/{other}': { get: operation }, '/a b': { get: operation } })))).toEqual({
      status: 400,
      name: 'BadRequestException',
      message: expect.stringMatching(
        /^Errors found during import:\n\tUnable to create resource at path '\/a\/\{other\}': A sibling \(\{id\}\) of this resource already has a variable path part -- only one is allowed\n\tUnable to create resource at path '\/a b': Resource's path part only allow/,
      ),
    })
    expect(await routes()).toEqual(['GET /a/{id}'])
    await put(documentOf({ '/a/{other}': { get: operation } }), { mode: 'overwrite' })
    expect(await routes()).toEqual(['GET /a/{other}'])
  })

  test('a bad integration is named with its method and path', async () => {
    const bad = { ...operation, 'x-amazon-apigateway-integration': { ...integration, uri: 'nonsense' } }
    expect(await refusal(put(documentOf({ '/a': { get: bad } })))).toMatchObject({
      message: "Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/a': Invalid ARN specified in the request",
    })
  })

  test.each([['{"bad": "json"}'], ['- bad\n- yaml'], ['{nonsense']])('%s is no OpenAPI, whatever the API', async (body) => {
    expect(await refusal(put(body))).toEqual({ status: 400, name: 'BadRequestException', message: 'Invalid OpenAPI input.' })
    expect(await refusal(gateway.send(new PutRestApiCommand({ restApiId: 'nobody', body })))).toMatchObject({ message: 'Invalid OpenAPI input.' })
    expect(await refusal(gateway.send(new ImportRestApiCommand({ body })))).toMatchObject({ message: 'Invalid OpenAPI input.' })
  })

  const warned = documentOf({ '/test': { get: { responses: {}, 'x-amazon-apigateway-integration': { type: 'mock', requestParameters: { 'integration.request.header.nothing': true } } } } })
  const warning = "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/test' and method 'GET' but got 'true'"

  test('warnings come back, or refuse the whole', async () => {
    expect(await refusal(put(warned, { failOnWarnings: true }))).toMatchObject({ name: 'BadRequestException', message: expect.stringContaining(warning) })
    expect(await routes()).toEqual([])
    expect((await put(warned)).warnings).toEqual([warning])
    expect(await routes()).toEqual(['GET /test'])
  })

  test('a system error half way leaves half, and repeating it mends that', async () => {
    const whole = documentOf({ '/a': { get: operation }, '/b': { get: operation }, '/c': { get: operation }, '/d': { get: operation } })
    await account.control.fault({ operation: 'PutRestApi' }, { kind: 'quirk', name: 'partial-put' })
    expect(await refusal(put(whole, { mode: 'overwrite' }))).toMatchObject({ status: 503 })
    expect(await routes()).toEqual(['GET /a', 'GET /b'])
    await put(whole, { mode: 'overwrite' })
    expect(await routes()).toHaveLength(4)
  })

  test.each([
    [undefined, '/v1/base', 'GET /items'],
    ['prepend', '/v1/base', 'GET /v1/base/items'],
    ['split', '/v1/base', 'GET /base/items'],
  ])('basepath=%s', async (basepath, path, route) => {
    const document = documentOf({ '/items': { get: operation } }, { servers: [{ url: `https://example.com${path}` }] })
    await put(document, { mode: 'overwrite', ...(basepath === undefined ? {} : { parameters: { basepath } }) })
    expect(await routes()).toEqual([route])
  })
})

describe('the extensions', () => {
  const authorizer = { type: 'token', authorizerUri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:a/invocations', authorizerResultTtlInSeconds: 60 }
  const rich = {
    swagger: '2.0',
    info: { title: 'rich', version: 2 },
    paths: {
      '/guarded': { get: { ...operation, security: [{ staff: [] }] } },
      '/keyed': { get: { ...operation, security: [{ api_key: [] }] } },
      '/signed': { get: { ...operation, 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } } },
      '/pets': {
        post: {
          ...operation,
          parameters: [{ in: 'body', name: 'Pet', schema: { $ref: '#/definitions/Pet' } }, { in: 'query', name: 'q' }],
          'x-amazon-apigateway-request-validator': 'all',
        },
        options: {
          responses: { 204: { description: 'CORS', headers: { 'Access-Control-Allow-Origin': { type: 'string' } } } },
          'x-amazon-apigateway-integration': {
            type: 'mock',
            contentHandling: 'CONVERT_TO_TEXT',
            requestTemplates: { 'application/json': '{"statusCode": 204}' },
            responses: { default: { statusCode: 204, responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } } },
          },
        },
      },
    },
    definitions: { Pet: { type: 'object', properties: { owner: { $ref: '#/definitions/Owner' } } }, Owner: { type: 'string' } },
    securityDefinitions: {
      staff: { type: 'apiKey', name: 'Auth', in: 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': authorizer },
      api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    },
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.X': "'*'" } } },
    'x-amazon-apigateway-minimum-compression-size': 1024,
    'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: [] },
  }

  beforeEach(() => put(rich, { mode: 'overwrite' }))

  test('become authorizers, validators, models, responses and properties', async () => {
    const { items: [staff] = [] } = await gateway.send(new GetAuthorizersCommand({ restApiId }))
    expect(staff).toMatchObject({ name: 'staff', type: 'TOKEN', authType: 'custom', identitySource: 'method.request.header.Auth', authorizerResultTtlInSeconds: 60 })
    expect((await resource('/guarded'))?.resourceMethods?.GET).toMatchObject({ authorizationType: 'CUSTOM', authorizerId: staff?.id })
    expect((await resource('/keyed'))?.resourceMethods?.GET).toMatchObject({ authorizationType: 'NONE', apiKeyRequired: true })
    expect((await resource('/signed'))?.resourceMethods?.GET).toMatchObject({ authorizationType: 'AWS_IAM' })
    const { items: [validator] = [] } = await gateway.send(new GetRequestValidatorsCommand({ restApiId }))
    expect((await resource('/pets'))?.resourceMethods?.POST).toMatchObject({ requestValidatorId: validator?.id, requestModels: { 'application/json': 'Pet' } })
    const { items: models = [] } = await gateway.send(new GetModelsCommand({ restApiId }))
    expect(models.map(({ name }) => name).sort()).toEqual(['Owner', 'Pet'])
    expect(models.find(({ name }) => name === 'Pet')?.schema).toContain(`https://apigateway.amazonaws.com/restapis/${restApiId}/models/Owner`)
    expect(await gateway.send(new GetGatewayResponseCommand({ restApiId, responseType: 'DEFAULT_4XX' }))).toMatchObject({ defaultResponse: false })
    expect(await gateway.send(new GetRestApiCommand({ restApiId }))).toMatchObject({ name: 'rich', version: '2', minimumCompressionSize: 1024, policy: expect.stringContaining('2012-10-17') })
    expect((await resource('/pets'))?.resourceMethods?.OPTIONS).toMatchObject({
      methodResponses: { 204: { responseParameters: { 'method.response.header.Access-Control-Allow-Origin': false } } },
      methodIntegration: { type: 'MOCK', contentHandling: 'CONVERT_TO_TEXT', integrationResponses: { 204: { statusCode: '204' } } },
    })
  })

  test('GetExport shows what the stage serves, and its document makes the same API again', async () => {
    const { id: deploymentId } = await gateway.send(new CreateDeploymentCommand({ restApiId }))
    await gateway.send(new CreateStageCommand({ restApiId, stageName: 'dev', deploymentId }))
    await gateway.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: 'later' }))
    const before = await routes()
    const { body, contentType, contentDisposition } = await gateway.send(
      new GetExportCommand({ restApiId, stageName: 'dev', exportType: 'oas30', accepts: 'application/json', parameters: { extensions: 'apigateway' } }),
    )
    expect([contentType, contentDisposition]).toEqual(['application/octet-stream', 'attachment; filename="oas30_2.json"'])
    const text = Buffer.from(body ?? []).toString()
    const exported = JSON.parse(text) as Record<string, unknown>
    expect(exported).toMatchObject({
      openapi: '3.0.1',
      info: { title: 'rich', version: '2' },
      servers: [{ url: `https://${restApiId}.execute-api.eu-west-1.amazonaws.com/{basePath}`, variables: { basePath: { default: 'dev' } } }],
    })
    expect(Object.keys(exported.paths as object).sort()).toEqual(['/guarded', '/keyed', '/pets', '/signed'])
    await put(text, { mode: 'overwrite' })
    expect(await routes()).toEqual(before)
    expect((await resource('/guarded'))?.resourceMethods?.GET).toMatchObject({ authorizationType: 'CUSTOM' })
  })
})

describe('ImportRestApi', () => {
  test('makes an EDGE API of the document alone, or of the type asked for', async () => {
    const body = JSON.stringify(documentOf({ '/a': { get: operation } }))
    const edge = await gateway.send(new ImportRestApiCommand({ body }))
    expect(edge).toMatchObject({ name: 'after', version: '1.0.0', endpointConfiguration: { types: ['EDGE'] } })
    expect(edge.tags).toBeUndefined()
    expect((await gateway.send(new GetModelsCommand({ restApiId: edge.id ?? '' }))).items ?? []).toEqual([])
    const regional = await gateway.send(new ImportRestApiCommand({ body, parameters: { endpointConfigurationTypes: 'REGIONAL' } }))
    expect(regional.endpointConfiguration?.types).toEqual(['REGIONAL'])
  })

  test('refused, leaves nothing', async () => {
    const body = JSON.stringify(documentOf({ '/a b': { get: operation } }))
    expect(await refusal(gateway.send(new ImportRestApiCommand({ body })))).toMatchObject({ name: 'BadRequestException' })
    expect(await account.control.state()).toMatchObject({ apigateway: { 'eu-west-1': { apis: [{ id: restApiId }] } } })
  })
})
