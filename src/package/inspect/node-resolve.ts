import { builtinModules } from 'node:module'
import type { NodeImport } from './node-source.ts'
import { exportedFile, importedTarget, type NodePackage } from './node-package.ts'

/** The files among which an import is looked for. */
export interface ModuleTree {
  readonly paths: ReadonlySet<string>
  /** What the package.json at a path says, as far as somebody has read it. */
  readonly manifest: (path: string) => NodePackage | undefined
}

/** Where an import leads: a file, something that is not in the tree and need not be, or nothing that Node would find. */
export type Target =
  | { readonly kind: 'file', readonly path: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'none', readonly why: Missing }

export type Missing =
  /** Nothing has it; `near` is what the path would mean to `require`. */
  | { readonly is: 'absent', readonly near?: string | undefined }
  /** The path leads above the root of the package. */
  | { readonly is: 'above' }
  /** The package is there, and its `exports` do not have it. */
  | { readonly is: 'hidden', readonly folder: string }
  /** The package is there, and the file that it leads to is not. */
  | { readonly is: 'unbuilt', readonly folder: string, readonly file: string }
  /** A URL of a kind that Node does not load. */
  | { readonly is: 'scheme' }

const builtin = new Set(builtinModules)

/** Finds what Node finds for an import of one file. */
export function resolveImport({ name, by }: Pick<NodeImport, 'name' | 'by'>, file: string, tree: ModuleTree): Target {
  if (/^\.{1,2}(?:\/|$)/.test(name)) return relativeTarget({ name, by }, file, tree)
  if (name.startsWith('#')) return internalTarget({ name, by }, file, tree)
  if (/^(?!node:|file:|data:)[a-z][a-z0-9+.-]+:/.test(name)) return { kind: 'none', why: { is: 'scheme' } }
  if (name.startsWith('/') || name.includes(':') || builtin.has(name)) return { kind: 'elsewhere' }
  // A link, as pnpm makes them: what lies behind it has other paths.
  if (modulesAbove(file).some((modules) => tree.paths.has(`${modules}/${packageOf(name)}`))) return { kind: 'elsewhere' }
  const folder = packageFolder(packageOf(name), file, tree)
  if (folder !== undefined) return packageTarget({ name, by }, folder, tree)
  const alone = modulesAbove(file).map((modules) => fileOf(`${modules}/${name}`, tree)).find((path) => path !== undefined)
  if (alone !== undefined) return { kind: 'file', path: alone }
  const own = nearestManifest(file, tree)
  return own?.manifest?.exports !== undefined && own.manifest.name === packageOf(name)
    ? packageTarget({ name, by }, own.folder, tree)
    : { kind: 'none', why: { is: 'absent' } }
}

/** What a package's `imports` make of a name of its own; a package without them has been compiled by other rules. */
function internalTarget({ name, by }: Pick<NodeImport, 'name' | 'by'>, file: string, tree: ModuleTree): Target {
  const own = nearestManifest(file, tree)
  if (own?.manifest === undefined) return own === undefined ? { kind: 'none', why: { is: 'absent' } } : { kind: 'elsewhere' }
  const found = importedTarget(own.manifest.imports, name, by)
  if (found === undefined) return { kind: 'none', why: { is: 'absent' } }
  const at = below(own.folder, 'package.json')
  if (!found.startsWith('./')) return found.startsWith('#') ? { kind: 'elsewhere' } : resolveImport({ name: found, by }, at, tree)
  const path = joined(at, found) ?? ''
  return tree.paths.has(path) ? { kind: 'file', path } : { kind: 'none', why: { is: 'unbuilt', folder: own.folder, file: path } }
}

/** `@scope/name` or `name` of what is imported. */
export function packageOf(name: string): string {
  return name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')
}

/** Whether Node loads a file of the tree as an ES module. */
export function isModuleFile(file: string, tree: ModuleTree): boolean {
  return file.endsWith('.mjs') || (file.endsWith('.js') && nearestManifest(file, tree)?.manifest?.type === 'module')
}

