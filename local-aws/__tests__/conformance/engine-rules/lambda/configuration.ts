import type { Step } from '../../rows.ts'
import { createFunction, invalidByModel, invalidValue, onF, otherRevision, python, stale, wait, withFunction } from '../lambda-steps.ts'
import { agrees, differs, step, taken } from '../rule.ts'

const blocked = 'is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.'
const environment = 'Lambda was unable to configure your environment variables because the environment variables you have provided'
const cannotAssume = 'The role defined for the function cannot be assumed by Lambda.'

/** A layer whose code has a given size: bytes that it unpacks to. */
const layer = (unzipped: number): Step => step('lambda PublishLayerVersion', { LayerName: 'l', Content: { ZipFile: { $zip: 1, $unzipped: unzipped } } })

/** What a function may be configured with. */
export const configuration = [
  differs({
    fact: 'a role that does not exist',
    source: 'terraform-provider-aws, retryFunctionOp',
    when: createFunction({ Role: 'arn:aws:iam::{{account}}:role/none' }),
    answer: invalidValue(cannotAssume),
  }),
  differs({
    fact: 'a role that API Gateway may assume, and Lambda not',
    source: 'terraform-provider-aws, retryFunctionOp',
    when: createFunction({ Role: '{{logsRole}}' }),
    answer: invalidValue(cannotAssume),
  }),
  differs({
    fact: 'a role that was made a moment ago',
    source: 'terraform-provider-aws, retryFunctionOp: it waits for the role; chalice issue 172',
    windows: { roleAssumable: 1_000_000 },
    noLogsRole: true,
    when: createFunction(),
    answer: invalidValue(cannotAssume),
  }),
  differs({
    fact: 'a role that is no ARN',
    source: 'service model',
    when: createFunction({ Role: 'role' }),
    answer: invalidByModel(),
  }),
  differs({
    fact: 'less than 128 MB of memory',
    source: 'service model',
    when: createFunction({ MemorySize: 64 }),
    answer: invalidByModel(),
  }),
  differs({
    fact: 'more than 10,240 MB of memory',
    source: 'developer guide, quotas',
    when: createFunction({ MemorySize: 10_241 }),
    answer: invalidValue(),
  }),
  differs({
    fact: 'a timeout of more than 900 s',
    source: 'developer guide, quotas',
    when: createFunction({ Timeout: 901 }),
    answer: invalidByModel(),
  }),
  differs({
    fact: 'a runtime that does not exist',
    source: 'LocalStack, test_create_lambda_exceptions',
    when: createFunction({ Runtime: 'python2.4' }),
    answer: invalidValue(),
  }),
  differs({
    fact: 'a runtime that AWS has blocked',
    source: 'LocalStack, test_create_deprecated_function_runtime_with_validation_enabled',
    when: createFunction({ Runtime: 'python3.7' }),
    answer: invalidValue(`The runtime parameter of python3.7 ${blocked}`),
  }),
  differs({
    fact: 'a handler of more than 128 characters',
    source: 'service model',
    when: createFunction({ Handler: 'h'.repeat(129) }),
    answer: invalidByModel(),
  }),
  differs({
    fact: 'a description of more than 256 characters',
    source: 'service model',
    when: createFunction({ Description: 'd'.repeat(257) }),
    answer: invalidByModel(),
  }),
  differs({
    fact: 'a variable whose name AWS keeps for itself',
    source: 'mattermost-cloud issue 264',
    when: createFunction({ Environment: { Variables: { AWS_REGION: 'x' } } }),
    answer: invalidValue(`${environment} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION`),
  }),
  differs({
    fact: 'more than 4 KB of environment',
    source: 'LocalStack, test_large_environment_fails_multiple_keys',
    when: createFunction({ Environment: { Variables: { LONG: 'x'.repeat(4096) } } }),
    answer: invalidValue(`${environment} exceeded the 4KB limit. String measured: {"LONG":"${'x'.repeat(4096)}"}`),
  }),
  differs({
    fact: 'more than 50 tags',
    source: 'LocalStack, test_tag_limits',
    when: createFunction({ Tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'v'])) }),
    answer: invalidValue('Number of tags exceeds resource tag limit.'),
  }),
  differs({
    fact: 'code and layers of more than 250 MB together',
    source: 'serverless issue 6271',
    given: [layer(200_000_000), createFunction({ Code: { ZipFile: { $zip: 2, $unzipped: 100_000_000 } } }), wait],
    when: onF('UpdateFunctionConfiguration', { Layers: ['{{0.LayerVersionArn}}'] }),
    answer: invalidValue('Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is 300000000 bytes.'),
  }),
  agrees({
    fact: 'UpdateFunctionConfiguration with a stale RevisionId',
    source: 'LocalStack, test_function_revisions_basic',
    given: withFunction(),
    when: onF('UpdateFunctionConfiguration', { Timeout: 5, RevisionId: otherRevision }),
    answer: stale(),
  }),
  differs({
    fact: 'LoggingConfig: JSON brings both levels',
    source: 'LocalStack, test_advanced_logging_configuration_format_switch',
    given: withFunction(),
    when: onF('UpdateFunctionConfiguration', { LoggingConfig: { LogFormat: 'JSON' } }),
    answer: taken(200, { LogFormat: 'JSON', LogGroup: '/aws/lambda/f', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' }, 'LoggingConfig'),
  }),
  agrees({
    fact: 'SnapStart: a published version is a snapshot',
    source: 'developer guide, SnapStart',
    given: withFunction({ SnapStart: { ApplyOn: 'PublishedVersions' } }),
    when: onF('PublishVersion'),
    answer: taken(201, { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' }, 'SnapStart'),
  }),
  agrees({
    fact: 'variables reach the handler',
    source: 'developer guide, environment variables',
    given: withFunction({ Code: { ZipFile: python("return __import__('os').environ['STAGE']") }, Environment: { Variables: { STAGE: 'prod' } } }),
    when: onF('Invoke'),
    answer: taken(200, '"prod"', 'Payload'),
  }),
]
