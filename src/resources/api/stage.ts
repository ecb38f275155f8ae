import { setTimeout as sleep } from 'node:timers/promises'
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
import type { FieldDiff } from '../../change.ts'
import { UserError } from '../../errors.ts'
import { accessLogGroup } from '../../service/access-log.ts'
import type { Service } from '../../service/service.ts'
import { ownTags } from '../../service/tags.ts'
import { known, step, type ApplyContext, type Born, type Step } from '../context.ts'
import { apiLane } from './lane.ts'
import { stageSettings, type StageFacts } from './stage-settings.ts'

/** A new permission is honoured on the invoke URL only after some seconds (500 for about 5 s, terraform-provider-aws#17604). */
const permissionSettles = 10_000

/** What a stage is to serve from now on. */
export interface WantedStage {
  readonly service: Service
  readonly stage: Stage | undefined
  /** The deployment, where it stands already; else the one that is born. */
  readonly deploymentId: string | undefined
  /** The stage variables that name the live slot and the record, once every id is known. */
  readonly variables: (born: Born) => Readonly<Record<string, string>>
  /** Differences for the plan, apart from those of settings. */
  readonly fields: readonly FieldDiff[]
  readonly reason: string
}

export async function readStages(aws: Aws, restApiId: string): Promise<Stage[]> {
  return (await aws.api(new GetStagesCommand({ restApiId }))).item ?? []
}

/** The differences of the stage's settings; those with ids that are yet to be born count as differing. */
export function stageDiffs(service: Service, stage: Stage | undefined, facts: StageFacts): FieldDiff[] {
  return stageSettings.flatMap((setting) => {
    const wanted = setting.wanted(service, facts)
    const actual = stage === undefined ? undefined : setting.actual(stage)
    return wanted === actual ? [] : [{ field: setting.field, from: actual ?? '(none)', to: wanted ?? '(none)' }]
  })
}

/** The ARN of the access log's group where it is known. */
export function stageFacts(service: Service, born: Born, region: string): StageFacts {
  if (service.accessLog.format === undefined || (born.apiId === undefined && service.accessLog.group === undefined)) return { accessLogArn: undefined }
  return { accessLogArn: `arn:${born.partition}:logs:${region}:${born.accountId}:log-group:${accessLogGroup(service, born.apiId ?? '')}` }
}

/** The one step by which everything goes live: deployment, slot, record and settings in a single UpdateStage. */
export function planGoLive(wanted: WantedStage): Step {
  const { service, stage } = wanted
  return step({
    id: 'stage', kind: 'stage', name: service.stage, phase: 'go live',
    action: stage === undefined ? 'create' : 'update', reason: wanted.reason, fields: wanted.fields,
    apply: (context) => goLive(context, wanted),
  })
}

/** Takes a stage off the air; its logs and the working copy stay. */
export function planStageDelete(restApiId: string, stageName: string): Step {
  return step({
    id: 'stage', kind: 'stage', name: stageName, action: 'delete', phase: 'go live', reason: 'destroy',
    apply: async ({ aws }) => {
      await apiLane(restApiId, () => orUndefined(aws.api(new DeleteStageCommand({ restApiId, stageName }))))
    },
  })
}

async function goLive(context: ApplyContext, wanted: WantedStage): Promise<void> {
  const { aws, born, service, progress } = context
  const restApiId = known(born.apiId, 'the API')
  const deploymentId = wanted.deploymentId ?? known(born.deploymentId, 'the deployment')
  const variables = wanted.variables(born)
  if (wanted.stage !== undefined && born.permissionAddedAt !== undefined) {
    const rest = born.permissionAddedAt + permissionSettles - Date.now()
    if (rest > 0) {
      progress.info(`Waiting ${Math.ceil(rest / 1000)} s until the new permission is known everywhere.`)
      await sleep(rest)
    }
  }
  await apiLane(restApiId, async () => {
    const stage = wanted.stage ?? (await create(context, restApiId, { deploymentId, variables }))
    const patchOperations = patch(stage, { deploymentId, variables, service, facts: stageFacts(service, born, aws.region) })
    if (patchOperations.length > 0) await aws.api(new UpdateStageCommand({ restApiId, stageName: service.stage, patchOperations }))
  })
  await confirm(context, restApiId, { deploymentId, variables })
}

interface Served {
  readonly deploymentId: string
  readonly variables: Readonly<Record<string, string>>
}

/** CreateStage takes neither access log nor method settings (public service model), so what it lacks follows in an UpdateStage. */
async function create({ aws, service }: ApplyContext, restApiId: string, served: Served): Promise<Stage> {
  const stageName = service.stage
  const existing = (): Promise<Stage | undefined> => orUndefined(aws.api(new GetStageCommand({ restApiId, stageName })))
  try {
    return await aws.api(new CreateStageCommand({ restApiId, stageName, ...served, variables: { ...served.variables }, tags: ownTags(service) }), { lookup: existing })
  } catch (error) {
    if (!isRefusal(error, 'ConflictException')) throw error
    return known(await existing(), `the stage ${stageName}`)
  }
}

function patch(stage: Stage, wanted: Served & { service: Service; facts: StageFacts }): PatchOperation[] {
  const operations: PatchOperation[] = []
  if (stage.deploymentId !== wanted.deploymentId) operations.push({ op: 'replace', path: '/deploymentId', value: wanted.deploymentId })
  for (const [name, value] of Object.entries(wanted.variables)) {
    if (stage.variables?.[name] !== value) operations.push({ op: 'replace', path: `/variables/${name}`, value })
  }
  for (const setting of stageSettings) {
    const value = setting.wanted(wanted.service, wanted.facts)
    if (setting.actual(stage) !== value) operations.push(...setting.patch(value))
  }
  return operations
}

/** Reads the stage again: where it serves something else than we have just put there, another run has won. */
async function confirm({ aws, service }: ApplyContext, restApiId: string, wanted: Served): Promise<void> {
  const now = await aws.api(new GetStageCommand({ restApiId, stageName: service.stage }))
  const same = now.deploymentId === wanted.deploymentId && Object.entries(wanted.variables).every(([name, value]) => now.variables?.[name] === value)
  if (same) return
  throw new UserError({
    what: `Another run has put something else on stage ${service.stage} at the same moment, and that is live now.`,
    why: `The stage serves deployment ${now.deploymentId}; this run had put ${wanted.deploymentId} there.`,
    cure: 'Run this job again if it is the one that should win; a `concurrency` group in the workflow keeps deploys of one stage apart.',
    docs: 'docs/concurrency.md',
  })
}
