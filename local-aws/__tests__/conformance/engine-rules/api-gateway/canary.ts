import { badRequest, copy, live, onApi, patchStage, remove, replace } from '../gateway-steps.ts'
import { agrees, differs, taken } from '../rule.ts'

const canaryRelease = onApi('CreateDeployment', { stageName: 'v1', canarySettings: { percentTraffic: 10, stageVariableOverrides: { slot: 'b' } } })
/** Steps 0 to 4: the canary's deployment is `{{4.id}}`. */
const withCanary = [...live, canaryRelease]

/** A canary: a second deployment beside the stage's own. */
export const canaries = [
  differs({
    fact: 'a canary deployment leaves the stage on its deployment',
    source: 'LocalStack, test_create_canary_deployment_with_stage',
    given: [...withCanary, patchStage(remove('/canarySettings'))],
    when: onApi('DeleteDeployment', { deploymentId: '{{3.id}}' }),
    answer: badRequest('Active stages pointing to this deployment must be moved or deleted'),
  }),
  differs({
    fact: 'the stage shows its canary',
    source: 'LocalStack, test_create_canary_deployment_with_stage',
    given: withCanary,
    when: onApi('GetStage', { stageName: 'v1' }),
    answer: taken(200, { deploymentId: '<id:1>', percentTraffic: 10, stageVariableOverrides: { slot: 'b' }, useStageCache: false }, 'canarySettings'),
  }),
  differs({
    fact: 'CreateStage takes a canary',
    source: 'LocalStack, test_create_canary_deployment',
    given: live,
    when: onApi('CreateStage', { stageName: 'v2', deploymentId: '{{3.id}}', canarySettings: { percentTraffic: 20, deploymentId: '{{3.id}}' } }),
    answer: taken(201, 20, 'canarySettings.percentTraffic'),
  }),
  differs({
    fact: 'the share of a canary is a number',
    source: 'LocalStack, test_create_canary_deployment_by_stage_update',
    given: live,
    when: patchStage(replace('/canarySettings/percentTraffic', '10')),
    answer: taken(200, 10, 'canarySettings.percentTraffic'),
  }),
  differs({
    fact: 'more than 100 percent',
    source: 'unverified text: developer guide, canary release',
    given: live,
    when: patchStage(replace('/canarySettings/percentTraffic', '101')),
    answer: badRequest(),
  }),
  differs({
    fact: 'a canary on a deployment that does not exist',
    source: 'LocalStack, test_update_stage_canary_deployment_validation',
    given: withCanary,
    when: patchStage(replace('/canarySettings/deploymentId', 'abcdef')),
    answer: badRequest('Deployment id does not exist'),
  }),
  differs({
    fact: 'copy promotes the deployment of the canary',
    source: 'LocalStack, test_update_stage_with_copy_ops',
    given: [...withCanary, patchStage(copy('/canarySettings/deploymentId', '/deploymentId'), remove('/canarySettings'))],
    when: onApi('DeleteDeployment', { deploymentId: '{{4.id}}' }),
    answer: badRequest('Active stages pointing to this deployment must be moved or deleted'),
  }),
  differs({
    fact: 'copy promotes the variables of the canary',
    source: 'LocalStack, test_update_stage_with_copy_ops',
    given: withCanary,
    when: patchStage(copy('/canarySettings/stageVariableOverrides', '/variables')),
    answer: taken(200, { slot: 'b' }, 'variables'),
  }),
  differs({
    fact: 'copy without a canary',
    source: 'LocalStack, test_update_stage_with_copy_ops',
    given: live,
    when: patchStage(copy('/canarySettings/deploymentId', '/deploymentId')),
    answer: badRequest('Promotion not available. Canary does not exist.'),
  }),
  differs({
    fact: 'copy from anything else',
    source: 'LocalStack, test_update_stage_with_copy_ops',
    given: withCanary,
    when: patchStage(copy('/canarySettings/percentTraffic', '/deploymentId')),
    answer: badRequest(),
  }),
  differs({
    fact: 'overrides cannot be removed all at once',
    source: 'LocalStack, test_update_stage_canary_deployment_validation',
    given: withCanary,
    when: patchStage(remove('/canarySettings/stageVariableOverrides')),
    answer: badRequest(),
  }),
  differs({
    fact: 'a plain deployment to a stage with a canary',
    source: 'serverless issue 11518',
    given: withCanary,
    when: onApi('CreateDeployment', { stageName: 'v1' }),
    answer: badRequest(
      'Invalid deployment content specified.Non canary deployment not supported on stage v1 because Canary is enabled. Provide CanarySettings in deploymentInput.',
    ),
  }),
  differs({
    fact: 'a canary deployment to a stage that does not exist',
    source: 'LocalStack, test_create_canary_deployment_validation',
    given: live,
    when: onApi('CreateDeployment', { stageName: 'none', canarySettings: { percentTraffic: 10 } }),
    answer: badRequest('Invalid deployment content specified.Stage none must already be created before making a canary release deployment'),
  }),
  differs({
    fact: 'a deployment that a canary stands on',
    source: 'terraform-provider-aws, apigateway/deployment.go',
    given: withCanary,
    when: onApi('DeleteDeployment', { deploymentId: '{{4.id}}' }),
    answer: badRequest('Active stages with canary settings pointing to this deployment must be moved or deleted'),
  }),
  agrees({
    fact: 'the canary is removed',
    source: 'LocalStack, test_update_stage_with_copy_ops',
    given: [...live, patchStage(replace('/canarySettings/percentTraffic', '10'))],
    when: patchStage(remove('/canarySettings')),
    answer: taken(200, null, 'canarySettings'),
  }),
]
