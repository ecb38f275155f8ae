/** In whose account everything stands, and where; every ARN is made from it, here. */
export interface Account {
  readonly accountId: string
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  readonly partition: string
  readonly region: string
}

/** A function, or one version or alias of it. */
export function functionArn({ partition, region, accountId }: Account, functionName: string, qualifier?: string): string {
  return `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}${qualifier === undefined ? '' : `:${qualifier}`}`
}

/** How an integration addresses Lambda's Invoke (PutIntegration, `uri`, in the API Gateway API reference). */
export function invocationArn({ partition, region }: Account, invoked: string): string {
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${invoked}/invocations`
}

/** All requests to a stage, as API Gateway presents itself to Lambda (developer guide, "ARN format reference"). */
/** The ARN of an API, as tags name it (developer guide, "API Gateway ARN format"). */
export function apiArn({ partition, region }: Account, apiId: string): string {
  return `arn:${partition}:apigateway:${region}::/restapis/${apiId}`
}

/** The ARN of a stage, as tags name it. */
export function stageArn(account: Account, { apiId, stage }: { apiId: string; stage: string }): string {
  return `${apiArn(account, apiId)}/stages/${stage}`
}

export function stageCallsArn({ partition, region, accountId }: Account, { apiId, stage }: { apiId: string; stage: string }): string {
  return `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${stage}/*`
}

/** A log group, without the `:*` that API Gateway does not take (CloudFormation and terraform docs). */
export function logGroupArn({ partition, region, accountId }: Account, name: string): string {
  return `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`
}

/** The name of the log group that an ARN is of; undefined for an ARN of something else. */
export function groupOfArn(arn: string | undefined): string | undefined {
  return /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(arn ?? '')?.[1]
}

/** A policy that AWS manages; `name` has its path, such as `service-role/AWSLambdaBasicExecutionRole`. */
export function managedPolicyArn({ partition }: Account, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`
}

/** The name at the end of the ARN of a role or a policy, without the path before it. */
export function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
