import type { Context } from './patterns.ts'

/** One permission that a call needs: all of a call's needs must be allowed. */
export interface Need {
  /** Such as `lambda:CreateFunction`. */
  readonly action: string
  readonly resource: string
  /** Condition keys that this check knows, by name. */
  readonly context?: Context
  /** True where no documentation or recording says that AWS asks for it; only enforced with the setting `unverified`. */
  readonly unverified?: boolean
  /** True where the call succeeds without it, but leaves a part out of its answer: the service itself does that. */
  readonly partial?: boolean
}

/** iam:PassRole as AWS asks for it when a role is handed to a service. */
export function passRole(roleArn: string, service: string): Need {
  return { action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': service } }
}

/** Context of a call that sets tags. */
export function tagContext(tags: Readonly<Record<string, string>>): Context {
  return {
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    'aws:TagKeys': Object.keys(tags),
  }
}
