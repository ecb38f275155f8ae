import { createHash } from 'node:crypto'
import { GetResourcesCommand, type Method, type Resource } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../../aws/clients.ts'
import { allPages } from '../../../aws/pages.ts'
import { functionArn, invocationArn, type Account } from '../../../service/arns.ts'
import { aliasVariable } from '../../../service/names.ts'
import type { Route } from '../../../service/service.ts'

/** The API's working copy: its resources by path, each with its methods and their integrations. */
export type Tree = ReadonlyMap<string, Node>

export interface Node {
  readonly id: string
  readonly path: string
  readonly methods: Readonly<Record<string, Method>>
}

/** The tree of a new API, which has nothing but its root. */
export function emptyTree(rootResourceId: string): Tree {
  return new Map([['/', { id: rootResourceId, path: '/', methods: {} }]])
}

/** Reads the whole tree in pages of 500 with the methods in them, which takes the place of two calls a method. */
export async function readTree(aws: Aws, restApiId: string): Promise<Tree> {
  const resources = await allPages(async (from) => {
    const { items, position } = await aws.api(new GetResourcesCommand({ restApiId, limit: 500, embed: ['methods'], position: from }))
    return { items, next: position }
  })
  return new Map(resources.map((resource) => [resource.path ?? '/', node(resource)]))
}

/** Our mark in a method's `operationName`, unique in the API as an operation's name must be. */
export function mark(service: string, method: string, path: string): string {
  return `lambda-api-deploy-${service}-${createHash('sha256').update(`${method} ${path}`).digest('hex').slice(0, 12)}`
}

export interface Where {
  readonly account: Account
  readonly service: string
}

/** The integration of a route: the function through the stage variable that names the live slot. */
export function integrationUri({ account, service }: Where, functionName: string): string {
  return invocationArn(account, functionArn(account, functionName, `\${stageVariables.${aliasVariable(service)}}`))
}

/** Whether a method of the tree is what a route asks for. */
export function routeProblem(route: Route, method: Method | undefined, where: Where): 'missing' | 'not marked' | 'no integration' | 'differs' | undefined {
  if (method === undefined) return 'missing'
  if (method.operationName !== mark(where.service, route.method, route.path)) return 'not marked'
  const integration = method.methodIntegration
  if (integration === undefined) return 'no integration'
  const right =
    integration.type === 'AWS_PROXY' && integration.httpMethod === 'POST' && integration.uri === integrationUri(where, route.functionName) &&
    (method.authorizationType ?? 'NONE') === 'NONE' && method.apiKeyRequired !== true
  return right ? undefined : 'differs'
}

/** Marked methods that no route asks for any more. */
export function surplusMethods(tree: Tree, routes: readonly Route[], service: string): { node: Node; method: string }[] {
  const wanted = new Set(routes.map((route) => `${route.method} ${route.path}`))
  return [...tree.values()].flatMap((each) =>
    Object.entries(each.methods)
      .filter(([method, { operationName }]) => operationName === mark(service, method, each.path) && !wanted.has(`${method} ${each.path}`))
      .map(([method]) => ({ node: each, method })),
  )
}

/** Whether the working copy holds just the routes that are wanted, as far as ours go. */
export function treeAgrees(tree: Tree, routes: readonly Route[], where: Where): boolean {
  const right = routes.every((route) => routeProblem(route, tree.get(route.path)?.methods[route.method], where) === undefined)
  return right && surplusMethods(tree, routes, where.service).length === 0
}

/** `/a/{id}/b` gives `/a`, `/a/{id}`, `/a/{id}/b`. */
export function prefixes(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return parts.map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`)
}

function node(resource: Resource): Node {
  return { id: resource.id ?? '', path: resource.path ?? '/', methods: resource.resourceMethods ?? {} }
}
