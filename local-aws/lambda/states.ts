import type { Account } from '../kernel/account.ts'
import { AwsError } from '../kernel/call.ts'
import { conflict } from './errors.ts'
import { retire } from './runtime/pools.ts'
import { newRevision, type LambdaFunction, type Version } from './state.ts'

/**
 * Brings the states of a function up to `now` (virtual milliseconds): ends every transition whose time has come, which gives a new
 * RevisionId (test_function_revisions_basic: rev1 to rev2, rev3 to rev4), and makes Inactive what was idle for long.
 */
export function settle(fn: LambdaFunction, { now, account }: { readonly now: number; readonly account: Account }): void {
  const { idle } = account.settings.windows
  for (const version of [fn.latest, ...fn.versions.values()]) {
    endTransition(version, now)
    if (idle > 0 && isActive(version) && now >= version.lastUsed + idle) version.isInactive = true
  }
}

/**
 * A failed update leaves what is served as it was (developer guide, function states), though `$LATEST` shows the new code
 * (terraform-provider-aws issue 49904).
 */
function endTransition(version: Version, now: number): void {
  const { transition } = version
  if (transition === undefined || now < transition.until) return
  version.transition = undefined
  version.revisionId = newRevision()
  version.lastUsed = transition.until
  if (transition.kind === 'create') version.failed = transition.failure
  if (transition.kind === 'update') version.failedUpdate = transition.failure
  if (transition.failure !== undefined) return
  version.isInactive = false
  if (version.served.configuration === version.configuration && version.served.code === version.code) return
  retire(version.served)
  version.served = { configuration: version.configuration, code: version.code }
}

function isActive({ transition, failed, isInactive }: Version): boolean {
  return transition === undefined && failed === undefined && !isInactive
}

function isPending({ transition }: Version): boolean {
  return transition?.kind === 'create' || transition?.kind === 'restore'
}

export function isUpdating(version: Version): boolean {
  return version.transition?.kind === 'update'
}

/**
 * State as GetFunction shows it. A new version has no LastUpdateStatus until it is Active (test_function_lifecycle,
 * test_publish_with_update).
 */
export function stateMembers(version: Version): Readonly<Record<string, string>> {
  const { failed, failedUpdate } = version
  // The reason of an update is worded as that of a creation, too (test_function_lifecycle update_func_conf_response).
  const reason = 'The function is being created.'
  if (isPending(version))
    return { State: 'Pending', StateReason: reason, StateReasonCode: version.transition?.kind === 'restore' ? 'Restoring' : 'Creating' }
  if (failed !== undefined)
    return { State: 'Failed', StateReason: failed.reason, StateReasonCode: failed.code, ...updateMembers('Failed', failed) }
  // unverified: the words of the reason. The code is the public service model's.
  if (version.isInactive)
    return { State: 'Inactive', StateReason: 'The function is idle.', StateReasonCode: 'Idle', LastUpdateStatus: 'Successful' }
  if (isUpdating(version)) return { State: 'Active', ...updateMembers('InProgress', { code: 'Creating', reason }) }
  return { State: 'Active', ...(failedUpdate === undefined ? { LastUpdateStatus: 'Successful' } : updateMembers('Failed', failedUpdate)) }
}

function updateMembers(
  LastUpdateStatus: string,
  { code, reason }: { readonly code: string; readonly reason: string },
): Readonly<Record<string, string>> {
  return { LastUpdateStatus, LastUpdateStatusReason: reason, LastUpdateStatusReasonCode: code }
}

/**
 * Refuses a change of `$LATEST` while one is under way. InProgress: test_lambda_concurrent_code_updates; that PublishVersion is
 * refused as well: aws-cli issue 6718.
 */
export function refuseWhileChanging({ latest }: LambdaFunction, arn: string): void {
  refuseUnlessUsable(latest, arn)
  if (isUpdating(latest)) {
    throw conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${arn}`)
  }
}

/**
 * Refuses what the control plane does not do with a version that is Pending or Failed. The words, with quotes, as UpdateFunctionCode says
 * them (Propaganistas/BrowsershotLambda, go-to-k/cdkd lambda-function-provider.ts) and UpdateAlias (terraform-provider-aws issue 49904);
 * a function whose creation failed takes no change (developer guide, function states: "you must delete and recreate the function").
 */
export function refuseUnlessUsable(version: Version, arn: string): void {
  const { State = '', StateReasonCode = '' } = stateMembers(version)
  if (State !== 'Pending' && State !== 'Failed') return
  const why = `The resource ${arn} is currently in the following state: '${State}'. StateReasonCode: '${StateReasonCode}'`
  throw conflict(`The operation cannot be performed at this time. ${why}`)
}

/**
 * Refuses to invoke what is not Active (developer guide, function states). The words for Pending are LocalStack's provider's, which follow
 * AWS's; an Inactive one answers as if it was being set up and is Pending from then on, until the window `functionPending` is over
 * (boto3 issue 3788, aws-cdk issue 20123). unverified: the words for Failed; the code is of the Invoke reference.
 */
export function refuseUnlessInvocable(version: Version, { now, account }: { readonly now: number; readonly account: Account }): void {
  if (version.failed !== undefined)
    throw new AwsError('CodeArtifactUserFailedException', 'The function is currently in the following state: Failed', { status: 409 })
  const isRestoring = version.transition?.kind === 'restore'
  if (version.isInactive && !isRestoring) version.transition = { kind: 'restore', until: now + account.settings.windows.functionPending }
  if (version.isInactive) {
    throw new AwsError('CodeArtifactUserPendingException', 'Lambda is initializing your function. It will be ready to invoke shortly.', {
      status: 409,
    })
  }
  if (isPending(version)) {
    throw conflict('The operation cannot be performed at this time. The function is currently in the following state: Pending')
  }
}
