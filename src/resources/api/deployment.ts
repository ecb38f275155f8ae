import { setTimeout as sleep } from 'node:timers/promises'
import { CreateDeploymentCommand, DeleteDeploymentCommand, GetDeploymentsCommand, GetRestApiCommand, type Deployment, type Stage } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import type { Service } from '../../service/service.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import { isOtherRuns, OtherRunWon } from '../other-run.ts'
import { apiDiffs, patchRestApi } from './rest-api.ts'
import { syncRoutes } from './definition/routes.ts'
import { refuseOtherRelease } from './stage.ts'
import { readTree, treeAgrees } from './definition/tree.ts'

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

interface Freeze {
  readonly needs: readonly Step[]
  /** Deployments that stood before the run. */
  readonly existing: readonly Deployment[]
  /** The stage as it was read; undefined where it is yet to be made. */
  readonly stage: Stage | undefined
}

/** Freezes the working copy, and makes sure that what was frozen is what the config asks for, and that nobody has gone live meanwhile. */
export function planDeployment(service: Service, digest: string, { needs, existing, stage }: Freeze): Step {
  const description = deploymentMark(service, digest)
  return step({
    id: 'deployment', kind: 'deployment', name: service.stage, action: 'create', phase: 'prepare', reason: 'the routes or the settings of the API differ', needs,
    apply: (context) => deploy(context, { description, existing: new Set(existing.map(({ id }) => id)), stage }),
  })
}

/** Deletes deployments of this stage that no kept release serves, also those that an interrupted run left. */
export function planDeploymentPrune(service: Service, deployments: readonly Deployment[], needed: ReadonlySet<string>): Step[] {
  return deployments
    .filter(({ id, description }) => id !== undefined && description?.startsWith(markPrefix(service)) === true && !needed.has(id))
    .map(({ id }) => step({
      id: `deployment/${id}`, kind: 'deployment', name: id ?? '', action: 'delete', phase: 'prune', reason: 'no kept release serves it',
      apply: ({ aws, ids }) => deleteDeployment(aws, known(ids.apiId, 'the API'), id ?? ''),
    }))
}

/** A deployment that another run has put on a stage meanwhile is refused by AWS ("Active stages pointing to this deployment", recorded) and stays. */
export async function deleteDeployment(aws: Aws, restApiId: string, deploymentId: string): Promise<void> {
  try {
    await orUndefined(aws.api(new DeleteDeploymentCommand({ restApiId, deploymentId })))
  } catch (error) {
    if (!isRefusal(error, 'BadRequestException')) throw error
  }
}

async function deploy(context: ApplyContext, { description, existing, stage }: { description: string; existing: ReadonlySet<string | undefined>; stage: Stage | undefined }): Promise<void> {
  const { aws, ids, service, progress } = context
  const restApiId = known(ids.apiId, 'the API')
  const discards: string[] = []
  for (let attempt = 1; ; attempt++) {
    const mayBeOurs = (each: Deployment): boolean => each.description === description && !existing.has(each.id) && !discards.includes(each.id ?? '')
    const { id, refusal } = await freeze(context, description, mayBeOurs)
    const [agrees] = await Promise.all([workingCopyAgrees(context), stage === undefined ? undefined : refuseOtherRelease(context, stage)])
    // Our own routes are whole, so what AWS misses an integration of is somebody's own edit, which may stay so for ever.
    if (agrees && refusal !== undefined) throw refusal
    if (agrees && id !== undefined) {
      ids.deploymentId = id
      for (const discarded of discards) await deleteDeployment(aws, restApiId, discarded)
      return
    }
    if (id !== undefined) discards.push(id)
    if (attempt === attempts) throw new OtherRunWon(service, `It keeps changing the API: what was deployed differed from the config ${attempts} times in a row.`)
    progress.warning(`Somebody else changed the API while it was being deployed; trying again (${attempt} of ${attempts}).`)
    await sleep(500 * attempt + Math.random() * 1_000)
    await mend(context)
  }
}

/** Makes a deployment; gives AWS's refusal where the working copy is half done, which is another writer's doing: ours was whole. */
async function freeze({ aws, ids }: ApplyContext, description: string, mayBeOurs: (each: Deployment) => boolean): Promise<{ id?: string; refusal?: Error }> {
  const restApiId = known(ids.apiId, 'the API')
  try {
    const made = await aws.api(new CreateDeploymentCommand({ restApiId, description }), { lookup: () => lookup(aws, restApiId, mayBeOurs) })
    return { id: known(made.id, 'the deployment') }
  } catch (error) {
    // moto#9466, terraform-provider-aws#21210
    if (isRefusal(error, 'BadRequestException') && /No integration defined for method|doesn't contain any methods/.test(error.detail)) return { refusal: error }
    throw error
  }
}

/** Reads again every kind of thing that the definition holds. */
async function workingCopyAgrees({ aws, account, ids, service }: ApplyContext): Promise<boolean> {
  const restApiId = known(ids.apiId, 'the API')
  const [tree, api] = await Promise.all([readTree(aws, restApiId), aws.api(new GetRestApiCommand({ restApiId }))])
  return treeAgrees(tree, service.api.routes, { account, service: service.name }) && apiDiffs(service.api, api).length === 0
}

/** Leads the working copy back to the config. Another writer at the same moment may take away what this one stands on; then the next attempt looks again. */
async function mend(context: ApplyContext): Promise<void> {
  const { aws, ids, service } = context
  const restApiId = known(ids.apiId, 'the API')
  try {
    await patchRestApi(context, await aws.api(new GetRestApiCommand({ restApiId })))
    await syncRoutes(context, service.api.routes, await readTree(aws, restApiId))
  } catch (error) {
    if (!isOtherRuns(error)) throw error
  }
}

/** After a lost answer: the newest deployment that this run may have made. It passes the same guard as one that was answered. */
async function lookup(aws: Aws, restApiId: string, mayBeOurs: (deployment: Deployment) => boolean): Promise<Deployment | undefined> {
  const found = (await readDeployments(aws, restApiId)).filter(mayBeOurs)
  return found.sort((a, b) => (b.createdDate?.getTime() ?? 0) - (a.createdDate?.getTime() ?? 0))[0]
}

function markPrefix({ name, stage }: Pick<Service, 'name' | 'stage'>): string {
  return `lambda-api-deploy ${name} ${stage} `
}
