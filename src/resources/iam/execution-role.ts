import type { Aws } from '../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { notSet, type FieldDiff } from '../../change.ts'
import { managedPolicyArn, nameInArn, type Account } from '../../service/arns.ts'
import { roleName } from '../../service/names.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { ownTags } from '../../service/tags.ts'
import { refuseUnlessOurs } from '../ownership.ts'
import { step, type ApplyContext, type Step } from '../step.ts'
import { deletePolicies, inlinePolicy, missingPolicies, statementsText, type InlinePolicies } from './role-statements.ts'
import { attachMissing, createRole, detach, readRole, trustOf, type RoleState, type RoleGoal } from './role.ts'

/** The role that a function runs with, where we make it: its name, and what stands of it. */
export async function readExecutionRole(aws: Aws, service: ServiceId, spec: FunctionSpec): Promise<RoleState | undefined> {
  const state = await readRole(aws, roleName(spec.name, aws.region))
  if (state !== undefined) refuseForeignRole(service, spec, state)
  return state
}

function refuseForeignRole(service: ServiceId, spec: FunctionSpec, { name, arn, tags }: RoleState): void {
  const cure =
    `To run ${spec.name} with it, write its ARN: \`role: ${arn}\`; ` +
    'a run with `command: plan` shows what that changes, and writes nothing.'
  refuseUnlessOurs(tags, service, { thing: `role ${name}`, cure })
}

/** What stands of a role, and where. */
interface RoleSituation {
  readonly state: RoleState | undefined
  readonly account: Account
}

/** Makes the role, or gives it what it lacks. What it is to lose waits until nothing served needs it: {@link planExecutionRoleLoss}. */
export function planExecutionRole(service: ServiceId, spec: FunctionSpec, { state, account }: RoleSituation): Step[] {
  if (spec.role.kind === 'given') return []
  const wanted = roleGoal(service, spec, account)
  const entry = { id: `function/${spec.name}/role`, kind: 'role', name: wanted.name, phase: 'prepare' } as const
  if (state === undefined) {
    return [
      step({
        ...entry,
        action: 'create',
        reason: 'does not exist yet',
        fields: [
          { field: 'role-policies', to: policyNames(wanted.policies) },
          ...[...wanted.inline.values()].map((each) => ({ field: 'role-statements', to: statementsText(each) })),
        ],
        apply: async ({ aws, ids }) => {
          const made = await createRole(aws, wanted, (found) => refuseForeignRole(service, spec, found))
          await attachMissing(aws, wanted, made)
          ids.roleArns.set(spec.name, made.arn)
        },
      }),
    ]
  }
  const fields = gains(wanted, state)
  if (fields.length === 0) return []
  return [step({ ...entry, action: 'update', reason: 'it lacks rights', fields, apply: (context) => widen(context, wanted, state) })]
}

/** Takes from a role that we made what the config does not give it: it is wholly ours. The code that was live may have needed it. */
export function planExecutionRoleLoss(service: ServiceId, spec: FunctionSpec, { state, account }: RoleSituation): Step[] {
  if (spec.role.kind === 'given' || state === undefined) return []
  const wanted = roleGoal(service, spec, account)
  const fields = losses(wanted, state)
  if (fields.length === 0) return []
  return [step({
    id: `function/${spec.name}/role/loss`, kind: 'role', name: wanted.name, action: 'update', phase: 'prune', fields,
    reason: 'it has rights that the config does not give',
    apply: (context) => narrow(context, wanted, state),
  })]
}

/** Deletes a role of ours; its policies must be detached before (IAM API reference, DeleteRole). */
export function planExecutionRoleDelete(state: RoleState, needs: readonly Step[]): Step {
  return step({
    id: `role/${state.name}`, kind: 'role', name: state.name, action: 'delete', phase: 'prune', reason: 'its function is gone', needs,
    apply: async ({ aws, progress }) => {
      const { DeleteRoleCommand } = await import('@aws-sdk/client-iam')
      await detach(aws, state.name, state.policies)
      await deletePolicies(aws, state.name, state.inline.keys())
      try {
        await orUndefined(aws.iam(new DeleteRoleCommand({ RoleName: state.name })))
      } catch (error) {
        // An inline policy of somebody else's, or an instance profile (IAM API reference, DeleteRole).
        if (!isRefusal(error, 'DeleteConflict', 'DeleteConflictException')) throw error
        progress.warning(`Role ${state.name} stays, because something that this service did not make hangs on it: ${error.detail}`)
      }
    },
  })
}

