import { partitionOf } from '../api-gateway/partition.ts'

/** A statement of a Lambda resource policy, as far as it matters here. */
export interface PolicyStatement {
  readonly Effect: string
  readonly Principal?: unknown
  readonly Action?: unknown
  readonly Condition?: unknown
}

/** Who asks, and for what. */
export interface Caller {
  readonly sourceArn: string
  readonly sourceAccount: string
}

/**
 * Whether API Gateway may invoke under these statements. No statement of the invoked qualifier that allows it: the client gets a 500
 * (developer guide, Lambda permissions; terraform-provider-aws issue 17604).
 */
export function mayInvoke(statements: readonly PolicyStatement[], caller: Caller): boolean {
  const matching = statements.filter((statement) => isForApiGateway(statement) && conditionsHold(statement.Condition, caller))
  return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny')
}

/**
 * `arn:{partition}:execute-api:{region}:{account}:{api}/{stage}/{METHOD}/{path}` with the request's own method and path
 * (developer guide; serverless-application-model issues 59 and 110: neither ANY nor `{id}` in a statement matches).
 */
export function sourceArn(at: {
  readonly region: string
  readonly accountId: string
  readonly apiId: string
  readonly tail: string
}): string {
  return `arn:${partitionOf(at.region)}:execute-api:${at.region}:${at.accountId}:${at.apiId}/${at.tail}`
}

function isForApiGateway({ Principal, Action }: PolicyStatement): boolean {
  const service = typeof Principal === 'object' && Principal !== null ? (Principal as { Service?: unknown }).Service : undefined
  const principals = Principal === '*' ? ['*'] : list(service)
  const actions = list(Action)
  return (
    principals.some((one) => one === '*' || one === 'apigateway.amazonaws.com') &&
    actions.some((one) => ['lambda:InvokeFunction', 'lambda:*', '*'].includes(one))
  )
}

/** All operators and keys must hold; an operator or key that is not known here never does. */
function conditionsHold(condition: unknown, caller: Caller): boolean {
  return Object.entries((condition ?? {}) as Record<string, Record<string, unknown>>).every(([operator, keys]) =>
    Object.entries(keys).every(([key, patterns]) => list(patterns).some((pattern) => holds(operator, pattern, valueOf(key, caller)))),
  )
}

function valueOf(key: string, caller: Caller): string | undefined {
  if (key.toLowerCase() === 'aws:sourcearn') return caller.sourceArn
  return key.toLowerCase() === 'aws:sourceaccount' ? caller.sourceAccount : undefined
}

function holds(operator: string, pattern: string, value: string | undefined): boolean {
  if (value === undefined) return false
  if (operator === 'StringEquals') return pattern === value
  if (operator === 'StringLike') return globs(pattern, value)
  return (operator === 'ArnLike' || operator === 'ArnEquals') && arnLike(pattern, value)
}

/** Each of the six parts of an ARN is matched alone; `*` in the last part crosses slashes (IAM user guide, ARN condition operators). */
export function arnLike(pattern: string, arn: string): boolean {
  const [patterns, parts] = [arnParts(pattern), arnParts(arn)]
  return patterns.length === parts.length && patterns.every((part, at) => globs(part, parts[at] ?? ''))
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':')
  return [...parts.slice(0, 5), parts.slice(5).join(':')]
}

function globs(pattern: string, value: string): boolean {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(value)
}

function list(value: unknown): string[] {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}
