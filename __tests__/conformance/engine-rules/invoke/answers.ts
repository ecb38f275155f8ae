import { answeringMock, api, deployed, invoke, liveProxy, method, onApi, onRoot, patchStage, proxy, replace, said } from '../gateway-steps.ts'
import { onF, permit, publish, python, withCode, withFunction } from '../lambda-steps.ts'
import { agrees, differs, taken } from '../rule.ts'
import type { JsonObject, Step } from '../../rows.ts'

const failed = said(502, 'Internal server error')
const misconfigured = said(500, 'Internal server error')
/** Steps 0 to 6: an API before a function whose handler has these lines. */
const handler = (...lines: readonly string[]): Step[] => liveProxy({ Code: { ZipFile: python(...lines) } })
const shows = (expression: string): Step[] => handler(`return {'statusCode': 200, 'body': str(${expression})}`)
/** An API with a mock on GET of the root. */
const mocked = (template: string, input: JsonObject = {}): Step[] => [
  api(),
  method(),
  onRoot('PutIntegration', { type: 'MOCK', requestTemplates: { 'application/json': template } }),
  onRoot('PutMethodResponse', { statusCode: '200' }),
  onRoot('PutIntegrationResponse', { statusCode: '200', ...input }),
  deployed(),
]
const format = 'LocalStack, test_aws_proxy_response_payload_format_validation'
const shape = 'LocalStack, test_lambda_aws_proxy_integration'

/** What becomes of a handler's result, and of its failures. */
export const results = [
  differs({ fact: 'a handler that raises', source: 'developer guide, proxy integrations', given: handler("raise ValueError('secret')"), when: invoke(), answer: failed }),
  differs({ fact: 'a result without statusCode', source: format, given: handler("return {'text': 'x'}"), when: invoke(), answer: failed }),
  differs({ fact: 'a result that is a text', source: format, given: handler("return 'text'"), when: invoke(), answer: failed }),
  differs({ fact: 'no result', source: format, given: handler('return None'), when: invoke(), answer: failed }),
  differs({ fact: 'a body that is an object', source: format, given: handler("return {'statusCode': 200, 'body': {'a': 1}}"), when: invoke(), answer: failed }),
  differs({ fact: 'a status that is none', source: format, given: handler("return {'statusCode': 'x'}"), when: invoke(), answer: failed }),
  differs({
    fact: 'a function that is slower than the timeout of the integration',
    source: 'developer guide, INTEGRATION_TIMEOUT',
    given: [api(), ...withCode(python("__import__('time').sleep(2)", "return {'statusCode': 200}")), method(), proxy('f', { timeoutInMillis: 50 }), permit(), deployed()],
    when: invoke(),
    answer: said(504, 'Endpoint request timed out'),
  }),
  differs({
    fact: 'a body of more than 10 MB',
    source: 'developer guide, quotas',
    given: [api(), ...withFunction(), method({ httpMethod: 'POST' }), proxy('f', { httpMethod: 'POST' }), permit(), deployed()],
    when: invoke('/', { method: 'POST', body: { $long: 10_485_761 } }),
    answer: { status: 413 },
  }),
  differs({
    fact: 'a function that Lambda does not run',
    source: 'unverified: developer guide, Lambda integrations; recorded only for functions that fail otherwise',
    given: [...liveProxy(), onF('PutFunctionConcurrency', { ReservedConcurrentExecutions: 0 })],
    when: invoke(),
    answer: misconfigured,
  }),
  agrees({ fact: 'a handler answers with status and body', source: 'developer guide, proxy integrations', given: handler("return {'statusCode': 201, 'body': 'made'}"), when: invoke(), answer: taken(201, 'made', 'body') }),
]

