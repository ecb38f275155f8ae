import type { Entry } from '../tree/entry.ts'

/** A part of the package by its name. */
export interface SizedName {
  readonly name: string
  readonly bytes: number
}

/** The ten largest top-level parts, by bytes after unpacking. */
export function largestOf(entries: readonly Pick<Entry, 'path' | 'size'>[]): readonly SizedName[] {
  const sizes = new Map<string, number>()
  for (const { path, size } of entries) sizes.set(partOf(path), (sizes.get(partOf(path)) ?? 0) + size)
  return [...sizes].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1)).slice(0, 10)
}

/** The first folder or file; below node_modules, the package. */
function partOf(path: string): string {
  return /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path.split('/', 1)[0] ?? path
}
