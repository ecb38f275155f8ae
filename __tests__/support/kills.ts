import { withoutIds } from './account-state.ts'
import { type Deployable } from './service.ts'
import type { Step } from './runner.ts'

/** A run that is killed. */
export interface Killing {
  /** Makes what stands before the run; asked once a lane. */
  readonly prepare: () => Promise<Deployable>
  /** Writes what the run deploys, and starts it. */
  readonly start: (service: Deployable) => Promise<Step>
  /** Runs what follows the kill after call `k`, and throws unless it ends as it should. */
  readonly follow: (service: Deployable, k: number) => Promise<unknown>
}

/** What came of it. */
export interface Killed {
  readonly kills: number
  /** How many different states the kills have left. */
  readonly states: number
  readonly mismatches: readonly string[]
}

/** Kills the run when call `k`, or the first of an operation, has had its effect and is not answered yet. */
export async function killAt({ account: { control } }: Deployable, k: number | string, start: () => Promise<Step>): Promise<void> {
  const step = await start()
  await control.fault(typeof k === 'number' ? { call: k } : { operation: k }, { kind: 'hold', when: 'after' }, 1)
  const held = await Promise.race([control.held(), step.result.then((result) => result.output)])
  if (typeof held === 'string' || held.length === 0) throw new Error(`call ${k} never came: ${String(held)}`)
  step.kill()
  await step.result
  await control.clearFaults()
  await control.release()
  await control.idle()
}

/** The account as two that came to the same end have it. */
export const stateOf = async ({ account }: Deployable): Promise<unknown> => withoutIds(await account.control.state(), account.id)

/**
 * Kills a run of its own at each of these calls; before each, the account is put back to what stood before the run. All that a run leaves
 * to the next one is the state of the account (packages are kept for all of them together, and the workspace is written anew), so what
 * follows is run once for each state: a kill that leaves what another one has left is not followed a second time.
 */
export async function killAll(calls: readonly number[], killing: Killing, lanes = 1): Promise<Killed> {
  const left = new Set<string>()
  const mismatches: string[] = []
  const waiting = [...calls]
  const work = async (): Promise<void> => {
    const service = await killing.prepare()
    const { control } = service.account
    const before = await control.keepCopy()
    for (let k = waiting.shift(); k !== undefined; k = waiting.shift()) {
      try {
        await killAt(service, k, () => killing.start(service))
        const state = JSON.stringify(await stateOf(service))
        const isNew = !left.has(state)
        left.add(state)
        if (isNew) await killing.follow(service, k)
      } catch (error) {
        mismatches.push(`killed after call ${k}: ${String(error)}`)
      }
      await control.restore(before)
    }
    service.remove()
    await control.reset()
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return { kills: calls.length, states: left.size, mismatches }
}
