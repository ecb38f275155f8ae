import type { Diagnostics } from '../../diagnostics.ts'
import type { CodeSpec } from '../../service/service.ts'
import type { Runtime } from '../runtimes.ts'
import { checkNodeHandler, nodeHandlerFile } from './node-handler.ts'
import { checkNodeImports } from './node-imports.ts'
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
  /** The same text as Python, where somebody has read it already. */
  readonly python?: (path: string) => PythonSource | undefined
  /** Where that file lies on the user's disk. */
  readonly diskPath: (path: string) => string | undefined
}

/** Whether the runtime will find this function's handler, and its imports an answer. A layer may hold either: then it is a warning. */
export function checkFunction(check: FunctionCheck, diagnostics: Diagnostics): void {
  const { code, runtime, paths } = check
  const handler = { handler: code.handler, place: code.places.handler, paths }
  if (runtime.family === 'node') {
    const problem = checkNodeHandler({ ...handler, runtime, read: check.text })
    if (problem !== undefined && (check.complete || !problem.what.startsWith('The package holds no'))) tell(problem)
    const start = check.complete ? nodeHandlerFile({ ...handler, runtime, read: check.text }) : undefined
    if (start !== undefined) checkNodeImports({ runtime, start, paths, layers: check.layers, text: check.text, diskPath: check.diskPath }, diagnostics)
  } else if (runtime.family === 'python') {
    const read = check.python ?? readerOf(check)
    const problem = checkPythonHandler({ ...handler, more: !check.complete, read })
    if (problem !== undefined) tell(problem)
    if (check.complete) checkPythonImports({ handler: code.handler, runtime, paths, layers: check.layers, read, diskPath: check.diskPath }, diagnostics)
  }

  function tell(problem: Parameters<Diagnostics['error']>[0]): void {
    if (check.layers && problem.what.startsWith('The package holds no')) diagnostics.warning(problem)
    else diagnostics.error(problem)
  }
}

function readerOf(check: FunctionCheck): (path: string) => PythonSource | undefined {
  const read = new Map<string, PythonSource | undefined>()
  return (path) => {
    if (!read.has(path)) {
      const text = path.endsWith('.py') ? check.text(path) : undefined
      read.set(path, text === undefined ? undefined : readPython(text))
    }
    return read.get(path)
  }
}
