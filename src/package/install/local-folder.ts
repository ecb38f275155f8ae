import { lstatSync } from 'node:fs'
import path from 'node:path'
import { compileRules, lastMatch } from '../tree/ignore.ts'

/**
 * What a local Python package is built without, and what its digest leaves out. Folders of tools go at its root alone: deeper ones of the
 * same name may hold its code (`shared/build/__init__.py`).
 */
export const notOfPackage = compileRules([
  '/.venv/', '/venv/', '/node_modules/', '/build/', '/.tox/', '.git', '__pycache__/', '*.egg-info', '*.pyc',
])

/** Whether a file or folder below the package's folder is copied to be built. */
export function isOfPackage(file: string, folder: string): boolean {
  return lastMatch(notOfPackage, { path: path.relative(folder, file), directory: lstatSync(file).isDirectory() }, -1) === -1
}
