/** The importable files of a tree, for looking up Python modules. */
export interface ModuleIndex {
  /** The file that `a.b` loads, relative to the root; for a namespace folder the folder with a trailing slash. */
  find(module: string): string | undefined
  /** The importable files below a folder, whose path ends in a slash. */
  files(folder: string): readonly string[]
}

const extension = /^(.*?)(?:\.(?:cpython|pypy|cp)[^/]*|\.abi3)?\.(?:so|pyd)$/

/** Indexes paths relative to the zip's root. */
export function moduleIndex(paths: readonly string[]): ModuleIndex {
  const files = new Map<string, string>()
  const folders = new Set<string>()
  for (const path of paths) {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end))
    // Bytecode beside its source's place is loaded without the source.
    const stem = path.endsWith('.py')
      ? path.slice(0, -3)
      : path.endsWith('.pyc') && !path.includes('__pycache__/')
        ? path.slice(0, -4)
        : extension.exec(path)?.[1]
    if (stem !== undefined && !files.has(stem)) files.set(stem, path)
  }
  return {
    find(module) {
      const stem = module.replaceAll('.', '/')
      return files.get(`${stem}/__init__`) ?? files.get(stem) ?? (folders.has(stem) ? `${stem}/` : undefined)
    },
    files: (folder) => [...files.values()].filter((file) => file.startsWith(folder)),
  }
}
