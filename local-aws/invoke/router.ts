import type { Definition, Method, Resource } from '../api-gateway/state.ts'
import { childrenOf, isGreedy, isVariable, pathOf } from '../api-gateway/path-parts.ts'

/** Where a request goes. */
export interface Route {
  readonly resource: Resource
  readonly resourcePath: string
  readonly method: Method
  readonly pathParameters: Readonly<Record<string, string>> | null
}

interface Match {
  readonly resource: Resource
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * The method that answers a request: static beats `{param}` beats `{proxy+}`, level by level and with a way back
 * (recorded by LocalStack: routing with a hard-coded sibling), a method beats ANY (developer guide).
 * @param options.fallThrough whether a resource that has other methods only gives way to a less specific one; AWS's choice is unverified
 */
export function findRoute(
  definition: Definition,
  request: { readonly method: string; readonly path: string },
  options: { readonly fallThrough: boolean },
): Route | undefined {
  const root = [...definition.resources.values()].find((resource) => resource.parentId === undefined)
  if (root === undefined) return undefined
  const methodOf = (resource: Resource) => resource.methods.get(request.method) ?? resource.methods.get('ANY')
  const isEnd = (resource: Resource) => (options.fallThrough ? methodOf(resource) !== undefined : resource.methods.size > 0)
  const match = descend({ definition, isEnd }, root, segmentsOf(request.path))
  const method = match && methodOf(match.resource)
  if (match === undefined || method === undefined) return undefined
  const { resource, parameters } = match
  return {
    resource,
    resourcePath: pathOf(definition, resource),
    method,
    pathParameters: Object.keys(parameters).length === 0 ? null : parameters,
  }
}

/**
 * One trailing slash is no segment (powertools-lambda-python issue 1552); double slashes inside stay (recorded:
 * test_lambda_aws_proxy_integration).
 */
function segmentsOf(path: string): string[] {
  const bare = path.replace(/^\/+/, '').replace(/\/$/, '')
  return bare === '' ? [] : bare.split('/')
}

interface Tree {
  readonly definition: Definition
  /** Whether a resource can answer. */
  readonly isEnd: (resource: Resource) => boolean
}

function descend(tree: Tree, resource: Resource, segments: readonly string[]): Match | undefined {
  const [segment, ...rest] = segments
  if (segment === undefined) return tree.isEnd(resource) ? { resource, parameters: {} } : undefined
  const children = childrenOf(tree.definition, resource.id)
  const fixed = children.find((child) => child.pathPart === segment && !isVariable(segment))
  const variable = children.find((child) => isVariable(child.pathPart ?? ''))
  const found = fixed && descend(tree, fixed, rest)
  if (found !== undefined || variable === undefined) return found
  return isGreedy(variable.pathPart ?? '') ? greedy(tree, variable, segments) : single(tree, { variable, segment }, rest)
}

function single(tree: Tree, { variable, segment }: { variable: Resource; segment: string }, rest: readonly string[]): Match | undefined {
  const below = segment === '' ? undefined : descend(tree, variable, rest)
  return below && { resource: below.resource, parameters: { [nameOf(variable)]: segment, ...below.parameters } }
}

/** `{proxy+}` needs at least one segment: it never matches its own parent. */
function greedy(tree: Tree, variable: Resource, segments: readonly string[]): Match | undefined {
  return tree.isEnd(variable) ? { resource: variable, parameters: { [nameOf(variable)]: segments.join('/') } } : undefined
}

function nameOf(variable: Resource): string {
  return (variable.pathPart ?? '').replace(/^\{|\+?\}$/g, '')
}
