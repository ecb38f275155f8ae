import type { Account } from '../kernel/account.ts'
import { mustAskIam } from './ask.ts'
import { listRoles, readRole, roleTags } from './read-role.ts'

/** Every role of the account with its policies and tags, by name; without times. */
export async function dumpRoles(account: Account): Promise<Record<string, unknown>> {
  const roles = await Promise.all((await listRoles(account)).map((name) => readRole(account, name)))
  const plain = roles.flatMap((role) =>
    role === undefined ? [] : [[role.name, { ...role, createdAt: undefined, changedAt: undefined }] as const],
  )
  return { roles: Object.fromEntries(plain.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** Tags of the role of an ARN; other things of IAM have none here. */
export async function tagsOfRole(account: Account, _region: string, arn: string): Promise<Readonly<Record<string, string>>> {
  const [, name] = /:role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  return name !== undefined && (await listRoles(account)).includes(name) ? roleTags(account, name) : {}
}

/** Removes every role from the engine. */
export async function wipeRoles(account: Account): Promise<void> {
  for (const RoleName of await listRoles(account)) {
    const role = await readRole(account, RoleName)
    for (const PolicyArn of role?.attachedPolicyArns ?? []) await mustAskIam(account, 'DetachRolePolicy', { RoleName, PolicyArn })
    for (const PolicyName of Object.keys(role?.inlinePolicies ?? {}))
      await mustAskIam(account, 'DeleteRolePolicy', { RoleName, PolicyName })
    await mustAskIam(account, 'DeleteRole', { RoleName })
  }
}
