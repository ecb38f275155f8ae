import type { Aws } from '../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import type { FieldDiff } from '../../change.ts'
import { managedPolicyArn, type Account } from '../../service/arns.ts'
import { roleName } from '../../service/names.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { ownTags } from '../../service/tags.ts'
import { refuseUnlessOurs } from '../ownership.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import { attachMissing, createRole, detach, readRole, trustOf, type RoleState, type RoleGoal } from './role.ts'

/** The role that a function runs with, where we make it: its name, and what stands of it. */
export async function readExecutionRole(aws: Aws, service: ServiceId, spec: FunctionSpec): Promise<RoleState | undefined> {
  const name = roleName(spec.name, aws.region)
  const state = await readRole(aws, name)
  const cure = `To run ${spec.name} with it, write its ARN: \`role: ${state?.arn}\`.`
  if (state !== undefined) refuseUnlessOurs(state.tags, service, { thing: `role ${name}`, cure })
  return state
}

/**
 * Makes the role, or leads it to what the config asks for. A role that we made is wholly ours: policies that the config does not name are
 * detached.
 */
export function planExecutionRole(
  service: ServiceId, spec: FunctionSpec, { state, account }: { state: RoleState | undefined; account: Account },
): Step[] {
  if (spec.role.kind === 'given') return []
  const wanted = roleGoal(service, spec, account)
  const entry = { id: `function/${spec.name}/role`, kind: 'role', name: wanted.name, phase: 'prepare' } as const
  if (state === undefined) {
    return [step({
      ...entry, action: 'create', reason: 'does not exist yet',
      fields: [{ field: 'role-policies', to: policyNames(wanted.policies) }],
      apply: async ({ aws, ids }) => {
        const made = await createRole(aws, wanted)
        await attachMissing(aws, wanted, made)
        ids.roleArns.set(spec.name, made.arn)
      },
    })]
  }
  const fields = diffs(wanted, state)
  if (fields.length === 0) return []
  return [step({ ...entry, action: 'update', reason: 'policies differ', fields, apply: (context) => update(context, wanted, state) })]
}

/** Deletes a role of ours; its policies must be detached before (IAM API reference, DeleteRole). */
export function planExecutionRoleDelete(state: RoleState, needs: readonly Step[]): Step {
  return step({
    id: `role/${state.name}`, kind: 'role', name: state.name, action: 'delete', phase: 'prune', reason: 'its function is gone', needs,
    apply: async ({ aws, progress }) => {
      const { DeleteRoleCommand } = await import('@aws-sdk/client-iam')
      await detach(aws, state.name, state.policies)
      try {
        await orUndefined(aws.iam(new DeleteRoleCommand({ RoleName: state.name })))
      } catch (error) {
        // An inline policy or an instance profile, which we never make (IAM API reference, DeleteRole).
        if (!isRefusal(error, 'DeleteConflict', 'DeleteConflictException')) throw error
        progress.warning(`Role ${state.name} stays, because something that this service did not make hangs on it: ${error.detail}`)
      }
    },
  })
}

function roleGoal(service: ServiceId, spec: FunctionSpec, account: Account): RoleGoal {
  const managed = (name: string): string => managedPolicyArn(account, name)
  const role = spec.role.kind === 'create' ? spec.role : { policies: [] }
  // AWS managed policies for execution roles: Lambda developer guide, "Defining Lambda function permissions with an execution role".
  const policies = [
    managed('service-role/AWSLambdaBasicExecutionRole'),
    ...(spec.settings.vpcSubnetIds.length > 0 ? [managed('service-role/AWSLambdaVPCAccessExecutionRole')] : []),
    ...(spec.settings.tracing === 'active' ? [managed('AWSXRayDaemonWriteAccess')] : []),
    ...role.policies,
  ]
  return {
    name: roleName(spec.name, account.region),
    trust: trustOf('lambda.amazonaws.com'),
    policies: [...new Set(policies)],
    permissionsBoundary: 'permissionsBoundary' in role ? role.permissionsBoundary : undefined,
    tags: ownTags(service),
  }
}

/** Policies that follow from settings which stages need not share: what one stage needs, another must not take from the shared role. */
const derived = /^arn:[^:]+:iam::aws:policy\/(service-role\/AWSLambdaVPCAccessExecutionRole|AWSXRayDaemonWriteAccess)$/

function surplusOf(wanted: RoleGoal, state: RoleState): string[] {
  return state.policies.filter((policy) => !wanted.policies.includes(policy) && !derived.test(policy))
}

function diffs(wanted: RoleGoal, state: RoleState): FieldDiff[] {
  const missing = wanted.policies.filter((policy) => !state.policies.includes(policy))
  const surplus = surplusOf(wanted, state)
  const fields: FieldDiff[] = []
  if (missing.length > 0 || surplus.length > 0) {
    fields.push({ field: 'role-policies', from: policyNames(state.policies), to: policyNames(wanted.policies) })
  }
  if (wanted.permissionsBoundary !== state.permissionsBoundary) {
    const [from, to] = [state.permissionsBoundary ?? '(none)', wanted.permissionsBoundary ?? '(none)']
    fields.push({ field: 'role-permissions-boundary', from, to })
  }
  return fields
}

async function update({ aws }: ApplyContext, wanted: RoleGoal, state: RoleState): Promise<void> {
  const { DeleteRolePermissionsBoundaryCommand, PutRolePermissionsBoundaryCommand } = await import('@aws-sdk/client-iam')
  const RoleName = known(state.name, 'the role')
  await attachMissing(aws, wanted, state)
  await detach(aws, RoleName, surplusOf(wanted, state))
  if (wanted.permissionsBoundary === state.permissionsBoundary) return
  if (wanted.permissionsBoundary === undefined) await aws.iam(new DeleteRolePermissionsBoundaryCommand({ RoleName }))
  else await aws.iam(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: wanted.permissionsBoundary }))
}

function policyNames(arns: readonly string[]): string {
  return arns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)).join(', ') || '(none)'
}
