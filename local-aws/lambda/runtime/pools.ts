import type { Served } from '../state.ts'
import type { Initialization } from './environment.ts'
import { Pool, type Program } from './pool.ts'
import { workspace } from './workspace.ts'

/** Processes that are started in different ways are never used for one another. */
const pools = new Map<Served, Map<Initialization, Pool>>()
/** Clean-ups under way, so that stopping can wait for them. */
const endings = new Set<Promise<void>>()

/** The pool of what a version serves, made where there is none. */
export function poolOf(program: Program): Pool {
  const { served, identity: { initialization } } = program
  const own = pools.get(served) ?? new Map<Initialization, Pool>()
  pools.set(served, own)
  let pool = own.get(initialization)
  if (pool === undefined) own.set(initialization, (pool = new Pool(program)))
  return pool
}

/** Ends the processes of what is served no longer; a request that still runs ends first. */
export function retire(served: Served): void {
  const own = [...(pools.get(served)?.values() ?? [])]
  pools.delete(served)
  for (const pool of own) {
    const ending = pool.retire().finally(() => endings.delete(ending))
    endings.add(ending)
  }
}

/** Ends every process and removes every folder. */
export async function stopPools(): Promise<void> {
  const all = [...pools.values()].flatMap((own) => [...own.values()])
  pools.clear()
  await Promise.all([...all.map((pool) => pool.stop()), ...endings])
  await workspace.remove()
}
