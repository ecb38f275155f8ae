import { GetAccountCommand, UpdateAccountCommand } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { UserError } from '../../errors.ts'
import type { AccessLogSpec } from '../../service/service.ts'
import { step, type Step } from '../step.ts'
import { ensureCloudwatchRole, cloudwatchRoleName } from '../iam/cloudwatch-role.ts'

/** Texts by which API Gateway says that a fresh role is not known to it yet (terraform-provider-aws, account.go; jazz-installer#597). */
const rolePassing = /role ARN does not have required permissions|could not successfully write to CloudWatch Logs/

/** The role by which API Gateway writes logs: one for the account and Region. */
export async function readAccountRole(aws: Aws): Promise<string | undefined> {
  return (await aws.api(new GetAccountCommand({}))).cloudwatchRoleArn
}

/** Sets the account's role where none is set; a set one belongs to the whole account and is never replaced. */
export function planAccountRole(wanted: AccessLogSpec['cloudwatchRole'], actual: string | undefined, region: string): Step[] {
  if (actual !== undefined && actual !== '') return []
  if (wanted.kind === 'keep') throw missingRole(region)
  const name = wanted.kind === 'given' ? wanted.arn : cloudwatchRoleName(region)
  return [step({
    id: 'account-role', kind: 'account CloudWatch role', name, action: 'create', phase: 'prepare',
    reason: 'API Gateway may not write logs in this account and Region yet',
    apply: async (context) => {
      const value = wanted.kind === 'given' ? wanted.arn : await ensureCloudwatchRole(context)
      const update = new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] })
      await context.aws.api(update, { passing: rolePassing })
    },
  })]
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
