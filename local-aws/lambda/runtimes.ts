import { createHash } from 'node:crypto'
import type { Call } from '../kernel/call.ts'
import { partitionOf } from './arns.ts'
import { invalid } from './errors.ts'

/** Runtimes that CreateFunction took in 2026-03, in the order of AWS's own text (test_create_lambda_exceptions invalid_runtime_exc). */
const ACCEPTED = [
  'nodejs20.x', 'python3.14', 'provided.al2023', 'python3.12', 'python3.13', 'nodejs24.x', 'nodejs22.x', 'java25', 'python3.10',
  'python3.11', 'java21', 'ruby3.3', 'ruby3.4', 'ruby3.2', 'python3.8', 'python3.9', 'java17', 'nodejs16.x', 'dotnet10', 'dotnet8',
  'java11', 'dotnet6', 'nodejs18.x', 'provided.al2', 'java8.al2',
] as const

/** Runtimes that AWS knows and refuses (test_create_deprecated_function_runtime_with_validation_enabled). */
const BLOCKED: readonly string[] = ['java8', 'go1.x', 'provided', 'ruby2.7', 'nodejs14.x', 'python3.7', 'dotnetcore3.1', 'nodejs12.x']

// The newer names stand in the service model's enum already (layers: test_layer_compatibilities).
const SOON = /^(python3\.1[5-9]|nodejs(2[5-9]|3\d)\.x)$/

/** Refuses a runtime that Lambda does not run. */
export function checkRuntime(call: Call, runtime: string): void {
  refuseBlocked(call, runtime)
  if ((ACCEPTED as readonly string[]).includes(runtime) || SOON.test(runtime)) return
  const set = ACCEPTED.join(', ')
  throw invalid(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${set}] or be a valid ARN`,
  )
}

/**
 * Refuses to create or change a function of a runtime that is past its block date
 * (test_create_deprecated_function_runtime_with_validation_enabled).
 * UpdateFunctionCode asks for the runtime that the function has: a function leaves it by its configuration first (node-lambda PR 526;
 * terraform-provider-aws, function.go, sends the configuration before the code; developer guide, runtime deprecation: "function creation
 * and
 * updates are disabled").
 */
export function refuseBlocked({ account }: Call, runtime: string | undefined): void {
  if (runtime === undefined || ![...BLOCKED, ...account.settings.blockedRuntimes].includes(runtime)) return
  const advice = 'We recommend you use a supported runtime while creating or updating functions.'
  throw invalid(`The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ${advice}`)
}

/**
 * ARN of the runtime's patch version, another for each architecture (test_mixed_architecture); AWS's ends in 64 hex digits
 * (test_function_lifecycle), ours are made up from the name.
 */
export function runtimeVersionArn(region: string, runtime: string, architectures: readonly string[]): string {
  const digits = createHash('sha256').update([runtime, ...architectures].join(' ')).digest('hex')
  return `arn:${partitionOf(region)}:lambda:${region}::runtime:${digits}`
}
