import { withoutEvidence } from '../kernel/unverified.ts'
import { knownRole, trusts } from '../iam/known-role.ts'
import { readRole } from '../iam/read-role.ts'
import { AwsError, type Call } from '../kernel/call.ts'
import type { Account } from '../kernel/account.ts'
import { invalid } from './errors.ts'

const SERVICE = 'lambda.amazonaws.com'
const REFUSAL = 'The role defined for the function cannot be assumed by Lambda.'

/**
 * Refuses a role that Lambda cannot assume: one that is not there, does not trust lambda.amazonaws.com, or was made too short a while
 * ago to be known everywhere (one text for all: Terraform's retryFunctionOp, chalice issue 172).
 */
export async function checkRole(call: Call, arn: string): Promise<void> {
  const [, , , , owner, resource = ''] = arn.split(':')
  const role = owner === call.account.id ? await readRole(call.account, resource.slice(resource.lastIndexOf('/') + 1)) : undefined
  if (role === undefined || role.arn !== arn || !trusts(role, SERVICE)) throw invalid(REFUSAL)
  if (call.now < role.createdAt + call.account.settings.windows.roleAssumable) throw invalid(REFUSAL)
}

/**
 * Refuses to invoke with a role that is gone or trusts Lambda no more (developer guide, execution role: Lambda assumes it "when your
 * function
 * is invoked").
 */
export async function refuseUnlessAssumable(account: Account, arn: string): Promise<void> {
  if (!account.settings.unverified) return
  const role = await knownRole(account, arn)
  // unverified: status and words, and that it is so at once; a warm environment may go on with the credentials that it has.
  if (role !== undefined && trusts(role, SERVICE)) return
  throw withoutEvidence(account, new AwsError('AccessDeniedException', REFUSAL, { status: 403 }))
}
