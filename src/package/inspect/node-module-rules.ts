import { builtinModules } from 'node:module'
import type { ErrorText } from '../../errors.ts'
import type { NodeRuntime } from '../runtimes.ts'
import type { NodeImport, NodeSource } from './node-source.ts'
import { isModuleFile, type ModuleTree } from './node-resolve.ts'

/** What an ES module is refused although its import leads to a file. */
export type RefusedImport =
  /** JSON without the attribute that it must have. */
  | { readonly is: 'json', readonly file: string }
  /** Names that the module does not export. */
  | { readonly is: 'unexported', readonly file: string, readonly names: readonly string[] }

/** What Node says of an import that leads to a file of the package. */
export function refusedImport(
  { by, names = [], type }: NodeImport, file: string, source: (path: string) => NodeSource | undefined,
): RefusedImport | undefined {
  if (by !== 'import') return undefined
  if (file.endsWith('.json')) return type === undefined ? { is: 'json', file } : undefined
  const target = names.length === 0 ? undefined : source(file)
  // What CommonJS exports by name is found by rules of its own.
  const { exports } = target?.isModule === true ? target : {}
  const gone = exports === undefined ? [] : names.filter((name) => !exports.has(name))
  return gone.length === 0 ? undefined : { is: 'unexported', file, names: gone }
}

/** The Node that this runs on, whose list of built-in modules is at hand. */
const ours = Number(process.versions.node.split('.', 1)[0])
const builtin = new Set(builtinModules)
/** Major versions that brought a module which runtimes of today lack (https://nodejs.org/api/sqlite.html: 22.13 without a flag). */
const since: Readonly<Record<string, number>> = { 'node:sqlite': 22 }

/** Whether `node:x` is no module of the runtime. */
export function isUnknownBuiltin(name: string, { major }: NodeRuntime): boolean {
  if (!name.startsWith('node:')) return false
  return (since[name] ?? 0) > major || major <= ours && !builtin.has(name) && !builtin.has(name.slice('node:'.length))
}

interface Loaded {
  readonly file: string
  readonly source: NodeSource
  readonly diskPath: (path: string) => string | undefined
}

/** A file that is loaded as an ES module, and uses what only CommonJS has: it fails as soon as it is loaded. */
export function misusedCommon({ file, source, diskPath }: Loaded, tree: ModuleTree): ErrorText | undefined {
  const [use] = source.commonUses
  if (use === undefined || !isLoadedAsModule(file, source, tree)) return undefined
  const disk = diskPath(file)
  const cure = /^__/.test(use.name)
    ? `Use \`import.meta.${use.name === '__dirname' ? 'dirname' : 'filename'}\` in its place.`
    : use.name === 'require'
      ? 'Use `import`, or make one: `import { createRequire } from \'node:module\'; const require = createRequire(import.meta.url)`.'
      : 'Use `export`, or name the file .cjs.'
  return {
    what: `${file} is loaded as an ES module and uses \`${use.name}\`, which is not there.`,
    why: `Node: ReferenceError: ${use.name} is not defined in ES module scope.`, cure, docs: 'packaging.md#imports',
    ...(disk === undefined ? {} : { place: { file: disk, line: use.line } }),
  }
}

/** A bundle that throws where one of its parts asks for a module by `require`. */
export function dynamicRequire({ file, source, diskPath }: Loaded, tree: ModuleTree): ErrorText | undefined {
  const [first] = source.dynamicRequires
  const disk = diskPath(file)
  if (first === undefined || !isLoadedAsModule(file, source, tree)) return undefined
  return {
    what: `${file} is a bundle in the form of an ES module, and parts of it ask for ${source.dynamicRequires.slice(0, 5).join(', ')} by `
      + '`require`.',
    why: `Where such a part runs, it fails: Dynamic require of "${first}" is not supported.`,
    cure: 'Bundle with `--format=cjs`, or give esbuild the banner `import { createRequire } from \'module\'; const require = '
      + 'createRequire(import.meta.url);`.',
    docs: 'packaging.md#imports', ...(disk === undefined ? {} : { place: { file: disk } }),
  }
}

/** By its name or package.json; where these say nothing, Node looks for what only a module may have. */
function isLoadedAsModule(file: string, { isModule }: NodeSource, tree: ModuleTree): boolean {
  return isModuleFile(file, tree) || isModule && !file.endsWith('.cjs')
}
