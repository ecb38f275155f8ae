import { keep, type Step } from '../resources/step.ts'
import { planExecutionRoleDelete } from '../resources/iam/execution-role.ts'
import { runsWith, type FormerRole } from '../resources/iam/former-role.ts'
import type { Service } from '../service/service.ts'
import type { Actual } from '../actual/actual.ts'

/**
 * Deletes roles that we made for functions whose config names another one now, once no version that stays runs with them. The role goes
 * before the last such version: a version is what the next run finds after an interruption.
 * @param pruned the deletions of versions that the plan holds
 * @returns these deletions again, and those of the roles
 */
export function composeFormerRoles(service: Service, actual: Actual, pruned: readonly Step[]): Step[] {
  const gone = new Set(pruned.map(({ id }) => id))
  const roles = service.functions.flatMap((spec): { functionName: string; step: Step }[] => {
    const role = actual.formerRoles.get(spec.name)
    const state = actual.functions.get(spec.name)
    if (role === undefined || state === undefined) return []
    const left = state.versions.filter(({ Version }) => !gone.has(`function/${spec.name}/version/${Version}`))
    return [{ functionName: spec.name, step: roleStep(role, left.some((version) => runsWith(version, role.name))) }]
  })
  const needsOf = (id: string): string[] => roles.filter(({ functionName }) => id.startsWith(`function/${functionName}/version/`)).map(({ step }) => step.id)
  return [...roles.map(({ step }) => step), ...pruned.map((each) => ({ ...each, needs: [...each.needs, ...needsOf(each.id)] }))]
}

function roleStep({ name, state }: FormerRole, isUsed: boolean): Step {
  const facts = { id: `role/${name}`, kind: 'role', name }
  if (isUsed) return keep({ ...facts, reason: 'is no longer in the config, but versions that are kept run with it' })
  if (state === undefined) return keep({ ...facts, reason: 'is no longer used, but the credentials may not look whether it is ours' })
  return { ...planExecutionRoleDelete(state, []), reason: 'the config names another, and no version that is kept runs with it' }
}
