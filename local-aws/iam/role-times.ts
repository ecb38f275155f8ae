import type { Account } from '../kernel/account.ts'

/** When roles of an account were made and changed, in virtual milliseconds: Lambda and API Gateway know of it only some time later. */
export interface RoleTimes {
  /** CreateRole. */
  readonly made: Map<string, number>
  /** CreateRole, or the last UpdateAssumeRolePolicy. */
  readonly created: Map<string, number>
  /** The last change of any kind. */
  readonly changed: Map<string, number>
}

/** IAM is global: its state stands under one Region for all. */
export function roleTimes(account: Account): RoleTimes {
  return account.state('aws-global', emptyRoleTimes)
}

function emptyRoleTimes(): RoleTimes {
  return { made: new Map(), created: new Map(), changed: new Map() }
}
