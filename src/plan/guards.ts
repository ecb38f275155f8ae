import type { Actual } from '../actual/actual.ts'
import { claim } from '../resources/claim.ts'
import { refuseOtherRelease } from '../resources/api/stage.ts'
import { waitUntilInvocable } from '../resources/lambda/invocable.ts'
import { known, type ApplyContext, type Guard, type Task } from '../resources/step.ts'
import type { SlotUser } from './slots.ts'

/**
 * Makes this run the one that goes on (resources/claim). An API that it makes bears its name from the start.
 * @param create what makes the API; asked late, because that may wait for functions, which in turn wait for the claim
 */
export function claimGuard({ api }: Pick<Actual, 'api'>, create: () => readonly Task[]): Guard {
  const check = async (context: ApplyContext): Promise<void> => (api === undefined ? undefined : claim(context))
  return { id: 'claim', phase: 'prepare', get needs() { return create() }, check }
}

/**
 * The last look at the stage before its slot is moved, at the same time as the versions are published. Where there is a deployment, its
 * own guard looks.
 */
export function stageGuard({ stage }: Actual, functions: readonly SlotUser[], before: readonly Task[]): Guard {
  const read = known(stage, 'the stage')
  const needs = [...before, ...functions.flatMap(({ publish }) => publish?.needs ?? [])]
  return { id: 'stage/unchanged', phase: 'prepare', needs, check: (context) => refuseOtherRelease(context, read) }
}

/**
 * A look at every version that goes back to work from an idle slot which names it already: nothing may have called it for weeks. What
 * serves now is called anyway, and what a slot takes is looked at with its alias.
 */
export function restedGuards({ functions, served }: Actual, plans: readonly SlotUser[]): Guard[] {
  return plans.flatMap(({ spec: { name }, version }) => {
    const idle = functions.get(name)?.state?.slots[served.idleSlot].version?.Version
    if (version === undefined || idle !== version || served.versions.get(name)?.Version === version) return []
    const check = ({ aws }: ApplyContext): Promise<void> => waitUntilInvocable(aws, name, version)
    return [{ id: `function/${name}/invocable`, phase: 'prepare', needs: [], check }]
  })
}
