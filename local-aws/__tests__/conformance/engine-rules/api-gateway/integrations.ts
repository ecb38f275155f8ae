import { api, badRequest, functionUri, method, mock, notFound, onRoot, patched, proxy, replace } from '../gateway-steps.ts'
import { agrees, differs, taken } from '../rule.ts'

const update = (operation: string, patches: Parameters<typeof patched>[1], input = {}) =>
  patched(operation, patches, { resourceId: '{{0.rootResourceId}}', httpMethod: 'GET', ...input })
const undeclared = 'Invalid mapping expression parameter specified: method.request.header.x'
const response = onRoot('PutMethodResponse', { statusCode: '200' })

/** Integrations and what they answer. */
export const integrations = [
  differs({
    fact: 'an integration without verb',
    source: 'LocalStack, test_put_integration_validation',
    given: [api(), method()],
    when: onRoot('PutIntegration', { type: 'AWS_PROXY', uri: functionUri('f') }),
    answer: badRequest('Enumeration value for HttpMethod must be non-empty'),
  }),
  differs({
    fact: 'an integration with an URI that is no ARN',
    source: 'LocalStack, test_put_integration_validation',
    given: [api(), method()],
    when: proxy('f', { uri: 'arn:aws:lambda:x' }),
    answer: badRequest('Invalid ARN specified in the request'),
  }),
  agrees({
    fact: 'an integration with a function that does not exist is taken',
    source: 'LocalStack, test_put_integration_aws_proxy_uri',
    given: [api(), method()],
    when: proxy('none'),
    answer: taken(201, 'AWS_PROXY', 'type'),
  }),
  differs({
    fact: 'a timeout of more than 29 seconds',
    source: 'serverless issue 5400',
    given: [api(), method()],
    when: proxy('f', { timeoutInMillis: 29_001 }),
    answer: badRequest('Timeout should be between 50 ms and 29000 ms'),
  }),
  differs({
    fact: 'a timeout of an integration is a number',
    source: 'API reference, UpdateIntegration',
    given: [api(), ...mock],
    when: update('UpdateIntegration', [replace('/timeoutInMillis', '5000')]),
    answer: taken(200, 5000, 'timeoutInMillis'),
  }),
  differs({
    fact: 'a path that an integration does not have',
    source: 'API reference, patch operations of UpdateIntegration',
    given: [api(), ...mock],
    when: update('UpdateIntegration', [replace('/nothing', 'x')]),
    answer: badRequest(),
  }),
  differs({
    fact: 'a map that an integration does not have',
    source: 'API reference, patch operations of UpdateIntegration',
    given: [api(), ...mock],
    when: update('UpdateIntegration', [{ op: 'add', path: '/nothing/a', value: 'x' }]),
    answer: badRequest(),
  }),
  differs({
    fact: 'a request mapping to no place of a request',
    source: 'unverified text: developer guide, mapping expressions',
    given: [api(), method()],
    when: proxy('f', { requestParameters: { 'integration.nothing.x': "'a'" } }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a request mapping from a parameter that the method does not declare',
    source: 'terraform-provider-aws issue 4001',
    given: [api(), method()],
    when: proxy('f', { requestParameters: { 'integration.request.header.x': 'method.request.header.x' } }),
    answer: badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${undeclared}]`),
  }),
  differs({
    fact: 'a response mapping that is no expression',
    source: 'LocalStack, test_put_integration_response_validation; developer guide, mapping expressions',
    given: [api(), ...mock, onRoot('PutMethodResponse', { statusCode: '200', responseParameters: { 'method.response.header.x': false } })],
    when: onRoot('PutIntegrationResponse', { statusCode: '200', responseParameters: { 'method.response.header.x': 'nothing' } }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a path that an integration response does not have',
    source: 'API reference, patch operations of UpdateIntegrationResponse',
    given: [api(), ...mock, response, onRoot('PutIntegrationResponse', { statusCode: '200' })],
    when: update('UpdateIntegrationResponse', [replace('/nothing', 'x')], { statusCode: '200' }),
    answer: badRequest(),
  }),
  agrees({
    fact: 'an integration response that is not there',
    source: 'LocalStack, test_lifecycle_integration_response',
    given: [api(), ...mock, response],
    when: onRoot('GetIntegrationResponse', { statusCode: '404' }),
    answer: notFound('Invalid Response status code specified'),
  }),
  differs({
    fact: 'DeleteIntegration of one that is not there',
    source: 'LocalStack, test_get_integration_non_existent',
    given: [api(), method()],
    when: onRoot('DeleteIntegration'),
    answer: notFound('Invalid Integration identifier specified'),
  }),
  differs({
    fact: 'TestInvokeMethod',
    source: 'LocalStack, test_invoke_test_method',
    given: [api(), ...mock, response, onRoot('PutIntegrationResponse', { statusCode: '200' })],
    when: onRoot('TestInvokeMethod'),
    answer: taken(200, 200, 'status'),
  }),
]
