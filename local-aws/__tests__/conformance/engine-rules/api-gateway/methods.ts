import { api, badRequest, conflict, method, mock, notFound, onApi, onRoot, patched, replace } from '../gateway-steps.ts'
import { agrees, differs, taken } from '../rule.ts'

const onGet = { resourceId: '{{0.rootResourceId}}', httpMethod: 'GET' }
const update = (operation: string, patches: Parameters<typeof patched>[1], input = {}) => patched(operation, patches, { ...onGet, ...input })
const response = onRoot('PutMethodResponse', { statusCode: '200' })

/** Methods and what they answer. */
export const methods = [
  differs({
    fact: 'PutMethod of a method that exists',
    source: 'aws-cli issue 3992',
    given: [api(), ...mock],
    when: method(),
    answer: conflict('Method already exists for this resource'),
  }),
  differs({
    fact: 'a verb that HTTP does not have',
    source: 'LocalStack, test_put_method_validation',
    given: [api()],
    when: method({ httpMethod: 'FETCH' }),
    answer: badRequest('Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY'),
  }),
  differs({
    fact: 'an authorization type that does not exist',
    source: 'unverified text: API reference, PutMethod',
    given: [api()],
    when: method({ authorizationType: 'PASSWORD' }),
    answer: badRequest(),
  }),
  differs({
    fact: 'an authorizer that does not exist',
    source: 'LocalStack, test_put_method_validation',
    given: [api()],
    when: method({ authorizationType: 'CUSTOM', authorizerId: 'abcdef' }),
    answer: badRequest('Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.'),
  }),
  differs({
    fact: 'a model that does not exist',
    source: 'LocalStack, test_put_method_validation invalid-model-name',
    given: [api()],
    when: method({ requestModels: { 'application/json': 'None' } }),
    answer: badRequest('Invalid model identifier specified: None'),
  }),
  differs({
    fact: 'a validator that does not exist',
    source: 'LocalStack, test_put_method_validation',
    given: [api()],
    when: method({ requestValidatorId: 'abcdef' }),
    answer: badRequest('Invalid Request Validator identifier specified'),
  }),
  differs({
    fact: 'an operation name that another method has',
    source: 'unverified: said to be unique in an API',
    given: [api(), method({ operationName: 'read' })],
    when: method({ operationName: 'read', httpMethod: 'POST' }),
    answer: conflict(),
  }),
  differs({
    fact: 'a path that a method does not have',
    source: 'LocalStack, test_update_method_validation',
    given: [api(), ...mock],
    when: update('UpdateMethod', [replace('/requestParameters/a/b', 'true')]),
    answer: badRequest('Invalid patch path /requestParameters/a/b'),
  }),
  differs({
    fact: 'a map that a method does not have',
    source: 'LocalStack, test_update_method_validation',
    given: [api(), ...mock],
    when: update('UpdateMethod', [{ op: 'add', path: '/nothing/a', value: 'x' }]),
    answer: badRequest('Invalid patch path /nothing/a'),
  }),
  differs({
    fact: 'a switch of a method is a boolean',
    source: 'LocalStack, test_update_method',
    given: [api(), ...mock],
    when: update('UpdateMethod', [replace('/apiKeyRequired', 'false')]),
    answer: taken(200, false, 'apiKeyRequired'),
  }),
  differs({
    fact: 'DeleteMethod of a method that is not there',
    source: 'LocalStack, test_method_lifecycle',
    given: [api()],
    when: onRoot('DeleteMethod'),
    answer: notFound('Invalid Method identifier specified'),
  }),
  differs({
    fact: 'PutMethodResponse of one that exists',
    source: 'API reference, PutMethodResponse: ConflictException',
    given: [api(), method(), response],
    when: response,
    answer: conflict(),
  }),
  agrees({
    fact: 'CreateRequestValidator',
    source: 'LocalStack, test_request_validator_lifecycle',
    given: [api()],
    when: onApi('CreateRequestValidator', { name: 'v', validateRequestParameters: true }),
    answer: taken(201, { id: '<id:1>', name: 'v', validateRequestBody: false, validateRequestParameters: true }),
  }),
]
