import type { Call, Output } from '../kernel/call.ts'
import { UNZIPPED_LIMIT } from './code.ts'
import { ACCOUNT_CONCURRENCY, unreserved } from './concurrency.ts'
import { existing, named } from './names.ts'
import { stateOf } from './state.ts'

const TOTAL_CODE_LIMIT = 75 * 1024 ** 3
const ZIPPED_LIMIT = 52_428_800

/** Limits of the developer guide; every version counts with its own code (test_account_settings_total_code_size). */
export function getAccountSettings(call: Call): Output {
  const { functions, layers } = stateOf(call)
  const versions = [...functions.values()].flatMap((fn) => [fn.latest, ...fn.versions.values()])
  const layerVersions = [...layers.values()].flatMap((layer) => [...layer.versions.values()].filter(({ deleted }) => !deleted))
  return {
    AccountLimit: {
      TotalCodeSize: TOTAL_CODE_LIMIT,
      CodeSizeUnzipped: UNZIPPED_LIMIT,
      CodeSizeZipped: ZIPPED_LIMIT,
      ConcurrentExecutions: ACCOUNT_CONCURRENCY,
      UnreservedConcurrentExecutions: unreserved(call),
    },
    AccountUsage: {
      TotalCodeSize: [...versions, ...layerVersions].reduce((sum, { code }) => sum + code.size, 0),
      FunctionCount: functions.size,
    },
  }
}

export function putFunctionRecursionConfig(call: Call): Output {
  const fn = existing(call, named(call).name)
  fn.recursiveLoop = String(call.params['RecursiveLoop'])
  return { RecursiveLoop: fn.recursiveLoop }
}

/** `Terminate` unless set otherwise (API reference). */
export function getFunctionRecursionConfig(call: Call): Output {
  return { RecursiveLoop: existing(call, named(call).name).recursiveLoop }
}
