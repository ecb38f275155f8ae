import type { Random } from '../support/random.ts'

/** What stands in an API, or is asked for: by path, the names of its methods. */
export type Paths = ReadonlyMap<string, readonly string[]>

const words = ['a', 'b', 'c', 'items', 'v1.0', 'x-y', '$me']
const variables = ['{id}', '{name}', '{rest+}']
const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'ANY']

/** A tree of somebody else's. Some of its resources have no method; each level has at most one variable. */
export function randomTree(random: Random): Paths {
  const tree = new Map<string, readonly string[]>()
  for (let count = 1 + random.below(14); count > 0; count--) {
    const path = randomPath(random, tree)
    if (!tree.has(path)) tree.set(path, random.chance(0.25) ? [] : random.some(methods, 0.3))
  }
  return tree
}

/** Routes of ours that the API can take beside what stands there: no method of another's, no second variable on a level. */
export function randomRoutes(random: Random, standing: Paths): string[] {
  const routes = new Set<string>()
  const known = new Map(standing)
  for (let count = 1 + random.below(random.chance(0.5) ? 4 : 20); count > 0; count--) {
    const path = randomPath(random, known)
    const method = random.pick(methods)
    if (standing.get(path)?.includes(method) === true || isOnEmpty(path, standing)) continue
    known.set(path, known.get(path) ?? [])
    routes.add(`${method} ${path}`)
  }
  return routes.size === 0 ? ['GET /only/ours'] : [...routes]
}

/**
 * Whether a route would stand on or below a resource that holds no method: resources bear no mark, so that one which was empty before goes
 * with the last route of ours on it (docs/ownership.md).
 */
function isOnEmpty(path: string, standing: Paths): boolean {
  const resources = [...standing.keys()].flatMap(prefixesOf)
  const used = [...standing].filter(([, methods]) => methods.length > 0).flatMap(([each]) => prefixesOf(each))
  return prefixesOf(path).some((each) => resources.includes(each) && !used.includes(each))
}

/** All paths above one, and itself, but for the root. */
export function prefixesOf(path: string): string[] {
  const parts = path.split('/').filter(Boolean)
  return parts.map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`)
}

function randomPath(random: Random, known: Paths): string {
  const standing = new Set([...known.keys()].flatMap(prefixesOf))
  let path = ''
  for (let depth = 1 + random.below(4); depth > 0 && !path.endsWith('+}'); depth--) {
    const children = [...standing].filter((each) => each.slice(0, each.lastIndexOf('/')) === path)
    const variable = children.find((each) => each.endsWith('}'))
    const next = random.chance(0.3) ? variable ?? `${path}/${random.pick(variables)}` : `${path}/${random.pick(words)}`
    path = children.length > 0 && random.chance(0.4) ? random.pick(children) : next
  }
  return random.chance(0.05) ? '/' : path
}