function roleGoal(service: ServiceId, spec: FunctionSpec, account: Account): ExecutionRoleGoal {
  const managed = (name: string): string => managedPolicyArn(account, name)
  const role = spec.role.kind === 'create' ? spec.role : undefined
  // AWS managed policies for execution roles: Lambda developer guide, "Defining Lambda function permissions with an execution role".
  const policies = [
    managed('service-role/AWSLambdaBasicExecutionRole'),
    ...(spec.settings.vpcSubnetIds.length > 0 ? [managed('service-role/AWSLambdaVPCAccessExecutionRole')] : []),
    ...(spec.settings.tracing === 'active' ? [managed('AWSXRayDaemonWriteAccess')] : []),
    ...(role?.policies ?? []).map((policy) => (policy.startsWith('arn:') ? policy : managed(pathOf(policy)))),
  ]
  return {
    name: roleName(spec.name, account.region),
    trust: trustOf('lambda.amazonaws.com'),
    policies: [...new Set(policies)],
    inline: inlinePolicy(role?.statements ?? []),
    permissionsBoundary: role?.permissionsBoundary,
    tags: ownTags(service),
  }
}

interface ExecutionRoleGoal extends RoleGoal {
  readonly inline: InlinePolicies
}

/** Where AWS keeps its policies for the roles of functions, and where all others (AWS managed policy reference). */
function pathOf(name: string): string {
  return /^AWSLambda(\w+Execution)?Role$|^AWSLambdaENIManagementAccess$/.test(name) ? `service-role/${name}` : name
}

/** Policies that follow from settings which stages need not share: what one stage needs, another must not take from the shared role. */
const derived = /^arn:[^:]+:iam::aws:policy\/(service-role\/AWSLambdaVPCAccessExecutionRole|AWSXRayDaemonWriteAccess)$/

function surplusOf(wanted: ExecutionRoleGoal, state: RoleState): string[] {
  return state.policies.filter((policy) => !wanted.policies.includes(policy) && !derived.test(policy))
}

/** Policies of ours whose statements are no longer wanted, by name. */
function inlineSurplus({ inline }: ExecutionRoleGoal, state: RoleState): [string, string][] {
  return [...state.inline].filter(([name]) => !inline.has(name))
}

function gains(wanted: ExecutionRoleGoal, state: RoleState): FieldDiff[] {
  const missing = wanted.policies.filter((policy) => !state.policies.includes(policy))
  const isFreed = wanted.permissionsBoundary === undefined && state.permissionsBoundary !== undefined
  return [
    ...(missing.length === 0 ? [] : [{ field: 'role-policies', to: policyNames(missing) }]),
    ...missingPolicies(wanted.inline, state.inline).map((name) => ({
      field: 'role-statements',
      to: statementsText(wanted.inline.get(name) ?? ''),
    })),
    ...(isFreed ? [{ field: 'role-permissions-boundary', from: state.permissionsBoundary, to: notSet }] : []),
  ]
}

function losses(wanted: ExecutionRoleGoal, state: RoleState): FieldDiff[] {
  const surplus = surplusOf(wanted, state)
  const [from, to] = [state.permissionsBoundary, wanted.permissionsBoundary]
  return [
    ...(surplus.length === 0 ? [] : [{ field: 'role-policies', from: policyNames(surplus), to: notSet }]),
    ...inlineSurplus(wanted, state).map(([, document]) => ({ field: 'role-statements', from: statementsText(document), to: notSet })),
    ...(to === undefined || to === from ? [] : [{ field: 'role-permissions-boundary', from: from ?? notSet, to }]),
  ]
}

async function widen({ aws }: ApplyContext, wanted: ExecutionRoleGoal, state: RoleState): Promise<void> {
  await attachMissing(aws, wanted, state)
  if (wanted.permissionsBoundary !== undefined || state.permissionsBoundary === undefined) return
  const { DeleteRolePermissionsBoundaryCommand } = await import('@aws-sdk/client-iam')
  await aws.iam(new DeleteRolePermissionsBoundaryCommand({ RoleName: state.name }))
}

async function narrow({ aws }: ApplyContext, wanted: ExecutionRoleGoal, state: RoleState): Promise<void> {
  await detach(aws, state.name, surplusOf(wanted, state))
  await deletePolicies(aws, state.name, inlineSurplus(wanted, state).map(([name]) => name))
  const { permissionsBoundary: PermissionsBoundary } = wanted
  if (PermissionsBoundary === undefined || PermissionsBoundary === state.permissionsBoundary) return
  const { PutRolePermissionsBoundaryCommand } = await import('@aws-sdk/client-iam')
  await aws.iam(new PutRolePermissionsBoundaryCommand({ RoleName: state.name, PermissionsBoundary }))
}

function policyNames(arns: readonly string[]): string {
  return arns.map(nameInArn).join(', ') || notSet
}
