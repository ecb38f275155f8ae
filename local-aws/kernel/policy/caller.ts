/** Who calls when an account has a policy set: a session of a role, as a workflow's OIDC step gets it. */
export function callerArn(accountId: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/deployer/local-aws`
}

/**
 * The session token that handlers get: they act as their function's role, whose policies nobody evaluates, and never as the caller that a
 * policy limits.
 */
export const handlerToken = 'local-aws-handler'
