import { AwsError } from '../kernel/call.ts'

/** 404 about a function, version, alias, policy or layer. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404 })
}

/** 404 in the words that most operations share; `arn` as the caller qualified it. */
export function functionNotFound(arn: string): AwsError {
  return notFound(`Function not found: ${arn}`)
}

/** 400: a value that the service model lets through and Lambda refuses. */
export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message)
}

/** 400 in the words of the front door, for limits that the service model leaves out. */
export function validation({ value, member, constraint }: { value: string; member: string; constraint: string }): AwsError {
  const message = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`
  return new AwsError('ValidationException', message)
}

/** 409: it exists already, or the function is being changed. */
export function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, { status: 409 })
}

/** 413 (test_oversized_request_create_lambda). */
export function tooLarge(message: string): AwsError {
  return new AwsError('RequestEntityTooLargeException', message, { status: 413 })
}

/**
 * 412: a RevisionId that is no longer the latest; `from` names the operation that tells the latest (test_publish_with_wrong_revisionid).
 */
export function stale(from: 'GetFunction/GetAlias' | 'GetPolicy'): AwsError {
  const message = `The Revision Id provided does not match the latest Revision Id. Call the ${from} API to retrieve the latest Revision Id`
  return new AwsError('PreconditionFailedException', message, { status: 412 })
}

/** 429: the function may not run more at once (test_reserved_concurrency). */
export function concurrencyExceeded(): AwsError {
  const members = { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' }
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429, members })
}
