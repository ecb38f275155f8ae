import type { Account } from '../kernel/account.ts'
import { readRole, type Role } from './read-role.ts'

interface KnownRoles {
  /** By name. */
  readonly roles: Map<string, Promise<Role | undefined>>
}

/**
 * The role of an ARN as it stands now, or undefined where the account has none; asked of the engine once between two changes of IAM, since
 * every invocation asks for it.
 */
export async function knownRole(account: Account, arn: string): Promise<Role | undefined> {
  const [, , , , owner] = arn.split(':')
  if (owner !== account.id) return undefined
  const { roles } = account.state('aws-global', noRoles)
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const role = roles.get(name) ?? readRole(account, name)
  roles.set(name, role)
  return (await role)?.arn === arn ? role : undefined
}

/** Every change of IAM may have changed a role. */
export function forgetRoles(account: Account): void {
  account.state('aws-global', noRoles).roles.clear()
}

/** Whether a role's trust policy lets an AWS service assume it; conditions are not evaluated. */
export function trusts({ trustPolicy }: Role, service: string): boolean {
  const { Statement } = trustPolicy as { Statement?: unknown }
  return asList(Statement).some((statement) => {
    const { Effect, Action, Principal } = statement as { Effect?: string; Action?: unknown; Principal?: { Service?: unknown } | string }
    const services = typeof Principal === 'object' ? asList(Principal.Service) : []
    const assumes = asList(Action).some((action) => ['sts:AssumeRole', 'sts:*', '*'].includes(String(action)))
    return Effect === 'Allow' && assumes && services.includes(service)
  })
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

function noRoles(): KnownRoles {
  return { roles: new Map() }
}
