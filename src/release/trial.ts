import { putCanary } from '../resources/api/canary.ts'
import { refuseOtherRelease } from '../resources/api/stage.ts'
import { stageArns, stageDiffs } from '../resources/api/stage-changes.ts'
import { readAlarms } from '../resources/cloudwatch/alarms.ts'
import { keep, known, step, type ApplyContext, type Guard, type Step } from '../resources/step.ts'
import type { OwnCanary } from '../service/canary.ts'
import { slotAlias } from '../service/names.ts'
import type { CanarySpec } from '../service/service.ts'
import { bakeCanary } from './bake.ts'
import type { Course } from './canary.ts'
import { endStandingCanary } from './canary-end.ts'
import { confirm, planGoLive, releaseNow, versionsOf, waitedForSlot, type GoLiveInput } from './go-live.ts'
import { timeWords } from './words.ts'

/** The steps by which a release comes to its callers, and what is watched between them. */
export interface LivePlan {
  readonly steps: readonly Step[]
  readonly guards: readonly Guard[]
}

/** Takes a canary off that another release needs the slot of. */
export function planTakingBack({ takenBack }: Course, { stage }: GoLiveInput['service']): Step[] {
  if (takenBack === undefined) return []
  const { number } = takenBack.release
  return [step({
    id: 'canary/end', kind: 'canary', name: stage, action: 'delete', phase: 'prepare',
    reason: `another run has left release ${number} there before it was done, and this one deploys another release`,
    apply: (context) => endStandingCanary(context, takenBack),
  })]
}

/** All requests at once; or a share of them first, for as long as it is watched, or until somebody decides. */
export function planLive(input: GoLiveInput, course: Course): LivePlan {
  const { canary: spec, standing } = course
  if (spec === undefined) return { steps: [planGoLive(input)], guards: [] }
  const put = planCanary(input, spec, standing)
  const { bake } = spec
  if (bake === 'hold') return { steps: [put], guards: [] }
  const { service, actual: { served } } = input
  const { percent } = spec
  const check = (context: ApplyContext): Promise<void> => bakeCanary(context, { service, spec, bake, standing, record: served.record })
  const watch: Guard = { id: 'canary/watched', phase: 'go live', needs: [put], check }
  const reason = `release ${input.handover.number} gets all requests, unless it is taken back within ${timeWords(bake)}`
  const live = planGoLive({ ...input, actual: withCanary(input, percent), scope: 'release', reason })
  return { steps: [put, { ...live, needs: [...live.needs, watch] }], guards: [watch] }
}

function planCanary(input: GoLiveInput, spec: CanarySpec, standing: OwnCanary | undefined): Step {
  const { handover, service, actual } = input
  const { percent, bake } = spec
  const arns = stageArns(service, actual.account, { apiId: actual.api?.id })
  const settings = stageDiffs(service, actual.stage, { arns, scope: 'config' })
  const entry = { id: 'canary', kind: 'canary', name: service.stage } as const
  const isThere = standing?.percent === percent && standing.bake === bake && settings.length === 0
  if (isThere) return keep({ ...entry, reason: `release ${handover.number} has ${percent} % of the requests already` })
  const before = actual.served.canary
  const howLong = bake === 'hold' ? 'until somebody decides' : `for ${timeWords(bake)}`
  return step({
    ...entry, phase: 'go live', action: before === undefined ? 'create' : 'update',
    reason: `${percent} % of the requests get release ${handover.number} ${howLong}`,
    fields: [...(before === undefined ? [] : [{ field: 'percent', from: String(before.percent), to: String(percent) }]), ...settings],
    apply: (context) => startCanary(context, input, spec),
  })
}

async function startCanary(context: ApplyContext, { next, handover, service, actual }: GoLiveInput, spec: CanarySpec): Promise<void> {
  const { aws, ids } = context
  const stage = known(actual.stage, 'the stage')
  // A canary that was in the way of this one is off by now.
  const before = ids.canaryEndedAt === undefined ? stage : { ...stage, canarySettings: undefined }
  if (await waitedForSlot(context)) await refuseOtherRelease(context, before)
  const red = (await readAlarms(aws, spec.alarms)).filter(({ isRed }) => isRed)
  const release = releaseNow(next, { handover, ids })
  const canary: OwnCanary = { kind: 'ours', percent: spec.percent, release, slot: handover.slot, bake: spec.bake }
  await putCanary(context, before, { service, canary })
  ids.canary = { canary, redBefore: new Map(red.map(({ name, since }) => [name, since])) }
  if (handover.isOtherSlot) await confirm(context, slotAlias(service.stage, handover.slot), versionsOf(next, ids))
}

/** What stands once the canary does, so that what goes live takes it off. */
function withCanary({ next, actual }: GoLiveInput, percentTraffic: number): GoLiveInput['actual'] {
  const canarySettings = { percentTraffic, deploymentId: next.deploymentId ?? '(new)' }
  return { ...actual, stage: { ...known(actual.stage, 'the stage'), canarySettings } }
}
