import type { Account } from '../service/arns.ts'

/** Whose policy it is: one service in one Region of one account. */
export interface PolicyScope {
  /** `aws`, `aws-cn`, ... */
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly service: string
}

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** One statement of the policy: which of the named actions it allows, on what, and what it is for. */
export interface Row {
  readonly sid: string
  readonly actions: RegExp
  readonly resources: readonly string[]
  readonly condition?: Condition
  /** For the table beside the policy; with what makes it unnecessary. */
  readonly use: string
}

/** The account of a scope, as ARNs are made from it. */
export function accountOf({ partition, region, account }: PolicyScope): Account {
  return { partition, region, accountId: account }
}
