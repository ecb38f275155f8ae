import type { Aws } from '../aws/clients.ts'
import { versionsIn } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import { readActual, type Actual } from './actual.ts'

/**
 * Reads what stands in AWS, and reads it again where one answer does not fit another: the calls go out side by side, so that another run
 * may have gone live between that of the stage and that of the aliases. A second reading that does not fit either is taken as it is:
 * somebody has moved an alias by hand.
 */
export async function readConsistently(aws: Aws, service: Service, allowedAccountIds: readonly string[]): Promise<Actual> {
  const options = { allowedAccountIds, isDestroy: false }
  const actual = await readActual(aws, service, options)
  return isTorn(actual) ? readActual(aws, service, options) : actual
}

/** Whether the live aliases name other versions than the record on the stage says. */
function isTorn({ functions, served }: Actual): boolean {
  const [release] = served.record
  const versions = release === undefined ? undefined : versionsIn(release, [...functions.keys()])
  return [...(versions ?? [])].some(([name, version]) => served.versions.get(name)?.Version !== version)
}
