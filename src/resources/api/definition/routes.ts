import {
  CreateResourceCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../../aws/refusal.ts'
import type { Route } from '../../../service/service.ts'
import { known, step, type ApplyContext, type Step } from '../../step.ts'
import { documentFrom, RoutesDocument } from './document.ts'
import { emptyTree, integrationUri, mark, prefixes, readTree, routeProblem, surplusMethods, type Tree, type Where } from './tree.ts'

/** What must happen to the working copy, without ids; the order is the order of the list. */
export type RouteOperation =
  | { readonly do: 'delete method'; readonly method: string; readonly path: string }
  | { readonly do: 'delete resource'; readonly path: string }
  | { readonly do: 'put route'; readonly route: Route; readonly problem: Exclude<ReturnType<typeof routeProblem>, undefined> }

/** Compares the working copy with the wanted routes. What is taken away comes first, so that a renamed path variable finds its level free. */
export function routeOperations(tree: Tree, routes: readonly Route[], where: Where): RouteOperation[] {
  const surplus = surplusMethods(tree, routes, where.service)
  const puts = routes.flatMap((route): RouteOperation[] => {
    const problem = routeProblem(route, tree.get(route.path)?.methods[route.method], where)
    return problem === undefined ? [] : [{ do: 'put route', route, problem }]
  })
  return [
    ...surplus.map(({ node, method }): RouteOperation => ({ do: 'delete method', method, path: node.path })),
    ...emptyPaths(tree, routes, surplus).map((path): RouteOperation => ({ do: 'delete resource', path })),
    ...puts,
  ]
}

/** The changes of the working copy. The tree's ids are read where the API exists; `tree` is missing for one that is yet to be made. */
export function planRoutes(routes: readonly Route[], tree: Tree | undefined, { needs, ...where }: Where & { readonly needs: readonly Step[] }): Step[] {
  const editor = new TreeEditor(tree)
  const operations = routeOperations(tree ?? emptyTree(''), routes, where)
  const puts = operations.flatMap((operation) => operation.do === 'put route' ? [operation.route] : [])
  const document = puts.length >= documentFrom ? new RoutesDocument(puts, where) : undefined
  const steps: Step[] = []
  for (const operation of operations) steps.push(operationStep(operation, [...needs, ...steps.slice(-1)]))
  return steps

  function operationStep(operation: RouteOperation, needs: readonly Step[]): Step {
    const apply = async (context: ApplyContext): Promise<void> => {
      if (operation.do === 'put route' && await document?.taken(context) === true) return
      await editor.apply(context, operation, where)
    }
    const facts = { id: operationId(operation), phase: 'prepare', needs, apply } as const
    switch (operation.do) {
      case 'delete method':
        return step({ ...facts, kind: 'route', name: `${operation.method} ${operation.path}`, action: 'delete', reason: 'is no longer in the config' })
      case 'delete resource':
        return step({ ...facts, kind: 'resource', name: operation.path, action: 'delete', reason: 'no method and no child is left' })
      case 'put route':
        return step({ ...facts, kind: 'route', name: routeName(operation.route), action: operation.problem === 'missing' ? 'create' : 'update', reason: reasons[operation.problem], fields: [{ field: 'function', to: operation.route.functionName }] })
    }
  }
}

/** Leads the working copy to the wanted routes, whatever another writer has made of it; for the guard behind a deployment. */
export async function syncRoutes(context: ApplyContext, routes: readonly Route[], tree: Tree): Promise<void> {
  const where = { account: context.account, service: context.service.name }
  const editor = new TreeEditor(tree)
  for (const operation of routeOperations(tree, routes, where)) await editor.apply(context, operation, where)
}

const reasons = {
  missing: 'is not in the API yet',
  'not marked': 'exists without our mark and is adopted',
  'no integration': 'leads nowhere',
  differs: 'leads elsewhere',
} as const

/** Applies operations to the working copy and remembers the ids of resources that it makes. */
class TreeEditor {
  readonly #ids: Map<string, string>

  constructor(tree: Tree | undefined) {
    this.#ids = new Map([...(tree ?? [])].map(([path, node]) => [path, node.id]))
  }

  async apply(context: ApplyContext, operation: RouteOperation, where: Where): Promise<void> {
    switch (operation.do) {
      case 'delete method':
        return this.#deleteMethod(context, operation.method, operation.path)
      case 'delete resource':
        await orUndefined(context.aws.api(new DeleteResourceCommand({ restApiId: context.ids.apiId, resourceId: this.#ids.get(operation.path) })))
        this.#ids.delete(operation.path)
        return
      case 'put route':
        return this.#putRoute(context, operation, where)
    }
  }

  async #putRoute(context: ApplyContext, { route, problem }: Extract<RouteOperation, { do: 'put route' }>, where: Where): Promise<void> {
    const { aws, ids, service } = context
    const restApiId = ids.apiId
    const resourceId = await this.#resource(context, route.path)
    const httpMethod = route.method
    if (problem === 'not marked' || problem === 'differs') await this.#deleteMethod(context, httpMethod, route.path)
    if (problem !== 'no integration') {
      const operationName = mark(service.name, httpMethod, route.path)
      await ignoreConflict(aws.api(new PutMethodCommand({ restApiId, resourceId, httpMethod, authorizationType: 'NONE', operationName })))
    }
    const uri = integrationUri(where, route.functionName)
    await aws.api(new PutIntegrationCommand({ restApiId, resourceId, httpMethod, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }))
  }

  async #deleteMethod({ aws, ids }: ApplyContext, httpMethod: string, path: string): Promise<void> {
    await orUndefined(aws.api(new DeleteMethodCommand({ restApiId: ids.apiId, resourceId: this.#ids.get(path), httpMethod })))
  }

  async #resource(context: ApplyContext, path: string): Promise<string> {
    const { aws, ids } = context
    const restApiId = ids.apiId
    let parentId = this.#ids.get('/') ?? known(ids.rootResourceId, 'the root resource')
    for (const prefix of prefixes(path)) {
      const pathPart = prefix.slice(prefix.lastIndexOf('/') + 1)
      const id = this.#ids.get(prefix) ?? (await createResource(aws, { restApiId, parentId, pathPart }, prefix))
      this.#ids.set(prefix, id)
      parentId = id
    }
    return parentId
  }
}

/** A resource that is there already, after a lost answer or by another run's hand, is used as it is. */
async function createResource(aws: Aws, input: { restApiId: string | undefined; parentId: string; pathPart: string }, path: string): Promise<string> {
  try {
    return known((await aws.api(new CreateResourceCommand(input))).id, `the resource ${path}`)
  } catch (error) {
    if (!isRefusal(error, 'ConflictException')) throw error
    return known((await readTree(aws, known(input.restApiId, 'the API'))).get(path)?.id, `the resource ${path}`)
  }
}

async function ignoreConflict(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!isRefusal(error, 'ConflictException')) throw error
  }
}

/** Resources that nothing needs, the root of each empty subtree alone: deleting a resource deletes its subtree (recorded, test_resource_lifecycle). */
function emptyPaths(tree: Tree, routes: readonly Route[], surplus: readonly { node: { path: string }; method: string }[]): string[] {
  const gone = new Set(surplus.map(({ node, method }) => `${method} ${node.path}`))
  const needed = new Set(routes.flatMap((route) => prefixes(route.path)))
  for (const node of tree.values()) {
    const left = Object.keys(node.methods).some((method) => !gone.has(`${method} ${node.path}`))
    if (left) for (const prefix of prefixes(node.path)) needed.add(prefix)
  }
  const empty = [...tree.keys()].filter((path) => path !== '/' && !needed.has(path))
  return empty.filter((path) => !prefixes(path).some((prefix) => prefix !== path && empty.includes(prefix)))
}

function operationId(operation: RouteOperation): string {
  if (operation.do === 'put route') return `route/${routeName(operation.route)}`
  return operation.do === 'delete method' ? `route/${operation.method} ${operation.path}` : `resource/${operation.path}`
}

function routeName(route: Route): string {
  return `${route.method} ${route.path}`
}
