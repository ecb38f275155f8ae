import type { Account } from '../kernel/account.ts'
import { AwsError, type Call } from '../kernel/call.ts'
import { isSeen, visibleAfter, type Visibility } from '../kernel/visibility.ts'

/** Refuses what names a role that is too young (terraform-provider-aws PR 18435, issue 5409: NoSuchEntity right after CreateRole). */
export function refuseUnseen(call: Call): void {
  const name = call.operation === 'CreateRole' ? undefined : call.params['RoleName']
  const visibility = typeof name === 'string' ? newRoles(call.account).get(name) : undefined
  if (visibility === undefined || isSeen(visibility, call)) return
  throw new AwsError('NoSuchEntity', `The role with name ${String(name)} cannot be found.`, { status: 404 })
}

/** Remembers a role that was made now. */
export function noteNew(call: Call): void {
  newRoles(call.account).set(String(call.params['RoleName']), visibleAfter(call.now, call.account.settings.windows.roleVisible))
}

/** IAM is global: its state stands under one Region for all. */
function newRoles(account: Account): Map<string, Visibility> {
  return account.state('aws-global', noRoles)
}

function noRoles(): Map<string, Visibility> {
  return new Map()
}
