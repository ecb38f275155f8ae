import type { Diagnostics } from '../../diagnostics.ts'
import type { CodeSpec } from '../../service/service.ts'
import type { Runtime } from '../runtimes.ts'
import type { Tree } from '../tree/tree.ts'
import { checkNodeHandler, nodeHandlerFile } from './node-handler.ts'
import { checkNodeImports } from './node-imports.ts'
import { readNodePackage, type NodePackage } from './node-package.ts'
import { readNode, type NodeSource } from './node-source.ts'
import { checkPythonHandler } from './python-handler.ts'
import { checkPythonImports } from './python-imports.ts'
import { readPython, type PythonSource } from './python-source.ts'

export interface FunctionCheck {
  readonly code: CodeSpec
  readonly runtime: Runtime
  /** Every path of the package, or of the app where `complete` is false. */
  readonly paths: readonly string[]
  readonly complete: boolean
  /** Layers may hold what the package does not. */
  readonly layers: boolean
  /** The text of one of the app's own files. */
  readonly text: (path: string) => string | undefined
  /** What a reader of code makes of that text, made once. */
  readonly read: Tree['read']
  /** What a package.json of a dependency says, by its path in the package. */
  readonly manifest: (path: string) => NodePackage | undefined
  /** Where that file lies on the user's disk. */
  readonly diskPath: (path: string) => string | undefined
}

/** Whether the runtime will find this function's handler, and its imports an answer. A layer may hold either: then it is a warning. */
export function checkFunction(check: FunctionCheck, diagnostics: Diagnostics): void {
  const { code, runtime, paths } = check
  const handler = { handler: code.handler, place: code.places.handler, paths }
  if (runtime.family === 'node') {
    const source = (path: string): NodeSource | undefined => /\.[cm]?js$/.test(path) ? check.read(path, readNode) : undefined
    const node = { ...handler, runtime, text: check.text, source }
    const problem = checkNodeHandler(node)
    if (problem !== undefined && (check.complete || !problem.what.startsWith('The package holds no'))) tell(problem)
    const manifest = (path: string): NodePackage | undefined => check.read(path, readNodePackage) ?? check.manifest(path)
    const start = check.complete ? nodeHandlerFile(node) : undefined
    if (start !== undefined) checkNodeImports({
      ...node, start, folder: code.source, base: code.base, layers: check.layers, manifest, diskPath: check.diskPath,
    }, diagnostics)
  } else if (runtime.family === 'python') {
    const read = (path: string): PythonSource | undefined => path.endsWith('.py') ? check.read(path, readPython) : undefined
    const problem = checkPythonHandler({ ...handler, more: !check.complete, read, isOwn: (path) => check.diskPath(path) !== undefined })
    if (problem !== undefined) tell(problem)
    if (check.complete) checkPythonImports({
      handler: code.handler, runtime, paths, layers: check.layers, read, diskPath: check.diskPath,
      source: code.package === undefined ? code.source : undefined, base: code.base,
    }, diagnostics)
  }

  function tell(problem: Parameters<Diagnostics['error']>[0]): void {
    if (check.layers && problem.what.startsWith('The package holds no')) diagnostics.warning(problem)
    else diagnostics.error(problem)
  }
}
