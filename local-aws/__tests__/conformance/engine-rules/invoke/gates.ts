import type { JsonObject, Step } from '../../rows.ts'
import { api, answeringMock, deployed, functionUri, invoke, method, onApi, onRoot, patched, replace, said } from '../gateway-steps.ts'
import { permit, python, withCode } from '../lambda-steps.ts'
import { agrees, differs, step } from '../rule.ts'

const answers = [
  onRoot('PutIntegration', { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }),
  onRoot('PutMethodResponse', { statusCode: '200' }),
  onRoot('PutIntegrationResponse', { statusCode: '200' }),
]
// Another header than Authorization, which tells the engine whose the request is.
const withToken = { headers: { 'X-Token': 'token' } }
const token = { name: 'a', type: 'TOKEN', authorizerUri: functionUri('f'), identitySource: 'method.request.header.X-Token' }

/** Steps 0 to …: a mock behind a Lambda authorizer whose handler has these lines. */
const guarded = (line: string, authorizer: JsonObject = {}, permission = permit()): Step[] => [
  api(),
  ...withCode(python(line)),
  permission,
  onApi('CreateAuthorizer', { ...token, ...authorizer }),
  method({ authorizationType: 'CUSTOM', authorizerId: '{{4.id}}' }),
  ...answers,
  deployed(),
]
const policy = (effect: string): string => {
  const statement = `{'Action': 'execute-api:Invoke', 'Effect': '${effect}', 'Resource': event['methodArn']}`
  return `return {'principalId': 'p', 'policyDocument': {'Version': '2012-10-17', 'Statement': [${statement}]}}`
}
const broken = { status: 500 }
// The engine looks for a key in all accounts, so it must be no other test's.
const key = '{{account}}{{account}}'

/** Lambda authorizers (developer guide, Lambda authorizers). */
export const lambdaAuthorizers = [
  agrees({
    fact: 'a policy that allows',
    source: 'developer guide, Lambda authorizers',
    given: guarded(policy('Allow')),
    when: invoke('/', withToken),
    answer: { status: 200 },
  }),
  agrees({
    fact: 'a policy that denies',
    source: 'developer guide, Lambda authorizers',
    given: guarded(policy('Deny')),
    when: invoke('/', withToken),
    answer: { status: 403 },
  }),
  agrees({
    fact: 'a request without the token',
    source: 'developer guide, Lambda authorizers',
    given: guarded(policy('Allow')),
    when: invoke(),
    answer: said(401, 'Unauthorized'),
  }),
  agrees({
    fact: 'a token that the pattern refuses',
    source: 'developer guide, identityValidationExpression',
    given: guarded(policy('Allow'), { identityValidationExpression: '^Bearer ' }),
    when: invoke('/', withToken),
    answer: said(401, 'Unauthorized'),
  }),
  agrees({
    fact: 'an authorizer that raises "Unauthorized"',
    source: 'developer guide, Lambda authorizers',
    given: guarded("raise Exception('Unauthorized')"),
    when: invoke('/', withToken),
    answer: said(401, 'Unauthorized'),
  }),
  agrees({
    fact: 'an authorizer that raises anything else',
    source: 'developer guide, AUTHORIZER_CONFIGURATION_ERROR',
    given: guarded("raise Exception('why')"),
    when: invoke('/', withToken),
    answer: broken,
  }),
  agrees({
    fact: 'an authorizer that answers no policy',
    source: 'developer guide, AUTHORIZER_CONFIGURATION_ERROR',
    given: guarded('return {}'),
    when: invoke('/', withToken),
    answer: broken,
  }),
  differs({
    fact: 'an authorizer that API Gateway may not call',
    source: 'developer guide, Lambda authorizers: the permission',
    given: guarded(policy('Allow'), {}, permit({ SourceArn: 'arn:aws:execute-api:{{region}}:{{account}}:abcdef1234/*' })),
    when: invoke('/', withToken),
    answer: broken,
  }),
]

/** A mock that needs a key, and a key that opens it once a day. */
const keyed = [
  api(),
  method({ apiKeyRequired: true }),
  ...answers,
  deployed(),
  step('apigateway CreateApiKey', { name: 'k', enabled: true, value: key }),
  step('apigateway CreateUsagePlan', { name: 'p', apiStages: [{ apiId: '{{0.id}}', stage: 'v1' }], quota: { limit: 1, period: 'DAY' } }),
  step('apigateway CreateUsagePlanKey', { usagePlanId: '{{7.id}}', keyId: '{{6.id}}', keyType: 'API_KEY' }),
]

/** Keys, validators and gateway responses. */
export const gates = [
  agrees({
    fact: 'a method that needs a key, without one',
    source: 'developer guide, INVALID_API_KEY',
    given: [api(), method({ apiKeyRequired: true }), ...answers, deployed()],
    when: invoke(),
    answer: said(403, 'Forbidden'),
  }),
  agrees({
    fact: 'a required parameter that is missing',
    source: 'developer guide, request validation',
    given: [
      api(),
      onApi('CreateRequestValidator', { name: 'v', validateRequestParameters: true }),
      method({ requestValidatorId: '{{1.id}}', requestParameters: { 'method.request.querystring.q': true } }),
      ...answers,
      deployed(),
    ],
    when: invoke(),
    answer: said(400, 'Missing required request parameters: [q]'),
  }),
  agrees({
    fact: 'a body that the model refuses',
    source: 'developer guide, request validation',
    given: [
      api(),
      onApi('CreateRequestValidator', { name: 'v', validateRequestBody: true }),
      onApi('CreateModel', { name: 'Pet', contentType: 'application/json', schema: '{"type": "object", "required": ["name"]}' }),
      method({ httpMethod: 'POST', requestValidatorId: '{{1.id}}', requestModels: { 'application/json': 'Pet' } }),
      ...answers.map((each) => ({ ...each, with: { ...each.with, httpMethod: 'POST' } })),
      deployed(),
    ],
    when: invoke('/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    answer: said(400, 'Invalid request body'),
  }),
  agrees({
    fact: "a gateway response of one's own, after a deployment",
    source: 'LocalStack, test_gateway_response_put',
    given: [
      api(),
      ...answeringMock,
      onApi('PutGatewayResponse', {
        responseType: 'MISSING_AUTHENTICATION_TOKEN',
        statusCode: '404',
        responseTemplates: { 'application/json': '{"message":"none"}' },
      }),
      deployed(),
    ],
    when: invoke('/none'),
    answer: said(404, 'none'),
  }),
  agrees({
    fact: 'a key in a usage plan of the stage opens the method',
    source: 'developer guide, usage plans',
    given: keyed,
    when: invoke('/', { headers: { 'x-api-key': key } }),
    answer: { status: 200 },
  }),
  agrees({
    fact: 'a key that has used up its quota',
    source: 'developer guide, QUOTA_EXCEEDED',
    given: [...keyed, invoke('/', { headers: { 'x-api-key': key } })],
    when: invoke('/', { headers: { 'x-api-key': key } }),
    answer: said(429, 'Limit Exceeded'),
  }),
  differs({
    fact: 'a method whose key was switched off is open',
    source: 'LocalStack, test_update_method: the value is a text and means a boolean',
    given: [
      api(),
      ...answeringMock,
      patched('UpdateMethod', [replace('/apiKeyRequired', 'false')], { resourceId: '{{0.rootResourceId}}', httpMethod: 'GET' }),
      deployed(),
    ],
    when: invoke(),
    answer: { status: 200 },
  }),
]