/** The event that a function gets. */
export const events = [
  differs({ fact: 'names of headers come as the client wrote them', source: shape, given: shows("'X-Case' in event['headers'] or 'x-case' in event['headers'] and 'domainName' in event['requestContext']"), when: invoke('/', { headers: { 'X-Case': '1' } }), answer: taken(200, 'True', 'body') }),
  differs({ fact: 'the event has no version', source: shape, given: shows("'version' in event"), when: invoke(), answer: taken(200, 'False', 'body') }),
  differs({
    fact: 'every member of the event',
    source: shape,
    given: shows("sorted(event)"),
    when: invoke(),
    answer: taken(
      200,
      "['body', 'headers', 'httpMethod', 'isBase64Encoded', 'multiValueHeaders', 'multiValueQueryStringParameters', 'path', 'pathParameters', 'queryStringParameters', 'requestContext', 'resource', 'stageVariables']",
      'body',
    ),
  }),
  differs({
    fact: 'every member of requestContext',
    source: shape,
    given: shows("sorted(event['requestContext'])"),
    when: invoke(),
    answer: taken(
      200,
      "['accountId', 'apiId', 'deploymentId', 'domainName', 'domainPrefix', 'extendedRequestId', 'httpMethod', 'identity', 'path', 'protocol', 'requestId', 'requestTime', 'requestTimeEpoch', 'resourceId', 'resourcePath', 'stage']",
      'body',
    ),
  }),
  differs({ fact: 'domainName is the host that AWS has', source: shape, given: shows("event['requestContext']['domainName'] == event['requestContext']['apiId'] + '.execute-api.' + 'eu-west-1.amazonaws.com'"), when: invoke(), answer: taken(200, 'True', 'body') }),
  agrees({ fact: 'a parameter given twice is a list', source: shape, given: shows("event['multiValueQueryStringParameters']['a']"), when: invoke('/?a=1&a=2'), answer: taken(200, "['1', '2']", 'body') }),
  differs({
    fact: 'what is percent-encoded in the path stays so',
    source: shape,
    given: [
      api(),
      ...withCode(python("return {'statusCode': 200, 'body': event['pathParameters']['p']}")),
      onApi('CreateResource', { parentId: '{{0.rootResourceId}}', pathPart: '{p+}' }),
      onApi('PutMethod', { resourceId: '{{3.id}}', httpMethod: 'GET', authorizationType: 'NONE' }),
      proxy('f', { resourceId: '{{3.id}}' }),
      permit(),
      deployed(),
    ],
    when: invoke('/a%2Fb'),
    answer: taken(200, 'a%2Fb', 'body'),
  }),
]

/** Mocks and templates. */
export const mocks = [
  agrees({ fact: 'a mock answers', source: 'developer guide, mock integrations', given: [api(), ...answeringMock, deployed()], when: invoke(), answer: taken(200) }),
  differs({ fact: 'a mock without a status', source: 'developer guide, mock integrations', given: mocked('{}'), when: invoke(), answer: misconfigured }),
  differs({ fact: 'a mock whose status no response has', source: 'developer guide, mock integrations', given: mocked('{"statusCode": 404}', { selectionPattern: '200' }), when: invoke(), answer: misconfigured }),
  differs({ fact: 'a template with a directive is no guess', source: 'local AWS renders references only', given: mocked('#set($a = 1){"statusCode": 200}'), when: invoke(), answer: misconfigured }),
  differs({
    fact: 'a template that reads a body that is no JSON',
    source: 'developer guide, mapping template reference: $input.json',
    given: [
      api(), method({ httpMethod: 'POST' }),
      onRoot('PutIntegration', { httpMethod: 'POST', type: 'MOCK', requestTemplates: { 'application/json': `{"statusCode": 200, "x": $input.json('$.x')}` } }),
      onRoot('PutMethodResponse', { httpMethod: 'POST', statusCode: '200' }), onRoot('PutIntegrationResponse', { httpMethod: 'POST', statusCode: '200' }), deployed(),
    ],
    when: invoke('/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{oops' }),
    answer: misconfigured,
  }),
  agrees({
    fact: 'an integration over HTTP is not modelled, and says so',
    source: 'local AWS runs Lambda and mocks only',
    given: [api(), method(), onRoot('PutIntegration', { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://127.0.0.1:9/' }), deployed()],
    when: invoke(),
    answer: misconfigured,
  }),
]

/** What a stage does to its traffic. */
export const throttling = [
  agrees({
    fact: 'requests over the rate of the stage',
    source: 'developer guide, throttling',
    given: [...mocked('{"statusCode": 200}'), patchStage(replace('/*/*/throttling/rateLimit', '0'), replace('/*/*/throttling/burstLimit', '0'))],
    when: invoke(),
    answer: said(429, 'Too Many Requests'),
  }),
  agrees({ fact: 'a version answers behind its own ARN', source: 'developer guide, versions', given: [api(), ...withFunction(), publish(), method(), proxy('f:1'), permit({ Qualifier: '1' }), deployed()], when: invoke(), answer: taken(200, 'one', 'body') }),
]