function relativeTarget({ name, by }: Pick<NodeImport, 'name' | 'by'>, file: string, tree: ModuleTree): Target {
  const path = joined(file, name)
  if (path === undefined) return { kind: 'none', why: { is: 'above' } }
  const near = fileOf(path, tree)
  if (by === 'require') return near === undefined ? { kind: 'none', why: { is: 'absent' } } : { kind: 'file', path: near }
  // What an ES module names is a URL of one file (https://nodejs.org/api/esm.html#mandatory-file-extensions).
  const exact = joined(file, decoded(name.replace(/[?#].*$/, ''))) ?? ''
  return tree.paths.has(exact) ? { kind: 'file', path: exact } : { kind: 'none', why: { is: 'absent', near } }
}

/** The folder of the nearest `node_modules` above a file that holds a package. */
function packageFolder(name: string, file: string, tree: ModuleTree): string | undefined {
  return modulesAbove(file).map((modules) => `${modules}/${name}`)
    .find((folder) => ['package.json', 'index.js', 'index.json', 'index.node'].some((each) => tree.paths.has(`${folder}/${each}`)))
}

function modulesAbove(file: string): string[] {
  const folders = file.split('/').slice(0, -1)
  return [...folders.keys(), folders.length].reverse().filter((depth) => folders[depth - 1] !== 'node_modules')
    .map((depth) => [...folders.slice(0, depth), 'node_modules'].join('/'))
}

function packageTarget({ name, by }: Pick<NodeImport, 'name' | 'by'>, folder: string, tree: ModuleTree): Target {
  const at = below(folder, 'package.json')
  const manifest = tree.manifest(at)
  const subpath = `.${name.slice(packageOf(name).length)}`
  if (manifest === undefined && tree.paths.has(at)) return { kind: 'elsewhere' }
  if (manifest?.exports !== undefined) {
    const exported = exportedFile(manifest.exports, subpath, by)
    if (exported === undefined) return { kind: 'none', why: { is: 'hidden', folder } }
    const path = joined(at, exported) ?? ''
    return tree.paths.has(path) ? { kind: 'file', path } : { kind: 'none', why: { is: 'unbuilt', folder, file: path } }
  }
  const wanted = subpath === '.' ? folder : `${folder}/${subpath.slice(2)}`
  const path = subpath === '.' || by === 'require' ? fileOf(wanted, tree) : [wanted].find((each) => tree.paths.has(each))
  if (path !== undefined) return { kind: 'file', path }
  const near = by === 'import' ? fileOf(wanted, tree) : undefined
  return {
    kind: 'none',
    why: near === undefined ? {
      is: 'unbuilt', folder, file: subpath === '.' ? `${folder}/${manifest?.main ?? 'index.js'}` : wanted,
    } : { is: 'absent', near },
  }
}

/** What `require` finds at a path: the file, one with an ending, or a folder's main file. */
function fileOf(path: string, tree: ModuleTree): string | undefined {
  const main = tree.manifest(path === '' ? 'package.json' : `${path}/package.json`)?.main
  const mains = main === undefined ? [] : [joined(`${path}/package.json`, main.startsWith('.') ? main : `./${main}`) ?? path]
  const starts = [path, ...mains.flatMap((each) => [each, `${each}/index`]), path === '' ? 'index' : `${path}/index`]
  return starts.flatMap((start) => [
    start, ...['.js', '.json', '.node', '.mjs', '.cjs', '.ts'].map((ending) => start + ending),
  ]).find((candidate) => tree.paths.has(candidate))
}

/** The folder of the package that a file belongs to, and what its package.json says, as far as it was read. */
function nearestManifest(
  file: string, tree: ModuleTree,
): { readonly folder: string, readonly manifest: NodePackage | undefined } | undefined {
  const folders = file.split('/').slice(0, -1)
  const depths = [...folders.keys(), folders.length].reverse()
  const folder = depths.map((depth) => folders.slice(0, depth).join('/')).find((each) => tree.paths.has(below(each, 'package.json')))
  return folder === undefined ? undefined : { folder, manifest: tree.manifest(below(folder, 'package.json')) }
}

/** A path below a folder, which may be the root. */
function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

function decoded(name: string): string {
  return name.replace(/(?:%[0-9a-f]{2})+/gi, (text) => Buffer.from(text.replaceAll('%', ''), 'hex').toString())
}

/** The path that a relative name means beside a file; undefined where it leads out of the tree. */
function joined(file: string, name: string): string | undefined {
  const path: string[] = []
  for (const part of [...file.split('/').slice(0, -1), ...name.split('/')]) {
    if (part === '..' && path.pop() === undefined) return undefined
    if (part !== '..' && part !== '.' && part !== '') path.push(part)
  }
  return path.join('/')
}
