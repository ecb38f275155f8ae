import { invalid } from './errors.ts'

const LIMIT_BYTES = 4096
const BECAUSE = 'Lambda was unable to configure your environment variables because the environment variables you have provided'

/** Developer guide, "Defined runtime environment variables": what AWS sets and nobody else may. */
const RESERVED: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
])

/** Refuses variables that are too many (test_large_environment_fails_multiple_keys) or reserved (mattermost-cloud issue 264). */
export function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const measured = JSON.stringify(variables)
  if (Buffer.byteLength(measured) > LIMIT_BYTES) throw invalid(`${BECAUSE} exceeded the 4KB limit. String measured: ${measured}`)
  const reserved = Object.keys(variables).filter((name) => RESERVED.has(name))
  if (reserved.length === 0) return
  const keys = `Reserved keys used in this request: ${reserved.join(', ')}`
  throw invalid(`${BECAUSE} contains reserved keys that are currently not supported for modification. ${keys}`)
}
