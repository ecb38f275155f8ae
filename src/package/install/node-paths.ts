import { statSync } from 'node:fs'
import path from 'node:path'

/** `file:vendor/x.tgz`, also behind a name (`x@file:vendor/x.tgz`), from the lock's folder on. */
export function localPath(text: string | undefined, root: string): string[] {
  const found = /^(?:(?:@[^/]+\/)?[^@/]+@)?file:(?:\/\/)?([^()]+)/.exec(text ?? '')?.[1]
  return found === undefined ? [] : [path.resolve(root, found)]
}

/** Whether a path is a folder. */
export function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
}
