import { agrees, differs, step, taken } from '../rule.ts'
import { api, badRequest, conflict, deployed, live, method, mock, onApi, patchStage, remove, replace } from '../gateway-steps.ts'

const toGone = 'Deployment id does not exist'
const stage = (stageName: string, input = {}) => onApi('CreateStage', { stageName, deploymentId: '{{3.id}}', ...input })

/** Deployments. */
export const deployments = [
  differs({
    fact: 'CreateDeployment of an API without methods',
    source: 'moto issue 9466',
    given: [api()],
    when: onApi('CreateDeployment'),
    answer: badRequest("The REST API doesn't contain any methods"),
  }),
  differs({
    fact: 'CreateDeployment of a method without integration',
    source: 'terraform-provider-aws issue 21210',
    given: [api(), method()],
    when: onApi('CreateDeployment'),
    answer: badRequest('No integration defined for method'),
  }),
  agrees({
    fact: 'CreateDeployment of the same API gives another id',
    source: 'LocalStack, test_create_delete_deployments',
    given: [...live, deployed(), onApi('GetDeployments')],
    when: step('same'),
    answer: taken(200, 2, 'items.length'),
  }),
  differs({
    fact: 'GetDeployment shows the summary only when asked',
    source: 'API reference, GetDeployment: embed',
    given: [...live],
    when: onApi('GetDeployment', { deploymentId: '{{3.id}}' }),
    answer: { status: 200, answer: { id: '<id:1>', createdDate: 'date' } },
  }),
  differs({
    fact: 'a deployment that a stage stands on',
    source: 'LocalStack, test_create_delete_deployments',
    given: live,
    when: onApi('DeleteDeployment', { deploymentId: '{{3.id}}' }),
    answer: badRequest('Active stages pointing to this deployment must be moved or deleted'),
  }),
]

/** Stages, their settings and variables. */
export const stages = [
  differs({
    fact: 'a stage that exists',
    source: 'API reference, CreateStage: ConflictException',
    given: live,
    when: stage('v1'),
    answer: conflict(),
  }),
  differs({
    fact: 'a bad name of a stage',
    source: 'klotho issue 235',
    given: live,
    when: stage('a.b'),
    answer: badRequest('Stage name only allows a-zA-Z0-9_'),
  }),
  differs({
    fact: 'a stage on a deployment that does not exist',
    source: 'LocalStack, test_create_canary_deployment bad-canary-deployment-id',
    given: [api()],
    when: stage('v1', { deploymentId: 'abcdef' }),
    answer: badRequest(toGone),
  }),
  differs({
    fact: 'CreateStage knows no access log',
    source: 'unverified refusal: the service model has no such member',
    given: live,
    when: step('http', {
      service: 'apigateway',
      method: 'POST',
      path: '/restapis/{{0.id}}/stages',
      headers: { 'content-type': 'application/json' },
      body: '{"stageName": "v2", "deploymentId": "{{3.id}}", "accessLogSettings": {"format": "x"}}',
    }),
    answer: { status: 400, error: { name: 'SerializationException' } },
  }),
  differs({
    fact: 'a path that a stage does not have',
    source: 'LocalStack, test_create_update_stages',
    given: live,
    when: patchStage(replace('/nothing', 'x')),
    answer: badRequest(),
  }),
  differs({
    fact: 'a method setting that does not exist',
    source: 'LocalStack, test_create_update_stages',
    given: live,
    when: patchStage(replace('/*/*/throttling/nothing', '1')),
    answer: badRequest(),
  }),
  differs({
    fact: 'an operation that a stage does not know',
    source: 'API reference, patch operations of a stage',
    given: live,
    when: patchStage({ op: 'test', path: '/description', value: 'x' }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a rate that is no number',
    source: 'unverified text: API reference, MethodSetting',
    given: live,
    when: patchStage(replace('/*/*/throttling/rateLimit', 'fast')),
    answer: badRequest(),
  }),
  differs({
    fact: 'a level that logging does not have',
    source: 'unverified text: API reference, MethodSetting',
    given: live,
    when: patchStage(replace('/*/*/logging/loglevel', 'LOUD')),
    answer: badRequest(),
  }),
  differs({
    fact: 'a method setting brings its defaults along',
    source: 'LocalStack, test_update_stage_remove_wildcard',
    given: live,
    when: patchStage(replace('/*/*/throttling/rateLimit', '10')),
    answer: taken(200, {
      '*/*': {
        cacheDataEncrypted: false, cacheTtlInSeconds: 300, cachingEnabled: false, dataTraceEnabled: false, metricsEnabled: false,
        requireAuthorizationForCacheControl: true, throttlingBurstLimit: 5000, throttlingRateLimit: 10, unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
      },
    }, 'methodSettings'),
  }),
  differs({
    fact: 'settings of a method that has none cannot be removed',
    source: 'LocalStack, test_update_stage_remove_wildcard',
    given: live,
    when: patchStage(remove('/*/*')),
    answer: badRequest('Cannot remove method setting */* because there is no method setting for this method '),
  }),
  differs({
    fact: 'a stage moved to a deployment that does not exist',
    source: 'LocalStack, test_update_stage_canary_deployment_validation',
    given: live,
    when: patchStage(replace('/deploymentId', 'abcdef')),
    answer: badRequest(toGone),
  }),
  agrees({
    fact: 'a stage variable is set',
    source: 'LocalStack, test_create_update_stages',
    given: live,
    when: patchStage(replace('/variables/slot', 'a')),
    answer: taken(200, { slot: 'a' }, 'variables'),
  }),
  agrees({
    fact: 'tracing is switched on',
    source: 'API reference, patch operations of a stage',
    given: live,
    when: patchStage(replace('/tracingEnabled', 'true')),
    answer: taken(200, true, 'tracingEnabled'),
  }),
  differs({
    fact: 'a stage variable with a hyphen in its name',
    source: 'serverless issue 6133',
    given: live,
    when: patchStage(replace('/variables/a-b', 'x')),
    answer: badRequest('Invalid stage variable name: a-b.  Please use names with only word characters.'),
  }),
  differs({
    fact: 'a stage variable with a bad value',
    source: 'aws-lambda-blog issue 10',
    given: live,
    when: patchStage(replace('/variables/a', '{x}')),
    answer: badRequest(),
  }),
  differs({
    fact: 'more than 100 stage variables',
    source: 'unverified text: developer guide, quotas',
    given: [api(), ...mock],
    when: deployed(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`v${at}`, 'x']))),
    answer: { status: 429, error: { name: 'LimitExceededException' } },
  }),
  differs({
    fact: 'too many operations at once',
    source: 'serverless-api-gateway-caching issue 46; the number is ours',
    given: live,
    when: patchStage(...Array.from({ length: 200 }, (_, at) => replace(`/p${at}/GET/throttling/rateLimit`, '1'))),
    answer: badRequest('Update size too large. Try updating stage in multiple UpdateStage operations'),
  }),
  differs({
    fact: 'GetStages of one deployment',
    source: 'API reference, GetStages',
    given: [...live, onApi('CreateDeployment')],
    when: onApi('GetStages', { deploymentId: '{{4.id}}' }),
    answer: taken(200, [], 'item'),
  }),
  agrees({
    fact: 'GetExport of a type that does not exist',
    source: 'unverified text: API reference, GetExport',
    given: live,
    when: onApi('GetExport', { stageName: 'v1', exportType: 'raml' }),
    answer: badRequest(),
  }),
]
