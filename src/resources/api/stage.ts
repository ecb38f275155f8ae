import {
  CreateStageCommand,
  DeleteStageCommand,
  GetStageCommand,
  GetStagesCommand,
  UpdateStageCommand,
  type PatchOperation,
  type Stage,
} from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { canaryOf, isSameCanary } from '../../service/canary.ts'
import { aliasVariable, releaseVariable } from '../../service/names.ts'
import { formerSettingsVariables, type FormerSettings } from '../../service/former-settings.ts'
import { recordVariables } from '../../service/release-record.ts'
import type { Service } from '../../service/service.ts'
import { ownTags } from '../../service/tags.ts'
import { claimTags, refuseRival } from '../claim.ts'
import { OtherRunWon } from '../other-run.ts'
import { refuseUnlessOurs } from '../ownership.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import { settingsBack, settingsPatch, stageArns } from './stage-changes.ts'
import type { SettingsScope } from './stage-settings.ts'

/** All stages of an API. */
export async function readStages(aws: Aws, restApiId: string): Promise<Stage[]> {
  return (await aws.api(new GetStagesCommand({ restApiId }))).item ?? []
}

/** Takes a stage off the air; its logs and the working copy stay. */
export function planStageDelete(restApiId: string, stageName: string): Step {
  return step({
    id: 'stage', kind: 'stage', name: stageName, action: 'delete', phase: 'go live', reason: 'its routes answer no more',
    apply: async ({ aws }) => {
      await orUndefined(aws.api(new DeleteStageCommand({ restApiId, stageName })))
    },
  })
}

/** What a stage is to be, with every id known. */
export interface StageGoal {
  /** Asks for the stage's settings. */
  readonly service: Service
  readonly deploymentId: string
  readonly variables: Readonly<Record<string, string>>
  /** The settings that are set; all where nothing is said. */
  readonly scope?: SettingsScope
}

/** What a stage says that has not learnt of a new account role yet (aws-samples/serverless-patterns#620). */
const roleUnknown = /CloudWatch Logs role ARN must be set in account settings/

/** Puts everything on the stage in one UpdateStage; a stage that does not exist yet is made before. */
export async function putStage(context: ApplyContext, before: Stage | undefined, goal: StageGoal): Promise<void> {
  const { account, ids } = context
  const { service } = goal
  const restApiId = known(ids.apiId, 'the API')
  const stage = before ?? (await create(context, restApiId, goal))
  const arns = stageArns(service, account, ids)
  // What was read at the start may have changed since: a release is sent whole, so that it never mixes with another run's.
  const isWhole = before !== undefined && Object.keys(goal.variables).length > 0
  await updateStage(context, [...releasePatch(stage, goal, isWhole), ...settingsPatch(stage, service, { arns, scope: goal.scope })])
}

/** One UpdateStage, in which everything changes together; none where there is nothing to change. */
export async function updateStage({ aws, ids, service }: ApplyContext, patchOperations: PatchOperation[]): Promise<void> {
  if (patchOperations.length === 0) return
  const restApiId = known(ids.apiId, 'the API')
  const passing = ids.isAccountRoleNew ? { passing: roleUnknown } : {}
  await aws.api(new UpdateStageCommand({ restApiId, stageName: service.stage, patchOperations }), passing)
}

/** A stage as it is now and as it was before. */
interface StageReturn {
  readonly now: Stage
  readonly before: Stage
  /** Those of the release that it goes back to; all others stay. */
  readonly variables: Readonly<Record<string, string>>
  /** Settings that were otherwise still earlier. */
  readonly former: FormerSettings
}

/** Puts a stage back to the deployment and the settings that it had, in one UpdateStage. */
export async function putStageBack({ aws, ids, service }: ApplyContext, { now, before, variables, former }: StageReturn): Promise<void> {
  const patchOperations: PatchOperation[] = [
    { op: 'replace', path: '/deploymentId', value: known(before.deploymentId, 'the deployment before') },
    ...Object.entries(variables).map(([name, value]): PatchOperation => ({ op: 'replace', path: `/variables/${name}`, value })),
    ...surplusPatch(service.name, now, variables),
    ...settingsBack(now, before, former),
  ]
  await aws.api(new UpdateStageCommand({ restApiId: known(ids.apiId, 'the API'), stageName: service.stage, patchOperations }))
}

/** Writes those variables of a record that differ from the stage's. */
export async function putRecord(
  { aws, ids, service }: ApplyContext, now: Stage, variables: Readonly<Record<string, string>>,
): Promise<void> {
  const changed = Object.entries(variables).filter(([name, value]) => now.variables?.[name] !== value)
  const patchOperations = [
    ...changed.map(([name, value]): PatchOperation => ({ op: 'replace', path: `/variables/${name}`, value })),
    ...surplusPatch(service.name, now, variables),
  ]
  await aws.api(new UpdateStageCommand({ restApiId: known(ids.apiId, 'the API'), stageName: service.stage, patchOperations }))
}

