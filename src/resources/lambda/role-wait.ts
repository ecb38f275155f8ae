import { isRefusal } from '../../aws/refusal.ts'
import type { RetryOptions } from '../../aws/retry.ts'
import { UserError } from '../../errors.ts'
import type { FunctionSpec } from '../../service/service.ts'

const notAssumable = 'cannot be assumed by Lambda'
/** A role that was just made is not known to Lambda at once (texts: terraform-provider-aws `retryFunctionOp`; usually under 30 s). */
const passing = new RegExp(`${notAssumable}|execution role does not have permissions|KMS key is invalid for CreateGrant`)

/** A role by ARN of which nobody says that it is new is most likely a wrong one. */
const brief = 20_000

/** How long a refusal of the role is waited out: as long as it takes where this run made the role, or somebody a short while ago. */
export function roleWait({ role }: Pick<FunctionSpec, 'role'>, isRoleFresh: boolean): Pick<RetryOptions<never>, 'passing' | 'passingFor'> {
  return role.kind === 'create' || isRoleFresh ? { passing } : { passing, passingFor: brief }
}

/** Says where the config names a role that Lambda refuses. */
export async function handRole<T>({ role }: FunctionSpec, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    const isRefused = isRefusal(error, 'InvalidParameterValueException') && error.detail.includes(notAssumable)
    if (role.kind !== 'given' || !isRefused) throw error
    throw new UserError({
      what: `Lambda cannot run a function with the role ${role.arn}: ${error.detail}`,
      why: 'The role does not exist, is of another account, or does not trust Lambda.',
      cure:
        "Check the ARN, and that the role's trust policy lets lambda.amazonaws.com assume it. " +
        'With iam:GetRole on the role, the next run looks before it makes anything.',
      place: role.place,
    }, { cause: error })
  }
}
