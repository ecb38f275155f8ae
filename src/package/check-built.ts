import { Diagnostics } from '../diagnostics.ts'
import type { CodeSpec } from '../service/service.ts'
import { checkPythonImports } from './inspect/python-imports.ts'
import { readPython, type PythonSource } from './inspect/python-source.ts'
import type { Installed } from './install/installed.ts'
import { ownFiles } from './linked.ts'
import type { Runtime } from './runtimes.ts'
import { entryBytes, type Entry } from './tree/entry.ts'
import { once, type Tree } from './tree/tree.ts'

interface Built {
  readonly code: CodeSpec
  readonly installed: Installed | undefined
}

interface BuiltCheck {
  readonly runtime: Runtime
  readonly layers: boolean
  readonly app: Tree
  readonly diagnostics: Diagnostics
}

/**
 * Follows the imports of folders of the repository that were built and installed (`./libs/core`): they are the user's own code, and what
 * they import without declaring it is nowhere. What they lack is told with their files on the disk.
 */
export function checkBuilt(entries: readonly Entry[], { code, installed }: Built, check: BuiltCheck): void {
  const { runtime, layers, app, diagnostics } = check
  const built = installed?.own ?? {}
  if (runtime.family !== 'python' || Object.keys(built).length === 0) return
  const theirs = entries.filter((entry) => entry.owner !== '' && built[entry.path] !== undefined)
  const byPath = new Map(theirs.map((entry) => [entry.path, entry]))
  const own = ownFiles(app, [])
  const text = (path: string): string | undefined => {
    const entry = byPath.get(path)
    return entry === undefined ? undefined : entryBytes(entry).toString('utf8')
  }
  const readBuilt = once(text)
  const read = (path: string): PythonSource | undefined =>
    path.endsWith('.py') ? byPath.has(path) ? readBuilt(path, readPython) : own.read(path, readPython) : undefined
  const found = new Diagnostics()
  checkPythonImports({
    handler: code.handler, runtime, layers, read, paths: entries.map(({ path }) => path), source: code.source, base: code.base,
    diskPath: (path) => byPath.has(path) ? built[path] : own.diskPath(path),
  }, found)
  // What the app's own files lack is told for each function by itself.
  diagnostics.all.push(...found.all.filter(({ place }) => place !== undefined && Object.values(built).includes(place.file)))
}
