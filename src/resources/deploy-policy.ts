import { logGroupArn, managedPolicyArn, type Account } from '../service/arns.ts'
import { functionLogGroup, packageBucket } from '../service/names.ts'
import { deployActions } from './actions.ts'
import { cloudwatchPolicy, cloudwatchRoleName } from './iam/cloudwatch-role.ts'

/** Whose policy it is: one service in one Region of one account. */
export interface PolicyScope {
  /** `aws`, `aws-cn`, ... */
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly service: string
}

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** One statement of the policy: which of the named actions it allows, on what, and what it is for. */
interface Row {
  readonly sid: string
  readonly actions: RegExp
  readonly resources: readonly string[]
  readonly condition?: Condition
  /** For the table beside the policy; with what makes it unnecessary. */
  readonly use: string
}

/** A statement of an IAM policy. */
export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  readonly Condition?: Condition
}

/** A policy of IAM, as JSON has it. */
export interface Policy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

const executionPolicies = [
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'AWSXRayDaemonWriteAccess',
]

const onlyForLogsRole = 'only for `cloudwatch-role: create`'

function passedTo(principal: string): Condition {
  return { StringEquals: { 'iam:PassedToService': principal } }
}

/** The functions' rows. */
function lambdaRows({ partition, region, account, service }: PolicyScope): Row[] {
  const functions = ['', ':*', '-*'].map((end) => `arn:${partition}:lambda:${region}:${account}:function:${service}${end}`)
  return [
    {
      sid: 'Functions', actions: /^lambda:(?!ListFunctions$)/, resources: functions,
      use: "the service's functions, their versions, aliases and permissions",
    },
    {
      sid: 'FindFunctions', actions: /^lambda:ListFunctions$/, resources: ['*'],
      use: 'finding functions of the service that the config no longer describes; AWS knows no narrower resource for it',
    },
  ]
}

/**
 * The API's rows. Actions are HTTP verbs on paths of API Gateway's own; tags on create ask for PUT on /tags/* (developer guide,
 * "Amazon Resource Names (ARNs) for API Gateway"; mattclay/aws-terminator#284).
 */
function apiRows({ partition, region }: PolicyScope): Row[] {
  const api = `arn:${partition}:apigateway:${region}::`
  return [
    {
      sid: 'Apis', actions: /^apigateway:/, resources: [`${api}/restapis/*`],
      use: 'routes, deployments and stages. AWS makes up the id of an API, so that no name can stand here',
    },
    {
      sid: 'FindOrMakeApi', actions: /^apigateway:(GET|POST)$/, resources: [`${api}/restapis`],
      use: "finding the service's API by its tags, and making it",
    },
    { sid: 'TagApi', actions: /^apigateway:PUT$/, resources: [`${api}/tags/*`], use: 'the tags that an API and a stage are made with' },
    {
      sid: 'ReadAccount', actions: /^apigateway:GET$/, resources: [`${api}/account`],
      use: 'whether API Gateway may write logs. Not needed with `access-log: off`',
    },
  ]
}

/**
 * The log groups' rows. CloudWatch Logs asks on `NAME:log-stream:`, and for tags on NAME alone, so the patterns end in `*` (user guide,
 * "Overview of managing access").
 */
function logRows(scope: PolicyScope): Row[] {
  const account = accountOf(scope)
  const own = functionLogGroup({ name: scope.service })
  const names = [`/aws/apigateway/${scope.service}-*`, own, `${own}:*`, `${own}-*`]
  return [
    {
      sid: 'LogGroups', actions: /^logs:(?!DescribeLogGroups$)/, resources: names.map((name) => logGroupArn(account, name)),
      use: 'log groups and their retention; `access-log-group` needs a line of its own',
    },
    {
      sid: 'FindLogGroups', actions: /^logs:DescribeLogGroups$/, resources: [logGroupArn(account, '*')],
      use: 'finding a log group by its name',
    },
  ]
}

/** The rows of the functions' own roles. */
function executionRoleRows(scope: PolicyScope): Row[] {
  const { partition, region, account, service } = scope
  const policies = executionPolicies.map((name) => managedPolicyArn(accountOf(scope), name))
  const roles = ['', '-*'].map((key) => `arn:${partition}:iam::${account}:role/${service}${key}-${region}`)
  return [
    {
      sid: 'ExecutionRoles',
      actions: /^iam:(?!PassRole$|AttachRolePolicy$|\w+RolePolic(y|ies)$)|^iam:(ListAttachedRolePolicies|DetachRolePolicy)$/,
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
function logsRoleRows(scope: PolicyScope): Row[] {
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

/** The rows of packages that are too large for a request. */
function bucketRows(scope: PolicyScope): Row[] {
  const { partition, service } = scope
  const bucket = `arn:${partition}:s3:::${packageBucket(accountOf(scope))}`
  return [
    {
      sid: 'Packages', actions: /^s3:\w+Object$/, resources: [`${bucket}/lambda-api-deploy/${service}/*`],
      use: 'only for `s3-bucket`; put a bucket of your own here',
    },
    {
      sid: 'PackageBucket', actions: /^s3:(?!\w+Object$)/, resources: [bucket],
      use: 'only for `s3-bucket`; with a bucket of your own `s3:ListBucket` on that is enough',
    },
  ]
}

function accountOf({ partition, region, account }: PolicyScope): Account {
  return { partition, region, accountId: account }
}

function rowsOf(scope: PolicyScope): Row[] {
  return [lambdaRows, apiRows, logRows, executionRoleRows, logsRoleRows, bucketRows].flatMap((rows) => rows(scope))
}

/**
 * The policy that lets a role do all that a deploy, plan and destroy of one service may do.
 * @throws Error when a named action has no row here, or a row fits no named action
 */
export function deployPolicy(scope: PolicyScope, actions: readonly string[] = deployActions): Policy {
  const rows = rowsOf(scope)
  const forgotten = actions.filter((action) => !rows.some((row) => row.actions.test(action)))
  if (forgotten.length > 0) throw new Error(`The deploy policy has no row for ${forgotten.join(', ')}: add one with its resources.`)
  const Statement = rows.map((row) => statementOf(row, actions.filter((action) => row.actions.test(action))))
  return { Version: '2012-10-17', Statement }
}

function statementOf({ sid, resources, condition }: Row, actions: readonly string[]): Statement {
  if (actions.length === 0) throw new Error(`The deploy policy's row ${sid} fits no action that a resource names.`)
  const statement = { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources } as const
  return condition === undefined ? statement : { ...statement, Condition: condition }
}

/** What each statement of the policy is for, by its Sid. */
export function statementUses(scope: PolicyScope): readonly (readonly [sid: string, use: string])[] {
  return rowsOf(scope).map(({ sid, use }) => [sid, use])
}
