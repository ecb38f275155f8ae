import type { Diagnostics } from '../../diagnostics.ts'
import type { NodeRuntime } from '../runtimes.ts'
import { missingText, type MissingImport } from './node-cures.ts'
import { firstWithModulesInRequire } from './node-handler.ts'
import type { NodePackage } from './node-package.ts'
import { isModuleFile, packageOf, resolveImport, type ModuleTree } from './node-resolve.ts'
import { dynamicRequire, isUnknownBuiltin, misusedCommon, refusedImport } from './node-module-rules.ts'
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
  const tree: ModuleTree = { paths: new Set(check.paths), manifest: check.manifest }
  for (const finding of follow(tree, check, diagnostics)) {
    const known = findings.get(finding.found.name)
    if (known === undefined || (finding.isCertain && !known.isCertain)) findings.set(finding.found.name, finding)
  }
  for (const finding of findings.values()) {
    const text = missingText(finding, check)
    if (finding.isCertain && !check.layers) diagnostics.error(text)
    else diagnostics.warning(text)
  }
}

function* follow(tree: ModuleTree, check: NodeImportCheck, diagnostics: Diagnostics): Generator<Finding> {
  const seen = new Map<string, boolean>()
  const waiting: (readonly [string, boolean])[] = [[check.start, true]]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [file, runs] = next
    if (seen.get(file) === true || seen.get(file) === runs) continue
    const isNew = !seen.has(file)
    seen.set(file, runs)
    const source = check.source(file)
    if (source !== undefined) {
      // Of a handler's file that has nothing of an ES module more is said where its exports are looked at.
      const isTold = file === check.start && source.usesCommon && !source.isModule
      const misused = runs && !isTold ? misusedCommon({ ...check, file, source }, tree) : undefined
      if (misused !== undefined) diagnostics.error(misused)
      const dynamic = isNew ? dynamicRequire({ ...check, file, source }, tree) : undefined
      if (dynamic !== undefined) diagnostics.warning(dynamic)
    }
    for (const found of source?.imports ?? []) {
      if (found.when === 'tried') continue
      const isCertain = runs && found.when === 'always'
      const { target, problem } = look({ file, found }, tree, check)
      if (problem !== undefined) yield { file, found, problem, isCertain }
      else if (target !== undefined) waiting.push([target, isCertain])
    }
  }
}

/** Where one import leads, or what is wrong with it. */
function look({ file, found }: { readonly file: string, readonly found: NodeImport }, tree: ModuleTree, check: NodeImportCheck): {
  readonly target?: string
  readonly problem?: MissingImport['problem']
} {
  const { runtime } = check
  if (isUnknownBuiltin(found.name, runtime)) return { problem: { is: 'absent' } }
  const target = resolveImport(found, file, tree)
  if (target.kind === 'elsewhere') return {}
  if (target.kind === 'none') return isInRuntime(packageOf(found.name)) && target.why.is === 'absent' ? {} : { problem: target.why }
  const { path } = target
  if (path.includes('node_modules/') && /\.[cm]?tsx?$/.test(path)) return { problem: { is: 'typescript', file: path } }
  if (found.by === 'require' && runtime.major < firstWithModulesInRequire
    && isModuleFile(path, tree)) return { problem: { is: 'module', file: path } }
  const refused = refusedImport(found, path, check.source)
  return refused === undefined ? { target: path } : { target: path, problem: refused }
}
