import { removeScratch } from './cache.ts'
import { endPrograms } from './process.ts'

/** Leaves nothing of builds that were given up: no program that still runs, no folder that nobody will use. */
export function abandonBuilds(): void {
  endPrograms()
  removeScratch()
}
