import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from '@aws-sdk/client-api-gateway'
import type { FieldDiff } from '../change.ts'
import { isRefusal } from '../aws/refusal.ts'
import { UserError } from '../errors.ts'
import { putStage, readStage, type StageRelease } from '../resources/api/stage.ts'
import { known, step, type ApplyContext, type Born, type Step } from '../resources/context.ts'
import { readAlias } from '../resources/lambda/alias.ts'
import { slotAlias, type Slot } from '../service/names.ts'
import type { Service } from '../service/service.ts'

/** A new permission is honoured on the invoke URL only after some seconds (500 for about 5 s, terraform-provider-aws#17604). */
const permissionSettles = 10_000

/** What goes live on a stage. */
export interface NextRelease {
  readonly service: Service
  readonly stage: Stage | undefined
  /** The deployment, where it stands already; else the one that is born. */
  readonly deploymentId: string | undefined
  /** The stage variables that name the live slot and the record, once every id is known; empty where only settings change. */
  readonly variables: (born: Born) => Readonly<Record<string, string>>
  /** The slot that becomes live, where it is another than before. */
  readonly movesTo: Slot | undefined
  readonly fields: readonly FieldDiff[]
  readonly reason: string
}

/** The one step by which everything goes live: deployment, slot, record and settings in a single UpdateStage. */
export function planGoLive(next: NextRelease): Step {
  return step({
    id: 'stage', kind: 'stage', name: next.service.stage, phase: 'go live',
    action: next.stage === undefined ? 'create' : 'update', reason: next.reason, fields: next.fields,
    apply: (context) => goLive(context, next),
  })
}

async function goLive(context: ApplyContext, next: NextRelease): Promise<void> {
  const { born } = context
  const served: StageRelease = { deploymentId: next.deploymentId ?? known(born.deploymentId, 'the deployment'), variables: next.variables(born) }
  if (next.stage !== undefined) await waitForPermission(context)
  try {
    await putStage(context, next.stage, served)
  } catch (error) {
    // Recorded text: what this run had made was taken for a left-over by another run, which can only be while that one went live.
    if (isRefusal(error, 'BadRequestException') && /Deployment id does not exist/.test(error.detail)) throw otherRunWon(next.service, 'It has removed the deployment that this run had made.')
    if (next.stage === undefined && isRefusal(error, 'ConflictException')) throw otherRunWon(next.service, 'The stage did not exist when this run began, and another run has made it.')
    throw error
  }
  await confirm(context, served, next.movesTo)
}

/** A stage that serves already must not be moved to a slot that API Gateway may not call yet. */
async function waitForPermission({ born, progress }: ApplyContext): Promise<void> {
  const rest = (born.permissionAddedAt ?? -Infinity) + permissionSettles - Date.now()
  if (rest <= 0) return
  progress.info(`Waiting ${Math.ceil(rest / 1000)} s until the new permission is known everywhere.`)
  await sleep(rest)
}

/** Reads stage and live aliases again: where they are not what was just put there, another run has won, and this one says so. */
async function confirm({ aws, born, service }: ApplyContext, wanted: StageRelease, movesTo: Slot | undefined): Promise<void> {
  const moved = movesTo === undefined ? [] : service.functions
  const [stage, ...aliases] = await Promise.all([
    readStage(aws, known(born.apiId, 'the API'), service.stage),
    ...moved.map((spec) => readAlias(aws, spec.name, slotAlias(service.stage, movesTo ?? 'a'))),
  ])
  const sameStage = stage.deploymentId === wanted.deploymentId && Object.entries(wanted.variables).every(([name, value]) => stage.variables?.[name] === value)
  const sameAliases = moved.every((spec, index) => aliases[index]?.FunctionVersion === born.versions.get(spec.name))
  if (sameStage && sameAliases) return
  if (stage.deploymentId !== wanted.deploymentId) throw otherRunWon(service, `The stage serves deployment ${stage.deploymentId}; this run had put ${wanted.deploymentId} there.`)
  const other = Object.entries(wanted.variables).find(([name, value]) => stage.variables?.[name] !== value)
  throw otherRunWon(service, other === undefined ? 'An alias of the live slot names another version than this run had put there.' : `The stage variable ${other[0]} is not what this run had put there.`)
}

function otherRunWon(service: Service, why: string): UserError {
  return new UserError({
    what: `Another run has put something else on stage ${service.stage} at the same moment, and that is live now.`,
    why,
    cure: 'Run this job again if it is the one that should win; a `concurrency` group in the workflow keeps deploys of one stage apart.',
    docs: 'concurrency.md',
  })
}
