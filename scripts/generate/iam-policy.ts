import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Stand-ins that a reader replaces by words of their own. The quick start uses the same. */
export const example = { region: 'eu-west-1', account: '111122223333', service: 'hello' } as const

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** One statement of the policy: which of the named actions it allows, on what, and what it is for. */
interface Statement {
  readonly sid: string
  readonly actions: RegExp
  readonly resources: readonly string[]
  readonly condition?: Condition
  /** For the table below the policy; with what makes it unnecessary. */
  readonly use: string
}

const { region, account, service } = example
const api = `arn:aws:apigateway:${region}::`
const group = `arn:aws:logs:${region}:${account}:log-group:`
const functions = ['', ':*', '-*'].map((end) => `arn:aws:lambda:${region}:${account}:function:${service}${end}`)
const executionRoles = ['', '-*'].map((key) => `arn:aws:iam::${account}:role/${service}${key}-${region}`)
const logGroups = [`apigateway/${service}-*`, `lambda/${service}`, `lambda/${service}:*`, `lambda/${service}-*`].map((name) => `${group}/aws/${name}`)
const logsRole = `arn:aws:iam::${account}:role/lambda-api-deploy-api-gateway-logs-${region}`
const bucket = `arn:aws:s3:::lambda-api-deploy-${account}-${region}`
const managed = (name: string): string => `arn:aws:iam::aws:policy/${name}`
const passedTo = (principal: string): Condition => ({ StringEquals: { 'iam:PassedToService': principal } })

/**
 * The resources of every action, a row for each kind of resource. API Gateway's actions are HTTP verbs on its own paths; tags on create
 * ask for PUT on /tags/* (developer guide, "Amazon Resource Names (ARNs) for API Gateway"; aws-terminator#284). CloudWatch Logs asks on
 * `NAME:log-stream:`, and for tags on NAME alone, so the patterns end in `*` (user guide, "Overview of managing access").
 */
const statements: readonly Statement[] = [
  { sid: 'Functions', actions: /^lambda:(?!ListFunctions$)/, resources: functions, use: "the service's functions, their versions, aliases and permissions" },
  { sid: 'FindFunctions', actions: /^lambda:ListFunctions$/, resources: ['*'], use: "finding functions of the service that the config no longer describes; AWS knows no narrower resource for it" },
  { sid: 'Apis', actions: /^apigateway:/, resources: [`${api}/restapis/*`], use: 'routes, deployments and stages. AWS makes up the id of an API, so that no name can stand here' },
  { sid: 'FindOrMakeApi', actions: /^apigateway:(GET|POST)$/, resources: [`${api}/restapis`], use: "finding the service's API by its tags, and making it" },
  { sid: 'TagApi', actions: /^apigateway:PUT$/, resources: [`${api}/tags/*`], use: 'the tags that an API and a stage are made with' },
  { sid: 'ReadAccount', actions: /^apigateway:GET$/, resources: [`${api}/account`], use: 'whether API Gateway may write logs. Not needed with `access-log: off`' },
  { sid: 'LogGroups', actions: /^logs:(?!DescribeLogGroups$)/, resources: logGroups, use: 'log groups and their retention; `access-log-group` needs a line of its own' },
  { sid: 'FindLogGroups', actions: /^logs:DescribeLogGroups$/, resources: [`${group}*`], use: 'finding a log group by its name' },
  { sid: 'ExecutionRoles', actions: /^iam:(?!PassRole$|AttachRolePolicy$)/, resources: executionRoles, use: 'the roles of the functions. Not needed where `role` is an ARN' },
  {
    sid: 'ExecutionRolePolicies', actions: /^iam:AttachRolePolicy$/, resources: executionRoles,
    condition: { ArnEquals: { 'iam:PolicyARN': ['service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaVPCAccessExecutionRole', 'AWSXRayDaemonWriteAccess'].map(managed) } },
    use: 'the only policies that the roles of the functions may get; add those of `role-policies`. Not needed where `role` is an ARN',
  },
  { sid: 'PassExecutionRoles', actions: /^iam:PassRole$/, resources: executionRoles, condition: passedTo('lambda.amazonaws.com'), use: 'handing a role to Lambda. Where `role` is an ARN, put it here; iam:GetRole on it, too, lets a wrong one be told before anything is made' },
  { sid: 'SetAccount', actions: /^apigateway:PATCH$/, resources: [`${api}/account`], use: 'only for `cloudwatch-role: create` or an ARN' },
  { sid: 'LogsRole', actions: /^iam:(GetRole|ListAttachedRolePolicies|CreateRole|TagRole)$/, resources: [logsRole], use: 'only for `cloudwatch-role: create`' },
  {
    sid: 'LogsRolePolicy', actions: /^iam:AttachRolePolicy$/, resources: [logsRole],
    condition: { ArnEquals: { 'iam:PolicyARN': managed('service-role/AmazonAPIGatewayPushToCloudWatchLogs') } },
    use: 'only for `cloudwatch-role: create`',
  },
  { sid: 'PassLogsRole', actions: /^iam:PassRole$/, resources: [logsRole], condition: passedTo('apigateway.amazonaws.com'), use: 'only for `cloudwatch-role: create`; for an ARN, put it here' },
  { sid: 'Packages', actions: /^s3:\w+Object$/, resources: [`${bucket}/lambda-api-deploy/${service}/*`], use: 'only for `s3-bucket`; put a bucket of your own here' },
  { sid: 'PackageBucket', actions: /^s3:(?!\w+Object$)/, resources: [bucket], use: 'only for `s3-bucket`; with a bucket of your own `s3:ListBucket` on that is enough' },
]

