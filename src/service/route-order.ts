/** The order of routes: by path, then by method; of characters as they are encoded, so that it is the same in every language. */
export function byPathThenMethod(a: RoutePlace, b: RoutePlace): number {
  return compare(a.path, b.path) || compare(a.method, b.method)
}

interface RoutePlace {
  readonly method: string
  readonly path: string
}

/** Compares texts by how their characters are encoded. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
