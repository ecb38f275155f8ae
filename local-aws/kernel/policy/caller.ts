/** Who calls when an account has a policy set: a session of a role, as a workflow's OIDC step gets it. */
export function callerArn(accountId: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/deployer/local-aws`
}
