import { knownRole, trusts } from '../iam/known-role.ts'
import { readRole, type Role } from '../iam/read-role.ts'
import type { Account } from '../kernel/account.ts'
import type { Call } from '../kernel/call.ts'
import { badRequest } from './errors.ts'

/** What API Gateway must be able to do with the role (developer guide, set up logging). */
const WRITE_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']
const SERVICE = 'apigateway.amazonaws.com'
const MANAGED = /:iam::aws:policy\/(service-role\/AmazonAPIGatewayPushToCloudWatchLogs|CloudWatchLogsFullAccess|AdministratorAccess)$/

/**
 * UpdateAccount tries the role out: 400 for one that is missing, does not trust API Gateway, may not write logs, or is too young
 * (text: jazz-installer issue 597; Terraform and the serverless framework wait while it comes).
 */
export async function checkLogsRole(call: Call, arn: string): Promise<void> {
  const refusal = badRequest(
    'The role ARN does not have required permissions configured. ' +
      'Please grant trust permission for API Gateway and add the required role policy.',
  )
  const [, , , , owner] = arn.split(':')
  const role = owner === call.account.id ? await readRole(call.account, arn.slice(arn.lastIndexOf('/') + 1)) : undefined
  if (role === undefined || role.arn !== arn) throw refusal
  if (!trusts(role, SERVICE) || !mayWriteLogs(role)) throw refusal
  if (call.now < role.changedAt + call.account.settings.windows.roleAssumable) throw refusal
}

/**
 * Whether API Gateway can write logs with the account's role now. The account keeps a role's ARN when the role is deleted, stages keep
 * their
 * settings, and nothing is written and nobody told (aws-cdk issues 6194, 10878 and 12769; nx-plugin-for-aws issue 859).
 */
export async function mayLog(account: Account, arn: string | undefined): Promise<boolean> {
  const role = arn === undefined ? undefined : await knownRole(account, arn)
  return role !== undefined && trusts(role, SERVICE) && mayWriteLogs(role)
}

/** Resources and conditions of the policies are not evaluated; a customer-managed policy is taken on trust. */
function mayWriteLogs(role: Role): boolean {
  const attached = role.attachedPolicyArns.some((arn) => MANAGED.test(arn) || !arn.includes(':iam::aws:policy/'))
  const allowed = Object.values(role.inlinePolicies)
    .flatMap(statementsOf)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => list(Action))
  return attached || WRITE_ACTIONS.every((action) => allowed.some((pattern) => covers(pattern, action)))
}

function covers(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
}

interface Statement {
  readonly Effect?: string
  readonly Action?: unknown
}

function statementsOf(document: unknown): Statement[] {
  const { Statement: statements } = document as { Statement?: Statement | Statement[] }
  if (statements === undefined) return []
  return Array.isArray(statements) ? statements : [statements]
}

function list(value: unknown): string[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}
