import {
  CreateAuthorizerCommand, CreateModelCommand, CreateRequestValidatorCommand, PutGatewayResponseCommand, type APIGatewayClient,
} from '@aws-sdk/client-api-gateway'
import type { FreshAccount } from '../../local-aws/testing.ts'

interface At {
  readonly restApiId: string
  readonly api: APIGatewayClient
}

/** What the methods of an API have in common, as ids and names. */
export interface Shared {
  readonly token: string
  readonly request: string
  readonly cognito: string
  readonly body: string
  readonly everything: string
  readonly models: readonly string[]
}

/** Where API Gateway reaches a function of somebody else's, which need not exist. */
export function foreignFunction({ region, id }: FreshAccount, name: string): string {
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:${id}:function:${name}/invocations`
}

/** Authorizers of all three kinds, models, validators and gateway responses. */
export async function makeShared(account: FreshAccount, { restApiId, api }: At): Promise<Shared> {
  const authorizer = async (input: Omit<ConstructorParameters<typeof CreateAuthorizerCommand>[0], 'restApiId'>): Promise<string> =>
    (await api.send(new CreateAuthorizerCommand({ restApiId, ...input }))).id ?? ''
  const validator = async (name: string, validateRequestParameters: boolean): Promise<string> =>
    (await api.send(new CreateRequestValidatorCommand({ restApiId, name, validateRequestBody: true, validateRequestParameters }))).id ?? ''
  const models = {
    Order: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, amount: { type: 'integer', minimum: 1 } } },
    Orders: { type: 'array', items: { $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Order` } },
    Note: { type: 'object', properties: { text: { type: 'string' } } },
  }
  for (const [name, schema] of Object.entries(models)) {
    const input = { restApiId, name, contentType: 'application/json', description: `A model: ${name}`, schema: JSON.stringify(schema) }
    await api.send(new CreateModelCommand(input))
  }
  await makeGatewayResponses({ restApiId, api })
  return {
    token: await authorizer({
      name: 'token', type: 'TOKEN', authorizerUri: foreignFunction(account, 'auth'), identitySource: 'method.request.header.Authorization',
      identityValidationExpression: '^Bearer ', authorizerResultTtlInSeconds: 60,
    }),
    request: await authorizer({
      name: 'request', type: 'REQUEST', authorizerUri: foreignFunction(account, 'auth'), authorizerResultTtlInSeconds: 0,
      identitySource: 'method.request.header.X-User,method.request.querystring.token',
    }),
    cognito: await authorizer({
      name: 'pool', type: 'COGNITO_USER_POOLS', identitySource: 'method.request.header.Authorization',
      providerARNs: [`arn:aws:cognito-idp:${account.region}:${account.id}:userpool/${account.region}_abcdefghi`],
    }),
    body: await validator('body', false),
    everything: await validator('everything', true),
    models: Object.keys(models),
  }
}

async function makeGatewayResponses({ restApiId, api }: At): Promise<void> {
  const responses = [
    { responseType: 'THROTTLED', statusCode: '429', responseTemplates: { 'application/json': '{"slow":true}' } },
    { responseType: 'DEFAULT_4XX', responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } },
    { responseType: 'UNAUTHORIZED', statusCode: '401', responseParameters: { 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" } },
    { responseType: 'MISSING_AUTHENTICATION_TOKEN', statusCode: '404', responseTemplates: { 'application/json': '{"message":"no such path"}' } },
  ] as const
  for (const response of responses) await api.send(new PutGatewayResponseCommand({ restApiId, ...response }))
}
