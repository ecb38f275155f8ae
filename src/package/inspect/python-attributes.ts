import type { Diagnostics } from '../../diagnostics.ts'
import { reachedFiles, wantedBy, type Reach } from './python-reach.ts'
import type { Import } from './python-source.ts'

export interface NameCheck extends Reach {
  /** Layers may hold what the package does not. */
  readonly layers: boolean
  /** The file on the user's disk; nothing for what is not the app's own. */
  readonly diskPath: (path: string) => string | undefined
}

/**
 * Reports `from core import gone` where `core` is the app's own package and `gone` is neither in its `__init__` nor one of its modules.
 * Only what certainly runs and certainly fails: nothing where `__init__` may define anything, or any file may set such a name on it.
 */
export function checkPythonNames(check: NameCheck, diagnostics: Diagnostics): void {
  const reached = reachedFiles(check)
  const set = new Set([...reached.keys()].flatMap((file) => [...check.read(file)?.sets ?? []]))
  if (set.has('*')) return
  for (const [file, how] of reached) {
    if (how !== 'always') continue
    for (const found of check.read(file)?.imports.filter((each) => each.when === 'always') ?? []) {
      for (const [init, name] of gone(found, file, check)) if (!set.has(name)) tell({ file, found, init, name }, check, diagnostics)
    }
  }
}

/** What `from` takes of one of the app's own packages that has it not: the package's `__init__` and the name. */
function gone(found: Import, file: string, check: NameCheck): [string, string][] {
  return wantedBy(found, file).flatMap((module) => {
    const init = check.index.find(module)
    if (init?.endsWith('/__init__.py') !== true || check.diskPath(init) === undefined) return []
    const source = check.read(init)
    if (source === undefined || source.open) return []
    return found.names.filter((name) => /^[\p{ID_Continue}]+$/u.test(name) && !name.startsWith('__') && !source.defines.has(name) && check.index.find(`${module}.${name}`) === undefined).map((name): [string, string] => [init, name])
  })
}

interface Gone {
  readonly file: string
  readonly found: Import
  readonly init: string
  readonly name: string
}

function tell({ file, found, init, name }: Gone, check: NameCheck, diagnostics: Diagnostics): void {
  const disk = check.diskPath(file)
  const text = {
    what: `${file} imports \`${name}\` from \`${'.'.repeat(found.level)}${found.module}\`: ${init} defines none, and no module beside it is called so.`,
    cure: 'Fix the import, or check that the file is not excluded.',
    docs: 'packaging.md#imports',
    ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
  }
  if (check.layers) diagnostics.warning(text)
  else diagnostics.error(text)
}
