import { beforeEach, describe, expect, test } from '@jest/globals'
import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateStageCommand,
  GetAuthorizersCommand,
  GetExportCommand,
  GetGatewayResponseCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetRestApiCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway'
import { imports, operation, type Imports } from './imports.ts'

let gateway: APIGatewayClient
let restApiId: string
let rootId: string
let put: Imports['put']
let routes: Imports['routes']
let resource: Imports['resource']
beforeEach(async () => {
  ;({ gateway, restApiId, rootId, put, routes, resource } = await imports())
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

  test('GetExport speaks Swagger too, and leaves the extensions out unless asked', async () => {
    const { id: deploymentId } = await gateway.send(new CreateDeploymentCommand({ restApiId }))
    await gateway.send(new CreateStageCommand({ restApiId, stageName: 'dev', deploymentId }))
    const { body } = await gateway.send(new GetExportCommand({ restApiId, stageName: 'dev', exportType: 'swagger', accepts: 'application/json' }))
    const text = Buffer.from(body ?? []).toString()
    expect(JSON.parse(text)).toMatchObject({
      swagger: '2.0',
      host: `${restApiId}.execute-api.eu-west-1.amazonaws.com`,
      basePath: '/dev',
      schemes: ['https'],
      paths: { '/pets': { post: { parameters: expect.arrayContaining([expect.objectContaining({ in: 'body', name: 'Pet' })]) } } },
      definitions: { Pet: { properties: { owner: { $ref: '#/definitions/Owner' } } }, Owner: { type: 'string' } },
    })
    expect(text).not.toContain('x-amazon-apigateway')
  })
})
