import type { Diagnostics } from '../../diagnostics.ts'
import type { PythonRuntime } from '../runtimes.ts'
import { shippedModules } from '../shipped.ts'
import { removedIn, stdlibOf } from '../stdlib.ts'
import { importCure } from './import-cure.ts'
import { moduleIndex, type ModuleIndex } from './modules.ts'
import { climbsOut, filesOf, foundOf, moduleOf, reachedFiles, targetsOf, wantedBy } from './python-reach.ts'
import { checkMetadata } from './python-metadata-check.ts'
import { checkPythonNames } from './python-attributes.ts'
import type { Import, PythonSource } from './python-source.ts'

/**
 * What ensurepip brings along up to 3.11, and so the runtimes that are built from it (unverified; a false error would be worse than a
 * missed one).
 */
const setuptools = new Set(['setuptools', 'pkg_resources', 'pip', 'distutils'])
const lastWithSetuptools = 11

export interface ImportCheck {
  readonly handler: string
  readonly runtime: PythonRuntime
  /** Every path of the package. */
  readonly paths: readonly string[]
  /** Layers may hold what the package does not. */
  readonly layers: boolean
  /** Reads one of the app's own files; nothing for others, whose imports are their authors' business. */
  readonly read: (path: string) => PythonSource | undefined
  /** The file on the user's disk. */
  readonly diskPath: (path: string) => string | undefined
  /** The source folder on the disk; nothing for a zip that somebody else made. */
  readonly source: string | undefined
  /** The folder that the user writes paths from. */
  readonly base: string
}

/** Follows the imports of the app's files from the handler on and reports those that nothing in the package or runtime answers. */
export function checkPythonImports(check: ImportCheck, diagnostics: Diagnostics): void {
  const index = moduleIndex(check.paths)
  const answers = { index, known: stdlibOf(check.runtime.minor), check }
  const waiting = filesOf(index, moduleOf(check.handler))
  const seen = new Set<string>()
  const missing = new Map<string, MissingImport>()
  let moves = false
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    moves ||= check.read(file)?.movesPath ?? false
    for (const found of check.read(file)?.imports ?? []) {
      if (found.when === 'never') continue
      if (climbsOut(found, file) && found.when !== 'tried') rootless({ file, found }, check, diagnostics)
      for (const name of wantedBy(found, file)) {
        checkHidden({ name, file, found }, index, { check, diagnostics })
        if (answered(name, answers)) waiting.push(...targetsOf(index, name, found))
        else if (found.when !== 'tried' && missing.get(name)?.found.when !== 'always') missing.set(name, { file, found })
      }
    }
  }
  for (const [name, at] of missing) diagnose({ name, ...at, moves }, check, diagnostics)
  if (!moves) for (const [file, when] of reachedFiles({ ...check, index })) {
    const source = when === 'always' ? check.read(file) : undefined
    if (source !== undefined) checkMetadata(file, source, { check, diagnostics })
  }
  const isGiven = (name: string): boolean => answers.known.has(name) || shippedModules.has(name)
  if (!moves) checkPythonNames({ ...check, index, isGiven }, diagnostics)
}

interface MissingImport {
  readonly file: string
  readonly found: Import
}

interface Answers {
  readonly index: ModuleIndex
  readonly known: ReadonlySet<string>
  readonly check: ImportCheck
}

/** Python takes a package before a module of the same name, so a dependency may take an own file's place. */
function checkHidden(
  { name, file, found }: MissingImport & { readonly name: string }, index: ModuleIndex,
  { check, diagnostics }: { readonly check: ImportCheck, readonly diagnostics: Diagnostics }
): void {
  const [taken, hidden] = [index.find(name), `${name.replaceAll('.', '/')}.py`]
  if (taken?.endsWith('/__init__.py') !== true || check.diskPath(taken) !== undefined || check.diskPath(hidden) === undefined) return
  const disk = check.diskPath(file)
  const folder = taken.slice(0, -'__init__.py'.length)
  diagnostics.warning({
    what: `${file} imports \`${name}\` and gets the package ${folder} of a dependency, not ${hidden} of your own.`,
    why: 'Python takes a package before a module of the same name.',
    cure: `Rename ${hidden} where it is meant, or exclude it.`,
    docs: 'packaging.md#imports',
    ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
  })
}

/**
 * A module at the root has no package above it: `from . import x` fails there on Lambda, whatever worked at home; so does `..` one
 * folder down.
 */
function rootless({ file, found }: MissingImport, check: ImportCheck, diagnostics: Diagnostics): void {
  const atRoot = !file.includes('/')
  const written = `${'.'.repeat(found.level)}${found.module}`
  const disk = check.diskPath(file)
  const text = {
    what: atRoot
      ? `${file} lies at the root of the package and imports \`${written}\` relatively.`
      : `${file} imports \`${written}\`, which leads above its top package \`${file.split('/', 1)[0] ?? ''}\`.`,
    why: `Python: attempted relative import ${atRoot ? 'with no known parent package' : 'beyond top-level package'}.`,
    cure: found.module === '' ? 'Import the module by its name, without the dot.' : `Write \`from ${found.module} import ...\`.`,
    ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
  }
  if (found.when === 'always') diagnostics.error(text)
  else diagnostics.warning(text)
}

/** `moves`: a file on the way changes sys.path, so that what is missing may lie in a folder that nobody can tell from outside. */
function diagnose(
  { name, file, found, moves }: MissingImport & { readonly name: string, readonly moves: boolean }, check: ImportCheck,
  diagnostics: Diagnostics
): void {
  const removed = removedIn(name.split('.', 1)[0] as string)
  const disk = check.diskPath(file)
  const own = found.level > 0
  const nobody = check.layers ? 'neither the package nor' : 'nothing in the package or'
  const text = {
    what: `${file} imports \`${name}\`, which ${nobody} the runtime ${check.runtime.name} has.`,
    ...(removed !== undefined && removed <= check.runtime.minor
      ? { why: `Python 3.${removed} took it out of the standard library.` }
      : {}),
    cure: own
      ? 'Fix the import, or check that the file is not excluded.'
      : importCure({ name, file, paths: check.paths, source: check.source, base: check.base }),
    docs: 'packaging.md#imports',
    ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
  }
  if (found.when === 'always' && !check.layers && !moves) diagnostics.error(text)
  else diagnostics.warning(text)
}

/** Whether something will answer an import: runtime, package, or a package that may make its parts while it runs (`six.moves`). */
function answered(name: string, { index, known, check }: Answers): boolean {
  const top = name.split('.', 1)[0] as string
  if (known.has(top) || shippedModules.has(top) || (check.runtime.minor <= lastWithSetuptools && setuptools.has(top))
    || index.find(name) !== undefined) return true
  if (top.startsWith('_') && index.find(top) === undefined) return true
  const ancestor = foundOf(index, name).at(-1)
  if (ancestor === undefined || ancestor.endsWith('/')) return false
  return !ancestor.endsWith('/__init__.py') || check.diskPath(ancestor) === undefined
}
