import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { maxColumns } from './limits.ts'

/** One source file; paths are relative to the project and use slashes. */
export interface SourceFile {
  readonly path: string
  readonly lines: number
  /** The numbers of its lines that are longer than a line may be. */
  readonly wideLines: readonly number[]
  /** The project's own files that it imports, for types or for values. */
  readonly imports: readonly string[]
  /** Modules of Node and packages that it imports. */
  readonly modules: readonly string[]
}

/** Reads every TypeScript file below `folders` of the project at `root`. */
export function readSources(root: string, folders: readonly string[]): SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => readSource(root, path))
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const specifiers = ts.preProcessFile(text, true, true).importedFiles.map((each) => each.fileName)
  const own = specifiers.filter((specifier) => specifier.startsWith('.'))
  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    wideLines: text.split('\n').flatMap((line, index) => (line.length > maxColumns ? [index + 1] : [])),
    imports: own.map((specifier) => relative('.', join(dirname(path), specifier))),
    modules: specifiers.filter((specifier) => !specifier.startsWith('.')),
  }
}
