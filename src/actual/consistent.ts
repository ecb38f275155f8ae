import type { Aws } from '../aws/clients.ts'
import { versionsIn } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import { readActual, type Actual } from './actual.ts'
import { asSeenFrom } from './other-stage.ts'

/** Which readings must fit together. */
interface Consistency {
  /** Empty means any. */
  readonly allowedAccountIds: readonly string[]
  /** Another stage of the service whose release is taken over. */
  readonly fromStage?: string | undefined
}

/**
 * Reads what stands in AWS, and reads it again where one answer does not fit another: the calls go out side by side, so that another run
 * may have gone live between that of the stage and that of the aliases. A second reading that does not fit either is taken as it is:
 * somebody has moved an alias by hand.
 */
export async function readConsistently(aws: Aws, service: Service, { allowedAccountIds, fromStage }: Consistency): Promise<Actual> {
  const options = { allowedAccountIds, isDestroy: false }
  const actual = await readActual(aws, service, options)
  const from = fromStage === undefined ? undefined : asSeenFrom({ ...service, stage: fromStage }, actual)
  return isTorn(actual) || (from !== undefined && isTorn(from)) ? readActual(aws, service, options) : actual
}

/** Whether the live aliases name other versions than the record on the stage says. */
export function isTorn({ functions, served }: Actual): boolean {
  const [release] = served.record
  const versions = release === undefined ? undefined : versionsIn(release, [...functions.keys()])
  return [...(versions ?? [])].some(([name, version]) => served.versions.get(name)?.Version !== version)
}
