import { GetAccountCommand, UpdateAccountCommand } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { AwsRefusal, orUndefined } from '../../aws/refusal.ts'
import { UserError } from '../../errors.ts'
import { nameInArn } from '../../service/arns.ts'
import type { AccessLogSpec } from '../../service/service.ts'
import { step, type Step } from '../step.ts'
import { ensureCloudwatchRole, cloudwatchRoleName } from '../iam/cloudwatch-role.ts'

/**
 * Texts by which API Gateway says that a fresh role is not known to it yet (terraform-provider-aws, account.go; jazz-installer#597; of the
 * trust: go-to-k/cdkd).
 */
const rolePassing = /role ARN does not have required|could not successfully write to CloudWatch Logs/

/** The role by which API Gateway writes logs: one for the account and Region. */
export interface AccountRole {
  readonly arn: string
  /** Why nothing is written by it; undefined where it can be, or where the credentials may not look. */
  readonly fault: 'gone' | 'closed' | undefined
}

/**
 * The account's setting stays when the role is deleted; stages keep their access log, nothing is written, and nobody is told
 * (aws/aws-cdk#6194, #10878, #12769). So the role itself is looked at, where that is allowed.
 */
export async function readAccountRole(aws: Aws): Promise<AccountRole | undefined> {
  const arn = (await aws.api(new GetAccountCommand({}))).cloudwatchRoleArn ?? ''
  return arn === '' ? undefined : { arn, fault: await faultOf(aws, arn) }
}

async function faultOf(aws: Aws, arn: string): Promise<AccountRole['fault']> {
  const { GetRoleCommand } = await import('@aws-sdk/client-iam')
  try {
    const found = await orUndefined(aws.iam(new GetRoleCommand({ RoleName: nameInArn(arn) })))
    if (found?.Role?.Arn !== arn) return 'gone'
    // It comes percent-encoded (IAM API reference, Role).
    return /apigateway\.|\*|NotPrincipal/.test(decodeURIComponent(found.Role.AssumeRolePolicyDocument ?? '*')) ? undefined : 'closed'
  } catch (error) {
    if (error instanceof AwsRefusal) return undefined
    throw error
  }
}

/** What the user is told of a role by which nothing is written; a role of somebody else's is not repaired. */
export function accountRoleWarning(wanted: AccessLogSpec['cloudwatchRole'], actual: AccountRole | undefined): string | undefined {
  if (actual?.fault === undefined || isReplaced(wanted, actual)) return undefined
  const why = actual.fault === 'gone' ? 'does not exist any more' : 'does not trust apigateway.amazonaws.com'
  const cure = actual.fault === 'gone' ? 'Set `cloudwatch-role: create` once.' : 'Let its trust policy name that service.'
  return `The access log stays empty: the role by which API Gateway writes logs in this account and Region, ${actual.arn}, ${why}. ${cure}`
}

/** A role that does not exist is none; one that exists belongs to the whole account. */
function isReplaced(wanted: AccessLogSpec['cloudwatchRole'], actual: AccountRole): boolean {
  return actual.fault === 'gone' && wanted.kind !== 'keep'
}

/** Sets the account's role where none is set, or where it is gone; any other belongs to the whole account and is never replaced. */
export function planAccountRole(wanted: AccessLogSpec['cloudwatchRole'], actual: AccountRole | undefined, region: string): Step[] {
  if (actual !== undefined && !isReplaced(wanted, actual)) return []
  if (wanted.kind === 'keep') throw missingRole(region)
  const name = wanted.kind === 'given' ? wanted.arn : cloudwatchRoleName(region)
  return [
    step({
      id: 'account-role',
      kind: 'account CloudWatch role',
      name,
      action: 'create',
      phase: 'prepare',
      reason:
        actual === undefined
          ? 'API Gateway may not write logs in this account and Region yet'
          : `${actual.arn} is set, and does not exist`,
      apply: async (context) => {
        const value = wanted.kind === 'given' ? wanted.arn : await ensureCloudwatchRole(context)
        const update = new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] })
        await context.aws.api(update, { passing: rolePassing })
        context.ids.isAccountRoleNew = true
      },
    }),
  ]
}

function missingRole(region: string): UserError {
  return new UserError({
    what: `API Gateway has no role for writing logs in this account and Region (${region}), so the access log cannot be switched on.`,
    why: 'The role is a setting of the whole account, which this action leaves alone unless you ask for it.',
    cure:
      'Set `cloudwatch-role: create` once (or to the ARN of a role that apigateway.amazonaws.com may assume), ' +
      'or set `access-log: off`.',
    docs: 'access-log.md#cloudwatch-role',
  })
}
