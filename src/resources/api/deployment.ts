import {
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  GetDeploymentsCommand,
  type Deployment,
  type Stage,
} from '@aws-sdk/client-api-gateway'
import { pause } from '../../cancellation.ts'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { UserError } from '../../errors.ts'
import type { Service, ServiceId } from '../../service/service.ts'
import { known, step, type ApplyContext, type Outcome, type Step, type Task } from '../step.ts'
import { refuseRival } from '../claim.ts'
import { isOtherRuns, OtherRunWon } from '../other-run.ts'
import { isFrozenWhole, readFrozenMethods } from './definition/frozen-methods.ts'
import { isMarked } from './definition/method.ts'
import { mendDefinition, missingWords, readWorkingCopy } from './definition/parts.ts'
import { treeMethods } from './definition/tree.ts'
import { refuseOtherRelease } from './stage.ts'

/** How often a deployment is made anew because somebody else changed the API meanwhile. */
const attempts = 10

/**
 * How often it is made again where it lacks methods that a document of this run has just brought in. That AWS freezes such an older state
 * is unverified (terraform-provider-aws#41375 waits between the two), so the run goes on where it still lacks them after that.
 */
const lateAttempts = 2

/** All deployments of an API, without the definitions that they hold. */
export async function readDeployments(aws: Aws, restApiId: string): Promise<Deployment[]> {
  return allPages(async (from) => {
    const { items, position } = await aws.api(new GetDeploymentsCommand({ restApiId, limit: 500, position: from }))
    return { items, next: position }
  })
}

/** Our mark in a deployment's description. */
export function deploymentMark(service: Pick<ServiceId, 'name' | 'stage'>, digest: string): string {
  return `${markPrefix(service)}${digest}`
}

interface DeploymentInput {
  /** Of the definition that is frozen. */
  readonly digest: string
  /** Deployments that stood before the run. */
  readonly existing: readonly Deployment[]
  /** The stage as it was read; undefined where it is yet to be made. */
  readonly stage: Stage | undefined
  readonly needs: readonly Task[]
}

/** Freezes the working copy, and makes sure that what was frozen is what the config asks for, and that nobody has gone live meanwhile. */
export function planDeployment(service: Service, { digest, existing, stage, needs }: DeploymentInput): Step {
  const own: OwnDeployment = { service, description: deploymentMark(service, digest), others: new Set(existing.map(({ id }) => id)) }
  return step({
    id: 'deployment', kind: 'deployment', name: service.stage, action: 'create', phase: 'prepare', needs,
    reason: stage === undefined ? 'there is no stage yet' : 'the routes or the settings of the API differ',
    apply: (context) => deploy(context, own, stage),
  })
}

/** Deletes deployments of this stage that no kept release serves, also those that an interrupted run left. */
export function planDeploymentPrune(service: ServiceId, deployments: readonly Deployment[], needed: ReadonlySet<string>): Step[] {
  return deployments
    .filter(({ id, description }) => id !== undefined && description?.startsWith(markPrefix(service)) === true && !needed.has(id))
    .map(({ id }) => step({
      id: `deployment/${id}`, kind: 'deployment', name: id ?? '', action: 'delete', phase: 'prune', reason: 'no kept release serves it',
      apply: ({ aws, ids }) => deleteDeployment(aws, known(ids.apiId, 'the API'), id ?? ''),
    }))
}

/** AWS refuses this for what another run has put on a stage meanwhile ("Active stages pointing to this deployment", recorded): it stays. */
export async function deleteDeployment(aws: Aws, restApiId: string, deploymentId: string): Promise<Outcome> {
  try {
    await orUndefined(aws.api(new DeleteDeploymentCommand({ restApiId, deploymentId })))
  } catch (error) {
    if (!isRefusal(error, 'BadRequestException')) throw error
    return 'left'
  }
}

/** The deployment that this run makes, and by what it is told from all others. */
interface OwnDeployment {
  /** Asks for the definition that is frozen. */
  readonly service: Service
  readonly description: string
  readonly others: ReadonlySet<string | undefined>
}

async function deploy(context: ApplyContext, own: OwnDeployment, stage: Stage | undefined): Promise<void> {
  const { aws, ids, progress } = context
  const restApiId = known(ids.apiId, 'the API')
  const discards: string[] = []
  const lacks = new Set<string>()
  for (let attempt = 1; ; attempt++) {
    const { id, refusal } = await freeze(context, { ...own, others: new Set([...own.others, ...discards]) })
    const { agrees, missing, isLate, isPassing } = await look(context, own, { id, stage })
    lacks.add(missing)
    if (agrees && isLate && attempt <= lateAttempts) {
      progress.info('The deployment does not hold yet what the document has made; making it again.')
      if (id !== undefined) discards.push(id)
      continue
    }
    // Our own methods are whole, so where AWS misses an integration, it is that of somebody's own edit, which may stay so for ever; or that
    // of another service on the same API, which is about to make it.
    if (agrees && refusal !== undefined && (!isPassing || attempt === attempts)) throw refusal
    if (agrees && id !== undefined) {
      ids.deploymentId = id
      for (const discarded of discards) await deleteDeployment(aws, restApiId, discarded)
      return
    }
    if (id !== undefined) discards.push(id)
    if (attempt === attempts) throw lacks.size === 1 ? notTaken(own.service, missing) : keepsChanging(own.service)
    progress.warning(`The API is not as it was set, most often because somebody else changed it; trying again (${attempt} of ${attempts}).`)
    await pause(500 * attempt + Math.random() * 1_000)
    await mend(context, own.service)
  }
}

