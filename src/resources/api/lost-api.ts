import { GetResourcesCommand, type RestApi } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { step, type Step } from '../step.ts'
import { deleteRestApi } from './rest-api.ts'
import { readStages } from './stage.ts'

/** Another first deploy may have made one a moment ago, and is about to see that it is not the oldest. In milliseconds. */
const youth = 60_000

/**
 * Of our APIs besides the one that is used, those that a run has left which lost a race of first deploys and was killed: they are
 * empty.
 */
export async function lostAmong(aws: Aws, others: readonly RestApi[]): Promise<RestApi[]> {
  const old = others.filter(({ createdDate }) => createdDate !== undefined && Date.now() - createdDate.getTime() > youth)
  const empty = await Promise.all(old.map(async (api) => ((await isEmpty(aws, api)) ? [api] : [])))
  return empty.flat()
}

/** Whether it holds no more than a new API does: no stage, and no resource but the root. */
async function isEmpty(aws: Aws, { id: restApiId }: RestApi): Promise<boolean> {
  const [stages, resources] = await Promise.all([
    readStages(aws, restApiId ?? ''),
    aws.api(new GetResourcesCommand({ restApiId, limit: 2, embed: ['methods'] })),
  ])
  return stages.length === 0 && (resources.items ?? []).every(({ path, resourceMethods }) => path === '/' && resourceMethods === undefined)
}

/** Deletes such APIs. */
export function planLostApis(lost: readonly RestApi[]): Step[] {
  return lost.map(({ id, name }) => step({
    id: `api/${id}`, kind: 'API', name: `${name} (${id})`, action: 'delete', phase: 'prune',
    reason: 'a run that was stopped has left it, empty',
    apply: async ({ aws }) => {
      await deleteRestApi(aws, id)
    },
  }))
}
