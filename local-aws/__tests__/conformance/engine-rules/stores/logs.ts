import type { JsonObject } from '../../rows.ts'
import { agrees, differs, refused, step, taken } from '../rule.ts'

const group = (logGroupName = 'g') => step('logs CreateLogGroup', { logGroupName })
const stream = step('logs CreateLogStream', { logGroupName: 'g', logStreamName: 's' })
const put = (...timestamps: readonly number[]) => step('logs PutLogEvents', {
  logGroupName: 'g',
  logStreamName: 's',
  logEvents: timestamps.map((timestamp) => ({ timestamp, message: 'm' })),
})
const retain = (retentionInDays: number) => step('logs PutRetentionPolicy', { logGroupName: 'g', retentionInDays })
const tag = (operation: string, resourceArn: string, input: JsonObject = {}) => step(`logs ${operation}`, { resourceArn, ...input })
const arn = 'arn:aws:logs:{{region}}:{{account}}:log-group:g'
const invalid = (message?: string) => refused(400, 'InvalidParameterException', message)

/** Log groups and what stands in them. */
export const logs = [
  differs({ fact: 'a name with a space', source: 'service model', when: group('a b'), answer: invalid() }),
  differs({
    fact: 'a name of more than 512 characters',
    source: 'LocalStack, test_logs_groups error-invalid-name-length',
    when: group('g'.repeat(513)),
    answer: invalid(),
  }),
  differs({
    fact: 'a name that starts with aws/',
    source: 'unverified text: user guide, log groups',
    when: group('aws/g'),
    answer: invalid(),
  }),
  differs({
    fact: 'a group that exists',
    source: 'LocalStack, test_logs_groups error-duplicate-log-group',
    given: [group()],
    when: group(),
    answer: refused(400, 'ResourceAlreadyExistsException', 'The specified log group already exists'),
  }),
  agrees({
    fact: 'a retention that is none of the list',
    source: 'API reference, PutRetentionPolicy',
    given: [group()],
    when: retain(6),
    answer: invalid(),
  }),
  agrees({
    fact: 'a retention of the list is told again',
    source: 'API reference, DescribeLogGroups',
    given: [group(), retain(7)],
    when: step('logs DescribeLogGroups'),
    answer: taken(200, 7, 'logGroups.0.retentionInDays'),
  }),
  agrees({
    fact: 'DeleteRetentionPolicy takes it away',
    source: 'API reference, DeleteRetentionPolicy',
    given: [group(), retain(7), step('logs DeleteRetentionPolicy', { logGroupName: 'g' }), step('logs DescribeLogGroups')],
    when: step('same'),
    answer: taken(200, null, 'logGroups.0.retentionInDays'),
  }),
  differs({
    fact: 'events that stand in no order',
    source: 'LocalStack, test_logs_events error-wrong-order',
    given: [group(), stream],
    when: put(Date.now(), Date.now() - 5000),
    answer: invalid('Log events in a single PutLogEvents request must be in chronological order.'),
  }),
  differs({
    fact: 'a stream that does not exist',
    source: 'LocalStack, test_logs_events error-log-stream-does-not-exist',
    given: [group()],
    when: put(Date.now()),
    answer: refused(400, 'ResourceNotFoundException', 'The specified log stream does not exist.'),
  }),
  agrees({
    fact: 'events are found again',
    source: 'LocalStack, test_logs_events',
    given: [group(), stream, put(Date.now())],
    when: step('logs FilterLogEvents', { logGroupName: 'g' }),
    answer: taken(200, 'm', 'events.0.message'),
  }),
  agrees({
    fact: 'a prefix and a pattern at once',
    source: 'LocalStack, test_describe_log_groups error-prefix-and-pattern',
    when: step('logs DescribeLogGroups', { logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }),
    answer: invalid(),
  }),
  differs({
    fact: 'tags on an ARN that ends in :*',
    source: 'service model, TagResource; unverified text',
    given: [group()],
    when: tag('TagResource', `${arn}:*`, { tags: { a: 'b' } }),
    answer: invalid(),
  }),
  agrees({
    fact: 'tags on the ARN of the group',
    source: 'API reference, TagResource',
    given: [group(), tag('TagResource', arn, { tags: { a: 'b' } })],
    when: tag('ListTagsForResource', arn),
    answer: taken(200, { a: 'b' }, 'tags'),
  }),
  agrees({
    fact: 'PutResourcePolicy',
    source: 'LocalStack, test_logs_resource_policies',
    when: step('logs PutResourcePolicy', { policyName: 'p', policyDocument: '{"Version": "2012-10-17", "Statement": []}' }),
    answer: taken(200, 'p', 'resourcePolicy.policyName'),
  }),
]
