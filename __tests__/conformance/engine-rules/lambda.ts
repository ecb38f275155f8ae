import type { Scenario } from '../rows.ts'
import { answering, createFunction, permit, refused, rule, step, withFunction } from './steps.ts'

const publish = (input = {}) => step('lambda PublishVersion', { FunctionName: 'f', ...input })
const update = (input = {}) => step('lambda UpdateFunctionCode', { FunctionName: 'f', ZipFile: answering('two'), ...input })
const wait = step('wait', { FunctionName: 'f' })
const alias = (input = {}) => step('lambda CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1', ...input })
const handled = (value: string) => [step('lambda UpdateFunctionCode', { FunctionName: 'f', ZipFile: { $source: `def handler(event, context):\n    return ${value}\n` } }), wait, step('lambda Invoke', { FunctionName: 'f' })]
const stale = '00000000-0000-4000-8000-000000000000'

/** Lambda: where the engine says yes, or something else (each with the record or document that says what AWS does). */
export const lambdaRules: readonly Scenario[] = [
  rule('AddPermission with a stale RevisionId (test_lambda_permission_fn_versioning)', [...withFunction(), permit({ RevisionId: stale })], refused(412, 'PreconditionFailedException')),
  rule('RemovePermission with a stale RevisionId (API reference)', [...withFunction(), permit(), step('lambda RemovePermission', { FunctionName: 'f', StatementId: 's', RevisionId: stale })], refused(412, 'PreconditionFailedException')),
  rule('PublishVersion with a stale RevisionId (test_publish_with_wrong_revisionid)', [...withFunction(), publish({ RevisionId: stale })], refused(412, 'PreconditionFailedException')),
  rule('PublishVersion after the same zip again: the same version (test_version_lifecycle)', [...withFunction(), publish(), update({ ZipFile: answering('one') }), wait, publish()], { status: 201, member: 'Version', answer: '1' }),
  rule('PublishVersion with another CodeSha256 (test_publish_with_wrong_sha256)', [...withFunction(), publish({ CodeSha256: 'bm90IHRoZSBoYXNo' })], refused(400, 'InvalidParameterValueException')),
  rule('PublishVersion while an update is under way (aws-cli issue 6718)', [...withFunction(), update(), publish()], refused(409, 'ResourceConflictException'), { slow: true }),
  rule('UpdateFunctionCode with Publish answers the ARN of the version (test_publish_with_update)', [...withFunction(), update({ Publish: true })], { status: 200, member: 'FunctionArn', answer: 'arn:aws:lambda:<region>:111111111111:function:f:1' }),
  rule('UpdateFunctionCode with DryRun changes nothing (API reference)', [...withFunction(), update({ DryRun: true }), wait, publish(), update({ ZipFile: answering('one') }), wait, publish()], { status: 201, member: 'Version', answer: '1' }),
  rule('State stays Active during an update (test_function_lifecycle)', [...withFunction(), update()], { status: 200, member: 'State', answer: 'Active' }, { slow: true }),
  rule('CreateFunction with an object that is not there (test_lambda_code_location_s3_errors)', [createFunction({ Code: { S3Bucket: 'none-{{account}}', S3Key: 'k' } })], refused(400, 'InvalidParameterValueException')),
  rule('a zip of more than 50 MB (test_oversized_zipped_create_lambda)', [createFunction({ Code: { ZipFile: { $zip: 1, $size: 52_500_000 } } })], refused(413, 'RequestEntityTooLargeException')),
  rule('a role that does not exist', [createFunction({ Role: 'arn:aws:iam::{{account}}:role/none' })], refused(400, 'InvalidParameterValueException')),
  rule('a role that API Gateway may assume, and Lambda not (Terraform, retryFunctionOp)', [createFunction({ Role: '{{logsRole}}' })], refused(400, 'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.')),
  rule('a role that is no ARN (model)', [createFunction({ Role: 'role' })], refused(400, 'ValidationException')),
  rule('MemorySize out of range (model)', [createFunction({ MemorySize: 64 })], refused(400, 'ValidationException')),
  rule('Timeout out of range (model)', [createFunction({ Timeout: 901 })], refused(400, 'ValidationException')),
  rule('a runtime that does not exist (test_create_lambda_exceptions)', [createFunction({ Runtime: 'python2.4' })], refused(400, 'InvalidParameterValueException')),
  rule('a variable whose name AWS keeps for itself (developer guide)', [createFunction({ Environment: { Variables: { AWS_REGION: 'x' } } })], refused(400, 'InvalidParameterValueException')),
  rule('a name that the model refuses (test_function_name_and_qualifier_validation)', [createFunction({ FunctionName: 'my-function!' })], refused(400, 'ValidationException')),
  rule('an alias on a version that does not exist (test_notfound_and_invalid_routingconfigs)', [...withFunction(), alias({ FunctionVersion: '9' })], refused(404, 'ResourceNotFoundException')),
  rule('a weight above 1 (test_notfound_and_invalid_routingconfigs)', [...withFunction(), publish(), update(), wait, publish(), alias({ RoutingConfig: { AdditionalVersionWeights: { 2: 2 } } })], refused(400, 'ValidationException')),
  rule('weights on $LATEST (test_notfound_and_invalid_routingconfigs)', [...withFunction(), publish(), alias({ FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } } })], refused(400, 'InvalidParameterValueException')),
  rule('GetFunction of an alias answers the ARN of the alias (test_alias_lifecycle)', [...withFunction(), publish(), alias(), step('lambda GetFunction', { FunctionName: 'f', Qualifier: 'live' })], { status: 200, member: 'Configuration.FunctionArn', answer: 'arn:aws:lambda:<region>:111111111111:function:f:live' }),
  rule('GetPolicy of a function without a policy (test_remove_multi_permissions)', [...withFunction(), permit(), step('lambda RemovePermission', { FunctionName: 'f', StatementId: 's' }), step('lambda GetPolicy', { FunctionName: 'f' })], refused(404, 'ResourceNotFoundException', 'The resource you requested does not exist.')),
  rule('GetPolicy without a qualifier leaves out what stands on aliases (test_lambda_permission_fn_versioning)', [...withFunction(), publish(), alias(), permit({ Qualifier: 'live' }), step('lambda GetPolicy', { FunctionName: 'f' })], refused(404, 'ResourceNotFoundException')),
  rule('the same Sid on another qualifier (test_lambda_permission_fn_versioning)', [...withFunction(), publish(), alias(), permit(), permit({ Qualifier: 'live' })], { status: 201 }),
  rule('a Sid that the model refuses', [...withFunction(), permit({ StatementId: 'a b' })], refused(400, 'ValidationException')),
  rule('tags on an alias (test_tag_exceptions)', [...withFunction(), publish(), alias(), step('lambda TagResource', { Resource: 'arn:aws:lambda:{{region}}:{{account}}:function:f:live', Tags: { a: 'b' } })], refused(400, 'InvalidParameterValueException')),
  rule('Invoke while Pending (developer guide, function states)', [createFunction(), step('lambda Invoke', { FunctionName: 'f' })], refused(409, 'ResourceConflictException'), { slow: true }),
  rule('a payload of more than 6 MB (quotas)', [...withFunction(), step('lambda Invoke', { FunctionName: 'f', Payload: { $long: 6_291_557 } })], refused(413, 'RequestTooLargeException')),
  rule("a function's environment is its own (developer guide, environment variables)", [...withFunction(), ...handled("__import__('os').environ.get('GATEWAY_PORT')")], { status: 200, member: 'Payload', answer: 'null' }),
  rule("the emulator's own packages are not there", [...withFunction(), ...handled("__import__('importlib.util').util.find_spec('ministack') is None")], { status: 200, member: 'Payload', answer: 'true' }),
]