/** The stage as it is now. */
export async function readStage(aws: Aws, restApiId: string, stageName: string): Promise<Stage> {
  return aws.api(new GetStageCommand({ restApiId, stageName }))
}

/**
 * Refuses where the stage serves another release than when this run began, or another run has begun since. API Gateway has no write that
 * compares, so this is asked as late as possible: beside the last calls before the slot is moved, so that the run takes no longer for it,
 * and once more after a wait.
 * @throws OtherRunWon
 */
export async function refuseOtherRelease(
  context: ApplyContext, before: Stage | undefined, { looksAtCanary = true }: { readonly looksAtCanary?: boolean } = {},
): Promise<void> {
  const { aws, ids, service } = context
  const now = await readStage(aws, known(ids.apiId, 'the API'), service.stage)
  const stage = `stage ${service.stage}`
  if (before === undefined) throw new OtherRunWon(service, `There is a ${stage} now; there was none when this run began.`)
  if (now.deploymentId !== before.deploymentId) {
    const why = `Deployment ${now.deploymentId} is on ${stage}; it was ${before.deploymentId} when this run began.`
    throw new OtherRunWon(service, why)
  }
  const names = [aliasVariable(service.name), releaseVariable(service.name)]
  const variable = names.find((name) => now.variables?.[name] !== before.variables?.[name])
  if (variable !== undefined) throw new OtherRunWon(service, `The variable ${variable} of ${stage} is not what it was when this run began.`)
  if (looksAtCanary && !isSameCanary(canaryOf(service, now), canaryOf(service, before))) {
    throw new OtherRunWon(service, `The canary of ${stage} is not what it was when this run began.`)
  }
  refuseRival(context, now.tags)
}

/** Whether callers of the stage may get to an alias that this run has made or moved. */
export async function servesOwnAlias({ aws, ids, service }: ApplyContext): Promise<boolean> {
  if (ids.apiId === undefined || ids.putAliases.size === 0) return false
  const now = await orUndefined(readStage(aws, ids.apiId, service.stage))
  return ids.putAliases.has(now?.variables?.[aliasVariable(service.name)] ?? '')
}

/** CreateStage takes neither access log nor method settings (public service model), so what it lacks follows in an UpdateStage. */
async function create(context: ApplyContext, restApiId: string, { deploymentId, variables }: StageGoal): Promise<Stage> {
  const { aws, service } = context
  const stageName = service.stage
  const tags = { ...ownTags(service), ...claimTags(context, 'stage') }
  const input = { restApiId, stageName, deploymentId, variables: { ...variables }, tags }
  /** After a lost answer: the stage, unless it is one that another run, or somebody by hand, has made meanwhile. */
  const lookup = async (): Promise<Stage | undefined> => {
    const found = await orUndefined(readStage(aws, restApiId, stageName))
    if (found !== undefined) refuseUnlessOurs(found.tags, service, { thing: `stage ${stageName} of API ${restApiId}` })
    return found?.deploymentId === deploymentId ? found : undefined
  }
  try {
    return await aws.api(new CreateStageCommand(input), { lookup })
  } catch (error) {
    if (isRefusal(error, 'ConflictException')) await lookup()
    throw error
  }
}

/** Deployment and variables: those that differ, or all of them; and what an older record has left goes. */
function releasePatch(stage: Stage, { service, deploymentId, variables }: StageGoal, isWhole: boolean): PatchOperation[] {
  const members = [
    { path: '/deploymentId', value: deploymentId, actual: stage.deploymentId },
    ...Object.entries(variables).map(([name, value]) => ({ path: `/variables/${name}`, value, actual: stage.variables?.[name] })),
  ]
  const changed = members.filter(({ value, actual }) => isWhole || actual !== value)
  return [
    ...changed.map(({ path, value }): PatchOperation => ({ op: 'replace', path, value })),
    ...(isWhole ? surplusPatch(service.name, stage, variables) : []),
  ]
}

/** Takes away what an older record, or a release that was not verified, has left. */
function surplusPatch(service: string, { variables: actual }: Stage, variables: Readonly<Record<string, string>>): PatchOperation[] {
  const ours = [...recordVariables(service, actual), ...formerSettingsVariables(service, actual)]
  return ours.filter((name) => !(name in variables)).map((name) => ({ op: 'remove', path: `/variables/${name}` }))
}
