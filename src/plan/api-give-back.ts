import type { Actual } from '../actual/actual.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { planMethodsGone } from '../resources/api/definition/parts.ts'
import { planClaimRemoval } from '../resources/claim.ts'
import type { Step } from '../resources/step.ts'
import type { ServiceId } from '../service/service.ts'

/** What goes of an API that was joined: our methods, with the resources that they leave empty, and the tags that tell runs apart. */
export function planApiGiveBack(service: ServiceId, { api, account }: Actual, copy: WorkingCopy | undefined): Step[] {
  if (api === undefined || copy === undefined) return []
  const methods = planMethodsGone(service, account, copy).map((each) => ({ ...each, phase: 'prune' as const }))
  return [...methods, ...planClaimRemoval(account, api, methods)]
}
