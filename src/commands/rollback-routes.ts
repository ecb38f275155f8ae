import { readServed, type Actual } from '../actual/actual.ts'
import type { Aws } from '../aws/clients.ts'
import { AwsRefusal } from '../aws/refusal.ts'
import { defined } from '../defined.ts'
import { readFrozenMethods } from '../resources/api/definition/frozen-methods.ts'
import type { RouteResult } from '../service/result.ts'
import { byPathThenMethod } from '../service/route-order.ts'

/**
 * The routes of a release that is live: the methods as its deployment holds them, their functions as the stage exports them. A method that
 * leads to no function, such as another tool's, is none of them; one that the export does not show yet stands there without its function.
 * Nothing where AWS does not show them: the release is live all the same.
 */
export async function liveRoutes(aws: Aws, actual: Actual, deploymentId: string | undefined): Promise<Omit<RouteResult, 'url'>[]> {
  const { api } = actual
  if (api?.id === undefined || deploymentId === undefined) return []
  try {
    const [served, frozen] = await Promise.all([readServed(aws, actual), readFrozenMethods(aws, api.id, deploymentId)])
    const names = [...(frozen ?? served?.keys() ?? [])]
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
