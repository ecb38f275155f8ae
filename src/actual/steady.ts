import type { Aws } from '../aws/clients.ts'
import { functionSet } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import { readActual, type Actual } from './actual.ts'
import { liveVersion, servedBy } from './served.ts'

/**
 * Reads what stands in AWS, and once more where one read does not fit the other: the calls go out side by side, so that another run may
 * have gone live between that of the stage and that of the aliases. What still does not fit then was changed by hand.
 */
export async function readSteadily(aws: Aws, service: Service, allowedAccountIds: readonly string[]): Promise<Actual> {
  const question = { allowedAccountIds, isDestroy: false }
  const actual = await readActual(aws, service, question)
  return isTorn(service, actual) ? readActual(aws, service, question) : actual
}

/** Whether the live aliases name other versions than the record on the stage says. */
function isTorn(service: Service, actual: Actual): boolean {
  const [release] = servedBy(service, actual).record
  if (release === undefined || release.versions.length === 0 || release.functions !== functionSet(service.functions.map((spec) => spec.name))) return false
  return service.functions.some((spec, index) => liveVersion(service, actual, spec.name)?.Version !== release.versions[index])
}