/** The same is missing after each attempt: nothing tells whether another writer is there at all. */
function notTaken({ name }: ServiceId, missing: string): UserError {
  return new UserError({
    what: `The API of ${name} does not become what the config asks for: ${missing}.`,
    why:
      `Each change was answered as done, and was not to be seen afterwards, ${attempts} times in a row. Either it is not taken, or ` +
      'somebody sets it back each time. What is served is as it was.',
    cure: 'Look whether another tool manages this API. If none does, take what is named out of the config, or make a new API with it.',
  })
}

function keepsChanging(service: ServiceId): OtherRunWon {
  return new OtherRunWon(service, `It keeps changing the API: what was deployed differed from the config ${attempts} times in a row.`)
}

/** Texts by which AWS refuses to freeze methods without integrations, or none (moto#9466, terraform-provider-aws#21210). */
const halfDone = /No integration defined for method|doesn't contain any methods/

/** Makes a deployment; gives AWS's refusal where the working copy is half done, which is another writer's doing: ours was whole. */
async function freeze({ aws, ids }: ApplyContext, own: OwnDeployment): Promise<{ id?: string; refusal?: Error }> {
  const restApiId = known(ids.apiId, 'the API')
  const create = new CreateDeploymentCommand({ restApiId, description: own.description })
  try {
    const made = await aws.api(create, { lookup: () => lookup(aws, restApiId, own) })
    return { id: known(made.id, 'the deployment') }
  } catch (error) {
    if (isRefusal(error, 'BadRequestException') && halfDone.test(error.detail)) return { refusal: error }
    throw error
  }
}

interface LookInput {
  /** The deployment that was made, if AWS has made one. */
  readonly id: string | undefined
  readonly stage: Stage | undefined
}

/** What is seen behind CreateDeployment. */
interface Sight {
  /** Whether the working copy is what the config asks for. */
  readonly agrees: boolean
  /** What it lacks of that, in words. */
  readonly missing: string
  /** Whether the deployment lacks what a document of this run has made. */
  readonly isLate: boolean
  /** Whether a method that lacks its integration is another run's of this action, or has it by now. */
  readonly isPassing: boolean
}

/** The look behind it: reads every part of the definition again, the stage, and which run goes on. */
async function look(context: ApplyContext, { service }: OwnDeployment, { id, stage }: LookInput): Promise<Sight> {
  const { aws, account, ids } = context
  const restApiId = known(ids.apiId, 'the API')
  const [copy, frozen] = await Promise.all([
    readWorkingCopy(aws, restApiId),
    ids.isImported && id !== undefined ? readFrozenMethods(aws, restApiId, id) : undefined,
    stage === undefined ? undefined : refuseOtherRelease(context, stage),
  ])
  if (stage === undefined) refuseRival(context, copy.settings.tags)
  const isLate = ids.isImported && (id === undefined || (frozen !== undefined && !isFrozenWhole(frozen, copy)))
  const missing = missingWords({ service, account }, copy)
  const all = treeMethods(copy.methods)
  const halves = all.filter(({ actual }) => actual.methodIntegration === undefined)
  const isPassing = all.length > 0 && halves.every(({ actual }) => isMarked(actual.operationName))
  return { agrees: missing === '', missing, isLate, isPassing }
}

/**
 * Leads the working copy back to the config. Another writer at the same moment may take away what this one stands on; then the next
 * attempt looks again.
 */
async function mend(context: ApplyContext, service: Service): Promise<void> {
  try {
    await mendDefinition(context, service, await readWorkingCopy(context.aws, known(context.ids.apiId, 'the API')))
  } catch (error) {
    if (!isOtherRuns(error)) throw error
  }
}

/** After a lost answer: the newest deployment that this run may have made. It is looked at just as one that was answered. */
async function lookup(aws: Aws, restApiId: string, { description, others }: OwnDeployment): Promise<Deployment | undefined> {
  const found = (await readDeployments(aws, restApiId)).filter((each) => each.description === description && !others.has(each.id))
  return found.sort((a, b) => (b.createdDate?.getTime() ?? 0) - (a.createdDate?.getTime() ?? 0))[0]
}

/** Whether a service of this action has made a deployment, whichever it is. */
export function isOwnDeployment({ description }: Deployment): boolean {
  return description?.startsWith('lambda-api-deploy ') === true
}

function markPrefix({ name, stage }: Pick<ServiceId, 'name' | 'stage'>): string {
  return `lambda-api-deploy ${name} ${stage} `
}
