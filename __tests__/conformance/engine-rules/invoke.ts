import type { Scenario } from '../rows.ts'
import { answering, api, deployed, functionUri, invoke, mock, onApi, onRoot, permit, proxyApi, replace, rule, step, update, withFunction } from './steps.ts'

const failed = { status: 502, answer: { body: { message: 'Internal server error' } } }
const uri = (qualified: string) => update('UpdateIntegration', [replace('/uri', functionUri(qualified))], { resourceId: '{{0.rootResourceId}}', httpMethod: 'GET' })
const handler = (lines: string) => [step('lambda UpdateFunctionCode', { FunctionName: 'f', ZipFile: { $source: `def handler(event, context):\n    ${lines}\n` } }), step('wait', { FunctionName: 'f' })]
const published = [step('lambda PublishVersion', { FunctionName: 'f' }), step('lambda UpdateFunctionCode', { FunctionName: 'f', ZipFile: answering('two') }), step('wait', { FunctionName: 'f' })]
const update2 = [...published, step('lambda PublishVersion', { FunctionName: 'f' })]

/** The invoke URL: where the engine answers otherwise than AWS. */
export const invokeRules: readonly Scenario[] = [
  rule('without a permission nobody may call the function (developer guide, API Gateway permissions)', [...proxyApi(), deployed(), invoke()], { status: 500, answer: { body: { message: 'Internal server error' } } }),
  rule('a permission for another API does not help', [...proxyApi(), permit({ SourceArn: 'arn:aws:execute-api:{{region}}:{{account}}:abcdef1234/*' }), deployed(), invoke()], { status: 500, answer: { body: { message: 'Internal server error' } } }),
  rule('a stage variable in the URI names the alias (developer guide, stage variables)', [
    ...proxyApi('f:${stageVariables.slot}'), step('lambda PublishVersion', { FunctionName: 'f' }), step('lambda CreateAlias', { FunctionName: 'f', Name: 'a', FunctionVersion: '1' }), permit({ Qualifier: 'a' }), deployed({ slot: 'a' }), invoke(),
  ], { status: 200, answer: { body: 'one' } }),
  rule('an alias shares its calls out by weight (developer guide, alias routing)', [
    ...withFunction(), ...update2, step('lambda CreateAlias', { FunctionName: 'f', Name: 'a', FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { 2: 1 } } }), step('lambda Invoke', { FunctionName: 'f', Qualifier: 'a' }),
  ], { status: 200, member: 'ExecutedVersion', answer: '2' }),
  rule('a deployment is frozen: a new URI waits for the next one (developer guide, updating an API)', [
    ...proxyApi(), permit(), deployed(), step('lambda CreateFunction', { FunctionName: 'g', Runtime: 'python3.12', Role: '{{role}}', Handler: 'handler.handler', Code: { ZipFile: answering('two') } }), step('wait', { FunctionName: 'g' }), permit({ FunctionName: 'g' }), uri('g'), invoke(),
  ], { status: 200, answer: { body: 'one' } }),
  rule('a new resource waits for the next deployment', [
    ...proxyApi(), permit(), deployed(), onApi('CreateResource', { parentId: '{{0.rootResourceId}}', pathPart: 'new' }),
    onApi('PutMethod', { resourceId: '{{7.id}}', httpMethod: 'GET', authorizationType: 'NONE' }), onApi('PutIntegration', { resourceId: '{{7.id}}', httpMethod: 'GET', type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: functionUri('f') }), invoke('/new'),
  ], { status: 403, answer: { body: { message: 'Missing Authentication Token' } } }),
  rule('a canary takes its share (test_apigateway_canary)', [
    ...proxyApi('f:${stageVariables.slot}'), ...update2, ...['1', '2'].flatMap((version) => [step('lambda CreateAlias', { FunctionName: 'f', Name: `v${version}`, FunctionVersion: version }), permit({ Qualifier: `v${version}` })]),
    deployed({ slot: 'v1' }), onApi('CreateDeployment', { stageName: 'v1', canarySettings: { percentTraffic: 50, stageVariableOverrides: { slot: 'v2' } } }), invoke('/', { times: 40 }),
  ], { status: 200, answer: { bodies: ['one', 'two'] } }),
  rule('a handler that raises (developer guide, proxy integrations)', [...proxyApi(), ...handler("raise ValueError('secret')"), permit(), deployed(), invoke()], failed),
  rule('a result without statusCode (test_aws_proxy_response_payload_format_validation)', [...proxyApi(), ...handler("return {'text': 'x'}"), permit(), deployed(), invoke()], failed),
  rule('a result that is a text (test_aws_proxy_response_payload_format_validation)', [...proxyApi(), ...handler("return 'text'"), permit(), deployed(), invoke()], failed),
  rule('a body that is an object (test_aws_proxy_response_payload_format_validation)', [...proxyApi(), ...handler("return {'statusCode': 200, 'body': {'a': 1}}"), permit(), deployed(), invoke()], failed),
  rule('an API whose default endpoint is off', [...proxyApi('f', { disableExecuteApiEndpoint: true }), permit(), deployed(), invoke()], { status: 403, answer: { body: { message: 'Forbidden' } } }),
  rule('an API that does not exist', [api(), step('invoke', { api: 'abcdef1234', stage: 'v1', path: '/' })], { status: 403, answer: { body: { message: 'Forbidden' } } }),
  rule('headers come as the client wrote them (test_lambda_aws_proxy_integration)', [...proxyApi(), ...handler("return {'statusCode': 200, 'body': str('X-Case' in event['headers'] or 'x-case' in event['headers'] and 'domainName' in event['requestContext'])}"), permit(), deployed(), invoke('/', { headers: { 'X-Case': '1' } })], { status: 200, answer: { body: 'True' } }),
  rule('the event has no version (test_lambda_aws_proxy_integration)', [...proxyApi(), ...handler("return {'statusCode': 200, 'body': str('version' in event)}"), permit(), deployed(), invoke()], { status: 200, answer: { body: 'False' } }),
  rule('what is percent-encoded in the path stays so (test_lambda_aws_proxy_integration)', [
    api(), ...withFunction(), ...handler("return {'statusCode': 200, 'body': event['pathParameters']['p']}"), onApi('CreateResource', { parentId: '{{0.rootResourceId}}', pathPart: '{p+}' }),
    onApi('PutMethod', { resourceId: '{{5.id}}', httpMethod: 'GET', authorizationType: 'NONE' }), onApi('PutIntegration', { resourceId: '{{5.id}}', httpMethod: 'GET', type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: functionUri('f') }), permit(), deployed(), invoke('/a%2Fb'),
  ], { status: 200, answer: { body: 'a%2Fb' } }),
  rule('an access log is written (developer guide, access logging)', [
    api(), ...mock, onRoot('PutMethodResponse', { statusCode: '200' }), onRoot('PutIntegrationResponse', { statusCode: '200' }), deployed(), step('logs CreateLogGroup', { logGroupName: 'g' }),
    update('UpdateStage', [replace('/accessLogSettings/destinationArn', 'arn:aws:logs:{{region}}:{{account}}:log-group:g'), replace('/accessLogSettings/format', '$context.requestId $context.status')], { stageName: 'v1' }),
    invoke(), step('written', { logGroupName: 'g' }),
  ], { status: 200, answer: { message: '<request-id> 200' } }),
  rule('a body of more than 10 MB (quotas)', [
    ...proxyApi(), onRoot('PutMethod', { httpMethod: 'POST', authorizationType: 'NONE' }), onRoot('PutIntegration', { httpMethod: 'POST', type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: functionUri('f') }),
    permit(), deployed(), invoke('/', { method: 'POST', body: { $long: 10_485_761 } }),
  ], { status: 413 }),
]
