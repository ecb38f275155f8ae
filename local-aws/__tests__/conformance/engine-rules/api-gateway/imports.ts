import type { Json, JsonObject } from '../../rows.ts'
import { api, badRequest, mock, onApi, onRoot } from '../gateway-steps.ts'
import { differs, step, taken } from '../rule.ts'

const integration = { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' } }
const document = (more: JsonObject = {}): JsonObject => ({
  openapi: '3.0.1',
  info: { title: 'imported', version: '1' },
  paths: { '/pets': { get: { responses: {}, 'x-amazon-apigateway-integration': integration } } },
  ...more,
})
const body = (value: Json): JsonObject => ({ body: { $text: typeof value === 'string' ? value : JSON.stringify(value) } })
const put = (value: Json, input: JsonObject = {}) => onApi('PutRestApi', { mode: 'overwrite', ...body(value), ...input })

const doubtful = { ...integration, requestParameters: { 'integration.request.header.x': true } }
const withWarning = document({ paths: { '/': { get: { 'x-amazon-apigateway-integration': doubtful } } } })

/** OpenAPI documents as definitions of an API. */
export const imports = [
  differs({
    fact: 'PutRestApi takes the name from the title',
    source: 'LocalStack, test_put_rest_api_mode_binary_media_types',
    given: [api()],
    when: put(document()),
    answer: taken(200, 'imported', 'name'),
  }),
  differs({
    fact: 'ImportRestApi takes the document in',
    source: 'LocalStack, test_import_rest_api',
    when: step('apigateway ImportRestApi', body(document())),
    answer: taken(201, 'imported', 'name'),
  }),
  differs({
    fact: 'a path of the document is a resource with its method',
    source: 'LocalStack, test_import_rest_api',
    given: [api(), put(document())],
    when: onApi('GetResources'),
    answer: taken(200, { items: [
      { id: '<id:1>', path: '/' },
      { id: '<id:2>', parentId: '<id:1>', pathPart: 'pets', path: '/pets', resourceMethods: { GET: {} } },
    ] }),
  }),
  differs({
    fact: 'x-amazon-apigateway-any-method is ANY',
    source: 'developer guide, OpenAPI extensions',
    given: [
      api(),
      put(document({ paths: { '/': { 'x-amazon-apigateway-any-method': { responses: {}, 'x-amazon-apigateway-integration': integration } } } })),
    ],
    when: onApi('GetMethod', { resourceId: '{{0.rootResourceId}}', httpMethod: 'ANY' }),
    answer: taken(200, 'MOCK', 'methodIntegration.type'),
  }),
  differs({
    fact: 'overwrite takes away what the document does not name',
    source: 'terraform-provider-aws, rest_api.go, comment on PutRestApi',
    given: [api(), ...mock, put(document())],
    when: onRoot('GetMethod'),
    answer: { status: 404, error: { name: 'NotFoundException', message: 'Invalid Method identifier specified' } },
  }),
  differs({
    fact: 'merge leaves what the document does not name',
    source: 'API reference, PutRestApi',
    given: [api(), ...mock, put(document(), { mode: 'merge' })],
    when: onApi('GetResources'),
    answer: taken(200, 2, 'items.length'),
  }),
  differs({
    fact: 'binary types of a merge are a union',
    source: 'LocalStack, test_put_rest_api_mode_binary_media_types',
    given: [api({ binaryMediaTypes: ['image/png'] })],
    when: put(document({ 'x-amazon-apigateway-binary-media-types': ['image/gif'] }), { mode: 'merge' }),
    answer: taken(200, ['image/png', 'image/gif'], 'binaryMediaTypes'),
  }),
  differs({
    fact: 'gateway responses of the document are taken in',
    source: 'developer guide, x-amazon-apigateway-gateway-responses',
    given: [api(), put(document({ 'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { statusCode: '418' } } }))],
    when: onApi('GetGatewayResponse', { responseType: 'DEFAULT_4XX' }),
    answer: taken(200, '418', 'statusCode'),
  }),
  differs({
    fact: 'the endpoint type stays',
    source: 'LocalStack, test_put_rest_api_mode_binary_media_types',
    given: [api()],
    when: put(document()),
    answer: taken(200, ['REGIONAL'], 'endpointConfiguration.types'),
  }),
  differs({
    fact: 'a document that is none',
    source: 'LocalStack, test_import_api_bad_file',
    given: [api()],
    when: put('no document'),
    answer: badRequest('Invalid OpenAPI input.'),
  }),
  differs({
    fact: 'a document of more than 6 MB',
    source: 'developer guide, quotas; unverified text',
    given: [api()],
    when: put('x'.repeat(6 * 1024 * 1024 + 1)),
    answer: badRequest(),
  }),
  differs({
    fact: 'a model whose name is not alphanumeric',
    source: 'developer guide, known issues',
    given: [api()],
    when: put(document({ components: { schemas: { 'a-b': { type: 'object' } } } })),
    answer: badRequest(),
  }),
  differs({
    fact: 'failOnWarnings turns a warning into a refusal',
    source: 'API reference, PutRestApi',
    given: [api()],
    when: put(withWarning, { failOnWarnings: true }),
    answer: badRequest(),
  }),
  differs({
    fact: 'GetExport shows what the stage serves',
    source: 'LocalStack, test_export_oas30_openapi',
    given: [api(), put(document()), onApi('CreateDeployment', { stageName: 'v1' }), put(document({ info: { title: 'later', version: '1' } }))],
    when: onApi('GetExport', { stageName: 'v1', exportType: 'oas30' }),
    answer: taken(200, 'attachment; filename="oas30_1.json"', 'contentDisposition'),
  }),
  differs({
    fact: 'warnings stand in the answer',
    source: 'LocalStack, test_import_rest_api_with_base_path_oas30',
    given: [api()],
    when: put(withWarning),
    answer: taken(200, 1, 'warnings.length'),
  }),
]
