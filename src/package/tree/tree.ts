import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Diagnostics, type Diagnostic } from '../../diagnostics.ts'
import { Scanner, type Keeper, type TreeFile } from './scan.ts'
import { walk, type WalkOptions } from './walk.ts'

/** A folder of the repository as it will lie in the package: walked once, every file read once. */
export interface Tree {
  /** In byte order. */
  readonly files: readonly TreeFile[]
  /** Hex sha256 over path, mode and content of all files. */
  readonly digest: string
  /** What a zip cannot hold: links that lead out, special files, names. */
  readonly problems: readonly Diagnostic[]
  /** A file's content as text; nothing for what is no file of the tree. Read again only where it was too large to be kept. */
  text(path: string): string | undefined
  /** Where the user finds a file; nothing for links, and for what is not in the tree. */
  diskPath(path: string): string | undefined
}

/** Walks and reads a folder. Throws a UserError when a file changes meanwhile. */
export function readTree(root: string, options: Omit<WalkOptions, 'diagnostics' | 'owner'>, keeper: Keeper): Tree {
  const diagnostics = new Diagnostics()
  const scanner = new Scanner()
  const files = walk(root, { ...options, owner: '', diagnostics }).map((entry) => scanner.scan(entry, keeper))
  const byPath = new Map(files.map((file) => [file.path, file]))
  return {
    files,
    digest: hash('sha256', files.map(({ path, mode, sha256 }) => `${path}\0${mode.toString(8)}\0${sha256}\n`).join(''), 'hex'),
    problems: diagnostics.all,
    text(path) {
      const content = byPath.get(path)?.content
      return content?.kind === 'disk' ? (content.bytes ?? readFileSync(content.file)).toString('utf8') : undefined
    },
    diskPath(path) {
      const content = byPath.get(path)?.content
      return content?.kind === 'disk' ? content.file : undefined
    },
  }
}
