import type { Diagnostics } from '../../diagnostics.ts'
import type { NodeRuntime } from '../runtimes.ts'
import { missingText, type MissingImport } from './node-cures.ts'
import { firstWithModulesInRequire } from './node-handler.ts'
import type { NodePackage } from './node-package.ts'
import { isModuleFile, packageOf, resolveImport, type ModuleTree } from './node-resolve.ts'
import { isInRuntime } from './node-runtime-sdk.ts'
import type { NodeImport, NodeSource } from './node-source.ts'

export interface NodeImportCheck {
  readonly runtime: NodeRuntime
  /** The handler's file. */
  readonly start: string
  /** The app's folder on the user's disk. */
  readonly folder: string
  /** The folder that the user writes paths from. */
  readonly base: string
  readonly paths: readonly string[]
  readonly layers: boolean
  /** One of the user's own files as JavaScript; nothing for others, whose imports are their authors' business. */
  readonly source: (path: string) => NodeSource | undefined
  readonly manifest: (path: string) => NodePackage | undefined
  readonly diskPath: (path: string) => string | undefined
}

/** How an import of one file ends, when it does not end well. */
interface Finding extends MissingImport {
  /** The file runs with the handler, or only perhaps. */
  readonly isCertain: boolean
}

/**
 * Follows the imports of the user's own files from the handler on and reports those that the package and the runtime lack. What certainly
 * runs is an error, what a function or a condition asks for a warning; of what is caught nothing is said.
 */
export function checkNodeImports(check: NodeImportCheck, diagnostics: Diagnostics): void {
  const findings = new Map<string, Finding>()
  for (const finding of follow(check)) {
    const known = findings.get(finding.found.name)
    if (known === undefined || (finding.isCertain && !known.isCertain)) findings.set(finding.found.name, finding)
  }
  for (const finding of findings.values()) {
    const text = missingText(finding, check)
    if (finding.isCertain && !check.layers) diagnostics.error(text)
    else diagnostics.warning(text)
  }
}

function* follow(check: NodeImportCheck): Generator<Finding> {
  const tree: ModuleTree = { paths: new Set(check.paths), manifest: check.manifest }
  const seen = new Map<string, boolean>()
  const waiting: (readonly [string, boolean])[] = [[check.start, true]]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [file, runs] = next
    if (seen.get(file) === true || seen.get(file) === runs) continue
    seen.set(file, runs)
    for (const found of check.source(file)?.imports ?? []) {
      if (found.when === 'tried') continue
      const isCertain = runs && found.when === 'always'
      const { target, problem } = look({ file, found }, tree, check)
      if (problem !== undefined) yield { file, found, problem, isCertain }
      else if (target !== undefined) waiting.push([target, isCertain])
    }
  }
}

/** Where one import leads, or what is wrong with it. */
function look({ file, found }: { readonly file: string, readonly found: NodeImport }, tree: ModuleTree, { runtime }: NodeImportCheck): {
  readonly target?: string
  readonly problem?: MissingImport['problem']
} {
  const target = resolveImport(found, file, tree)
  if (target.kind === 'elsewhere') return {}
  if (target.kind === 'none') return isInRuntime(packageOf(found.name)) && target.why.is === 'absent' ? {} : { problem: target.why }
  const { path } = target
  if (path.includes('node_modules/') && /\.[cm]?tsx?$/.test(path)) return { problem: { is: 'typescript', file: path } }
  if (found.by === 'require' && runtime.major < firstWithModulesInRequire
    && isModuleFile(path, tree)) return { problem: { is: 'module', file: path } }
  return { target: path }
}
