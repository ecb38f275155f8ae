import {
  alias,
  conflict,
  invalidByModel,
  invalidValue,
  notFound,
  onF,
  otherRevision,
  permit,
  publish,
  stale,
  withAlias,
  withFunction,
} from '../lambda-steps.ts'
import { agrees, differs, refused, step, taken } from '../rule.ts'

const noPolicy = 'The resource you requested does not exist.'
const apiArn = 'arn:aws:execute-api:{{region}}:{{account}}:'

/** Who may invoke a function: one policy for each qualifier. */
export const policies = [
  differs({
    fact: 'AddPermission with a stale RevisionId',
    source: 'LocalStack, test_lambda_permission_fn_versioning',
    given: withFunction(),
    when: permit({ RevisionId: otherRevision }),
    answer: stale(),
  }),
  differs({
    fact: 'RemovePermission with a stale RevisionId',
    source: 'API reference, RemovePermission',
    given: [...withFunction(), permit()],
    when: onF('RemovePermission', { StatementId: 's', RevisionId: otherRevision }),
    answer: stale(),
  }),
  differs({
    fact: 'a statement gives the policy a new RevisionId',
    source: 'LocalStack, test_lambda_permission_fn_versioning of 2025-11',
    given: [...withFunction(), permit({ StatementId: 'one' }), onF('GetPolicy'), permit({ StatementId: 'two' })],
    when: permit({ StatementId: 'three', RevisionId: '{{3.RevisionId}}' }),
    answer: stale(),
  }),
  agrees({
    fact: 'the same Sid twice',
    source: 'LocalStack, test_lambda_permission_fn_versioning',
    given: [...withFunction(), permit()],
    when: permit(),
    answer: conflict('The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.'),
  }),
  differs({
    fact: 'the same Sid on another qualifier',
    source: 'LocalStack, test_lambda_permission_fn_versioning',
    given: [...withAlias, permit()],
    when: permit({ Qualifier: 'live' }),
    answer: taken(201),
  }),
  differs({
    fact: 'a Sid that the model refuses',
    source: 'LocalStack, add_permission_invalid_statement_id',
    given: withFunction(),
    when: permit({ StatementId: 'a b' }),
    answer: invalidByModel(),
  }),
  differs({
    fact: 'a principal that is none',
    source: 'LocalStack, test_permission_exceptions add_permission_principal_invalid',
    given: withFunction(),
    when: permit({ Principal: 'invalid.nonaws.com' }),
    answer: invalidValue('The provided principal was invalid. Please check the principal and try again.'),
  }),
  differs({
    fact: 'a permission on $LATEST by name',
    source: 'LocalStack, test_permission_exceptions',
    given: withFunction(),
    when: permit({ Qualifier: '$LATEST' }),
    answer: invalidValue('We currently do not support adding policies for $LATEST.'),
  }),
  differs({
    fact: 'a permission on an alias that does not exist',
    source: 'LocalStack, test_permission_exceptions',
    given: withFunction(),
    when: permit({ Qualifier: 'none' }),
    answer: notFound('Cannot find alias arn: arn:aws:lambda:<region>:111111111111:function:f:none'),
  }),
  differs({
    fact: 'a policy of more than 20,480 bytes',
    source: 'helix-deploy issue 24',
    given: [
      ...withFunction(),
      ...Array.from({ length: 40 }, (_, at) => permit({ StatementId: `s${at}`, SourceArn: `${apiArn}${'x'.repeat(260)}/*/${at}` })),
    ],
    when: permit({ StatementId: 'last', SourceArn: `${apiArn}${'x'.repeat(260)}/*/last` }),
    answer: refused(400, 'PolicyLengthExceededException'),
  }),
  differs({
    fact: 'of two AddPermission calls at once one may be lost, and both are answered',
    source: 'terraform-provider-aws, permission.go: "some permissions to be ignored when API calls are sent in parallel"',
    given: [
      ...withFunction(),
      step('together', {
        call: 'lambda AddPermission',
        inputs: ['one', 'two'].map((StatementId) => ({
          FunctionName: 'f',
          StatementId,
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
        })),
      }),
    ],
    when: onF('GetPolicy'),
    answer: taken(200, {
      Version: '2012-10-17',
      Id: 'default',
      Statement: [{
        Sid: '<sid:1>',
        Effect: 'Allow',
        Principal: { Service: 'apigateway.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: 'arn:aws:lambda:<region>:111111111111:function:f',
      }],
    }, 'Policy'),
  }),
  differs({
    fact: 'GetPolicy of a function without a policy',
    source: 'LocalStack, test_remove_multi_permissions',
    given: [...withFunction(), permit(), onF('RemovePermission', { StatementId: 's' })],
    when: onF('GetPolicy'),
    answer: notFound(noPolicy),
  }),
  differs({
    fact: 'GetPolicy of an alias without a policy',
    source: 'LocalStack, test_permission_exceptions',
    given: withAlias,
    when: onF('GetPolicy', { Qualifier: 'live' }),
    answer: notFound(noPolicy),
  }),
  differs({
    fact: 'GetPolicy without a qualifier leaves out what stands on aliases',
    source: 'LocalStack, test_lambda_permission_fn_versioning',
    given: [...withFunction(), publish(), alias(), permit({ Qualifier: 'live' })],
    when: onF('GetPolicy'),
    answer: notFound(noPolicy),
  }),
  differs({
    fact: 'RemovePermission without a qualifier leaves the statement of an alias',
    source: 'LocalStack, test_lambda_permission_fn_versioning: one policy for each qualifier',
    given: [...withAlias, permit({ Qualifier: 'live' }), onF('RemovePermission', { StatementId: 's' })],
    when: onF('GetPolicy', { Qualifier: 'live' }),
    answer: taken(200),
  }),
  differs({
    fact: 'RemovePermission of a Sid that is not there',
    source: 'LocalStack, test_remove_multi_permissions',
    given: [...withFunction(), permit()],
    when: onF('RemovePermission', { StatementId: 'other' }),
    answer: notFound('Statement other is not found in resource policy.'),
  }),
  agrees({
    fact: 'RemovePermission where there is no policy',
    source: 'LocalStack, test_permission_exceptions',
    given: withFunction(),
    when: onF('RemovePermission', { StatementId: 's' }),
    answer: notFound('No policy is associated with the given resource.'),
  }),
  differs({
    fact: 'a permission gives the alias a new RevisionId',
    source: 'LocalStack, test_lambda_permission_revisions of 2022',
    given: [...withAlias, permit({ Qualifier: 'live' })],
    when: onF('UpdateAlias', { Name: 'live', RevisionId: '{{3.RevisionId}}' }),
    answer: stale(),
  }),
]
