import { badRequest, live, patchStage, remove, replace } from '../gateway-steps.ts'
import { agrees, differs, step, taken } from '../rule.ts'

const group = 'arn:aws:logs:{{region}}:{{account}}:log-group:g'
const destination = '/accessLogSettings/destinationArn'
const format = '/accessLogSettings/format'
const accessLog = (arn: string, line = '$context.requestId') => patchStage(replace(destination, arn), replace(format, line))
const cannotLog = 'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.'
const logsRole = (arn: string) => step('apigateway UpdateAccount', { patchOperations: [replace('/cloudwatchRoleArn', arn)] })

/** The role with which API Gateway writes logs. */
export const account = [
  differs({
    fact: 'a role for logs that API Gateway may not assume',
    source: 'terraform-provider-aws, apigateway/account.go; the text: jazz-installer issue 597',
    noLogsRole: true,
    when: logsRole('{{role}}'),
    answer: badRequest(cannotLog),
  }),
  differs({
    fact: 'a role for logs that does not exist',
    source: 'terraform-provider-aws, apigateway/account.go; the text: jazz-installer issue 597',
    noLogsRole: true,
    when: logsRole('arn:aws:iam::{{account}}:role/none'),
    answer: badRequest(cannotLog),
  }),
  differs({
    fact: 'a role for logs that was made a moment ago',
    source: 'terraform-provider-aws, apigateway/account.go: it waits for the role',
    noLogsRole: true,
    windows: { roleAssumable: 1_000_000 },
    when: logsRole('{{logsRole}}'),
    answer: badRequest(cannotLog),
  }),
  differs({
    fact: 'a role for logs that is no ARN',
    source: 'terraform-provider-aws, apigateway/account.go: it cannot be emptied',
    when: logsRole(''),
    answer: badRequest(),
  }),
  differs({
    fact: 'a path that an account does not have',
    source: 'API reference, patch operations of an account',
    when: step('apigateway UpdateAccount', { patchOperations: [replace('/nothing', 'x')] }),
    answer: badRequest(),
  }),
  agrees({
    fact: 'the role for logs is told again',
    source: 'API reference, GetAccount',
    given: [step('apigateway GetAccount')],
    when: step('apigateway GetAccount'),
    answer: taken(200, 'arn:aws:iam::111111111111:role/logs', 'cloudwatchRoleArn'),
  }),
]

/** Where a stage writes its access log. */
export const accessLogs = [
  differs({
    fact: 'an access log in an account without role',
    source: 'sst issue 1556',
    noLogsRole: true,
    given: live,
    when: accessLog(group),
    answer: badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging'),
  }),
  differs({
    fact: 'an access log that is no ARN',
    source: 'unverified text: API reference, AccessLogSettings',
    given: live,
    when: accessLog('bogus'),
    answer: badRequest(),
  }),
  differs({
    fact: 'an access log whose ARN ends in :*',
    source: 'LocalStack, comment in test_stage_access_log_settings; unverified text',
    given: live,
    when: accessLog(`${group}:*`),
    answer: badRequest(),
  }),
  differs({
    fact: 'a Firehose stream without the prefix',
    source: 'developer guide, Firehose as a destination: amazon-apigateway-; unverified text',
    given: live,
    when: accessLog('arn:aws:firehose:{{region}}:{{account}}:deliverystream/log'),
    answer: badRequest(),
  }),
  agrees({
    fact: 'a log group that does not exist is taken',
    source: 'LocalStack, test_stage_access_log_settings',
    given: live,
    when: accessLog(group),
    answer: taken(200, { destinationArn: 'arn:aws:logs:<region>:111111111111:log-group:g', format: '$context.requestId' }, 'accessLogSettings'),
  }),
  differs({
    fact: 'a format without the id of the request',
    source: 'service model, AccessLogSettings.format; unverified text',
    given: live,
    when: accessLog(group, '$context.status'),
    answer: badRequest(),
  }),
  differs({
    fact: 'a format of two lines',
    source: 'cloud-platform-environments pull request 12962',
    given: live,
    when: accessLog(group, '$context.requestId\n$context.status'),
    answer: badRequest('Access Log format must be single line, new line character is allowed only at end of the format'),
  }),
  differs({
    fact: 'a format of more than 3 KB',
    source: 'unverified: the developer guide says so of HTTP APIs',
    given: live,
    when: accessLog(group, `$context.requestId ${'x'.repeat(3072)}`),
    answer: badRequest(),
  }),
  differs({
    fact: 'a variable that does not exist',
    source: 'unverified: usdr-gost pull request 3497',
    given: live,
    when: accessLog(group, '$context.requestId $context.nothing'),
    answer: badRequest(),
  }),
  differs({
    fact: 'an empty format',
    source: 'LocalStack, test_stage_access_log_settings_validation',
    given: live,
    when: patchStage(replace(format, '')),
    answer: badRequest('Access Log value must not be empty'),
  }),
  differs({
    fact: 'a part of the access log cannot be removed',
    source: 'LocalStack, test_stage_access_log_settings_validation',
    given: [...live, accessLog(group)],
    when: patchStage(remove(format)),
    answer: badRequest('Cannot remove method setting accessLogSettings/format because there is no method setting for this method '),
  }),
  differs({
    fact: 'a path that access logs do not have',
    source: 'LocalStack, test_stage_access_log_settings_validation',
    given: live,
    when: patchStage(replace('/accessLogSettings/nothing', 'x')),
    answer: badRequest(`Invalid accessLogSettings path. Must be one of : [${destination}, ${format}]`),
  }),
  agrees({
    fact: 'the access log is removed whole',
    source: 'LocalStack, test_stage_access_log_settings',
    given: [...live, accessLog(group)],
    when: patchStage(remove('/accessLogSettings')),
    answer: taken(200, null, 'accessLogSettings'),
  }),
]
