import type { Scenario } from '../rows.ts'
import { api, deployed, functionUri, mock, onApi, onRoot, refused, replace, rule, step, update } from './steps.ts'

const document = { openapi: '3.0.1', info: { title: 'a', version: '1' }, paths: { '/pets': { get: { responses: {} } } } }
const bad = (message?: string) => refused(400, 'BadRequestException', message)
const updateStage = (...patches: Parameters<typeof update>[1]) => update('UpdateStage', patches, { stageName: 'v1' })
const live = [api(), ...mock, deployed()]
const child = (pathPart: string) => onApi('CreateResource', { parentId: '{{0.rootResourceId}}', pathPart })
const group = 'arn:aws:logs:{{region}}:{{account}}:log-group:g'

/** API Gateway's control plane: where the engine says yes, or something else. */
export const apiGatewayRules: readonly Scenario[] = [
  rule('PutRestApi (test_put_rest_api)', [api(), onApi('PutRestApi', { mode: 'overwrite', body: { $text: JSON.stringify(document) } })], { status: 200, member: 'name', answer: 'a' }),
  rule('ImportRestApi takes the document in (test_import_rest_api)', [step('apigateway ImportRestApi', { body: { $text: JSON.stringify(document) } })], { status: 201, member: 'name', answer: 'a' }),
  rule('CreateDeployment of an API without methods (moto issue 9466)', [api(), onApi('CreateDeployment')], bad("The REST API doesn't contain any methods")),
  rule('CreateDeployment of a method without integration (Terraform issue 21210)', [api(), onRoot('PutMethod', { authorizationType: 'NONE' }), onApi('CreateDeployment')], bad('No integration defined for method')),
  rule('a canary deployment leaves the stage on its deployment (test_apigateway_canary)', [api(), ...mock, onApi('CreateDeployment'), onApi('CreateStage', { stageName: 'v1', deploymentId: '{{3.id}}' }), onApi('CreateDeployment', { stageName: 'v1', canarySettings: { percentTraffic: 10 } }), onApi('GetStage', { stageName: 'v1' })], { status: 200, member: 'canarySettings.percentTraffic', answer: 10 }),
  rule('a value of the canary is a number (test_apigateway_canary)', [...live, updateStage(replace('/canarySettings/percentTraffic', '10'))], { status: 200, member: 'canarySettings.percentTraffic', answer: 10 }),
  rule('a stage that exists', [...live, onApi('CreateStage', { stageName: 'v1', deploymentId: '{{3.id}}' })], refused(409, 'ConflictException')),
  rule('a bad name of a stage', [api(), ...mock, onApi('CreateDeployment'), onApi('CreateStage', { stageName: 'a.b', deploymentId: '{{3.id}}' })], bad()),
  rule('a stage on a deployment that does not exist (test_apigateway_canary)', [api(), onApi('CreateStage', { stageName: 'v1', deploymentId: 'abcdef' })], bad()),
  rule('a path that a stage does not have (test_update_stages)', [...live, updateStage(replace('/nothing', 'x'))], bad()),
  rule('a stage moved to a deployment that does not exist', [...live, updateStage(replace('/deploymentId', 'abcdef'))], bad()),
  rule('an access log in an account without role (sst issue 1556)', [...live, updateStage(replace('/accessLogSettings/destinationArn', group), replace('/accessLogSettings/format', '$context.requestId'))], bad('CloudWatch Logs role ARN must be set in account settings to enable logging'), { noLogsRole: true }),
  rule('an access log that is no ARN', [...live, updateStage(replace('/accessLogSettings/destinationArn', 'bogus'), replace('/accessLogSettings/format', '$context.requestId'))], bad()),
  rule('an access log without the id of the request (developer guide)', [...live, updateStage(replace('/accessLogSettings/destinationArn', group), replace('/accessLogSettings/format', '$context.status'))], bad()),
  rule('a role for logs that API Gateway may not assume (Terraform account.go)', [step('apigateway UpdateAccount', { patchOperations: [replace('/cloudwatchRoleArn', '{{role}}')] })], bad(), { noLogsRole: true }),
  rule('a role for logs that does not exist', [step('apigateway UpdateAccount', { patchOperations: [replace('/cloudwatchRoleArn', 'arn:aws:iam::{{account}}:role/none')] })], bad(), { noLogsRole: true }),
  rule('a deployment that a stage stands on (test_delete_deployment)', [...live, onApi('DeleteDeployment', { deploymentId: '{{3.id}}' })], bad('Active stages pointing to this deployment must be moved or deleted')),
  rule('DeleteResource takes the children along (test_delete_resource)', [api(), child('p'), onApi('CreateResource', { parentId: '{{1.id}}', pathPart: 'c' }), onApi('DeleteResource', { resourceId: '{{1.id}}' }), onApi('GetResource', { resourceId: '{{2.id}}' })], refused(404, 'NotFoundException')),
  rule('DeleteResource of the root', [api(), onApi('DeleteResource', { resourceId: '{{0.rootResourceId}}' })], bad()),
  rule('GetResources without embed shows no more than the verbs (test_import_rest_api)', [api(), ...mock, onApi('GetResources')], { status: 200, member: 'items.0.resourceMethods', answer: { GET: {} } }),
  rule('PutMethod of a method that exists', [api(), ...mock, onRoot('PutMethod', { authorizationType: 'NONE' })], refused(409, 'ConflictException', 'Method already exists for this resource')),
  rule('PutMethodResponse of one that exists (test_method_response)', [api(), ...mock, onRoot('PutMethodResponse', { statusCode: '200' }), onRoot('PutMethodResponse', { statusCode: '200' })], refused(409, 'ConflictException')),
  rule('a verb that HTTP does not have (test_put_method_validation)', [api(), onRoot('PutMethod', { httpMethod: 'FETCH', authorizationType: 'NONE' })], bad()),
  rule('an integration without verb (test_put_integration_validation)', [api(), onRoot('PutMethod', { authorizationType: 'NONE' }), onRoot('PutIntegration', { type: 'AWS_PROXY', uri: functionUri('f') })], bad('Enumeration value for HttpMethod must be non-empty')),
  rule('an integration with an URI that is no ARN (test_put_integration_validation)', [api(), onRoot('PutMethod', { authorizationType: 'NONE' }), onRoot('PutIntegration', { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: 'arn:aws:lambda:x' })], bad()),
  rule('a character that no path has', [api(), child('a b')], bad()),
  rule('a second variable child (test_create_proxy_resource_validation)', [api(), child('{id}'), child('{name}')], bad('A sibling ({id}) of this resource already has a variable path part -- only one is allowed')),
  rule('GetStages of one deployment', [...live, onApi('CreateDeployment'), onApi('GetStages', { deploymentId: '{{4.id}}' })], { status: 200, member: 'item', answer: [] }),
  rule('binary types are a list (test_update_rest_api)', [api(), update('UpdateRestApi', [{ op: 'add', path: '/binaryMediaTypes/image~1png' }])], { status: 200, member: 'binaryMediaTypes', answer: ['image/png'] }),
  rule('a size is a number (test_update_rest_api_compression)', [api(), update('UpdateRestApi', [replace('/minimumCompressionSize', '10')])], { status: 200, member: 'minimumCompressionSize', answer: 10 }),
  rule('a switch of a method is a boolean (test_update_method)', [api(), ...mock, update('UpdateMethod', [replace('/apiKeyRequired', 'false')], { resourceId: '{{0.rootResourceId}}', httpMethod: 'GET' })], { status: 200, member: 'apiKeyRequired', answer: false }),
  rule('a timeout of an integration is a number', [api(), ...mock, update('UpdateIntegration', [replace('/timeoutInMillis', '5000')], { resourceId: '{{0.rootResourceId}}', httpMethod: 'GET' })], { status: 200, member: 'timeoutInMillis', answer: 5000 }),
  rule('GetRestApi shows the tags of TagResource', [api(), step('apigateway TagResource', { resourceArn: 'arn:aws:apigateway:{{region}}::/restapis/{{0.id}}', tags: { a: 'b' } }), onApi('GetRestApi')], { status: 200, member: 'tags', answer: { a: 'b' } }),
  rule('DeleteMethod of a method that is not there', [api(), onRoot('DeleteMethod')], refused(404, 'NotFoundException', 'Invalid Method identifier specified')),
  rule('DeleteIntegration of one that is not there', [api(), onRoot('PutMethod', { authorizationType: 'NONE' }), onRoot('DeleteIntegration')], refused(404, 'NotFoundException')),
  rule('TestInvokeMethod (test_apigw_test_invoke_method_api)', [api(), ...mock, onRoot('PutMethodResponse', { statusCode: '200' }), onRoot('PutIntegrationResponse', { statusCode: '200' }), onRoot('TestInvokeMethod')], { status: 200, member: 'status', answer: 200 }),
]
