import type { Call } from '../kernel/call.ts'
import { badRequest } from './errors.ts'

/** One entry of `patchOperations`, with its path as segments. */
export interface Patch {
  readonly op: string
  readonly path: string
  /** Path segments, `~1` and `~0` resolved. */
  readonly segments: readonly string[]
  /** All values are strings (API reference, PatchOperation). */
  readonly value: string | undefined
  readonly from: string | undefined
}

/** The call's patch operations in order. */
export function patchesOf(call: Call): Patch[] {
  const operations = (call.params.patchOperations ?? []) as readonly Record<string, string | undefined>[]
  return operations.map((operation) => {
    // Recorded: test_update_gateway_response, update-gateway-no-path.
    if (operation.path === undefined) throw badRequest('Invalid patch path null')
    return {
      op: operation.op ?? '',
      path: operation.path,
      segments: operation.path.split('/').slice(1).map(unescapePointer),
      value: operation.value,
      from: operation.from,
    }
  })
}

/** JSON pointer: `~1` is a slash, `~0` a tilde (RFC 6901). */
export function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}

/**
 * The text of the resources whose operations know a closed list of paths, two spaces and all (recorded: test_update_resource_behaviour).
 */
export function expectReplaceOf(patch: Patch, paths: readonly string[]): void {
  if (patch.op !== 'replace')
    throw badRequest(`Invalid patch path  '${patch.path}' specified for op '${patch.op}'. Please choose supported operations`)
  if (!paths.includes(patch.path)) {
    throw badRequest(`Invalid patch path  '${patch.path}' specified for op '${patch.op}'. Must be one of: [${paths.join(', ')}]`)
  }
}

/** Recorded: test_update_rest_api_compression, test_update_method_validation. */
export function expectReplace(patch: Patch): void {
  if (patch.op !== 'replace') throw badRequest('Invalid patch operation specified. Must be one of: [replace]')
}

/** Recorded: test_update_rest_api_behaviour, test_update_method_validation. */
export function invalidPath(patch: Patch): Error {
  return badRequest(`Invalid patch path ${patch.path}`)
}

/** Booleans in patches: everything but `true` is false (recorded: test_update_method_validation, wrong-value-type). */
export function booleanValue(patch: Patch): boolean {
  return patch.value?.toLowerCase() === 'true'
}

/** A map with one key set, or taken out; an empty map is no map (recorded: test_update_method, update-method-remove). */
export function withKey<T>(map: Readonly<Record<string, T>> | undefined, key: string, value: T | undefined): Record<string, T> | undefined {
  const next = { ...map }
  delete next[key]
  if (value !== undefined) next[key] = value
  return Object.keys(next).length === 0 ? undefined : next
}
