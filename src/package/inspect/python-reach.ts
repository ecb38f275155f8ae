import type { ModuleIndex } from './modules.ts'
import type { Import, PythonSource } from './python-source.ts'

/** Where to begin, and how to look into the app's own files. */
export interface Reach {
  readonly handler: string
  readonly index: ModuleIndex
  readonly read: (path: string) => PythonSource | undefined
}

/** The files that run when the handler's module is loaded, and those that may: what is imported in functions, conditions and `try`. */
export function reachedFiles({ handler, index, read }: Reach): ReadonlyMap<string, 'always' | 'maybe'> {
  const found = new Map<string, 'always' | 'maybe'>()
  const start = filesOf(index, moduleOf(handler))
  follow(start, 'always')
  for (const file of [...found.keys()]) follow(importedBy(file, () => true), 'maybe')
  return found

  function follow(files: readonly string[], how: 'always' | 'maybe'): void {
    const waiting = files.filter((file) => !found.has(file))
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (found.has(file)) continue
      found.set(file, how)
      waiting.push(...importedBy(file, ({ when }) => how === 'maybe' || when === 'always'))
    }
  }

  function importedBy(file: string, counts: (found: Import) => boolean): string[] {
    const imports = read(file)?.imports.filter((each) => each.when !== 'never' && counts(each)) ?? []
    return imports.flatMap((each) => wantedBy(each, file).flatMap((name) => targetsOf(index, name, each)))
  }
}

/** The module of a handler, with dots. */
export function moduleOf(handler: string): string {
  return handler.slice(0, handler.lastIndexOf('.')).replaceAll('/', '.')
}

/** The absolute modules that an import needs; a relative one counts from the file's package. */
export function wantedBy(found: Import, file: string): string[] {
  if (found.level === 0) return found.module === '' ? [] : [found.module]
  const folders = file.split('/').slice(0, -1)
  const base = folders.slice(0, folders.length - (found.level - 1))
  const absolute = [...base, ...(found.module === '' ? [] : found.module.split('.'))].join('.')
  return absolute === '' || climbsOut(found, file) ? [] : [absolute]
}

/** Whether a relative import leads above the top package: that fails whatever lies there, because the package's root is no package. */
export function climbsOut(found: Import, file: string): boolean {
  return found.level > file.split('/').length - 1
}

/** The files that an import of module `name` runs: its own, and those of what `from` takes where that is a module. */
export function targetsOf(index: ModuleIndex, name: string, found: Import): string[] {
  return [name, ...found.names.map((part) => `${name}.${part}`)].flatMap((part) => filesOf(index, part))
}

/** The files that importing a module runs: those of the packages above it, and its own. */
export function filesOf(index: ModuleIndex, name: string): string[] {
  return foundOf(index, name).filter((file) => !file.endsWith('/'))
}

/** What there is of a dotted name, from the top down (`a`, `a.b`, ...): where a part is not there, nothing below it is. */
export function foundOf(index: ModuleIndex, name: string): string[] {
  const found: string[] = []
  for (let end = name.indexOf('.'); ; end = name.indexOf('.', end + 1)) {
    const file = index.find(end === -1 ? name : name.slice(0, end))
    if (file === undefined) return found
    found.push(file)
    if (end === -1) return found
  }
}
