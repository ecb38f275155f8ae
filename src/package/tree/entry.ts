import { readFileSync } from 'node:fs'
import type { Place } from '../../errors.ts'

/** The three modes a package knows: what the disk says is read for the x bit alone, so that no umask shows. */
export const plainMode = 0o644
export const executableMode = 0o755
export const linkMode = 0o120777

/** One file or link of the package. Directories have no entries: Lambda makes them from the paths. */
export interface Entry {
  /** POSIX, relative to the zip's root. */
  readonly path: string
  readonly mode: typeof plainMode | typeof executableMode | typeof linkMode
  /** Bytes; a link's is the length of its target. */
  readonly size: number
  /** `''` for the app's own files, else the distribution it came from. */
  readonly owner: string
  readonly content: Content
  /** Of the content, where somebody has read it already: the zip must hold just that. */
  readonly crc?: number
}

/**
 * A file of the disk has its `bytes` where they were kept from the first reading, and a `target` below the workspace where it is a link
 * that was followed.
 */
export type Content =
  | { readonly kind: 'disk'; readonly file: string; readonly bytes?: Buffer; readonly target?: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'link'; readonly target: string }

/** Where the user finds one of the app's own files. */
export function placeOf({ owner, content }: Entry): Place | undefined {
  return owner === '' && content.kind === 'disk' ? { file: content.file } : undefined
}

/** Whether the zip must read the entry's content from the disk. */
export function isOnDisk(entry: Entry): entry is Entry & { readonly content: { readonly kind: 'disk', readonly file: string } } {
  return entry.content.kind === 'disk' && entry.content.bytes === undefined
}

/** The bytes that the zip stores for an entry. */
export function entryBytes(entry: Entry): Buffer {
  switch (entry.content.kind) {
    case 'disk': return entry.content.bytes ?? readFileSync(entry.content.file)
    case 'bytes': return entry.content.bytes
    case 'link': return Buffer.from(entry.content.target)
  }
}

/** Compares paths by their UTF-8 bytes: the one order that no locale changes. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path === b.path ? 0 : comparePaths(a.path, b.path)
}

/** The order of two paths by their UTF-8 bytes. */
export function comparePaths(a: string, b: string): number {
  // UTF-16 order equals UTF-8 order except where surrogates meet U+E000..U+FFFF, so the slow way is for those alone.
  return /[\ud800-\uffff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : 1
}

/** Bytes after unpacking. */
export function totalSize(entries: readonly { readonly size: number }[]): number {
  return entries.reduce((sum, entry) => sum + entry.size, 0)
}
