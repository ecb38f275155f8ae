import type { Actual } from '../actual/actual.ts'
import { UserError } from '../errors.ts'
import type { ForeignCanary, OwnCanary } from '../service/canary.ts'
import type { CanarySpec, Service, ServiceId } from '../service/service.ts'
import { isContentOf } from './held.ts'
import type { Handover, NextRelease } from './next.ts'

/** How a next release comes to those who call a stage. */
export interface Course {
  /** How it is tried first; undefined where all requests get it at once. */
  readonly canary: CanarySpec | undefined
  /** The canary that stands already and is just this release. */
  readonly standing: OwnCanary | undefined
  /** One that stands, is another release and needs the slot that is to be moved: it goes before. */
  readonly takenBack: OwnCanary | undefined
}

/**
 * Decides how the next release comes to its callers, and what becomes of a canary that stands.
 * @throws UserError for a canary of somebody else's, and for one that is held and is not what this run would make
 */
export function courseOf(
  next: NextRelease, { handover, service, actual }: { readonly handover: Handover; readonly service: Service; readonly actual: Actual },
): Course {
  const { canary } = actual.served
  if (canary?.kind === 'foreign') throw foreignCanary(service, canary)
  const spec = handover.isNew && !actual.served.isFirst ? service.release.canary : undefined
  const standing = canary !== undefined && handover.isNew && isContentOf(next, canary.release) ? canary : undefined
  if (canary?.bake === 'hold' && (standing === undefined || spec?.bake !== 'hold')) throw heldCanary(service, canary)
  const needsSlot = handover.moves && canary?.slot === actual.served.idleSlot
  return { canary: spec, standing, takenBack: standing === undefined && needsSlot ? canary : undefined }
}

/** Whether the release stays a canary until somebody decides. */
export function isHeld({ canary }: Course): boolean {
  return canary?.bake === 'hold'
}

/** A stage's canary in words. */
export function canaryWords({ name, stage }: ServiceId, { percent, release }: OwnCanary): string {
  const commit = release.commit === '' ? '' : ` (commit ${release.commit})`
  return `Release ${release.number} of ${name}${commit} is a canary on ${stage}, with ${percent} % of the requests`
}

function heldCanary(service: ServiceId, canary: OwnCanary): UserError {
  return new UserError({
    what: `${canaryWords(service, canary)}, and is held: it waits for a decision.`,
    why: 'It was deployed with `bake-time: hold`. Another release would take its place before anybody has decided.',
    cure: 'Run `command: promote` to give it all requests, or `command: rollback` to take it back; then deploy again.',
    docs: 'releases.md#hold',
  })
}

function foreignCanary({ name, stage }: ServiceId, { percent, deploymentId }: ForeignCanary): UserError {
  return new UserError({
    what:
      `Stage ${stage} of ${name} has a canary that this service did not make: ${percent} % of the requests get deployment ` +
      `${deploymentId}.`,
    why: 'They would go on getting it whatever is deployed, and it is not ours to end.',
    cure:
      'End it: promote or delete it in the API Gateway console, or run `aws apigateway update-stage --rest-api-id ID ' +
      `--stage-name ${stage} --patch-operations op=remove,path=/canarySettings\`; then deploy again.`,
    docs: 'releases.md#a-canary-made-by-hand',
  })
}
