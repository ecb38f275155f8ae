import { readServed, type Actual } from '../actual/actual.ts'
import type { Aws } from '../aws/clients.ts'
import { AwsRefusal } from '../aws/refusal.ts'
import { defined } from '../defined.ts'
import { readFrozenMethods, type FrozenMethods } from '../resources/api/definition/frozen-methods.ts'
import type { RouteResult } from '../service/result.ts'
import { byPathThenMethod } from '../service/route-order.ts'

/** A release whose routes are asked for. */
interface RoutesQuery {
  readonly actual: Actual
  readonly deploymentId: string | undefined
  /** The methods of its deployment, where they have been read. */
  readonly frozen?: FrozenMethods | undefined
}

/**
 * The routes of a release that is live: the methods as its deployment holds them, their functions as the stage exports them. A method that
 * leads to no function, such as another tool's, is none of them; one that the export does not show yet stands there without its function.
 * Nothing where AWS does not show them: the release is live all the same.
 */
export async function liveRoutes(aws: Aws, { actual, deploymentId, frozen }: RoutesQuery): Promise<Omit<RouteResult, 'url'>[]> {
  const { api, stage } = actual
  if (api?.id === undefined || deploymentId === undefined) return []
  try {
    // A stage that keeps its deployment exports no other.
    const isSame = deploymentId === stage?.deploymentId
    const [served, methods] = await Promise.all([
      readServed(aws, actual), isSame ? undefined : (frozen ?? readFrozenMethods(aws, api.id, deploymentId)),
    ])
    const names = [...(methods ?? served?.keys() ?? [])]
    const isRoute = (name: string): boolean => served?.has(name) !== true || served.get(name) !== undefined
    const routes = names.filter(isRoute).map((name) => {
      const space = name.indexOf(' ')
      return defined({ method: name.slice(0, space), path: name.slice(space + 1), function: served?.get(name) })
    })
    return routes.sort(byPathThenMethod)
  } catch (error) {
    if (error instanceof AwsRefusal) return []
    throw error
  }
}
