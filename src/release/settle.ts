import type { Actual } from '../actual/actual.ts'
import { pause } from '../cancellation.ts'
import type { ApplyContext, Guard, Step } from '../resources/step.ts'

/*
 * AWS answers a write before all of it knows. How long that lasts at most is documented nowhere; each of these is longer than what was
 * seen, and none of it needs a call. In milliseconds.
 */

/** A stage serves what it served before for up to 12 s (LocalStack's tests against AWS poll for so long after UpdateStage). */
export const stageSettles = 15_000
/** A new permission is honoured on the invoke URL only after some seconds (500 for about 5 s, terraform-provider-aws#17604). */
const permissionSettles = 10_000
/** An alias that was moved calls the version that it named before for a while (DataBiosphere/azul#7883, AWS support: no figure). */
const aliasSettles = 5_000

/** Waits, on a stage that serves already, until the slot that is to go live is known everywhere as it is now. */
export async function waitForSlot({ ids, progress }: ApplyContext): Promise<void> {
  const permission = rest(ids.permissionAddedAt, permissionSettles)
  const alias = rest(ids.aliasMovedAt, aliasSettles)
  const wait = Math.max(permission, alias)
  if (wait === 0) return
  const what = permission > alias ? 'the new permission' : 'the moved slot'
  progress.info(`Waiting ${Math.ceil(wait / 1000)} s until ${what} is known everywhere.`)
  await pause(wait)
}

/**
 * Waits before the idle slot takes other versions, where it has served a short while ago: callers who still see the release before must
 * not get the code of the next one.
 */
export function idleSlotGuard({ served }: Actual): Guard {
  return {
    id: 'slot/unused', phase: 'prepare', needs: [],
    check: ({ progress }) => waitSince(served.record[0]?.wentLiveAt, { progress, until: 'nobody sees the release before the live one' }),
  }
}

/**
 * Waits before anything is taken away that was served a short while ago.
 * @param since when the last of it went out of service, in seconds since the epoch; undefined for the moment at which this run goes live
 */
export function disuseGuard(id: string, since: number | undefined): Guard {
  return {
    id, phase: 'prune', needs: [],
    check: ({ ids, progress }) => waitSince(since ?? (ids.wentLiveAt ?? 0) / 1000, { progress, until: 'nobody sees what is taken away' }),
  }
}

/** The steps after a guard. */
export function after(guard: Guard, steps: readonly Step[]): Step[] {
  return steps.map((each) => ({ ...each, needs: [...each.needs, guard] }))
}

interface Wait extends Pick<ApplyContext, 'progress'> {
  /** What is waited for, in words. */
  readonly until: string
}

async function waitSince(seconds: number | undefined, { progress, until }: Wait): Promise<void> {
  const wait = rest(seconds === undefined ? undefined : seconds * 1000, stageSettles)
  if (wait === 0) return
  progress.info(`Waiting ${Math.ceil(wait / 1000)} s until ${until}.`)
  await pause(wait)
}

/** What is left of a while that began at `from`; a clock that goes before, or was set back, must not make it longer. */
function rest(from: number | undefined, milliseconds: number): number {
  return from === undefined ? 0 : Math.min(Math.max(from + milliseconds - Date.now(), 0), milliseconds)
}
