import { Diagnostics } from '../diagnostics.ts'
import type { CodeSpec } from '../service/service.ts'
import type { Env } from './env.ts'
import { moduleIndex } from './inspect/modules.ts'
import { checkPythonImports } from './inspect/python-imports.ts'
import { reachedFiles } from './inspect/python-reach.ts'
import { readPython, type PythonSource } from './inspect/python-source.ts'
import { checkPythonSyntax } from './inspect/python-syntax.ts'
import type { Installed } from './install/installed.ts'
import { ownFiles } from './linked.ts'
import type { Runtime } from './runtimes.ts'
import { entryBytes, type Entry } from './tree/entry.ts'
import { isPointer } from './tree/large-files.ts'
import { checkPointers } from './tree/pointers.ts'
import { checkSecrets, secretReason } from './tree/secrets.ts'
import { once, type Tree } from './tree/tree.ts'

interface Built {
  readonly code: CodeSpec
  readonly installed: Installed | undefined
}

interface BuiltCheck {
  readonly runtime: Runtime
  readonly layers: boolean
  readonly app: Tree
  readonly env: Env
  readonly diagnostics: Diagnostics
}

/**
 * Looks at folders of the repository that were built and installed (`./libs/core`) as at the source: they are the user's own code. Secrets
 * and pointers of Git LFS in them would ship, a file that Python cannot read fails, and what they import without declaring it is nowhere.
 * All is told with the files on the user's disk.
 */
export async function checkBuilt(entries: readonly Entry[], { code, installed }: Built, check: BuiltCheck): Promise<void> {
  const { runtime, layers, app, env, diagnostics } = check
  const built = installed?.own ?? {}
  if (runtime.family !== 'python' || Object.keys(built).length === 0) return
  const theirs = entries.filter((entry) => entry.owner !== '' && built[entry.path] !== undefined && entry.content.kind !== 'link')
  checkContents(theirs.map((entry) => ({ ...entry, disk: built[entry.path] as string })), code, diagnostics)
  const byPath = new Map(theirs.map((entry) => [entry.path, entry]))
  const own = ownFiles(app, [])
  const text = (path: string): string | undefined => {
    const entry = byPath.get(path)
    return entry === undefined ? undefined : entryBytes(entry).toString('utf8')
  }
  const readBuilt = once(text)
  const read = (path: string): PythonSource | undefined =>
    path.endsWith('.py') ? byPath.has(path) ? readBuilt(path, readPython) : own.read(path, readPython) : undefined
  const paths = entries.map(({ path }) => path)
  const loaded = [...reachedFiles({ handler: code.handler, index: moduleIndex(paths), read })].flatMap(([path, when]) => {
    const file = byPath.has(path) ? built[path] : undefined
    return file === undefined ? [] : [{ path, file, when, minor: runtime.minor, isCertain: true, unread: read(path)?.unread }]
  })
  if (loaded.length > 0) await checkPythonSyntax(loaded, env, diagnostics)
  const found = new Diagnostics()
  checkPythonImports({
    handler: code.handler, runtime, layers, read, paths, source: code.source, base: code.base,
    diskPath: (path) => byPath.has(path) ? built[path] : own.diskPath(path),
  }, found)
  // What the app's own files lack is told for each function by itself.
  diagnostics.all.push(...found.all.filter(({ place }) => place !== undefined && Object.values(built).includes(place.file)))
}

/** So many bytes tell a secret. */
const readOfSecrets = 64 * 1024

function checkContents(files: readonly (Entry & { readonly disk: string })[], code: CodeSpec, diagnostics: Diagnostics): void {
  const looked = files.map((entry) => {
    const bytes = entryBytes(entry)
    // By this name `exclude` and `include` reach what was installed.
    const path = `site-packages/${entry.path}`
    return {
      ...entry, path, content: { kind: 'disk' as const, file: entry.disk }, isPointer: isPointer(bytes),
      secret: secretReason({ path: entry.path, size: bytes.length }, bytes.subarray(0, readOfSecrets)),
    }
  })
  checkSecrets(looked, code.include, diagnostics)
  checkPointers(looked, diagnostics)
}
