import type { Call, Output } from '../kernel/call.ts'
import { codeOf, type Code, type CodeSource } from './code.ts'
import { describe, type Configuration } from './configuration.ts'
import { checkUnzippedSize } from './configuration-rules.ts'
import { stale } from './errors.ts'
import { existing, functionArn, named } from './names.ts'
import { publish } from './publish.ts'
import { newRevision, type LambdaFunction } from './state.ts'
import { refuseWhileChanging } from './states.ts'

interface UpdateCodeParams extends CodeSource {
  readonly Architectures?: readonly string[]
  readonly Publish?: boolean
  readonly DryRun?: boolean
  readonly RevisionId?: string
}

/** What an update makes of `$LATEST`. */
export interface Change {
  readonly configuration: Configuration
  readonly code: Code
}

/**
 * Replaces the code of `$LATEST`, which stays Active with LastUpdateStatus InProgress and serves the old code until then
 * (developer guide, function states). With Publish the new version is answered, Pending (test_publish_with_update).
 */
export async function updateFunctionCode(call: Call): Promise<Output> {
  const params = call.params as UpdateCodeParams
  const { name } = named(call)
  checkChangeable(call, existing(call, name), params.RevisionId)
  const code = await codeOf(call, params)
  // Reading the code took time: another call may have changed or removed the function meanwhile.
  const fn = existing(call, name)
  checkChangeable(call, fn, params.RevisionId)
  const configuration = { ...fn.latest.configuration, Architectures: params.Architectures ?? fn.latest.configuration.Architectures }
  checkUnzippedSize(call, code, configuration)
  if (params.DryRun === true) return dryRun(call, fn, { configuration, code })
  startUpdate(call, fn, { configuration, code })
  if (params.Publish !== true) return describe(call, fn.latest, { name, qualifier: undefined })
  const version = publish(call, fn, { until: fn.latest.transition?.until ?? call.now })
  return describe(call, version, { name, qualifier: version.number })
}

/** Refuses a change while one is under way, or one that names another revision. */
export function checkChangeable(call: Call, fn: LambdaFunction, revisionId: string | undefined): void {
  refuseWhileChanging(fn, functionArn(call, fn.name))
  if (revisionId !== undefined && revisionId !== fn.latest.revisionId) throw stale('GetFunction/GetAlias')
}

/** Puts `$LATEST` under way to the change, even to one that changes nothing (test_redundant_updates). */
export function startUpdate(call: Call, { latest }: LambdaFunction, { configuration, code }: Change): void {
  latest.configuration = configuration
  latest.code = code
  latest.lastModified = call.now
  latest.revisionId = newRevision()
  latest.transition = { kind: 'update', until: call.now + call.account.settings.windows.functionUpdate }
}

/** unverified: that the answer tells the hash and size of the code sent; that nothing is changed is documented. */
function dryRun(call: Call, fn: LambdaFunction, change: Change): Output {
  return describe(call, { ...fn.latest, ...change }, { name: fn.name, qualifier: undefined })
}
