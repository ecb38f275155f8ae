import {
  PutIntegrationCommand, PutIntegrationResponseCommand, PutMethodCommand, PutMethodResponseCommand, type APIGatewayClient,
  type PutIntegrationCommandInput, type PutMethodCommandInput,
} from '@aws-sdk/client-api-gateway'
import type { FreshAccount } from '../../local-aws/testing.ts'
import { foreignFunction, type Shared } from './foreign-shared.ts'

type Place = 'restApiId' | 'resourceId' | 'httpMethod'

/** A method of somebody else's, without the place where it stands. */
export interface ForeignMethod {
  readonly method: Omit<PutMethodCommandInput, Place>
  readonly integration: Omit<PutIntegrationCommandInput, Place>
  /** Header and template of its answer, where it has one. */
  readonly response?: { readonly parameters?: Readonly<Record<string, string>>; readonly templates?: Readonly<Record<string, string>> }
}

interface At {
  readonly restApiId: string
  readonly api: APIGatewayClient
}

/** Makes one method of the next kind on every resource, and the console's CORS mock on every third. */
export async function makeMethods(
  account: FreshAccount, at: At, { resources, shared }: { readonly resources: readonly string[]; readonly shared: Shared },
): Promise<void> {
  const kinds = methodKinds(account, shared)
  for (const [index, resourceId] of resources.entries()) {
    const kind = kinds[index % kinds.length]
    if (kind !== undefined) await putForeignMethod(at, { resourceId, httpMethod: index % 7 === 6 ? 'ANY' : 'GET' }, kind)
    if (index % 3 === 0) await putForeignMethod(at, { resourceId, httpMethod: 'OPTIONS' }, cors)
  }
}

/** The calls that make one method whole. */
export async function putForeignMethod(
  { restApiId, api }: At, place: { readonly resourceId: string; readonly httpMethod: string }, { method, integration, response }: ForeignMethod,
): Promise<void> {
  const at = { restApiId, ...place }
  await api.send(new PutMethodCommand({ ...at, ...method }))
  await api.send(new PutIntegrationCommand({ ...at, ...integration }))
  if (response === undefined) return
  const { parameters = {}, templates } = response
  const responseParameters = Object.fromEntries(Object.keys(parameters).map((name) => [name, false]))
  await api.send(new PutMethodResponseCommand({ ...at, statusCode: '200', responseParameters, responseModels: { 'application/json': 'Empty' } }))
  await api.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200', responseParameters: parameters, responseTemplates: templates }))
}

/** As the console's "Enable CORS" makes it. */
const cors: ForeignMethod = {
  method: { authorizationType: 'NONE' },
  integration: { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' }, contentHandling: 'CONVERT_TO_TEXT' },
  response: { parameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'" } },
}

/** Methods of every type of integration and of every kind of authorization, no two with the same members set. */
export function methodKinds(account: FreshAccount, shared: Shared): readonly ForeignMethod[] {
  const { region, id } = account
  return [
    {
      method: { authorizationType: 'NONE' },
      integration: { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } },
      response: { templates: { 'application/json': '{"by":"hand","colour":"$stageVariables.colour"}', 'application/xml': '#set($root = $input.path("$"))\n<by>hand</by>' } },
    },
    {
      method: { authorizationType: 'CUSTOM', authorizerId: shared.token, requestParameters: { 'method.request.header.X-Trace': true }, requestValidatorId: shared.everything },
      integration: {
        type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'https://${stageVariables.backend}/things', timeoutInMillis: 5000,
        requestParameters: { 'integration.request.header.X-Trace': 'method.request.header.X-Trace' }, tlsConfig: { insecureSkipVerification: true },
      },
    },
    {
      method: { authorizationType: 'CUSTOM', authorizerId: shared.request, apiKeyRequired: true },
      integration: { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: foreignFunction(account, 'theirs') },
    },
    {
      method: { authorizationType: 'COGNITO_USER_POOLS', authorizerId: shared.cognito, authorizationScopes: ['shop/read', 'shop/write'] },
      integration: {
        type: 'AWS', integrationHttpMethod: 'POST', uri: `arn:aws:apigateway:${region}:sqs:path/${id}/orders`, credentials: `arn:aws:iam::${id}:role/theirs`,
        requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" }, passthroughBehavior: 'NEVER',
        requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
      },
      response: { parameters: { 'method.response.header.X-Queue': 'integration.response.header.x-amzn-requestid' }, templates: { 'application/json': '{"queued":true}' } },
    },
    {
      method: {
        authorizationType: 'AWS_IAM', requestModels: { 'application/json': 'Order' }, requestValidatorId: shared.body, operationName: undefined,
        requestParameters: { 'method.request.querystring.page': false },
      },
      integration: {
        type: 'HTTP', integrationHttpMethod: 'POST', uri: 'https://far.example/orders', cacheKeyParameters: ['method.request.querystring.page'], cacheNamespace: 'orders',
        requestParameters: { 'integration.request.querystring.page': 'method.request.querystring.page' }, contentHandling: 'CONVERT_TO_TEXT',
        requestTemplates: { 'application/json': '{"order":$input.json("$.id")}', 'application/xml': '$input.body' },
      },
      response: { templates: { 'application/json': '$input.json("$")' } },
    },
  ]
}
