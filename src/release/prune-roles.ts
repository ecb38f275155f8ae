import { keep, type Step } from '../resources/step.ts'
import { planExecutionRoleDelete } from '../resources/iam/execution-role.ts'
import { runsWith, type FormerRole } from '../resources/iam/former-role.ts'
import type { VersionDeletion } from '../resources/lambda/version.ts'
import type { Actual } from '../actual/actual.ts'

/**
 * Deletes roles that we made for functions whose config now names a role of its own, once no version that stays runs with them. The role
 * goes before its last versions: by these the next run finds the role, where this one is stopped in between.
 * @param pruned the deletions of versions that the plan holds, by function name
 * @returns the deletions of the roles, and those of the versions after them
 */
export function planFormerRoles(actual: Actual, pruned: ReadonlyMap<string, readonly VersionDeletion[]>): Step[] {
  const plans = [...pruned].map(([name, deletions]) => ({ deletions, roles: roleSteps(actual, name, deletions) }))
  const versions = plans.flatMap(({ deletions, roles }) => deletions.map((each) => ({ ...each, needs: [...each.needs, ...roles] })))
  return [...plans.flatMap(({ roles }) => roles), ...versions]
}

function roleSteps(actual: Actual, functionName: string, deletions: readonly VersionDeletion[]): Step[] {
  const { formerRole: role, state } = actual.functions.get(functionName) ?? {}
  if (role === undefined || state === undefined) return []
  const gone = new Set(deletions.map(({ version }) => version))
  const left = state.versions.filter(({ Version }) => !gone.has(Version ?? ''))
  return [roleStep(role, left.some((version) => runsWith(version, role.name)))]
}

function roleStep({ name, state }: FormerRole, isUsed: boolean): Step {
  const entry = { id: `role/${name}`, kind: 'role', name, leftover: true }
  if (isUsed) return keep({ ...entry, reason: 'is no longer in the config, but versions that are kept run with it' })
  if (state === undefined) return keep({ ...entry, reason: 'is no longer used, but the credentials may not look whether it is ours' })
  return { ...planExecutionRoleDelete(state, []), reason: 'the config names another, and no version that is kept runs with it' }
}
