import { lstatSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostic } from '../../diagnostics.ts'
import { touch } from './cache.ts'

/** Dependencies as they lie in the cache, in their one form. */
export interface Installed {
  /** The folder whose content goes to the zip's root. */
  readonly folder: string
  /** Hex; equal for equal content. */
  readonly key: string
  /** `name==version`, sorted. */
  readonly resolved: readonly string[]
  readonly warnings: readonly Diagnostic[]
  /** The user's own code among them, built from folders of the repository: where each of their files is on the disk. */
  readonly own?: Readonly<Record<string, string>>
}

/** What lies beside the tree; `extent` tells a tree that is whole from one that was saved or restored by half. */
interface Note extends Pick<Installed, 'resolved' | 'warnings' | 'own'> {
  readonly extent: string
}

const noteName = 'installed.json'

/** Notes beside `<folder>/tree` what is in it, before the folder is moved to its place in the cache. */
export function noteInstalled(folder: string, found: Pick<Installed, 'resolved' | 'warnings' | 'own'>): void {
  const note: Note = { ...found, extent: extentOf(path.join(folder, 'tree')) }
  writeFileSync(path.join(folder, noteName), JSON.stringify(note))
}

/** The dependencies at a place in the cache. What is not whole goes, so that it can be made anew. */
export function readInstalled(place: string, key: string): Installed | undefined {
  const folder = path.join(place, 'tree')
  try {
    const { extent, ...found } = JSON.parse(readFileSync(path.join(place, noteName), 'utf8')) as Note
    if (extent === extentOf(folder)) {
      touch(place)
      return { folder, key, ...found }
    }
  } catch {
    // No note, half a note, or no tree.
  }
  rmSync(place, { recursive: true, force: true })
  return undefined
}

/** Files and bytes: cheap beside all that is done with a tree, and different after any cut. */
function extentOf(tree: string): string {
  const files = readdirSync(tree, { withFileTypes: true, recursive: true }).filter((entry) => !entry.isDirectory())
  return `${files.length} files, ${files.reduce((sum, entry) => sum + lstatSync(path.join(entry.parentPath, entry.name)).size, 0)} bytes`
}
