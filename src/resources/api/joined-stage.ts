import { TagResourceCommand, type Stage } from '@aws-sdk/client-api-gateway'
import { stageArn } from '../../service/arns.ts'
import { aliasVariable } from '../../service/names.ts'
import type { Service, ServiceId } from '../../service/service.ts'
import { joinedTag, managedBy, ownership, ownTags } from '../../service/tags.ts'
import { formerTags } from '../former-tags.ts'
import { refuseUnlessOurs } from '../ownership.ts'
import { known, step, type Step } from '../step.ts'

type StageIdentity = Pick<Stage, 'tags' | 'variables' | 'deploymentId'>

/** Whether a stage stood there before this service, which has taken it over. */
export function isJoinedStage(stage: Pick<Stage, 'tags'> | undefined): boolean {
  return stage?.tags?.[joinedTag] !== undefined
}

/** Whether a stage that others have made serves no release of ours yet: it is yet to be taken over, or a run that did so was stopped. */
export function isJoiningStage(service: ServiceId, stage: StageIdentity | undefined): boolean {
  if (stage === undefined || stage.variables?.[aliasVariable(service.name)] !== undefined) return false
  return isJoinedStage(stage) || ownership(stage.tags, service) === 'foreign'
}

/** The deployment that a stage served before this service came to it; undefined for a stage of our own. */
export function foundDeployment(service: ServiceId, stage: StageIdentity | undefined): string | undefined {
  return stage?.tags?.[joinedTag] ?? (isJoiningStage(service, stage) ? stage?.deploymentId : undefined)
}

/**
 * Refuses a stage that is another service's, or that cannot be taken over.
 * @throws UserError
 */
export function refuseStage(service: Service, stage: Stage | undefined, apiId: string): void {
  if (stage === undefined) return
  const isFree = stage.tags?.[managedBy.key] !== managedBy.value && isJoiningStage(service, stage)
  if (service.api.joined !== undefined && isFree) return
  refuseUnlessOurs(stage.tags, service, { thing: `stage ${service.stage} of API ${apiId}`, another: '`stage`' })
}

/**
 * Makes a stage of others ours: our tags, and which deployment it serves, so that it can be given back. Nothing that a caller notices
 * changes with it.
 */
export function planStageJoin(service: Service, stage: Stage | undefined): Step[] {
  if (stage === undefined || !isJoiningStage(service, stage) || isJoinedStage(stage)) return []
  const found = known(stage.deploymentId, 'the deployment of the stage')
  const own = { ...ownTags(service), [joinedTag]: found }
  const tags = { ...own, ...formerTags(stage.tags ?? {}, own, () => false) }
  return [step({
    id: 'stage/join', kind: 'stage', name: service.stage, action: 'adopt', phase: 'prepare',
    reason: 'was not made by this service; what it serves is release 0, and `rollback` leads back to it',
    fields: [{ field: 'release 0', to: `deployment ${found}` }],
    apply: async ({ aws, account, ids }) => {
      const resourceArn = stageArn(account, { apiId: known(ids.apiId, 'the API'), stage: service.stage })
      await aws.api(new TagResourceCommand({ resourceArn, tags }))
    },
  })]
}
