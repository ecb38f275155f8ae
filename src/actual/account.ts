import type { Aws } from '../aws/clients.ts'
import { UserError } from '../errors.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import type { Account } from '../service/arns.ts'
import type { Service } from '../service/service.ts'

interface AccountClues {
  readonly service: Service
  readonly functions: readonly FunctionState[]
  readonly allowedAccountIds: readonly string[]
}

/**
 * Told from an ARN where one is at hand, since a function and its role share the account; else asked of STS. A role's ARN is only what
 * the user wrote, so it does not count where accounts are to be checked.
 */
export async function readAccount(aws: Aws, { service, functions, allowedAccountIds }: AccountClues): Promise<Account> {
  const roles = service.functions.flatMap(({ role }) => (role.kind === 'given' && allowedAccountIds.length === 0 ? [role.arn] : []))
  const account = { ...(fromArn(functions[0]?.arn) ?? fromArn(roles[0]) ?? (await ask(aws))), region: aws.region }
  if (allowedAccountIds.length === 0 || allowedAccountIds.includes(account.accountId)) return account
  throw new UserError({
    what: `The credentials belong to account ${account.accountId}, which \`allowed-account-ids\` does not name.`,
    why: `It names ${allowedAccountIds.join(', ')}.`,
    cure: 'Check the role that the workflow assumes, or add the account to `allowed-account-ids`.',
  })
}

async function ask(aws: Aws): Promise<Omit<Account, 'region'>> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts')
  const { Arn } = await aws.sts(new GetCallerIdentityCommand({}))
  const account = fromArn(Arn)
  if (account === undefined) throw new Error(`GetCallerIdentity answered without an ARN of an account: ${Arn}`)
  return account
}

function fromArn(arn: string | undefined): Omit<Account, 'region'> | undefined {
  const match = /^arn:([^:]+):[^:]+:[^:]*:(\d{12}):/.exec(arn ?? '')
  return match?.[1] === undefined || match[2] === undefined ? undefined : { partition: match[1], accountId: match[2] }
}
