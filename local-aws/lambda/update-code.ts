import type { Call, Output } from '../kernel/call.ts'
import { checkChangeable, startUpdate, type Change } from './change.ts'
import { codeOf, type CodeSource } from './code.ts'
import { checkUnzippedSize } from './configuration-rules.ts'
import { describe } from './describe.ts'
import { invalid } from './errors.ts'
import { existing, named } from './names.ts'
import { publish } from './publish.ts'
import { refuseBlocked } from './runtimes.ts'
import type { LambdaFunction } from './state.ts'

interface UpdateCodeParams extends CodeSource {
  readonly Architectures?: readonly string[]
  readonly ImageUri?: string
  readonly Publish?: boolean
  readonly DryRun?: boolean
  readonly RevisionId?: string
}

/**
 * Replaces the code of `$LATEST`, which stays Active with LastUpdateStatus InProgress and serves the old code until then
 * (developer guide, function states). With Publish the new version is answered, Pending (test_publish_with_update).
 */
export async function updateFunctionCode(call: Call): Promise<Output> {
  const params = call.params as UpdateCodeParams
  const { name } = named(call)
  const before = existing(call, name)
  checkChangeable(call, before, params.RevisionId)
  refuseBlocked(call, before.latest.configuration.Runtime)
  // test_lambda_zip_file_to_image, zipfile-to-image-error
  if (params.ImageUri !== undefined) throw invalid("Please don't provide ImageUri when updating a function with packageType Zip.")
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

/** unverified: that the answer tells the hash and size of the code sent; that nothing is changed is documented. */
function dryRun(call: Call, fn: LambdaFunction, change: Change): Output {
  return describe(call, { ...fn.latest, ...change }, { name: fn.name, qualifier: undefined })
}
