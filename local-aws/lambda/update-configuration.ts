import type { Call, Output } from '../kernel/call.ts'
import { checkChangeable, startUpdate } from './change.ts'
import { checkUnzippedSize, configured, type ConfigurationParams } from './configuration-rules.ts'
import { describe } from './describe.ts'
import { existing, named } from './names.ts'
import { checkRole } from './roles.ts'
import { refuseBlocked } from './runtimes.ts'

interface UpdateConfigurationParams extends ConfigurationParams {
  readonly RevisionId?: string
}

/** Changes what the request names and keeps the rest; the map of variables is replaced whole (test_function_lifecycle). */
export async function updateFunctionConfiguration(call: Call): Promise<Output> {
  const params = call.params as UpdateConfigurationParams
  const { name } = named(call)
  checkChangeable(call, existing(call, name), params.RevisionId)
  if (params.Role !== undefined) await checkRole(call, params.Role)
  // Reading the role took time: another call may have changed or removed the function meanwhile.
  const fn = existing(call, name)
  checkChangeable(call, fn, params.RevisionId)
  refuseBlocked(call, params.Runtime ?? fn.latest.configuration.Runtime)
  const configuration = configured(call, fn.latest.configuration, params)
  checkUnzippedSize(call, fn.latest.code, configuration)
  startUpdate(call, fn, { configuration, code: fn.latest.code })
  return describe(call, fn.latest, { name, qualifier: undefined })
}
