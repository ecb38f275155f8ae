import type { Diagnostics } from '../../diagnostics.ts'
import { reachedFiles, wantedBy, type Reach } from './python-reach.ts'
import type { Import } from './python-source.ts'

export interface NameCheck extends Reach {
  /** Whether a top-level module comes with the runtime. */
  readonly isGiven: (module: string) => boolean
  /** Layers may hold what the package does not. */
  readonly layers: boolean
  /** The file on the user's disk; nothing for what is not the app's own. */
  readonly diskPath: (path: string) => string | undefined
}

/**
 * Reports `from core import gone` where `core` is the app's own module or package, or a folder without code (a namespace, whoever brings
 * its parts), and `gone` is neither defined there nor one of its modules. Only what certainly runs and certainly fails: nothing where the
 * module may define anything, or any file may set such a name on it.
 */
export function checkPythonNames(check: NameCheck, diagnostics: Diagnostics): void {
  const reached = reachedFiles(check)
  const set = new Set([...reached.keys()].flatMap((file) => [...check.read(file)?.sets ?? []]))
  if (set.has('*')) return
  for (const [file, how] of reached) {
    if (how !== 'always') continue
    for (const found of check.read(file)?.imports.filter((each) => each.when === 'always') ?? []) {
      for (const each of gone(found, file, check)) if (!set.has(each.name)) tell(each, check, diagnostics)
    }
  }
}

interface Gone {
  readonly file: string
  readonly found: Import
  readonly module: string
  /** The module's file, or the namespace's folder with a slash at its end. */
  readonly place: string
  readonly name: string
}

/** What `from` takes of a module that has it not. */
function gone(found: Import, file: string, check: NameCheck): Gone[] {
  return wantedBy(found, file).flatMap((module) => {
    const place = check.index.find(module)
    if (place === undefined || check.isGiven(module.split('.', 1)[0] as string)) return []
    const source = place.endsWith('/') ? undefined : check.diskPath(place) === undefined ? undefined : check.read(place)
    if (source === undefined ? !place.endsWith('/') : source.open) return []
    const isThere = (name: string): boolean => source?.defines.has(name) === true || check.index.find(`${module}.${name}`) !== undefined
    const names = found.names.filter((name) => /^[\p{ID_Continue}]+$/u.test(name) && !name.startsWith('__') && !isThere(name))
    return names.map((name) => ({ file, found, module, place, name }))
  })
}

function tell({ file, found, module, place, name }: Gone, check: NameCheck, diagnostics: Diagnostics): void {
  const disk = check.diskPath(file)
  const written = `${'.'.repeat(found.level)}${found.module}`
  const beside = place.endsWith('/__init__.py') ? ', and no module beside it is called so' : ''
  const isOwn = !place.endsWith('/') || check.index.files(place).some((each) => check.diskPath(each) !== undefined)
  const text = {
    what: place.endsWith('/')
      ? `${file} imports \`${name}\` from \`${written}\`, and no part of ${place} in the package is called so.`
      : `${file} imports \`${name}\` from \`${written}\`: ${place} defines none${beside}.`,
    cure: isOwn
      ? 'Fix the import, or check that the file is not excluded.'
      : `Add the package that brings \`${module}.${name}\` to the requirements.`,
    docs: 'packaging.md#imports',
    ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
  }
  if (check.layers) diagnostics.warning(text)
  else diagnostics.error(text)
}
