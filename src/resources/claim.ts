import { randomBytes } from 'node:crypto'
import {
  GetRestApiCommand,
  GetStageCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type RestApi,
  type Stage,
} from '@aws-sdk/client-api-gateway'
import type { Aws } from '../aws/clients.ts'
import { orUndefined } from '../aws/refusal.ts'
import { apiArn, stageArn, type Account } from '../service/arns.ts'
import type { ServiceId } from '../service/service.ts'
import { OtherRunWon } from './other-run.ts'
import { known, step, type ApplyContext, type Claim, type Step, type Task } from './step.ts'

/*
 * Two runs at once may change things that have nothing in common, such as other functions and other routes, and API Gateway has no write
 * that compares. So a run first writes its name into one place that all of them share: a tag of the stage, and of the API as long as there
 * is no stage. Whoever does so last goes on, and sets right again what others have written meanwhile; the others give way once they see
 * it. A run that began last can only be stopped by one that went live before it: so in every order at least one of them goes live.
 */

const tag = 'lambda-api-deploy:run'

interface Standing {
  readonly api: RestApi | undefined
  readonly stage: Stage | undefined
}

/** The claim of a run that is about to write. */
export function newClaim(
  env: Readonly<Record<string, string | undefined>>, service: Pick<ServiceId, 'stage'>, { api, stage }: Standing,
): Claim {
  const on = stage === undefined ? 'API' : 'stage'
  const before = stage === undefined ? api?.tags?.[apiTag(service)] : stage.tags?.[tag]
  return { run: `${env['GITHUB_RUN_ID'] ?? 'run'}-${randomBytes(6).toString('hex')}`, before, on }
}

/** The tag of a claim where an API or a stage is made with it. */
export function claimTags({ claim, service }: Pick<ApplyContext, 'claim' | 'service'>, on: Claim['on']): Record<string, string> {
  return { [on === 'stage' ? tag : apiTag(service)]: claim.run }
}

/** Makes this run the one that goes on. */
export async function claim(context: ApplyContext): Promise<void> {
  const { aws, account, service: { stage }, ids } = context
  const { on } = context.claim
  const apiId = known(ids.apiId, 'the API')
  const resourceArn = on === 'stage' ? stageArn(account, { apiId, stage }) : apiArn(account, apiId)
  await aws.api(new TagResourceCommand({ resourceArn, tags: claimTags(context, on) }))
}

/** Whether a tag is the name of a run. */
export function isClaimTag(key: string): boolean {
  return key === tag || key.startsWith(`${tag}:`)
}

/** Takes the names of runs away from an API that stays when our last stage is gone. */
export function planClaimRemoval(account: Account, { id = '', tags = {} }: RestApi, needs: readonly Task[]): Step[] {
  const tagKeys = Object.keys(tags).filter(isClaimTag)
  if (tagKeys.length === 0) return []
  return [step({
    id: 'api/tags', kind: 'API tags', name: id, action: 'delete', phase: 'prune', reason: 'its last stage is gone', needs,
    apply: async ({ aws }) => {
      await aws.api(new UntagResourceCommand({ resourceArn: apiArn(account, id), tagKeys }))
    },
  })]
}

/** Whether this is still the run that goes on. */
export async function holdsClaim(context: ApplyContext): Promise<boolean> {
  const tags = await readTags(context)
  return tags !== undefined && rivalIn(context, tags) === undefined
}

/**
 * Gives way to a run that has begun since.
 * @param tags of the stage, or of the API, as they are now
 * @throws OtherRunWon
 */
export function refuseRival(context: Pick<ApplyContext, 'claim' | 'service'>, tags: Readonly<Record<string, string>> | undefined): void {
  const rival = rivalIn(context, tags ?? {})
  if (rival !== undefined) throw new OtherRunWon(context.service, `Run ${rival} has begun after this one and is deploying now.`)
}

/** The other run that goes on. What stood there before this one began may be shown for a while yet: AWS is eventually consistent. */
function rivalIn({ claim: { run, before, on }, service }: Pick<ApplyContext, 'claim' | 'service'>, tags: Readonly<Record<string, string>>) {
  const now = tags[on === 'stage' ? tag : apiTag(service)]
  return now === undefined || now === run || now === before ? undefined : now
}

/** Undefined where stage or API are gone. */
async function readTags({ aws, claim: { on }, service, ids }: ApplyContext): Promise<Readonly<Record<string, string>> | undefined> {
  const found = await orUndefined(read(aws, known(ids.apiId, 'the API'), on === 'stage' ? service.stage : undefined))
  return found === undefined ? undefined : found.tags ?? {}
}

function read(aws: Aws, restApiId: string, stageName: string | undefined): Promise<Stage | RestApi> {
  return stageName === undefined ? aws.api(new GetRestApiCommand({ restApiId })) : aws.api(new GetStageCommand({ restApiId, stageName }))
}

/** First deploys of two stages are no rivals. A key has 128 characters (developer guide, tagging restrictions). */
function apiTag({ stage }: Pick<ServiceId, 'stage'>): string {
  return `${tag}:${stage}`.slice(0, 128)
}
