import { logGroupArn } from '../service/arns.ts'
import { functionLogGroup, packageBucket } from '../service/names.ts'
import { deployActions } from './actions.ts'
import { executionRoleRows, logsRoleRows } from './deploy-policy-roles.ts'
import { accountOf, type Condition, type PolicyScope, type Row } from './deploy-policy-row.ts'

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

/** The functions' rows. */
function lambdaRows({ partition, region, account, service }: PolicyScope): Row[] {
  const functions = ['', ':*', '-*'].map((end) => `arn:${partition}:lambda:${region}:${account}:function:${service}${end}`)
  return [
    {
      sid: 'Functions', resources: functions,
      actions: /^lambda:(?!ListFunctions$|ListEventSourceMappings$|InvokeFunction$|GetFunctionUrlConfig$)/,
      use: "the service's functions, their versions, aliases and permissions",
    },
    {
      sid: 'CallFunctions', actions: /^lambda:InvokeFunction$/, resources: functions,
      use: '`smoke-test`; without that only to wake a version that nothing has called for weeks',
    },
    {
      sid: 'JoinFunctions', actions: /^lambda:GetFunctionUrlConfig$/, resources: functions,
      use:
        'only for `join: true`: whether a function that is taken over is called by a URL. ' +
        'A function that does not bear the name of the service needs a line here and in Functions',
    },
    {
      sid: 'FindFunctions', actions: /^lambda:List(Functions|EventSourceMappings)$/, resources: ['*'],
      use: 'finding functions that left the config, and what of others calls one that is to go; AWS knows no narrower resource for it',
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
    { sid: 'FindOrMakeApi', actions: /^apigateway:(GET|POST)$/, resources: [`${api}/restapis`], use: 'finding the API, and making it' },
    {
      sid: 'TagApi', actions: /^apigateway:PUT$/, resources: [`${api}/tags/*`],
      use: 'the tags that an API and a stage are made with, and the one that says which of two runs goes on',
    },
    {
      sid: 'UntagApi', actions: /^apigateway:DELETE$/, resources: [`${api}/tags/*`],
      use: 'only for `api-id`: the tag that told runs apart, when the API is given back',
    },
    { sid: 'ReadUsagePlans', actions: /^apigateway:GET$/, resources: [`${api}/usageplans`], use: 'whether one names a stage that goes' },
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
      use: 'log groups, their retention, and with `canary-percent` the lines of the access log; `access-log-group` needs a line of its own',
    },
    {
      sid: 'FindLogGroups', actions: /^logs:DescribeLogGroups$/, resources: [logGroupArn(account, '*')],
      use: 'finding a log group by its name',
    },
  ]
}

/** CloudWatch's rows: composite alarms are shown only where all alarms are allowed (public service model, DescribeAlarms). */
function alarmRows(): Row[] {
  return [{ sid: 'ReadAlarms', actions: /^cloudwatch:/, resources: ['*'], use: 'only for `alarms`' }]
}

/** The rows of packages that are too large for a request. */
function bucketRows(scope: PolicyScope): Row[] {
  const { partition, service } = scope
  const bucket = `arn:${partition}:s3:::${packageBucket(accountOf(scope))}`
  return [
    {
      sid: 'Packages', actions: /^s3:\w+Object$/, resources: ['', '-pr-*'].map((end) => `${bucket}/lambda-api-deploy/${service}${end}/*`),
      use: 'only for `s3-bucket`; put a bucket of your own here',
    },
    {
      sid: 'PackageBucket', actions: /^s3:(?!\w+Object$)/, resources: [bucket],
      use: 'only for `s3-bucket`; with a bucket of your own `s3:ListBucket` on that is enough',
    },
  ]
}

function rowsOf(scope: PolicyScope): Row[] {
  return [lambdaRows, apiRows, logRows, alarmRows, executionRoleRows, logsRoleRows, bucketRows].flatMap((rows) => rows(scope))
}

/**
 * The policy that lets a role do all that a deploy, plan, promote, rollback and destroy of one service may do.
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
