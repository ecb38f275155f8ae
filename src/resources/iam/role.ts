import type { Role } from '@aws-sdk/client-iam'
import type { Aws } from '../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { putMissing, readInlinePolicies, statementsTag, type InlinePolicies } from './role-statements.ts'

/** IAM's client is large and few runs need it, so it is loaded when it is first used. */
const sdk = () => import('@aws-sdk/client-iam')

export const roleActions = [
  'iam:GetRole',
  'iam:ListAttachedRolePolicies',
  'iam:CreateRole',
  'iam:TagRole',
  'iam:AttachRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRole',
] as const

export interface RoleState {
  readonly name: string
  readonly arn: string
  readonly tags: Readonly<Record<string, string>>
  readonly permissionsBoundary: string | undefined
  /** ARNs of attached managed policies. */
  readonly policies: readonly string[]
  /** Inline policies of ours; of a role that does not say that it may have some, none. */
  readonly inline: InlinePolicies
}

export interface RoleGoal {
  readonly name: string
  readonly trust: string
  readonly policies: readonly string[]
  readonly inline?: InlinePolicies
  readonly permissionsBoundary?: string | undefined
  readonly tags: Readonly<Record<string, string>>
}

/** A trust policy that lets one AWS service assume a role. */
export function trustOf(principal: string): string {
  const statement = { Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

/** Reads a role and what is attached to it; nothing where there is none. */
export async function readRole(aws: Aws, RoleName: string): Promise<RoleState | undefined> {
  const { GetRoleCommand, ListAttachedRolePoliciesCommand } = await sdk()
  const [found, attached] = await Promise.all([
    orUndefined(aws.iam(new GetRoleCommand({ RoleName }))),
    orUndefined(aws.iam(new ListAttachedRolePoliciesCommand({ RoleName, MaxItems: 100 }))),
  ])
  if (found?.Role === undefined) return undefined
  const state = stateOf(found.Role, (attached?.AttachedPolicies ?? []).map((policy) => policy.PolicyArn ?? ''))
  return statementsTag in state.tags ? { ...state, inline: await readInlinePolicies(aws, RoleName) } : state
}

/** Makes a role, or finds it, and attaches what it lacks; gives its ARN. */
export async function ensureRole(aws: Aws, wanted: RoleGoal): Promise<string> {
  const state = (await readRole(aws, wanted.name)) ?? (await createRole(aws, wanted))
  await attachMissing(aws, wanted, state)
  return state.arn
}

/**
 * Makes a role, or takes the one that has come to be meanwhile.
 * @param refuse looks whose that one is before it is taken; it may be somebody else's
 */
export async function createRole(aws: Aws, wanted: RoleGoal, refuse: (found: RoleState) => void = () => undefined): Promise<RoleState> {
  const { CreateRoleCommand } = await sdk()
  try {
    const { Role } = await aws.iam(new CreateRoleCommand({
      RoleName: wanted.name,
      AssumeRolePolicyDocument: wanted.trust,
      PermissionsBoundary: wanted.permissionsBoundary,
      Tags: Object.entries(wanted.tags).map(([Key, Value]) => ({ Key, Value })),
    }))
    return stateOf(Role, [])
  } catch (error) {
    // A create whose answer was lost, or another run's.
    const existing = isRefusal(error, 'EntityAlreadyExists', 'EntityAlreadyExistsException') ? await readRole(aws, wanted.name) : undefined
    if (existing === undefined) throw error
    refuse(existing)
    return existing
  }
}

/** Attaches and puts the policies that a role lacks. */
export async function attachMissing(aws: Aws, wanted: RoleGoal, state: RoleState): Promise<void> {
  const { AttachRolePolicyCommand } = await sdk()
  for (const PolicyArn of wanted.policies.filter((policy) => !state.policies.includes(policy))) {
    await aws.iam(new AttachRolePolicyCommand({ RoleName: wanted.name, PolicyArn }))
  }
  await putMissing(aws, wanted.name, { wanted: wanted.inline ?? new Map(), actual: state.inline })
}

export async function detach(aws: Aws, RoleName: string, policies: readonly string[]): Promise<void> {
  const { DetachRolePolicyCommand } = await sdk()
  for (const PolicyArn of policies) await orUndefined(aws.iam(new DetachRolePolicyCommand({ RoleName, PolicyArn })))
}

function stateOf(role: Role | undefined, policies: readonly string[]): RoleState {
  return {
    name: role?.RoleName ?? '',
    arn: role?.Arn ?? '',
    tags: Object.fromEntries((role?.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
    permissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn,
    policies,
    inline: new Map(),
  }
}
