import { answeringMock, api, child, deployed, functionUri, invoke, live, method, mock, onApi, onRoot, patched, patchStage, proxy, proxyApi, replace, said } from '../gateway-steps.ts'
import { alias, answering, onF, permit, publish, python, twoVersions, withCode, withFunction } from '../lambda-steps.ts'
import { agrees, differs, step, taken } from '../rule.ts'

const toOther = patched('UpdateIntegration', [replace('/uri', functionUri('g'))], { resourceId: '{{0.rootResourceId}}', httpMethod: 'GET' })
const otherFunction = [
  step('lambda CreateFunction', { FunctionName: 'g', Runtime: 'python3.12', Role: '{{role}}', Handler: 'handler.handler', Code: { ZipFile: answering('two') } }),
  step('wait', { FunctionName: 'g' }),
  permit({ FunctionName: 'g' }),
]

/** Who may call a function through the invoke URL. */
export const permissions = [
  differs({ fact: 'without a permission nobody may', source: 'developer guide, API Gateway permissions', given: [...proxyApi(), deployed()], when: invoke(), answer: said(500, 'Internal server error') }),
  differs({
    fact: 'a permission for another API does not help',
    source: 'developer guide, API Gateway permissions',
    given: [...proxyApi(), permit({ SourceArn: 'arn:aws:execute-api:{{region}}:{{account}}:abcdef1234/*' }), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  differs({
    fact: 'a permission on the function does not help its alias',
    source: 'developer guide, stage variables: the permission goes to the alias',
    given: [...proxyApi('f:live'), publish(), alias(), permit(), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  differs({
    fact: 'a permission is seen some seconds later',
    source: 'terraform-provider-aws issue 17604: 500 for about five seconds',
    windows: { permissionVisible: 1_000_000 },
    given: [...proxyApi(), permit(), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  agrees({ fact: 'a function that does not exist', source: 'developer guide, API Gateway permissions: nobody may call it', given: [api(), method(), proxy('none'), deployed()], when: invoke(), answer: said(500, 'Internal server error') }),
  agrees({
    fact: 'a function of another account',
    source: 'developer guide, stage variables: it needs a policy of its own',
    given: [api(), method(), proxy('f', { uri: functionUri('f').replaceAll('{{account}}', '000000000000') }), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  differs({
    fact: 'an integration that does not POST',
    source: 'LocalStack, test_lambda_aws_proxy_integration_non_post_method',
    given: [api(), ...withFunction(), method(), proxy('f', { integrationHttpMethod: 'GET' }), permit(), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
]

/** What a stage serves. */
export const releases = [
  differs({
    fact: 'a stage variable in the URI names the alias',
    source: 'developer guide, stage variables',
    given: [...proxyApi('f:${stageVariables.slot}'), publish(), alias(), permit({ Qualifier: 'live' }), deployed({ slot: 'live' })],
    when: invoke(),
    answer: { status: 200, answer: { body: 'one' } },
  }),
  differs({
    fact: 'an alias behind the API is told to the function',
    source: 'developer guide, context object in Python',
    given: [api(), ...withCode(python("return {'statusCode': 200, 'body': context.invoked_function_arn}")), method(), proxy('f:live'), publish(), alias(), permit({ Qualifier: 'live' }), deployed()],
    when: invoke(),
    answer: taken(200, 'arn:aws:lambda:<region>:111111111111:function:f:live', 'body'),
  }),
  differs({
    fact: 'a deployment is frozen: a new URI waits for the next one',
    source: 'developer guide, updating an API',
    given: [...proxyApi(), permit(), deployed(), ...otherFunction, toOther],
    when: invoke(),
    answer: taken(200, 'one', 'body'),
  }),
  differs({
    fact: 'a new resource waits for the next deployment',
    source: 'developer guide, updating an API',
    given: [...live, child('new'), onApi('PutMethod', { resourceId: '{{4.id}}', httpMethod: 'GET', authorizationType: 'NONE' }), onApi('PutIntegration', { resourceId: '{{4.id}}', httpMethod: 'GET', type: 'MOCK' })],
    when: invoke('/new'),
    answer: said(403, 'Missing Authentication Token'),
  }),
  differs({
    fact: 'a stage is served some seconds later',
    source: "LocalStack's tests against AWS poll for up to 12 s after CreateDeployment",
    windows: { stageVisible: 1_000_000 },
    given: [...proxyApi(), permit(), deployed()],
    when: invoke(),
    answer: said(403, 'Forbidden'),
  }),
  differs({
    fact: 'a canary takes its share',
    source: 'LocalStack, test_apigateway_canary',
    given: [
      api(),
      ...twoVersions,
      method(),
      proxy('f:${stageVariables.slot}'),
      ...['1', '2'].flatMap((version) => [onF('CreateAlias', { Name: `v${version}`, FunctionVersion: version }), permit({ Qualifier: `v${version}` })]),
      deployed({ slot: 'v1' }),
      onApi('CreateDeployment', { stageName: 'v1', canarySettings: { percentTraffic: 50, stageVariableOverrides: { slot: 'v2' } } }),
    ],
    when: invoke('/', { times: 40 }),
    answer: taken(200, ['one', 'two'], 'bodies'),
  }),
  differs({
    fact: 'an API whose default endpoint is off',
    source: 'developer guide, disabling the default endpoint',
    given: [api({ disableExecuteApiEndpoint: true }), ...mock, onRoot('PutMethodResponse', { statusCode: '200' }), onRoot('PutIntegrationResponse', { statusCode: '200' }), deployed()],
    when: invoke(),
    answer: said(403, 'Forbidden'),
  }),
  differs({ fact: 'an API that does not exist', source: 'developer guide, invoke URL: a host name resolves for any id', given: [api()], when: step('invoke', { api: 'abcdef1234', stage: 'v1', path: '/' }), answer: said(403, 'Forbidden') }),
  agrees({ fact: 'a stage that does not exist', source: 'unverified text: developer guide, invoke URL', given: [...live], when: step('invoke', { api: '{{0.id}}', stage: 'none', path: '/' }), answer: said(403, 'Forbidden') }),
  agrees({ fact: 'a path that does not exist', source: 'LocalStack, test_routing_not_found', given: live, when: invoke('/none'), answer: said(403, 'Missing Authentication Token') }),
  differs({
    fact: 'an access log is written',
    source: 'developer guide, access logging',
    given: [
      api(),
      ...answeringMock,
      deployed(),
      step('logs CreateLogGroup', { logGroupName: 'g' }),
      patchStage(replace('/accessLogSettings/destinationArn', 'arn:aws:logs:{{region}}:{{account}}:log-group:g'), replace('/accessLogSettings/format', '$context.requestId $context.status')),
      invoke(),
    ],
    when: step('written', { logGroupName: 'g' }),
    answer: taken(200, '<request-id> 200', 'message'),
  }),
]
