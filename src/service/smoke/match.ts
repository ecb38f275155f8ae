import type { Route } from '../service.ts'

/** The route that answers a request, and what it takes from the path. */
export interface RouteMatch {
  readonly route: Route
  readonly pathParameters: Readonly<Record<string, string>> | null
}

/**
 * The route of a concrete path, as API Gateway finds it: level by level, text before `{name}` or `{name+}`, with a way back where a level
 * leads nowhere (LocalStack's tests against AWS, routing with a hard-coded sibling); a method of its own before ANY (developer guide, "Set
 * up REST API methods"). One slash at the end counts for nothing. Whether a path that has other methods only gives way to a variable is
 * unverified; here it does not.
 */
export function routeOf(method: string, path: string, routes: readonly Route[]): RouteMatch | undefined {
  const found = descend(routes.map((route) => ({ route, rest: segments(route.path) })), segments(path), {})
  const route = found?.ends.find((each) => each.method === method) ?? found?.ends.find((each) => each.method === 'ANY')
  if (found === undefined || route === undefined) return undefined
  return { route, pathParameters: Object.keys(found.parameters).length === 0 ? null : found.parameters }
}

interface Candidate {
  readonly route: Route
  /** What of its path is yet to be met. */
  readonly rest: readonly string[]
}

type Parameters = Readonly<Record<string, string>>

/** The routes that end at one place of the tree. */
interface End {
  readonly ends: readonly Route[]
  readonly parameters: Parameters
}

function descend(candidates: readonly Candidate[], path: readonly string[], parameters: Parameters): End | undefined {
  const [part, ...more] = path
  if (part === undefined) {
    const ends = candidates.filter(({ rest }) => rest.length === 0).map(({ route }) => route)
    return ends.length === 0 ? undefined : { ends, parameters }
  }
  const below = (head: string): Candidate[] =>
    candidates.flatMap(({ route, rest }) => (rest[0] === head ? [{ route, rest: rest.slice(1) }] : []))
  const found = isVariable(part) ? undefined : descend(below(part), more, parameters)
  const variable = candidates.flatMap(({ rest }) => rest[0] ?? []).find(isVariable)
  if (found !== undefined || variable === undefined) return found
  const name = variable.replace(/^\{|\+?\}$/g, '')
  if (variable.endsWith('+}')) return descend(below(variable), [], { ...parameters, [name]: path.join('/') })
  return part === '' ? undefined : descend(below(variable), more, { ...parameters, [name]: part })
}

const isVariable = (part: string): boolean => part.startsWith('{')

function segments(path: string): string[] {
  const bare = path.replace(/^\/+/, '').replace(/\/$/, '')
  return bare === '' ? [] : bare.split('/')
}
