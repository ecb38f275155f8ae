import type { Stage } from '@aws-sdk/client-api-gateway'
import { pause } from '../cancellation.ts'
import type { FieldDiff } from '../change.ts'
import { putStage } from '../resources/api/stage.ts'
import { known, step, type ApplyContext, type Ids, type Step } from '../resources/step.ts'
import { readAlias } from '../resources/lambda/alias.ts'
import { OtherRunWon } from '../resources/other-run.ts'
import { slotAlias, type Slot } from '../service/names.ts'
import type { Service } from '../service/service.ts'

/** A new permission is honoured on the invoke URL only after some seconds (500 for about 5 s, terraform-provider-aws#17604). */
const permissionSettles = 10_000

/** What goes live on a stage. */
export interface NextRelease {
  readonly service: Service
  readonly stage: Stage | undefined
  /** The deployment, where it stands already; else the one that this run makes. */
  readonly deploymentId: string | undefined
  /** The stage variables that name the live slot and the record, once every id is known; empty where only settings change. */
  readonly variables: (ids: Ids) => Readonly<Record<string, string>>
  /** The slot that becomes live, where it was not before. */
  readonly slot: Slot | undefined
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
  const { ids } = context
  if (next.stage !== undefined) await waitForPermission(context)
  await putStage(context, next.stage, { deploymentId: next.deploymentId ?? known(ids.deploymentId, 'the deployment'), variables: next.variables(ids) })
  await confirm(context, next.slot)
}

/** A stage that serves already must not be moved to a slot that API Gateway may not call yet. */
async function waitForPermission({ ids, progress }: ApplyContext): Promise<void> {
  // A clock that was set back meanwhile must not make it longer.
  const rest = Math.min((ids.permissionAddedAt ?? -Infinity) + permissionSettles - Date.now(), permissionSettles)
  if (rest <= 0) return
  progress.info(`Waiting ${Math.ceil(rest / 1000)} s until the new permission is known everywhere.`)
  await pause(rest)
}

/**
 * Reads the aliases of the slot that went live again. The stage says by itself what it serves, but its slot may have been moved between
 * this run's UpdateAlias and its UpdateStage, by a run that has read both in between.
 */
async function confirm({ aws, ids, service }: ApplyContext, slot: Slot | undefined): Promise<void> {
  if (slot === undefined) return
  const aliases = await Promise.all(service.functions.map((spec) => readAlias(aws, spec.name, slotAlias(service.stage, slot))))
  const other = service.functions.find((spec, index) => aliases[index]?.FunctionVersion !== ids.versions.get(spec.name))
  if (other === undefined) return
  throw new OtherRunWon(service, `${slotAlias(service.stage, slot)}, the live alias of ${other.name}, names another version than this run had put there.`, { isMixed: true })
}
