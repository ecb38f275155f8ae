import { readRole } from '../iam/read-role.ts'
import type { Call } from '../kernel/call.ts'
import { invalid } from './errors.ts'

/**
 * Refuses a role that Lambda cannot assume: one that is not there, does not trust lambda.amazonaws.com, or was made too short a while
 * ago to be known everywhere (one text for all: Terraform's retryFunctionOp, chalice issue 172).
 */
export async function checkRole(call: Call, arn: string): Promise<void> {
  const [, , , , owner, resource = ''] = arn.split(':')
  const role = owner === call.account.id ? await readRole(call.account, resource.slice(resource.lastIndexOf('/') + 1)) : undefined
  const refusal = 'The role defined for the function cannot be assumed by Lambda.'
  if (role === undefined || role.arn !== arn || !trustsLambda(role.trustPolicy)) throw invalid(refusal)
  if (call.now < role.createdAt + call.account.settings.windows.roleAssumable) throw invalid(refusal)
}

/** Conditions in the trust policy are not evaluated. */
function trustsLambda(trustPolicy: unknown): boolean {
  const { Statement } = trustPolicy as { Statement?: unknown }
  return asList(Statement).some((statement) => {
    const { Effect, Action, Principal } = statement as { Effect?: string; Action?: unknown; Principal?: { Service?: unknown } | string }
    const service = typeof Principal === 'object' ? asList(Principal.Service) : []
    const assumes = asList(Action).some((action) => ['sts:AssumeRole', 'sts:*', '*'].includes(String(action)))
    return Effect === 'Allow' && assumes && service.includes('lambda.amazonaws.com')
  })
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as unknown[]) : [value]
}
