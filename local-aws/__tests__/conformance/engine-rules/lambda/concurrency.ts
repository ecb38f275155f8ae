import { alias, conflict, invalidValue, notFound, onF, twoVersions, withAlias, withFunction } from '../lambda-steps.ts'
import { agrees, differs, refused, step, taken } from '../rule.ts'

const provision = (ProvisionedConcurrentExecutions: number, Qualifier = 'live') => onF('PutProvisionedConcurrencyConfig', { ProvisionedConcurrentExecutions, Qualifier })

/** Reserved and provisioned concurrency. */
export const concurrency = [
  agrees({
    fact: 'reserved concurrency is told again',
    source: 'LocalStack, test_function_concurrency',
    given: [...withFunction(), onF('PutFunctionConcurrency', { ReservedConcurrentExecutions: 5 })],
    when: onF('GetFunctionConcurrency'),
    answer: taken(200, 5, 'ReservedConcurrentExecutions'),
  }),
  differs({
    fact: 'at least 100 executions stay unreserved',
    source: 'LocalStack, test_function_concurrency_limits',
    given: withFunction(),
    when: onF('PutFunctionConcurrency', { ReservedConcurrentExecutions: 901 }),
    answer: invalidValue("Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]."),
  }),
  differs({
    fact: 'reserved concurrency of an alias',
    source: 'LocalStack, test_function_concurrency_exceptions',
    given: withAlias,
    when: step('lambda PutFunctionConcurrency', { FunctionName: 'f:live', ReservedConcurrentExecutions: 1 }),
    answer: invalidValue('This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.'),
  }),
  differs({
    fact: 'provisioned concurrency is IN_PROGRESS at first',
    source: 'LocalStack, test_provisioned_concurrency get_provisioned_prewait',
    given: withAlias,
    when: provision(1),
    answer: taken(202, 'IN_PROGRESS', 'Status'),
  }),
  differs({
    fact: 'provisioned concurrency on $LATEST',
    source: 'LocalStack, test_provisioned_concurrency_exceptions',
    given: withFunction(),
    when: provision(1, '$LATEST'),
    answer: invalidValue('Provisioned Concurrency Configs cannot be applied to unpublished function versions.'),
  }),
  agrees({
    fact: 'provisioned concurrency on a version that does not exist',
    source: 'LocalStack, test_provisioned_concurrency_exceptions',
    given: withFunction(),
    when: provision(1, '9'),
    answer: notFound('Function not found: arn:aws:lambda:<region>:111111111111:function:f:9'),
  }),
  differs({
    fact: 'provisioned concurrency on an alias that does not exist',
    source: 'LocalStack, test_provisioned_concurrency_exceptions',
    given: withFunction(),
    when: provision(1, 'none'),
    answer: notFound('Cannot find alias arn: arn:aws:lambda:<region>:111111111111:function:f:none'),
  }),
  differs({
    fact: 'a version has provisioned concurrency itself or through an alias, never both',
    source: 'LocalStack, test_lambda_provisioned_lifecycle',
    given: [...withAlias, provision(1)],
    when: provision(1, '1'),
    answer: conflict('Version is pointed by a Provisioned Concurrency alias'),
  }),
  differs({
    fact: 'more provisioned than the account has',
    source: 'LocalStack, test_provisioned_concurrency_limits',
    given: withAlias,
    when: provision(1_001),
    answer: invalidValue("Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000]."),
  }),
  differs({
    fact: 'so much provisioned that less than 100 executions stay unreserved',
    source: 'LocalStack, test_provisioned_concurrency_limits',
    given: withAlias,
    when: provision(901),
    answer: invalidValue("Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]."),
  }),
  differs({
    fact: 'more provisioned than reserved',
    source: 'LocalStack, test_reserved_provisioned_overlap',
    given: [...withAlias, onF('PutFunctionConcurrency', { ReservedConcurrentExecutions: 1 })],
    when: provision(2),
    answer: invalidValue('Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function'),
  }),
  differs({
    fact: 'less reserved than provisioned',
    source: 'LocalStack, test_reserved_provisioned_overlap',
    given: [...withAlias, provision(2)],
    when: onF('PutFunctionConcurrency', { ReservedConcurrentExecutions: 1 }),
    answer: invalidValue(" ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2]."),
  }),
  differs({
    fact: 'no provisioned concurrency is configured',
    source: 'LocalStack, test_provisioned_concurrency_exceptions',
    given: withAlias,
    when: onF('GetProvisionedConcurrencyConfig', { Qualifier: 'live' }),
    answer: refused(404, 'ProvisionedConcurrencyConfigNotFoundException', 'No Provisioned Concurrency Config found for this function'),
  }),
  agrees({
    fact: 'provisioned concurrency moves with its alias',
    source: 'LocalStack, test_lambda_provisioned_concurrency_moves_with_alias',
    given: [...twoVersions, alias(), provision(1), onF('UpdateAlias', { Name: 'live', FunctionVersion: '2' })],
    when: onF('GetProvisionedConcurrencyConfig', { Qualifier: 'live' }),
    answer: taken(200, 1, 'RequestedProvisionedConcurrentExecutions'),
  }),
  agrees({
    fact: 'recursive loops are ended unless set otherwise',
    source: 'API reference, GetFunctionRecursionConfig',
    given: withFunction(),
    when: onF('GetFunctionRecursionConfig'),
    answer: taken(200, 'Terminate', 'RecursiveLoop'),
  }),
]

/** Layers, and the account's own limits. */
export const layers = [
  differs({
    fact: 'a layer version below 1',
    source: 'LocalStack, test_layer_exceptions',
    when: step('lambda GetLayerVersion', { LayerName: 'l', VersionNumber: 0 }),
    answer: invalidValue('Layer Version Cannot be less than 1'),
  }),
  agrees({
    fact: 'a layer that does not exist',
    source: 'LocalStack, test_layer_exceptions',
    when: step('lambda GetLayerVersion', { LayerName: 'l', VersionNumber: 1 }),
    answer: notFound('The resource you requested does not exist.'),
  }),
  agrees({
    fact: 'a layer version by an ARN that does not exist',
    source: 'LocalStack, test_layer_exceptions',
    when: step('lambda GetLayerVersionByArn', { Arn: 'arn:aws:lambda:{{region}}:{{account}}:layer:l:1' }),
    answer: notFound('The resource you requested does not exist.'),
  }),
  differs({
    fact: "a page marker of one's own making",
    source: 'unverified text: the marker is an opaque token',
    given: withFunction(),
    when: step('lambda ListFunctions', { Marker: 'bm9uZQ==' }),
    answer: invalidValue(),
  }),
  differs({
    fact: 'more requests than the account may make',
    source: 'developer guide, quotas: 15 control plane requests a second; the burst of 15 is unverified',
    rates: true,
    when: step('together', { call: 'lambda ListFunctions', inputs: Array.from({ length: 20 }, () => ({})) }),
    answer: taken(200, '429 TooManyRequestsException', 'outcomes.19'),
  }),
]
