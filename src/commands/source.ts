import type { Package } from '../package/index.ts'
import { codeOf, digestCode } from './code.ts'
import type { Source } from './content.ts'
import type { Run } from './run.ts'
import { stageSource } from './stage-source.ts'

/**
 * The stage that the run names, or the config and what lies in the workspace, which are digested from now on.
 * @param built packages that this run has built already
 */
export function sourceOf(run: Run, built?: ReadonlyMap<string, Package>): Source {
  const { options: { fromStage }, stopwatch } = run
  if (fromStage !== undefined) return stageSource(run, fromStage)
  const digests = stopwatch.time('digest the inputs', () => digestCode(run))
  digests.catch(() => undefined) // Reported below, behind what the reading of AWS says.
  return (service, actual) => stopwatch.time('build', async () => {
    return { service, ...(await codeOf({ ...run, service }, actual, { digests: await digests, built })) }
  })
}
