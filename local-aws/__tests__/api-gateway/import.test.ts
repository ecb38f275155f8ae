import { beforeEach, describe, expect, test } from '@jest/globals'
import { GetModelsCommand, ImportRestApiCommand, PutRestApiCommand, type APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { refusal } from '../lambda/support.ts'
import type { FreshAccount } from '../../testing.ts'
import { documentOf, imports, integration, operation, type Imports } from './imports.ts'

let account: FreshAccount
let gateway: APIGatewayClient
let restApiId: string
let rootId: string
let put: Imports['put']
let routes: Imports['routes']
let resource: Imports['resource']
beforeEach(async () => {
  ;({ account, gateway, restApiId, rootId, put, routes, resource } = await imports())
})

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

  test('YAML is read as well as JSON', async () => {
    await put('openapi: 3.0.1\ninfo: { title: yaml, version: "1" }\npaths:\n  /y:\n    get:\n      responses: {}\n      x-amazon-apigateway-integration: { type: mock }\n')
    expect(await routes()).toEqual(['GET /y'])
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
