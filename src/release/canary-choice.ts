import type { Actual } from '../actual/actual.ts'
import { UserError } from '../errors.ts'
import type { OwnCanary } from '../service/canary.ts'
import type { ServiceId } from '../service/service.ts'
import { canaryWords } from './canary.ts'
import { missingOf } from './target.ts'

/**
 * The canary that `promote` gives all requests.
 * @returns undefined where it has them already, so that a job which is run again after it was killed ends well
 * @throws UserError where there is none, or it lacks something
 */
export function canaryToPromote(service: ServiceId, actual: Actual): OwnCanary | undefined {
  const { canary, record } = actual.served
  const { name, stage } = service
  if (canary?.kind === 'ours') {
    const missing = missingOf(canary.release, actual)
    if (missing.length === 0) return canary
    const what = `${canaryWords(service, canary)}, and cannot be given all: ${missing.join(', ')}.`
    throw new UserError({ what, cure: 'Run `command: rollback` to take it back, and deploy the commit again.', docs })
  }
  const [live] = record
  const newest = record.reduce((number, release) => Math.max(number, release.number), 0)
  if (canary === undefined && live !== undefined && live.number === newest) return undefined
  const held = record.find(({ number, isHeld }) => number === newest && isHeld === true)
  const why = canary !== undefined
    ? `${canary.percent} % of the requests get deployment ${canary.deploymentId}, which this service did not put there.`
    : held === undefined ? 'No release of it is tried.' : `Release ${held.number} was taken back and is held.`
  const cure = 'Deploy with `canary-percent` and `bake-time: hold` first; promote ends what that leaves.'
  throw new UserError({ what: `${name} has no canary on ${stage} that could be promoted.`, why, cure, docs })
}

/**
 * The canary that `rollback` takes back; undefined where it is to lead to a release of the record.
 * @throws UserError where a canary stands and the rollback names another release
 */
export function canaryToTakeBack(to: string | undefined, service: ServiceId, { served: { canary } }: Actual): OwnCanary | undefined {
  if (canary?.kind !== 'ours') return undefined
  if (to === undefined) return canary
  throw new UserError({
    what: `${canaryWords(service, canary)}: it goes first, before the stage goes back to ${to}.`,
    why: 'The slot that the older release needs is the one that the canary has.',
    cure: `Run \`command: rollback\` without \`to\` to take the canary back, then once more with \`to: ${to}\`.`,
    docs,
  })
}

const docs = 'releases.md#hold'
