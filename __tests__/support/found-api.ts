import {
  APIGatewayClient, CreateApiKeyCommand, CreateAuthorizerCommand, CreateDeploymentCommand, CreateModelCommand, CreateRequestValidatorCommand, CreateResourceCommand,
  CreateRestApiCommand, CreateUsagePlanCommand, CreateUsagePlanKeyCommand, PutGatewayResponseCommand, PutIntegrationCommand, PutIntegrationResponseCommand,
  PutMethodCommand, PutMethodResponseCommand, UpdateStageCommand,
} from '@aws-sdk/client-api-gateway'
import type { FreshAccount } from '../../local-aws/testing.ts'

/** A small API of somebody else's, with one resource and a stage `live`, whose ids are all told apart by `withoutIds`. */
export async function makeSmallApi({ client }: FreshAccount): Promise<string> {
  const api = new APIGatewayClient(client)
  const { id: restApiId = '', rootResourceId } = await api.send(new CreateRestApiCommand({ name: 'theirs', endpointConfiguration: { types: ['REGIONAL'] } }))
  const { id: resourceId } = await api.send(new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'theirs' }))
  await api.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: 'GET', authorizationType: 'NONE' }))
  await api.send(new PutIntegrationCommand({ restApiId, resourceId, httpMethod: 'GET', type: 'MOCK' }))
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'live' }))
  return restApiId
}

/** An API of somebody else's, with one of each kind of thing and so many resources more, and a stage `live` with a canary. */
export async function makeApi({ client, region, id }: FreshAccount, resources = 3): Promise<{ readonly restApiId: string; readonly api: APIGatewayClient }> {
  const api = new APIGatewayClient(client)
  const made = await api.send(new CreateRestApiCommand({
    name: 'theirs', description: 'By hand', version: '7', binaryMediaTypes: ['image/png'], minimumCompressionSize: 1000, tags: { team: 'web', 'managed-by': 'hand' },
    endpointConfiguration: { types: ['REGIONAL'] },
  }))
  const restApiId = made.id ?? ''
  const resource = async (pathPart: string, parentId = made.rootResourceId): Promise<string> => (await api.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id ?? ''
  const authorizer = await api.send(new CreateAuthorizerCommand({
    restApiId, name: 'theirs', type: 'TOKEN', identitySource: 'method.request.header.Authorization',
    authorizerUri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:${id}:function:auth/invocations`,
  }))
  await api.send(new CreateModelCommand({ restApiId, name: 'Order', contentType: 'application/json', schema: '{"type":"object"}' }))
  const validator = await api.send(new CreateRequestValidatorCommand({ restApiId, name: 'body', validateRequestBody: true }))
  await api.send(new PutGatewayResponseCommand({ restApiId, responseType: 'THROTTLED', statusCode: '429', responseTemplates: { 'application/json': '{"slow":true}' } }))
  const mock = async (resourceId: string, httpMethod: string, more: object = {}): Promise<void> => {
    const at = { restApiId, resourceId, httpMethod }
    await api.send(new PutMethodCommand({ ...at, authorizationType: 'NONE', ...more }))
    await api.send(new PutMethodResponseCommand({ ...at, statusCode: '200', responseModels: { 'application/json': 'Empty' } }))
    await api.send(new PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }))
    await api.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200', responseTemplates: { 'application/json': '{"by":"hand"}' } }))
  }
  const orders = await resource('orders')
  await mock(orders, 'GET', { apiKeyRequired: true })
  await mock(orders, 'POST', { authorizationType: 'CUSTOM', authorizerId: authorizer.id, requestModels: { 'application/json': 'Order' }, requestValidatorId: validator.id })
  await mock(await resource('{id}', orders), 'GET')
  const far = await resource('far')
  await api.send(new PutMethodCommand({ restApiId, resourceId: far, httpMethod: 'ANY', authorizationType: 'AWS_IAM' }))
  await api.send(new PutIntegrationCommand({ restApiId, resourceId: far, httpMethod: 'ANY', type: 'HTTP_PROXY', integrationHttpMethod: 'ANY', uri: 'https://far.example/' }))
  for (let index = 0; index < resources; index++) await mock(await resource(`r${index}`), 'GET')
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'live', description: 'theirs', variables: { colour: 'blue' } }))
  const canary = await api.send(new CreateDeploymentCommand({ restApiId, description: 'canary' }))
  await api.send(new UpdateStageCommand({ restApiId, stageName: 'live', patchOperations: [
    { op: 'replace', path: '/canarySettings/percentTraffic', value: '10' },
    { op: 'replace', path: '/canarySettings/deploymentId', value: canary.id },
    { op: 'replace', path: '/*/*/throttling/rateLimit', value: '7' },
  ] }))
  const plan = await api.send(new CreateUsagePlanCommand({ name: 'theirs', apiStages: [{ apiId: restApiId, stage: 'live' }] }))
  const key = await api.send(new CreateApiKeyCommand({ name: 'theirs', enabled: true }))
  await api.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }))
  return { restApiId, api }
}
