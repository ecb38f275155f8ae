import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Diagnostics, type Diagnostic } from '../../diagnostics.ts'
import { recordedFiles, type RecordedFile } from './installed-files.ts'
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
  readonly text: (path: string) => string | undefined
  /** What a reader of code makes of a file's text: made once, however often it is asked for. */
  readonly read: <T>(path: string, reader: (text: string) => T) => T | undefined
  /** Where the user finds a file; nothing for links, and for what is not in the tree. */
  readonly diskPath: (path: string) => string | undefined
  /** Whether an installer put a file there (`pip install --target .`) that nobody has changed since: it is its authors' business. */
  readonly isInstalled: (path: string) => boolean
}

/** Walks and reads a folder. Throws a UserError when a file changes meanwhile. */
export function readTree(root: string, options: Omit<WalkOptions, 'diagnostics' | 'owner'>, keeper: Keeper): Tree {
  const diagnostics = new Diagnostics()
  const scanner = new Scanner()
  const files = walk(root, { ...options, owner: '', diagnostics }).map((entry) => scanner.scan(entry, keeper))
  const byPath = new Map(files.map((file) => [file.path, file]))
  const text = (path: string): string | undefined => {
    const content = byPath.get(path)?.content
    return content?.kind === 'disk' ? (content.bytes ?? readFileSync(content.file)).toString('utf8') : undefined
  }
  return {
    files,
    digest: hash('sha256', files.map(({ path, mode, sha256 }) => `${path}\0${mode.toString(8)}\0${sha256}\n`).join(''), 'hex'),
    problems: diagnostics.all,
    text,
    read: once(text),
    isInstalled: untouched(byPath, text),
    diskPath: (path) => {
      const content = byPath.get(path)?.content
      return content?.kind === 'disk' ? content.file : undefined
    },
  }
}

/** Looks into the records once, and only where somebody asks. */
function untouched(files: ReadonlyMap<string, TreeFile>, text: Tree['text']): Tree['isInstalled'] {
  let recorded: ReadonlyMap<string, RecordedFile> | undefined
  return (path) => {
    recorded ??= recordedFiles([...files.values()], text)
    const [file, known] = [files.get(path), recorded.get(path)?.sha256]
    return file !== undefined && known !== undefined && Buffer.from(file.sha256, 'hex').toString('base64url') === known.replace(/=+$/, '')
  }
}

/** A reader of texts that remembers what was made of each. */
export function once(text: (path: string) => string | undefined): Tree['read'] {
  const made = new Map<unknown, Map<string, unknown>>()
  return <T>(path: string, reader: (text: string) => T): T | undefined => {
    const known = made.get(reader) ?? new Map<string, unknown>()
    made.set(reader, known)
    if (!known.has(path)) {
      const found = text(path)
      known.set(path, found === undefined ? undefined : reader(found))
    }
    return known.get(path) as T | undefined
  }
}
