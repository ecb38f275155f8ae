import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'

/** Kept this long after the last use; what runs still need is used more often. */
const keptFor = 30 * 24 * 3600 * 1000
const scratchKeptFor = 24 * 3600 * 1000

const scratch = new Set<string>()

/** A scratch folder on the cache's own disk, so that finished work can be moved into place in one step. It goes when `work` ends. */
export async function withScratch<T>(cacheDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = path.join(cacheDir, 'tmp')
  mkdirSync(parent, { recursive: true })
  // Installers build sources in here: nobody else on the machine may look on.
  const folder = mkdtempSync(path.join(parent, 'job-'))
  scratch.add(folder)
  try {
    return await work(folder)
  } finally {
    scratch.delete(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Removes the scratch folders of work that is given up and will not come to its end. */
export function removeScratch(): void {
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true })
}

const running = new Map<string, Promise<unknown>>()

/** Runs `work` once per key at a time: functions that share an install wait for the one that runs. */
export function shared<T>(key: string, work: () => Promise<T>): Promise<T> {
  const known = running.get(key)
  if (known !== undefined) return known as Promise<T>
  const started = work().finally(() => running.delete(key))
  running.set(key, started)
  return started
}

/** Notes that a cached thing was used. */
export function touch(file: string): void {
  const now = new Date()
  utimesSync(file, now, now)
}

/** Removes what has not been used for long, so that a cache that is saved and restored forever does not grow forever. */
export function prune(cacheDir: string): void {
  for (const [folder, kept] of [['dependencies', keptFor], ['zips', keptFor], ['tmp', scratchKeptFor]] as const) {
    for (const name of list(path.join(cacheDir, folder))) {
      const item = path.join(cacheDir, folder, name)
      if (Date.now() - (statSync(item, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > kept) rmSync(item, {
        recursive: true, force: true,
      })
    }
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
