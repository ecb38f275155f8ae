import { isAbsolute, relative, sep } from 'node:path'

/** Whether `candidate` is `folder` or lies in it. Both absolute; links are not followed. */
export function isInside(folder: string, candidate: string): boolean {
  const way = relative(folder, candidate)
  return way.split(sep)[0] !== '..' && !isAbsolute(way)
}
