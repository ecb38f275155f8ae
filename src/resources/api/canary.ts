import type { PatchOperation, Stage } from '@aws-sdk/client-api-gateway'
import { canaryVariables, type OwnCanary } from '../../service/canary.ts'
import type { Service } from '../../service/service.ts'
import type { ApplyContext } from '../step.ts'
import { updateStage } from './stage.ts'
import { settingsPatch, stageArns } from './stage-changes.ts'

const root = '/canarySettings'

/** What is put on a stage: a canary of ours, and the settings that the config asks for and that need no release. */
interface CanaryGoal {
  readonly service: Service
  readonly canary: OwnCanary
}

/**
 * Sends a share of the requests to another deployment and slot, by one UpdateStage. The first `replace` below /canarySettings makes the
 * canary (recorded: LocalStack's test_create_canary_deployment_by_stage_update). It does not use the stage's cache.
 */
export async function putCanary(context: ApplyContext, before: Stage, { service, canary }: CanaryGoal): Promise<void> {
  const variables = canaryVariables(service, canary)
  const surplus = Object.keys(before.canarySettings?.stageVariableOverrides ?? {}).filter((name) => !(name in variables))
  const set = (path: string, value: string): PatchOperation => ({ op: 'replace', path: `${root}/${path}`, value })
  const { deploymentId } = canary.release
  await updateStage(context, [
    set('deploymentId', deploymentId),
    ...Object.entries(variables).map(([name, value]) => set(`stageVariableOverrides/${name}`, value)),
    ...surplus.map((name): PatchOperation => ({ op: 'remove', path: `${root}/stageVariableOverrides/${name}` })),
    set('useStageCache', 'false'),
    set('percentTraffic', String(canary.percent)),
    ...settingsPatch(before, service, { arns: stageArns(service, context.account, context.ids), scope: 'config' }),
  ])
}

/** Takes a canary off, so that all requests get what the stage serves; and writes variables of the stage in the same step. */
export async function endCanary(context: ApplyContext, variables: Readonly<Record<string, string>> = {}): Promise<void> {
  await updateStage(context, [
    ...Object.entries(variables).map(([name, value]): PatchOperation => ({ op: 'replace', path: `/variables/${name}`, value })),
    { op: 'remove', path: root },
  ])
}
