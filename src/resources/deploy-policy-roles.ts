import { managedPolicyArn } from '../service/arns.ts'
import { accountOf, type Condition, type PolicyScope, type Row } from './deploy-policy-row.ts'
import { cloudwatchPolicy, cloudwatchRoleName } from './iam/cloudwatch-role.ts'

const executionPolicies = [
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'AWSXRayDaemonWriteAccess',
]

const onlyForLogsRole = 'only for `cloudwatch-role: create`'

function passedTo(principal: string): Condition {
  return { StringEquals: { 'iam:PassedToService': principal } }
}

/** The rows of the functions' own roles. */
export function executionRoleRows(scope: PolicyScope): Row[] {
  const { partition, region, account, service } = scope
  const policies = executionPolicies.map((name) => managedPolicyArn(accountOf(scope), name))
  const roles = ['', '-*'].map((key) => `arn:${partition}:iam::${account}:role/${service}${key}-${region}`)
  return [
    {
      sid: 'ExecutionRoles',
      actions: /^iam:(?!PassRole$|ListRoles$|AttachRolePolicy$|\w+RolePolic(y|ies)$)|^iam:(ListAttachedRolePolicies|DetachRolePolicy)$/,
      resources: roles,
      use: 'the roles of the functions. Not needed where `role` is an ARN',
    },
    {
      sid: 'ExecutionRolePolicies',
      actions: /^iam:AttachRolePolicy$/,
      resources: roles,
      condition: { ArnEquals: { 'iam:PolicyARN': policies } },
      use: 'the only policies that the roles of the functions may get; add those of `role-policies`. Not needed where `role` is an ARN',
    },
    {
      sid: 'RoleStatements',
      actions: /^iam:(ListRolePolicies|(Get|Put|Delete)RolePolicy)$/,
      resources: roles,
      use:
        'only for `role-statements`. Whoever has it can give these roles any right, and so the code that runs with them: leave it out ' +
        'without need, or add the condition `iam:PermissionsBoundary` and set `role-permissions-boundary`',
    },
    {
      sid: 'FindPreviewRoles', actions: /^iam:ListRoles$/, resources: ['*'],
      use: 'only for previews: a role whose function a run has not come to make; AWS knows no narrower resource for it',
    },
    {
      sid: 'PassExecutionRoles',
      actions: /^iam:PassRole$/,
      resources: roles,
      condition: passedTo('lambda.amazonaws.com'),
      use:
        'handing a role to Lambda. Where `role` is an ARN, put it here; ' +
        'iam:GetRole on it, too, lets a wrong one be told before anything is made',
    },
  ]
}

/** The rows of the account's role by which API Gateway writes logs. */
export function logsRoleRows(scope: PolicyScope): Row[] {
  const { partition, region, account } = scope
  const role = [`arn:${partition}:iam::${account}:role/${cloudwatchRoleName(region)}`]
  return [
    {
      sid: 'SetAccount', actions: /^apigateway:PATCH$/, resources: [`arn:${partition}:apigateway:${region}::/account`],
      use: 'only for `cloudwatch-role: create` or an ARN',
    },
    { sid: 'LogsRole', actions: /^iam:(GetRole|ListAttachedRolePolicies|CreateRole|TagRole)$/, resources: role, use: onlyForLogsRole },
    {
      sid: 'LogsRolePolicy', actions: /^iam:AttachRolePolicy$/, resources: role,
      condition: {
        ArnEquals: { 'iam:PolicyARN': managedPolicyArn(accountOf(scope), cloudwatchPolicy) },
      },
      use: onlyForLogsRole,
    },
    {
      sid: 'PassLogsRole', actions: /^iam:PassRole$/, resources: role, condition: passedTo('apigateway.amazonaws.com'),
      use: `${onlyForLogsRole}; for an ARN, put it here`,
    },
  ]
}
