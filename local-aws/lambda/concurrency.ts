import type { Call, Output } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import { functionNotFound, invalid } from './errors.ts'
import { existing, lookUp, named } from './names.ts'
import { stateOf, type LambdaFunction } from './state.ts'

/** Executions that run at once in one account and Region, and how many must stay unreserved (developer guide, quotas). */
export const ACCOUNT_CONCURRENCY = 1000
export const MIN_UNRESERVED = 100

/** Texts: test_function_concurrency_exceptions, test_function_concurrency_limits, test_reserved_provisioned_overlap. */
export function putFunctionConcurrency(call: Call): Output {
  const { ReservedConcurrentExecutions: wanted } = call.params as { ReservedConcurrentExecutions: number }
  const { name, qualifier } = named(call)
  if (qualifier !== undefined) {
    const cure = 'Please specify either a function name or an unqualified function ARN.'
    throw invalid(`This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. ${cure}`)
  }
  const fn = lookUp(call, name)
  if (fn === undefined) throw functionNotFound(functionArn(call, name, '$LATEST'))
  if (unreserved(call) + (fn.reserved ?? 0) - wanted < MIN_UNRESERVED) {
    const below = `decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED}].`
    throw invalid(`Specified ReservedConcurrentExecutions for function ${below}`)
  }
  const provisioned = provisionedSum(fn)
  if (provisioned > wanted) {
    throw invalid(
      ` ReservedConcurrentExecutions  ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`,
    )
  }
  fn.reserved = wanted
  return { ReservedConcurrentExecutions: wanted }
}

/** Empty where nothing is reserved (test_function_concurrency, get_function_concurrency_after_delete). */
export function getFunctionConcurrency(call: Call): Output {
  return { ReservedConcurrentExecutions: existing(call, named(call).name).reserved }
}

export function deleteFunctionConcurrency(call: Call): Output {
  existing(call, named(call).name).reserved = undefined
  return {}
}

/** Executions of the account that no function has for itself. */
export function unreserved(call: Call): number {
  const taken = [...stateOf(call).functions.values()].reduce((sum, fn) => sum + (fn.reserved ?? provisionedSum(fn)), 0)
  return ACCOUNT_CONCURRENCY - taken
}

export function provisionedSum(fn: LambdaFunction): number {
  return [...fn.provisioned.values()].reduce((sum, { requested }) => sum + requested, 0)
}
