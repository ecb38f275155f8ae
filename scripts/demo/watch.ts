import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Folders that change by themselves while one works, or that the package leaves out; and what an editor writes beside a file. */
const ignored = /^(\.|node_modules$|__pycache__$)|\.pyc$|~$/

/** How often is looked, in milliseconds. An editor writes a file in several moves: what changed is taken once it has rested so long. */
const everyMs = 300

/**
 * Calls `onChange` after each change of a file in the folder, one call at a time; what changes during a call is one more call after it.
 * It looks at sizes and times instead of asking the system for events, which go missing where an editor puts a new file in the old one's
 * place (node's `fs.watch` with `recursive` on Linux). It goes on until the process ends.
 */
export function watchFolder(folder: string, onChange: (path: string) => Promise<void>): void {
  let taken = stamps(folder)
  let last = taken
  const look = async (): Promise<void> => {
    const now = stamps(folder)
    const rests = difference(last, now) === undefined
    last = now
    const changed = rests ? difference(taken, now) : undefined
    if (changed !== undefined) {
      taken = now
      await onChange(changed)
    }
    setTimeout(() => void look(), everyMs)
  }
  setTimeout(() => void look(), everyMs)
}

/** Size and time of every file, by its path in the folder. */
function stamps(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  visit('')
  return found

  function visit(below: string): void {
    for (const entry of entriesOf(join(folder, below))) {
      if (ignored.test(entry.name)) continue
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) visit(path)
      const stat = statSync(join(folder, path), { throwIfNoEntry: false })
      if (stat?.isFile() === true) found.set(path, `${stat.size} ${stat.mtimeMs} ${stat.ino}`)
    }
  }
}

/** A folder that has gone meanwhile holds nothing. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** The first path in which two states differ. */
function difference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string | undefined {
  const isOther = (path: string): boolean => before.get(path) !== after.get(path)
  return [...after.keys(), ...before.keys()].find(isOther)
}
