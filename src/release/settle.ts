import type { Actual } from '../actual/actual.ts'
import { pause } from '../cancellation.ts'
import type { ApplyContext, Guard, Step, Task } from '../resources/step.ts'

/*
 * AWS answers a write before every part of it knows the change. No document says how long that may last; each of these times is longer
 * than what was seen. They are waited, not asked for: no call would show it. In milliseconds.
 */

/** A stage serves what it served before for up to 12 s (LocalStack's tests against AWS poll for so long after UpdateStage). */
export const stageSettles = 15_000
/** A new permission is honoured on the invoke URL only after some seconds (500 for about 5 s, terraform-provider-aws#17604). */
const permissionSettles = 10_000
/** An alias that was moved calls the version that it named before for a while (DataBiosphere/azul#7883, AWS support: no figure). */
const aliasSettles = 5_000

/**
 * Waits until all of AWS knows the aliases and permissions that this run has changed; only a stage with callers needs that.
 * @returns whether there was anything to wait for
 */
export async function waitForSlot({ ids, progress }: ApplyContext): Promise<boolean> {
  const permission = rest(ids.permissionAddedAt, permissionSettles)
  const alias = rest(ids.aliasMovedAt, aliasSettles)
  const wait = Math.max(permission, alias)
  if (wait === 0) return false
  const what = permission > alias ? 'the new permission' : 'the moved slot'
  progress.info(`Waiting ${Math.ceil(wait / 1000)} s until ${what} is known everywhere.`)
  await pause(wait)
  return true
}

/**
 * Waits before the idle slot takes other versions, where it was the live one or a canary's a short while ago. Some callers still reach it,
 * and must not get the code of the next release before that is live. When a canary went nothing but the stage's own time tells.
 * @param needs what takes a canary off
 */
export function idleSlotGuard({ served, stage }: Actual, needs: readonly Task[] = []): Guard {
  const changedAt = Math.max(served.record[0]?.wentLiveAt ?? 0, (stage?.lastUpdatedDate?.getTime() ?? 0) / 1000)
  const until = 'nobody sees the release before the live one'
  return {
    id: 'slot/unused', phase: 'prepare', needs,
    check: ({ progress, ids }) => waitSince(Math.max(changedAt, (ids.canaryEndedAt ?? 0) / 1000), { progress, until }),
  }
}

/**
 * Waits before anything is taken away that was served a short while ago.
 * @param since when the last of it went out of service, in seconds since the epoch; undefined for the moment at which this run goes live,
 * or ends a canary
 */
export function disuseGuard(id: string, since: number | undefined): Guard {
  return {
    id, phase: 'prune', needs: [],
    check: ({ ids, progress }) => {
      const now = Math.max(ids.wentLiveAt ?? 0, ids.canaryEndedAt ?? 0) / 1000
      return waitSince(since ?? now, { progress, until: 'nobody sees what is taken away' })
    },
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

/** What is left of a time that began at `from`, which another machine's clock may have written: at most all of it. */
function rest(from: number | undefined, milliseconds: number): number {
  return from === undefined ? 0 : Math.min(Math.max(from + milliseconds - Date.now(), 0), milliseconds)
}
