import {
  CreateDeploymentCommand, CreateResourceCommand, DeleteRestApiCommand, ImportRestApiCommand, UpdateRestApiCommand, UpdateStageCommand, type APIGatewayClient,
} from '@aws-sdk/client-api-gateway'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import type { ClientConfig } from '../../local-aws/testing.ts'
import type { Random } from '../support/random.ts'
import { prefixesOf, type Paths } from './tree.ts'

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }

/** The role that the functions of all cases run with. */
export async function makeRole(client: ClientConfig): Promise<string> {
  const { Role } = await new IAMClient(client).send(new CreateRoleCommand({ RoleName: 'handed', AssumeRolePolicyDocument: JSON.stringify(trust) }))
  return Role?.Arn ?? ''
}

/** Makes an API with a tree, in few calls: what a document says comes by one, and what it cannot say by others. */
export async function makeRandomApi(api: APIGatewayClient, random: Random, tree: Paths): Promise<string> {
  const body = Buffer.from(JSON.stringify(document(random, tree)))
  const { id: restApiId = '', rootResourceId } = await api.send(new ImportRestApiCommand({ body, parameters: { endpointConfigurationTypes: 'REGIONAL' } }))
  if (random.chance(0.3)) await api.send(new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'nobody' }))
  if (random.chance(0.3)) await api.send(new UpdateRestApiCommand({ restApiId, patchOperations: [{ op: 'replace', path: '/name', value: 'renamed' }] }))
  const hasMethods = [...tree.values()].some((methods) => methods.length > 0)
  if (hasMethods && random.chance(0.7)) await makeStage(api, restApiId, random)
  return restApiId
}

/** Takes it away with everything in it. */
export async function removeApi(api: APIGatewayClient, restApiId: string): Promise<void> {
  await api.send(new DeleteRestApiCommand({ restApiId }))
}

async function makeStage(api: APIGatewayClient, restApiId: string, random: Random): Promise<void> {
  const variables = random.chance(0.5) ? { colour: 'blue', shop_alias: 'theirs' } : undefined
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'live', variables }))
  if (!random.chance(0.4)) return
  const { id: value } = await api.send(new CreateDeploymentCommand({ restApiId, description: random.pick(['canary', 'lambda-api-deploy']) }))
  const patchOperations = [
    { op: 'replace', path: '/canarySettings/percentTraffic', value: '5' }, { op: 'replace', path: '/canarySettings/deploymentId', value },
    { op: 'replace', path: '/*/*/throttling/rateLimit', value: '9' },
  ] as const
  await api.send(new UpdateStageCommand({ restApiId, stageName: 'live', patchOperations: [...patchOperations] }))
}

function document(random: Random, tree: Paths): object {
  const paths = [...tree].map(([path, methods]) => [path, Object.fromEntries(methods.map((method) => [verb(method), operation(random, { path, method })]))])
  return {
    openapi: '3.0.1', info: { title: 'theirs', version: random.pick(['1', '2.3', '1.0']), ...(random.chance(0.5) ? { description: 'By a document' } : {}) },
    paths: Object.fromEntries(paths) as object,
    components: {
      schemas: { Order: { type: 'object', properties: { id: { type: 'string' } } } },
      securitySchemes: {
        key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
        token: {
          type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom',
          'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:auth/invocations' },
        },
      },
    },
    'x-amazon-apigateway-request-validators': { body: { validateRequestBody: true, validateRequestParameters: false } },
    'x-amazon-apigateway-gateway-responses': random.chance(0.5) ? { THROTTLED: { statusCode: 429, responseTemplates: { 'application/json': '{}' } } } : {},
    ...(random.chance(0.5) ? { 'x-amazon-apigateway-binary-media-types': ['image/png'] } : {}),
  }
}

const verb = (method: string): string => (method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase())

function operation(random: Random, { path, method }: { readonly path: string; readonly method: string }): object {
  const security = random.pick([undefined, [{ key: [] }], [{ token: [] }]])
  const hasModel = random.chance(0.3) && ['POST', 'PUT', 'PATCH'].includes(method)
  return {
    // A name of others, which may look like ours but for the service.
    ...(random.chance(0.3) ? { operationId: `${random.pick(['theirs', 'lambda-api-deploy-shopping'])}-${method}-${Buffer.from(path).toString('hex')}` } : {}),
    ...(security === undefined ? {} : { security }),
    ...(hasModel ? { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } }, 'x-amazon-apigateway-request-validator': 'body' } : {}),
    parameters: prefixesOf(path).flatMap((each) => /\{(\w+)\+?\}$/.exec(each)?.[1] ?? []).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    responses: { 200: { description: 'It worked', content: { 'application/json': { schema: { type: 'object' } } } } },
    'x-amazon-apigateway-integration': random.pick([
      { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' }, responses: { default: { statusCode: '200' } } },
      { type: 'http_proxy', httpMethod: 'GET', uri: 'https://far.example/', timeoutInMillis: 4000 },
      { type: 'aws_proxy', httpMethod: 'POST', uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:theirs/invocations' },
      { type: 'http', httpMethod: 'POST', uri: 'https://${stageVariables.far}/x', requestTemplates: { 'application/json': '#set($a = 1)\n{"a":$a}' }, responses: { default: { statusCode: '200' } } },
    ]),
  }
}
