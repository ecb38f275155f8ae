import { setTimeout as sleep } from 'node:timers/promises'
import { CreateDeploymentCommand, DeleteDeploymentCommand, GetDeploymentsCommand, GetRestApiCommand, type Deployment } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { UserError } from '../../errors.ts'
import type { Service } from '../../service/service.ts'
import { known, step, type ApplyContext, type Step } from '../context.ts'
import { apiLane } from './lane.ts'
import { apiDiffs } from './rest-api.ts'
import { syncRoutes, whereOf } from './routes.ts'
import { readTree, treeAgrees } from './tree.ts'

/** How often a deployment is made anew because somebody else changed the API meanwhile. */
const attempts = 5

export async function readDeployments(aws: Aws, restApiId: string): Promise<Deployment[]> {
  return allPages(async (from) => {
    const { items, position } = await aws.api(new GetDeploymentsCommand({ restApiId, limit: 500, position: from }))
    return { items, next: position }
  })
}

/** Our mark in a deployment's description. */
export function deploymentMark(service: Pick<Service, 'name' | 'stage'>, digest: string): string {
  return `${markPrefix(service)}${digest}`
}

/** Freezes the working copy, and makes sure that what was frozen is what the config asks for. */
export function planDeployment(service: Service, digest: string, { needs, existing }: { needs: readonly string[]; existing: readonly Deployment[] }): Step {
  return step({
    id: 'deployment', kind: 'deployment', name: service.stage, action: 'create', phase: 'prepare', reason: 'the routes or the settings of the API differ', needs,
    apply: (context) => deploy(context, deploymentMark(service, digest), new Set(existing.map(({ id }) => id))),
  })
}

/** Deletes deployments of this stage that no kept release serves, also those that an interrupted run left. */
export function planDeploymentPrune(service: Service, deployments: readonly Deployment[], needed: ReadonlySet<string>): Step[] {
  return deployments
    .filter(({ id, description }) => id !== undefined && description?.startsWith(markPrefix(service)) === true && !needed.has(id))
    .map(({ id }) => step({
      id: `deployment/${id}`, kind: 'deployment', name: id ?? '', action: 'delete', phase: 'prune', reason: 'no kept release serves it',
      apply: ({ aws, born }) => deleteDeployment(aws, known(born.apiId, 'the API'), id ?? ''),
    }))
}

/** A deployment that another run has put on a stage meanwhile is refused by AWS ("Active stages pointing to this deployment", recorded) and stays. */
export async function deleteDeployment(aws: Aws, restApiId: string, deploymentId: string): Promise<void> {
  await apiLane(restApiId, async () => {
    try {
      await orUndefined(aws.api(new DeleteDeploymentCommand({ restApiId, deploymentId })))
    } catch (error) {
      if (!isRefusal(error, 'BadRequestException')) throw error
    }
  })
}

async function deploy(context: ApplyContext, description: string, existing: ReadonlySet<string | undefined>): Promise<void> {
  const { aws, born, service, progress } = context
  const restApiId = known(born.apiId, 'the API')
  const discards: string[] = []
  for (let attempt = 1; ; attempt++) {
    const made = await apiLane(restApiId, () => aws.api(new CreateDeploymentCommand({ restApiId, description }), { lookup: () => lookup(aws, restApiId, (each) => each.description === description && !existing.has(each.id) && !discards.includes(each.id ?? '')) }))
    const id = known(made.id, 'the deployment')
    const [tree, api] = await Promise.all([readTree(aws, restApiId), aws.api(new GetRestApiCommand({ restApiId }))])
    if (treeAgrees(tree, service.api.routes, whereOf(aws, born, service.name)) && apiDiffs(service.api, api).length === 0) {
      born.deploymentId = id
      for (const discarded of discards) await deleteDeployment(aws, restApiId, discarded)
      return
    }
    discards.push(id)
    if (attempt === attempts) throw overtaken(service)
    progress.warning(`Somebody else changed the API while it was being deployed; trying again (${attempt} of ${attempts}).`)
    await sleep(500 * attempt + Math.random() * 1_000)
    await syncRoutes(context, service.api.routes, await readTree(aws, restApiId))
  }
}

/** After a lost answer: the newest deployment that this run may have made. It passes the same guard as one that was answered. */
async function lookup(aws: Aws, restApiId: string, mayBeOurs: (deployment: Deployment) => boolean): Promise<Deployment | undefined> {
  const found = (await readDeployments(aws, restApiId)).filter(mayBeOurs)
  return found.sort((a, b) => (b.createdDate?.getTime() ?? 0) - (a.createdDate?.getTime() ?? 0))[0]
}

function overtaken(service: Service): UserError {
  return new UserError({
    what: `Another writer keeps changing the API of ${service.name}.`,
    why: `What was deployed differed from the config ${attempts} times in a row.`,
    cure: 'Nothing has gone live. Let the other deploy finish and run this job again; a `concurrency` group in the workflow keeps deploys of one service apart.',
    docs: 'concurrency.md',
  })
}

function markPrefix({ name, stage }: Pick<Service, 'name' | 'stage'>): string {
  return `lambda-api-deploy ${name} ${stage} `
}
