import type { Served } from '../state.ts'
import { Pool, type Program } from './pool.ts'
import { workspace } from './workspace.ts'

const pools = new Map<Served, Pool>()
/** Clean-ups under way, so that stopping can wait for them. */
const endings = new Set<Promise<void>>()

/** The pool of what a version serves, made where there is none. */
export function poolOf(program: Program): Pool {
  let pool = pools.get(program.served)
  if (pool === undefined) pools.set(program.served, (pool = new Pool(program)))
  return pool
}

/** Ends the processes of what is served no longer; a request that still runs ends first. */
export function retire(served: Served): void {
  const pool = pools.get(served)
  if (pool === undefined) return
  pools.delete(served)
  const ending = pool.retire().finally(() => endings.delete(ending))
  endings.add(ending)
}

/** Ends every process and removes every folder. */
export async function stopPools(): Promise<void> {
  const all = [...pools.values()]
  pools.clear()
  await Promise.all([...all.map((pool) => pool.stop()), ...endings])
  await workspace.remove()
}
