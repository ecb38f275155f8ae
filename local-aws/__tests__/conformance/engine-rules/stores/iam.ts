import type { JsonObject } from '../../rows.ts'
import { agrees, differs, refused, step, taken } from '../rule.ts'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})
const role = (input: JsonObject = {}) => step('iam CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust, ...input })
const malformed = refused(400, 'MalformedPolicyDocumentException', 'This policy contains invalid Json')
const attach = (input: JsonObject) => step('iam AttachRolePolicy', {
  RoleName: 'r',
  PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  ...input,
})

const document = (statement: JsonObject): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
const inline = (statement: JsonObject) => step('iam PutRolePolicy', { RoleName: 'r', PolicyName: 'p', PolicyDocument: document(statement) })

/** Roles and their policies. */
export const roles = [
  differs({
    fact: 'a trust policy that is no JSON',
    source: 'terraform-provider-aws issue 11801',
    when: role({ AssumeRolePolicyDocument: '{oops' }),
    answer: malformed,
  }),
  differs({
    fact: 'an inline policy that is no JSON',
    source: 'terraform-provider-aws issue 11801',
    given: [role()],
    when: step('iam PutRolePolicy', { RoleName: 'r', PolicyName: 'p', PolicyDocument: '{oops' }),
    answer: malformed,
  }),
  differs({
    fact: 'a trust policy that trusts nobody',
    source: 'cloudposse/terraform-aws-cloudwatch-logs issue 7',
    when: role({ AssumeRolePolicyDocument: document({ Action: 'sts:AssumeRole' }) }),
    answer: refused(400, 'MalformedPolicyDocumentException', 'Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!'),
  }),
  differs({
    fact: 'an inline policy with a principal',
    source: 'hashicorp/terraform issue 13449',
    given: [role()],
    when: inline({ Principal: '*', Action: 's3:GetObject', Resource: '*' }),
    answer: refused(400, 'MalformedPolicyDocumentException', 'Policy document should not specify a principal.'),
  }),
  differs({
    fact: 'an inline policy without resources',
    source: 'terraform-aws-modules/terraform-aws-iam issue 364',
    given: [role()],
    when: inline({ Action: 's3:GetObject' }),
    answer: refused(400, 'MalformedPolicyDocumentException', 'Policy statement must contain resources.'),
  }),
  differs({
    fact: 'a policy that does not exist',
    source: 'terraform-provider-aws: this text in many issues',
    given: [role()],
    when: attach({ PolicyArn: 'arn:aws:iam::aws:policy/None' }),
    answer: refused(404, 'NoSuchEntityException', 'Policy arn:aws:iam::aws:policy/None does not exist or is not attachable.'),
  }),
  differs({
    fact: 'a policy that is no ARN',
    source: 'unverified text: API reference, AttachRolePolicy: InvalidInput',
    given: [role()],
    when: attach({ PolicyArn: 'none-that-is-an-arn-at-all' }),
    answer: refused(400, 'InvalidInputException'),
  }),
  differs({
    fact: 'a role that does not exist',
    source: 'terraform-provider-aws issue 5673',
    when: step('iam GetRole', { RoleName: 'none' }),
    answer: refused(404, 'NoSuchEntityException', 'The role with name none cannot be found.'),
  }),
  differs({
    fact: 'a policy is attached to a role that does not exist',
    source: 'terraform-provider-aws issue 5673',
    when: attach({ RoleName: 'none' }),
    answer: refused(404, 'NoSuchEntityException', 'The role with name none cannot be found.'),
  }),
  agrees({
    fact: 'a role that exists',
    source: 'API reference, CreateRole: EntityAlreadyExists',
    given: [role()],
    when: role(),
    answer: refused(409, 'EntityAlreadyExistsException'),
  }),
  agrees({
    fact: 'attached policies are told again',
    source: 'API reference, ListAttachedRolePolicies',
    given: [role(), attach({})],
    when: step('iam ListAttachedRolePolicies', { RoleName: 'r' }),
    answer: taken(200, [{
      PolicyName: 'AWSLambdaBasicExecutionRole',
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    }], 'AttachedPolicies'),
  }),
  agrees({
    fact: 'a role with a policy cannot be deleted',
    source: 'API reference, DeleteRole: DeleteConflict',
    given: [role(), attach({})],
    when: step('iam DeleteRole', { RoleName: 'r' }),
    answer: refused(409, 'DeleteConflictException'),
  }),
  agrees({
    fact: 'tags are told again',
    source: 'API reference, ListRoleTags',
    given: [role(), step('iam TagRole', { RoleName: 'r', Tags: [{ Key: 'a', Value: 'b' }] })],
    when: step('iam ListRoleTags', { RoleName: 'r' }),
    answer: taken(200, [{ Key: 'a', Value: 'b' }], 'Tags'),
  }),
]

/** Who calls. */
export const callers = [
  agrees({
    fact: 'GetCallerIdentity tells the account',
    source: 'API reference, GetCallerIdentity',
    when: step('sts GetCallerIdentity'),
    answer: taken(200, '111111111111', 'Account'),
  }),
]
