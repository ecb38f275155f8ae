import { dirname, isAbsolute, relative, sep } from 'node:path'

/** Whether `candidate` is `folder` or lies in it. Both absolute; links are not followed. */
export function isInside(folder: string, candidate: string): boolean {
  const way = relative(folder, candidate)
  return way.split(sep)[0] !== '..' && !isAbsolute(way)
}

/** A path as the user writes it, from the folder that their paths begin at. */
export function writtenFrom(base: string, place: string): string {
  const way = relative(base, place)
  return way === '' ? '.' : way
}

/** The deepest folder that holds all of the paths. */
export function commonFolder(first: string, ...rest: readonly string[]): string {
  return rest.reduce((common, place) => {
    let candidate = common
    while (!isInside(candidate, place)) candidate = dirname(candidate)
    return candidate
  }, first)
}
