import { conflict } from './errors.ts'
import { retire } from './runtime/pools.ts'
import { newRevision, type LambdaFunction, type Version } from './state.ts'

/** Ends every transition whose time has come. The end gives a new RevisionId (test_function_revisions_basic: rev1 to rev2, rev3 to rev4). */
export function settle(fn: LambdaFunction, now: number): void {
  for (const version of [fn.latest, ...fn.versions.values()]) {
    if (version.transition === undefined || now < version.transition.until) continue
    version.transition = undefined
    version.revisionId = newRevision()
    if (version.served.configuration !== version.configuration || version.served.code !== version.code) {
      retire(version.served)
      version.served = { configuration: version.configuration, code: version.code }
    }
  }
}

export function isPending(version: Version): boolean {
  return version.transition?.kind === 'create'
}

export function isUpdating(version: Version): boolean {
  return version.transition?.kind === 'update'
}

/** State as GetFunction shows it. A new version has no LastUpdateStatus until it is Active (test_function_lifecycle, test_publish_with_update). */
export function stateMembers(version: Version): Readonly<Record<string, string>> {
  // The reason of an update is worded as that of a creation, too (test_function_lifecycle update_func_conf_response).
  const reason = 'The function is being created.'
  if (isPending(version)) return { State: 'Pending', StateReason: reason, StateReasonCode: 'Creating' }
  if (isUpdating(version)) {
    return { State: 'Active', LastUpdateStatus: 'InProgress', LastUpdateStatusReason: reason, LastUpdateStatusReasonCode: 'Creating' }
  }
  return { State: 'Active', LastUpdateStatus: 'Successful' }
}

/**
 * Refuses a change of `$LATEST` while one is under way. InProgress: test_lambda_concurrent_code_updates; that PublishVersion is
 * refused as well: aws-cli issue 6718. The words for Pending: LocalStack's provider, which follows AWS's.
 */
export function refuseWhileChanging({ latest }: LambdaFunction, arn: string): void {
  refuseWhilePending(latest)
  if (isUpdating(latest)) {
    throw conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${arn}`)
  }
}

/** Refuses what a version cannot do before it is Active, such as an invocation (Lambda developer guide, function states). */
export function refuseWhilePending(version: Version): void {
  if (isPending(version)) {
    throw conflict('The operation cannot be performed at this time. The function is currently in the following state: Pending')
  }
}
