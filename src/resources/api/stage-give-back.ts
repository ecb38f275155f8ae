import {
  TagResourceCommand,
  UntagResourceCommand,
  type Deployment,
  type PatchOperation,
  type Stage,
} from '@aws-sdk/client-api-gateway'
import { orUndefined } from '../../aws/refusal.ts'
import { UserError } from '../../errors.ts'
import { stageArn } from '../../service/arns.ts'
import { canaryOf } from '../../service/canary.ts'
import { aliasVariable } from '../../service/names.ts'
import { recordVariables } from '../../service/release-record.ts'
import type { ServiceId } from '../../service/service.ts'
import { joinedTag, managedBy, repositoryTag, serviceTag } from '../../service/tags.ts'
import { isClaimTag } from '../claim.ts'
import { isFormerTag, withoutOurs } from '../former-tags.ts'
import { known, step, type Step, type Task } from '../step.ts'
import { isOwnDeployment } from './deployment.ts'
import { foundSettings, memoryNames, returnPatch } from './found-settings.ts'
import { foundDeployment } from './joined-stage.ts'
import { readStage, updateStage } from './stage.ts'

/**
 * Puts a stage that was taken over back to what it served and to the settings that it had, in one UpdateStage. Its tags tell until the end
 * that it is to be given back.
 * @throws UserError where nothing stands that it could serve without us
 */
export function planStageReturn(service: ServiceId, stage: Stage, deployments: readonly Deployment[]): Step[] {
  const target = returnTarget(service, stage, deployments)
  const patch = patchBack(service, stage, target)
  if (patch.length === 0) return []
  return [step({
    id: 'stage', kind: 'stage', name: service.stage, action: 'update', phase: 'go live',
    reason: 'serves again what it served before this service, with the settings that it had; it stays',
    fields: stage.deploymentId === target ? [] : [{ field: 'deployment', from: stage.deploymentId ?? '', to: target }],
    apply: async (context) => {
      const now = await readStage(context.aws, known(context.ids.apiId, 'the API'), service.stage)
      await updateStage(context, patchBack(service, now, target))
      context.ids.wentLiveAt = Date.now()
    },
  })]
}

/** Takes our tags off a stage that was given back: the last step, because by them the next run finds what a stopped one has left. */
export function planStageUntag({ stage: stageName }: ServiceId, needs: readonly Task[]): Step {
  return step({
    id: 'stage/given-back', kind: 'stage tags', name: stageName, action: 'delete', phase: 'prune', needs,
    reason: 'the stage was there before this service',
    apply: async ({ aws, account, ids }) => {
      const apiId = known(ids.apiId, 'the API')
      const tags = (await orUndefined(readStage(aws, apiId, stageName)))?.tags ?? {}
      const { set, gone } = withoutOurs(tags, Object.keys(tags).filter((key) => !isFormerTag(key) && isOwnTag(key)))
      const resourceArn = stageArn(account, { apiId, stage: stageName })
      if (Object.keys(set).length > 0) await aws.api(new TagResourceCommand({ resourceArn, tags: { ...set } }))
      if (gone.length > 0) await aws.api(new UntagResourceCommand({ resourceArn, tagKeys: [...gone] }))
    },
  })
}

function isOwnTag(key: string): boolean {
  return [managedBy.key, serviceTag, repositoryTag, joinedTag].includes(key) || isClaimTag(key)
}

/** What the stage is to serve: what was found, or what others have put there since. */
function returnTarget(service: ServiceId, stage: Stage, deployments: readonly Deployment[]): string {
  const found = foundDeployment(service, stage)
  const live = deployments.find(({ id }) => id === stage.deploymentId)
  const theirs = live?.id !== undefined && !isOwnDeployment(live) ? live.id : undefined
  const target = deployments.some(({ id }) => id === found) ? found : theirs
  if (target !== undefined) return target
  throw new UserError({
    what: `Stage ${service.stage} cannot be given back: deployment ${found}, which it served before this service, is gone.`,
    why: 'Without it nothing is left that the stage could serve, because the routes of this service go.',
    cure:
      'Deploy the API to that stage once (in the console: Deploy API), which puts a deployment of yours there; then run `destroy` again. ' +
      'Or delete the stage.',
    docs: 'ownership.md#join-an-api',
  })
}

/** Deployment, canary, variables and settings that differ from what was found. */
function patchBack(service: ServiceId, stage: Stage, target: string): PatchOperation[] {
  const { variables = {} } = stage
  const alias = aliasVariable(service.name)
  const own = [
    ...(variables[alias] === undefined ? [] : [alias]),
    ...recordVariables(service.name, variables),
    ...memoryNames(service.name, variables),
  ]
  return [
    ...(stage.deploymentId === target ? [] : [{ op: 'replace' as const, path: '/deploymentId', value: target }]),
    ...(canaryOf(service, stage)?.kind === 'ours' ? [{ op: 'remove' as const, path: '/canarySettings' }] : []),
    ...returnPatch(stage, foundSettings(service, stage)),
    ...own.map((name): PatchOperation => ({ op: 'remove', path: `/variables/${name}` })),
  ]
}
