import { AwsError, type Call } from '../kernel/call.ts'
import type { EngineAnswer } from '../kernel/engine-client.ts'

/** Days that PutRetentionPolicy takes (API reference, PutRetentionPolicy). */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]

/**
 * Length: recording test_logs_groups, error-invalid-name-length. The prefix `aws/` is reserved (API reference, CreateLogGroup); that text
 * is unverified.
 * Characters are checked by the model.
 */
export function checkGroupName({ params }: Call): void {
  const name = String(params['logGroupName'])
  if (name.length > 512) throw invalid('Invalid LogGroup or LogStream, both must have length less than or equal to 512.')
  if (/^aws\//i.test(name)) throw invalid('Log groups starting with AWS/ are reserved for AWS.')
}

/** The text is unverified; the name is documented (API reference, PutRetentionPolicy). */
export function checkRetention({ params }: Call): void {
  const days = Number(params['retentionInDays'])
  if (retentionDays.includes(days)) return
  throw invalid(
    `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: ` +
      `Member must satisfy enum value set: [${retentionDays.join(', ')}]`,
  )
}

/** Events must stand in order (recording test_logs_events, error-wrong-order); the engine takes any order. */
export function checkOrder({ params }: Call): void {
  const times = (params['logEvents'] as { timestamp: number }[]).map(({ timestamp }) => timestamp)
  if (times.some((time, index) => time < (times[index - 1] ?? -Infinity)))
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.')
}

/** Recording test_logs_groups_with_prefix_and_pattern, error-prefix-and-pattern. */
export function checkPrefixOrPattern({ params }: Call): void {
  if (params['logGroupNamePrefix'] !== undefined && params['logGroupNamePattern'] !== undefined)
    throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.')
}

/**
 * Tags go to the ARN without `:*` (public model, TagResource); the text is unverified. The engine gives ValidationException, which the
 * model does not have for it.
 */
export function checkTagArn({ params }: Call): void {
  const arn = String(params['resourceArn'])
  if (arn.endsWith(':*') || !/^arn:[\w-]+:logs:[\w-]+:\d{12}:[\w-]+:.+$/.test(arn)) throw invalid('Invalid resourceArn')
}

/**
 * Groups as DescribeLogGroups shows them, created on the virtual clock like every other thing of the front. A search by pattern leaves out
 * what the others show (recordings test_describe_log_groups_with_prefix and test_describe_log_groups_with_pattern).
 */
export function shownGroups({ params, account }: Call, answer: EngineAnswer): EngineAnswer {
  if (answer.status >= 400) return answer
  const byPattern = params['logGroupNamePattern'] !== undefined
  const json = JSON.parse(answer.body.toString()) as { logGroups?: { creationTime: number; storedBytes?: number }[] }
  const logGroups = json.logGroups?.map((group) => {
    const { storedBytes, ...rest } = { ...group, creationTime: Math.floor(account.clock.at(group.creationTime)) }
    return byPattern ? rest : { deletionProtectionEnabled: false, ...rest, storedBytes }
  })
  return { ...answer, body: Buffer.from(JSON.stringify({ ...json, ...(logGroups === undefined ? {} : { logGroups }) })) }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message)
}
