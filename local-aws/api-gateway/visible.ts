import type { Call } from '../kernel/call.ts'
import { sideNotes } from '../kernel/side-notes.ts'
import { isSeen, visibleAfter, type Visibility } from '../kernel/visibility.ts'

/** APIs, resources, methods and deployments that were made a short while ago. */
const young = sideNotes<object, Visibility>()

/** Notes that the call has made it, so that others see it after the window `gatewayVisible`. */
export function born<T extends object>(call: Call, made: T): T {
  const { gatewayVisible } = call.account.settings.windows
  if (gatewayVisible > 0) young.set(made, visibleAfter(call.now, gatewayVisible))
  return made
}

/**
 * Whether the call sees it: reported, once each and long ago, as "Invalid Method identifier specified" in a run that works the second time
 * (serverless issue 173, architect issue 136).
 */
export function seen<T extends object>(call: Call, made: T | undefined): T | undefined {
  const visibility = made === undefined ? undefined : young.get(made)
  return visibility === undefined || isSeen(visibility, call) ? made : undefined
}
