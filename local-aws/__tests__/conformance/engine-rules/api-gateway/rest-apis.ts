import { api, badRequest, child, live, notFound, onApi, patched, remove, replace } from '../gateway-steps.ts'
import { agrees, differs, step, taken } from '../rule.ts'

const update = (...patches: Parameters<typeof patched>[1]) => patched('UpdateRestApi', patches)
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

/** An API and its own properties. */
export const restApis = [
  agrees({
    fact: 'CreateRestApi answers the id of the root',
    source: 'LocalStack, test_create_rest_api_with_optional_params',
    given: [api()],
    when: onApi('GetResource', { resourceId: '{{0.rootResourceId}}' }),
    answer: taken(200, '/', 'path'),
  }),
  differs({
    fact: 'an API is EDGE unless it says otherwise',
    source: 'LocalStack, test_create_rest_api_with_endpoint_configuration',
    when: step('apigateway CreateRestApi', { name: 'a' }),
    answer: taken(201, { types: ['EDGE'], ipAddressType: 'ipv4' }, 'endpointConfiguration'),
  }),
  differs({
    fact: 'an API that does not exist is named with the account',
    source: 'LocalStack, test_get_api_case_insensitive',
    when: step('apigateway GetRestApi', { restApiId: 'abcdef1234' }),
    answer: notFound('Invalid API identifier specified 111111111111:abcdef1234'),
  }),
  differs({
    fact: 'a description that is empty',
    source: 'LocalStack, test_create_rest_api_with_optional_params',
    when: api({ description: '' }),
    answer: badRequest('Description cannot be an empty string'),
  }),
  differs({
    fact: 'the 601st API',
    source: 'developer guide, quotas; Zappa issue 628: this one is a BadRequestException',
    given: many(600, () => api()),
    when: api(),
    answer: badRequest('Maximum number of APIs has been reached.  Please contact AWS if you need additional APIs.'),
  }),
  differs({
    fact: 'a path that an API does not have',
    source: 'LocalStack, test_update_rest_api_behaviour',
    given: [api()],
    when: update(replace('/nothing', 'x')),
    answer: badRequest('Invalid patch path /nothing'),
  }),
  differs({
    fact: 'an empty name',
    source: 'unverified text: the service model needs a name',
    given: [api()],
    when: update(replace('/name', '')),
    answer: badRequest(),
  }),
  differs({
    fact: 'binary types are a list, and ~1 is a slash',
    source: 'LocalStack, test_update_rest_api_operation_add_remove',
    given: [api()],
    when: update({ op: 'add', path: '/binaryMediaTypes/image~1png' }),
    answer: taken(200, ['image/png'], 'binaryMediaTypes'),
  }),
  differs({
    fact: 'a binary type is taken out again',
    source: 'LocalStack, test_update_rest_api_operation_add_remove',
    given: [api({ binaryMediaTypes: ['image/png', 'image/gif'] })],
    when: update(remove('/binaryMediaTypes/image~1png')),
    answer: taken(200, ['image/gif'], 'binaryMediaTypes'),
  }),
  differs({
    fact: 'the size from which answers are compressed is a number',
    source: 'LocalStack, test_update_rest_api_compression',
    given: [api()],
    when: update(replace('/minimumCompressionSize', '10')),
    answer: taken(200, 10, 'minimumCompressionSize'),
  }),
  differs({
    fact: 'the switch of the default endpoint is a boolean',
    source: 'LocalStack, test_update_rest_api_behaviour',
    given: [api()],
    when: update(replace('/disableExecuteApiEndpoint', 'true')),
    answer: taken(200, true, 'disableExecuteApiEndpoint'),
  }),
  differs({
    fact: 'the type of the endpoint is replaced in its list',
    source: 'LocalStack, test_update_rest_api_ip_address_type',
    given: [api()],
    when: update(replace('/endpointConfiguration/types/REGIONAL', 'EDGE')),
    answer: taken(200, ['EDGE'], 'endpointConfiguration.types'),
  }),
  differs({
    fact: 'a second type of endpoint',
    source: 'LocalStack, test_update_rest_api_ip_address_type',
    given: [api()],
    when: update({ op: 'add', path: '/endpointConfiguration/types', value: 'EDGE' }),
    answer: badRequest(),
  }),
  differs({
    fact: 'an API with a stage in a usage plan cannot be deleted',
    source: 'API reference, DeleteRestApi: ConflictException',
    given: [...live, step('apigateway CreateUsagePlan', { name: 'p', apiStages: [{ apiId: '{{0.id}}', stage: 'v1' }] })],
    when: onApi('DeleteRestApi'),
    answer: { status: 409, error: { name: 'ConflictException' } },
  }),
  differs({
    fact: 'no two writes to one API at once',
    source: 'terraform-provider-aws, apigateway/service_package.go and issue 13497',
    given: [api(), child('p')],
    when: step('together', {
      call: 'apigateway CreateResource',
      inputs: ['a', 'b'].map((pathPart) => ({ restApiId: '{{0.id}}', parentId: '{{1.id}}', pathPart })),
    }),
    answer: taken(200, ['201 done', '409 ConflictException'], 'outcomes'),
  }),
  differs({
    fact: 'one DeleteRestApi in 30 seconds',
    source: 'developer guide, quotas for creating, deploying and managing an API',
    rates: true,
    noLogsRole: true,
    when: step('together', {
      call: 'apigateway DeleteRestApi',
      inputs: [{ restApiId: 'abcdef1234' }, { restApiId: 'abcdef1234' }, { restApiId: 'abcdef1234' }],
    }),
    answer: taken(200, ['404 NotFoundException', '429 TooManyRequestsException', '429 TooManyRequestsException'], 'outcomes'),
  }),
  agrees({
    fact: 'GetRestApis gives 25 a page',
    source: 'API reference, GetRestApis',
    given: many(30, () => api()),
    when: step('apigateway GetRestApis'),
    answer: taken(200, 25, 'items.length'),
  }),
]
