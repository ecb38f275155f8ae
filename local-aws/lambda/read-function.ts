import type { Call, Output } from '../kernel/call.ts'
import { callerArn } from '../kernel/policy/caller.ts'
import { codeLocation } from './code-location.ts'
import { describe, describeInList } from './describe.ts'
import { existing, existingVersion, named } from './names.ts'
import { page } from './paging.ts'
import { stateOf, type LambdaFunction } from './state.ts'
import { settle } from './states.ts'

/**
 * Configuration, code, tags and concurrency; the last two only where there are any (test_tag_lifecycle, test_lambda_concurrency_update).
 */
export async function getFunction(call: Call): Promise<Output> {
  const { fn, version, qualifier } = existingVersion(call)
  return {
    Configuration: describe(call, version, { name: fn.name, qualifier }),
    Code: { RepositoryType: 'S3', Location: await codeLocation(version.code) },
    ...tagsFor(call, fn),
    Concurrency: fn.reserved === undefined ? undefined : { ReservedConcurrentExecutions: fn.reserved },
  }
}

/**
 * Tags come only with "explicit allow permissions for lambda:ListTags" (public service model, GetFunctionResponse); else TagsError says so.
 */
function tagsFor(call: Call, fn: LambdaFunction): Output {
  const resource = `arn:aws:lambda:${call.region}:${call.account.id}:function:${fn.name}`
  if (call.withheld?.has('lambda:ListTags') === true) {
    // unverified: the words; the members are the model's.
    return {
      TagsError: {
        ErrorCode: 'AccessDeniedException',
        Message: `${callerArn(call.account.id)} is not authorized to perform: lambda:ListTags on resource: ${resource}`,
      },
    }
  }
  return { Tags: Object.keys(fn.tags).length > 0 ? fn.tags : undefined }
}

export function getFunctionConfiguration(call: Call): Output {
  const { fn, version, qualifier } = existingVersion(call)
  return describe(call, version, { name: fn.name, qualifier })
}

/**
 * Unqualified ARNs, and with FunctionVersion=ALL every version under its qualified one (test_list_functions); at most 50 a page (API
 * reference).
 */
export function listFunctions(call: Call): Output {
  const all = call.params['FunctionVersion'] === 'ALL'
  const functions = [...stateOf(call).functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const fn of functions) settle(fn, call)
  const items = functions.flatMap((fn) => {
    const versions = all ? [fn.latest, ...fn.versions.values()] : [fn.latest]
    return versions.map((version) => describeInList(call, version, { name: fn.name, qualifier: all ? version.number : undefined }))
  })
  const { slice, next } = page(call, items, 50)
  return { Functions: slice, NextMarker: next }
}

/** `$LATEST` first, then the oldest; every ARN is qualified; at most 50 a page (API reference; test_version_lifecycle). */
export function listVersionsByFunction(call: Call): Output {
  const fn = existing(call, named(call).name)
  const versions = [fn.latest, ...fn.versions.values()]
  const items = versions.map((version) => describeInList(call, version, { name: fn.name, qualifier: version.number }))
  const { slice, next } = page(call, items, 50)
  return { Versions: slice, NextMarker: next }
}
