import type { Account } from '../kernel/account.ts'
import { childrenAt, textAt } from '../kernel/xml.ts'
import { askIam, mustAskIam } from './ask.ts'
import { roleTimes } from './role-times.ts'

/** A role as the services see it that must be able to assume it. */
export interface Role {
  readonly name: string
  readonly arn: string
  /** The trust policy as parsed JSON. */
  readonly trustPolicy: unknown
  readonly attachedPolicyArns: readonly string[]
  /** Inline policies by name, as parsed JSON. */
  readonly inlinePolicies: Readonly<Record<string, unknown>>
  readonly tags: Readonly<Record<string, string>>
  readonly permissionsBoundaryArn: string | undefined
  readonly description: string | undefined
  /** Virtual milliseconds since the epoch of CreateRole or the last UpdateAssumeRolePolicy; 0 when neither went through this front. */
  readonly createdAt: number
  /** The same of the last change of any kind (policies attached, too). */
  readonly changedAt: number
}

/** The role of this name, or undefined when the account has none. */
export async function readRole(account: Account, name: string): Promise<Role | undefined> {
  const got = await askIam(account, 'GetRole', { RoleName: name })
  if (!got.ok) return undefined
  const role = got.result
  const [attached, inline, tags] = await Promise.all([
    attachedPolicies(account, name),
    inlinePolicies(account, name),
    roleTags(account, name),
  ])
  const { created, changed } = roleTimes(account)
  return {
    name,
    arn: textAt(role, 'Role', 'Arn') ?? '',
    trustPolicy: parseDocument(textAt(role, 'Role', 'AssumeRolePolicyDocument') ?? '{}'),
    attachedPolicyArns: attached,
    inlinePolicies: inline,
    tags,
    permissionsBoundaryArn: textAt(role, 'Role', 'PermissionsBoundary', 'PermissionsBoundaryArn'),
    description: textAt(role, 'Role', 'Description'),
    createdAt: created.get(name) ?? 0,
    changedAt: changed.get(name) ?? 0,
  }
}

/** Names of all roles of the account. */
export async function listRoles(account: Account): Promise<readonly string[]> {
  const result = await mustAskIam(account, 'ListRoles', { MaxItems: '1000' })
  return childrenAt(result, 'Roles').map((role) => textAt(role, 'RoleName') ?? '')
}

async function attachedPolicies(account: Account, name: string): Promise<readonly string[]> {
  const result = await mustAskIam(account, 'ListAttachedRolePolicies', { RoleName: name })
  return childrenAt(result, 'AttachedPolicies').map((policy) => textAt(policy, 'PolicyArn') ?? '').sort()
}

async function inlinePolicies(account: Account, name: string): Promise<Record<string, unknown>> {
  const listed = await mustAskIam(account, 'ListRolePolicies', { RoleName: name })
  const policies = childrenAt(listed, 'PolicyNames').map(async ({ text }) => {
    const policy = await mustAskIam(account, 'GetRolePolicy', { RoleName: name, PolicyName: text })
    return [text, parseDocument(textAt(policy, 'PolicyDocument') ?? '{}')] as const
  })
  return Object.fromEntries(await Promise.all(policies))
}

/** Empty where the role has none; throws where there is no such role. */
export async function roleTags(account: Account, name: string): Promise<Record<string, string>> {
  const result = await mustAskIam(account, 'ListRoleTags', { RoleName: name })
  const tags = childrenAt(result, 'Tags').map((tag) => [textAt(tag, 'Key') ?? '', textAt(tag, 'Value') ?? ''] as const)
  return Object.fromEntries(tags.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** IAM returns documents percent-encoded. */
function parseDocument(text: string): unknown {
  return JSON.parse(text.startsWith('%7B') ? decodeURIComponent(text) : text) as unknown
}
