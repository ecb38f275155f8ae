import type { Aws } from '../aws/clients.ts'
import { UserError } from '../errors.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import type { Service } from '../service/service.ts'

export const identityActions = ['sts:GetCallerIdentity'] as const

/** In whose account everything stands. */
export interface Identity {
  readonly accountId: string
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  readonly partition: string
}

interface Question {
  readonly service: Service
  readonly functions: readonly FunctionState[]
  readonly allowedAccountIds: readonly string[]
}

/**
 * Told from an ARN where one is at hand, since a function and its role share the account; else asked of STS. A role's ARN is only what
 * the user wrote, so it does not count where accounts are to be checked.
 */
export async function readIdentity(aws: Aws, { service, functions, allowedAccountIds }: Question): Promise<Identity> {
  const roles = service.functions.flatMap(({ role }) => (role.kind === 'given' && allowedAccountIds.length === 0 ? [role.arn] : []))
  const identity = fromArn(functions[0]?.arn) ?? fromArn(roles[0]) ?? (await ask(aws))
  if (allowedAccountIds.length === 0 || allowedAccountIds.includes(identity.accountId)) return identity
  throw new UserError({
    what: `The credentials belong to account ${identity.accountId}, which \`allowed-account-ids\` does not name.`,
    why: `It names ${allowedAccountIds.join(', ')}.`,
    cure: 'Check the role that the workflow assumes, or add the account to `allowed-account-ids`.',
  })
}

async function ask(aws: Aws): Promise<Identity> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts')
  const { Arn } = await aws.sts(new GetCallerIdentityCommand({}))
  const identity = fromArn(Arn)
  if (identity === undefined) throw new Error(`GetCallerIdentity answered without an ARN of an account: ${Arn}`)
  return identity
}

function fromArn(arn: string | undefined): Identity | undefined {
  const match = /^arn:([^:]+):[^:]+:[^:]*:(\d{12}):/.exec(arn ?? '')
  return match?.[1] === undefined || match[2] === undefined ? undefined : { partition: match[1], accountId: match[2] }
}