/** What nobody has to be allowed: GetCallerIdentity needs no permission (STS API reference). */
const free: ReadonlySet<string> = new Set(['sts:GetCallerIdentity'])

const source = join(import.meta.dirname, '../../src')

/** Every action that a file of src/resources or src/actual names in a list that it exports as `...Actions`, sorted. */
export async function namedActions(): Promise<string[]> {
  const rooms = await Promise.all(['resources', 'actual'].map(async (room) => (await readdir(join(source, room), { recursive: true })).map((path) => join(source, room, path))))
  const modules = await Promise.all(rooms.flat().filter((path) => path.endsWith('.ts')).map((path) => import(pathToFileURL(path).href) as Promise<Readonly<Record<string, unknown>>>))
  const lists = modules.flatMap((module) => Object.entries(module).filter(([name]) => name.endsWith('Actions')).map(([, list]) => list as readonly string[]))
  return [...new Set(lists.flat())].sort()
}

/**
 * The policy that lets a role do all that a deploy, plan and destroy of the example service may do.
 * @throws Error when a named action has no row here, or a row fits no named action
 */
export function iamPolicy(actions: readonly string[]): { readonly Version: string; readonly Statement: readonly object[] } {
  const forgotten = actions.filter((action) => !free.has(action) && !statements.some((row) => row.actions.test(action)))
  if (forgotten.length > 0) throw new Error(`scripts/generate/iam-policy.ts has no row for ${forgotten.join(', ')}: add one with its resources.`)
  const Statement = statements.map(({ sid, actions: fits, resources, condition }) => {
    const Action = actions.filter((action) => fits.test(action))
    if (Action.length === 0) throw new Error(`scripts/generate/iam-policy.ts: no file names an action for the row ${sid}.`)
    return { Sid: sid, Effect: 'Allow', Action, Resource: resources, ...(condition === undefined ? {} : { Condition: condition }) }
  })
  return { Version: '2012-10-17', Statement }
}

// Loading the files is asynchronous, a generator's content is not.
const named = await namedActions()

/** The policy as JSON to copy, and what each statement is for. */
export function iamPolicySection(): string {
  const rows = statements.map(({ sid, use }) => `| ${sid} | ${use} |`)
  const json = ['```json', JSON.stringify(iamPolicy(named), null, 2), '```']
  return ['', '<details>', '<summary><code>policy.json</code></summary>', '', ...json, '', '</details>', '', '| Statement | For |', '| --- | --- |', ...rows, ''].join('\n')
}
